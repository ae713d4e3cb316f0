// The staff's face of products: drafts, writing, archiving, variants and pictures. Every route names its scope.
import { createRoute, z } from '@hono/zod-openapi'
import { needs } from '../../http/auth.ts'
import { Id, IdOrSlug, json, jsonBody } from '../../http/fields.ts'
import { errorAnswers } from '../../http/problem.ts'
import { newRouter } from '../../http/router.ts'
import { AdminProductQuery } from '../query.ts'
import { getAdminProduct, listAdminProducts } from './list-admin-products.ts'
import {
  AdminProduct,
  AdminProductPage,
  ProductInput,
  ProductUpdate,
  StatusChange,
  StatusChanged,
  VariantInput,
} from './schemas.ts'
import { setStatus } from './set-status.ts'
import { archiveProduct, createProduct, updateProduct } from './write-product.ts'
import { addVariant, archiveVariant, updateVariant } from './write-variant.ts'

export const staffProductRoutes = newRouter()
const tags = ['Products (staff)']
const id = z.object({ id: Id })
const variantIds = z.object({ id: Id, variantId: Id })

staffProductRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/admin/products',
    operationId: 'listAdminProducts',
    tags,
    summary: 'All products, drafts and archived ones too',
    ...needs('catalog:read'),
    request: { query: AdminProductQuery },
    responses: {
      200: json(AdminProductPage, 'A page'),
      ...errorAnswers('validation_failed', 'unauthorized', 'forbidden'),
    },
  }),
  async (c) => c.json(await listAdminProducts(c.req.valid('query')), 200),
)

staffProductRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/admin/products/{id}',
    operationId: 'getAdminProduct',
    tags,
    summary: 'One product, whatever its status',
    ...needs('catalog:read'),
    request: { params: z.object({ id: IdOrSlug }) },
    responses: {
      200: json(AdminProduct, 'The product'),
      ...errorAnswers('not_found', 'validation_failed', 'unauthorized', 'forbidden'),
    },
  }),
  async (c) => c.json(await getAdminProduct(c.req.valid('param').id), 200),
)

const writeErrors = errorAnswers(
  'validation_failed',
  'malformed_json',
  'unsupported_media_type',
  'payload_too_large',
  'unauthorized',
  'forbidden',
  'not_found',
  'slug_taken',
  'sku_taken',
  'conflict',
  'version_conflict',
)

staffProductRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/admin/products',
    operationId: 'createProduct',
    tags,
    summary: 'Create a product with its variants',
    ...needs('catalog:write'),
    request: { body: jsonBody(ProductInput) },
    responses: { 201: json(AdminProduct, 'Created'), ...writeErrors },
  }),
  async (c) => c.json(await createProduct(c.req.valid('json')), 201),
)

staffProductRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/admin/products/status',
    operationId: 'setProductStatus',
    tags,
    summary: 'Publish, archive or take back several products',
    ...needs('catalog:write'),
    request: { body: jsonBody(StatusChange) },
    responses: { 200: json(StatusChanged, 'Which changed, and which were left alone'), ...writeErrors },
  }),
  async (c) => c.json(await setStatus(c.req.valid('json')), 200),
)

staffProductRoutes.openapi(
  createRoute({
    method: 'put',
    path: '/admin/products/{id}',
    operationId: 'updateProduct',
    tags,
    summary: 'Replace a product',
    description: 'Variants are matched by id or SKU; those left out are archived. A changed slug keeps answering.',
    ...needs('catalog:write'),
    request: { params: id, body: jsonBody(ProductUpdate) },
    responses: { 200: json(AdminProduct, 'Replaced'), ...writeErrors },
  }),
  async (c) => c.json(await updateProduct(c.req.valid('param').id, c.req.valid('json')), 200),
)

staffProductRoutes.openapi(
  createRoute({
    method: 'delete',
    path: '/admin/products/{id}',
    operationId: 'archiveProduct',
    tags,
    summary: 'Archive a product: nobody can buy it, old orders keep it',
    ...needs('catalog:write'),
    request: { params: id },
    responses: {
      200: json(AdminProduct, 'Archived'),
      ...errorAnswers('not_found', 'validation_failed', 'unauthorized', 'forbidden'),
    },
  }),
  async (c) => c.json(await archiveProduct(c.req.valid('param').id), 200),
)

staffProductRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/admin/products/{id}/variants',
    operationId: 'addVariant',
    tags,
    summary: 'Add a variant, or bring an archived one with the same SKU back',
    ...needs('catalog:write'),
    request: { params: id, body: jsonBody(VariantInput) },
    responses: { 201: json(AdminProduct, 'Added'), ...writeErrors },
  }),
  async (c) => c.json(await addVariant(c.req.valid('param').id, c.req.valid('json')), 201),
)

staffProductRoutes.openapi(
  createRoute({
    method: 'put',
    path: '/admin/products/{id}/variants/{variantId}',
    operationId: 'updateVariant',
    tags,
    summary: 'Change a variant',
    ...needs('catalog:write'),
    request: { params: variantIds, body: jsonBody(VariantInput) },
    responses: { 200: json(AdminProduct, 'Changed'), ...writeErrors },
  }),
  async (c) => {
    const { id, variantId } = c.req.valid('param')
    return c.json(await updateVariant(id, variantId, c.req.valid('json')), 200)
  },
)

staffProductRoutes.openapi(
  createRoute({
    method: 'delete',
    path: '/admin/products/{id}/variants/{variantId}',
    operationId: 'archiveVariant',
    tags,
    summary: 'Archive a variant',
    ...needs('catalog:write'),
    request: { params: variantIds },
    responses: {
      200: json(AdminProduct, 'Archived'),
      ...errorAnswers('not_found', 'conflict', 'validation_failed', 'unauthorized', 'forbidden'),
    },
  }),
  async (c) => {
    const { id, variantId } = c.req.valid('param')
    return c.json(await archiveVariant(id, variantId), 200)
  },
)
