// Search by words. Takes anything a person can type; never answers 500 for it.
import { createRoute, z } from '@hono/zod-openapi'
import { json, SearchWords } from '../http/fields.ts'
import { errorAnswers } from '../http/problem.ts'
import { newRouter } from '../http/router.ts'
import { ProductQuery } from '../products/query.ts'
import { ProductPage } from '../products/schemas.ts'
import { searchProducts } from './search-products.ts'

export const searchRoutes = newRouter()

const SearchPage = ProductPage.extend({
  query: z.string().openapi({ description: 'The words looked for, as they were understood', example: 'sage mug' }),
  corrected: z.string().nullable().openapi({
    description: 'Nothing was found for `query`: these are results for this instead; null otherwise',
    example: null,
  }),
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
      'Title and SKU weigh most, then subtitle, brand and category, then the description. Accents do not matter, the last word may be unfinished. When nothing is found, slips of the pen are forgiven.',
    request: { query: ProductQuery.extend({ q: SearchWords }) },
    responses: { 200: json(SearchPage, 'A page of products'), ...errorAnswers('validation_failed') },
  }),
  async (c) => c.json(await searchProducts(c.req.valid('query'), Date.now()), 200),
)
