// The public face of products: lists, one product, variants by SKU. Published products only.
import { createRoute, z } from '@hono/zod-openapi'
import { IdOrSlug, json, Sku } from '../http/fields.ts'
import { errorAnswers } from '../http/problem.ts'
import { newRouter } from '../http/router.ts'
import { getProduct } from './get-product.ts'
import { listProducts } from './list-products.ts'
import { listVariants } from './list-variants.ts'
import { ProductQuery } from './query.ts'
import { Product, ProductPage, VariantWithProduct } from './schemas.ts'

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
    description: 'A slug that the product had before answers too: compare `slug` with what you asked and redirect.',
    request: { params: z.object({ idOrSlug: IdOrSlug }) },
    responses: { 200: json(Product, 'The product'), ...errorAnswers('not_found', 'validation_failed') },
  }),
  async (c) => c.json(await getProduct(c.req.valid('param').idOrSlug), 200),
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
