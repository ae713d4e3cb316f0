// Search by words. Takes anything a person can type; never answers 500 for it.
import { createRoute, z } from '@hono/zod-openapi'
import { json, SearchWords } from '../http/fields.ts'
import { errorAnswers } from '../http/problem.ts'
import { newRouter } from '../http/router.ts'
import { listProducts } from '../products/list-products.ts'
import { ProductQuery } from '../products/query.ts'
import { ProductPage } from '../products/schemas.ts'
import { findExact } from './find-exact.ts'

export const searchRoutes = newRouter()

const SearchPage = ProductPage.extend({
  query: z.string().openapi({ description: 'The words looked for, as they were understood', example: 'sage mug' }),
  exactSlug: z.string().nullable().openapi({
    description: 'Slug of the product whose SKU or barcode is exactly this: go straight there',
    example: null,
  }),
}).openapi('SearchPage')

searchRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/catalog/search',
    operationId: 'searchProducts',
    tags: ['Products'],
    summary: 'Products by words, best first',
    description:
      'Title and SKU weigh most, then subtitle, brand and category, then the description. Accents do not matter, the last word may be unfinished.',
    request: { query: ProductQuery.extend({ q: SearchWords }) },
    responses: { 200: json(SearchPage, 'A page of products'), ...errorAnswers('validation_failed') },
  }),
  async (c) => {
    const query = c.req.valid('query')
    const [page, exact] = await Promise.all([listProducts(query, true), findExact(query.q)])
    return c.json({ ...page, query: query.q, exactSlug: exact?.slug ?? null }, 200)
  },
)
