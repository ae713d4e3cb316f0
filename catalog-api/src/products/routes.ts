// The public face of products: lists, search, one product, variants by SKU. Published products only; search takes
// anything a person can type.
import { createRoute, z } from '@hono/zod-openapi'
import { Id, IdOrSlug, json, queryFlag, SearchWords, Sku } from '../http/fields.ts'
import { errorAnswers } from '../http/problem.ts'
import { newRouter } from '../http/router.ts'
import { listCards } from './detail/list-cards.ts'
import { getProduct } from './get-product.ts'
import { listProducts } from './list-products.ts'
import { listVariants } from './list-variants.ts'
import { ProductQuery } from './query.ts'
import { Product, ProductCard, ProductPage, SearchPage, VariantWithProduct } from './schemas.ts'
import { searchProducts } from './search-products.ts'

export const productRoutes = newRouter()

productRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/catalog/products',
    operationId: 'listProducts',
    tags: ['Products'],
    summary: 'Products by filter, in keyset pages',
    request: { query: ProductQuery },
    responses: { 200: json(ProductPage, 'A page of products'), ...errorAnswers('validation_failed') },
  }),
  async (c) => c.json(await listProducts(c.req.valid('query')), 200),
)

productRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/catalog/products/{idOrSlug}',
    operationId: 'getProduct',
    tags: ['Products'],
    summary: 'One product with options, variants, pictures and stock',
    description:
      'A slug that the product had before answers too: compare `slug` with what you asked and redirect. An archived product is `gone`.',
    request: { params: z.object({ idOrSlug: IdOrSlug }) },
    responses: { 200: json(Product, 'The product'), ...errorAnswers('not_found', 'gone', 'validation_failed') },
  }),
  async (c) => c.json(await getProduct(c.req.valid('param').idOrSlug), 200),
)

const cardIds = z
  .string()
  .max(1000)
  .transform((value) => [...new Set(value.split(',').flatMap((part) => part.trim().toLowerCase() || []))])
  .pipe(z.array(Id).min(1).max(24))
  .openapi({ type: 'string', description: 'Ids of products parted by commas, at most 24' })

productRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/catalog/cards',
    operationId: 'listCards',
    tags: ['Products'],
    summary: 'Cards of known products, in the order asked for',
    description: 'Unknown products, drafts and archived ones are absent.',
    request: { query: z.object({ ids: cardIds }) },
    responses: {
      200: json(z.object({ items: z.array(ProductCard) }), 'The cards of those that are published'),
      ...errorAnswers('validation_failed'),
    },
  }),
  async (c) => c.json({ items: await listCards(c.req.valid('query').ids) }, 200),
)

const skus = z
  .string()
  .max(6600)
  .transform((value) => [...new Set(value.split(',').flatMap((part) => part.trim() || []))])
  .pipe(z.array(Sku).min(1).max(100))
  .openapi({ type: 'string', description: 'SKUs parted by commas, at most 100', example: 'MUG-SAGE,MUG-SAND' })

productRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/catalog/variants',
    operationId: 'listVariants',
    tags: ['Products'],
    summary: 'Variants by SKU, with what a cart needs of their product',
    description: 'Unknown SKUs and those of drafts are absent. Archived ones are there with their status.',
    request: { query: z.object({ skus }) },
    responses: {
      200: json(z.object({ items: z.array(VariantWithProduct) }), 'The variants that exist'),
      ...errorAnswers('validation_failed'),
    },
  }),
  async (c) => c.json({ items: await listVariants(c.req.valid('query').skus) }, 200),
)

productRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/catalog/search',
    operationId: 'searchProducts',
    tags: ['Products'],
    summary: 'Products by words, best first',
    description:
      'Title and SKU weigh most, then subtitle, brand, category and the values of options and attributes, then the description. Accents do not matter, the last word may be unfinished, synonyms of the shop are looked for too. A price said in words (`mug under 20`) is a price. When nothing is found, slips of the pen are forgiven.',
    request: {
      query: ProductQuery.extend({
        q: SearchWords,
        literal: queryFlag
          .optional()
          .openapi({ description: '`true`: the words as they stand; no price in them, no slip of the pen' }),
        counted: queryFlag.optional().openapi({
          description:
            '`true`: a person asked. The first page of an unfiltered search is counted, without anything about who',
        }),
      }),
    },
    responses: { 200: json(SearchPage, 'A page of products'), ...errorAnswers('validation_failed') },
  }),
  async (c) => c.json(await searchProducts(c.req.valid('query'), new Date()), 200),
)
