// The staff's face of stores and warehouses. Every route names its scope.
import { createRoute } from '@hono/zod-openapi'
import { needs } from '../../http/auth.ts'
import { json, jsonBody } from '../../http/fields.ts'
import { errorAnswers } from '../../http/problem.ts'
import { newRouter } from '../../http/router.ts'
import { getAdminStore, listAdminStores } from './read-stores.ts'
import { AdminStore, AdminStoreList, AdminStoreQuery, StoreId, StoreInput, StoreUpdate } from './schemas.ts'
import { createStore, updateStore } from './write-store.ts'

export const staffStoreRoutes = newRouter()
const tags = ['Stores (staff)']
const writeErrors = errorAnswers(
  'validation_failed',
  'malformed_json',
  'unsupported_media_type',
  'payload_too_large',
  'unauthorized',
  'forbidden',
  'not_found',
  'slug_taken',
  'version_conflict',
)

staffStoreRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/admin/stores',
    operationId: 'listAdminStores',
    tags,
    summary: 'Stores and warehouses, closed ones too',
    ...needs('catalog:read'),
    request: { query: AdminStoreQuery },
    responses: {
      200: json(AdminStoreList, 'A page'),
      ...errorAnswers('validation_failed', 'unauthorized', 'forbidden'),
    },
  }),
  async (c) => c.json(await listAdminStores(c.req.valid('query')), 200),
)

staffStoreRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/admin/stores/{id}',
    operationId: 'getAdminStore',
    tags,
    summary: 'One of them',
    ...needs('catalog:read'),
    request: { params: StoreId },
    responses: {
      200: json(AdminStore, 'The store'),
      ...errorAnswers('not_found', 'validation_failed', 'unauthorized', 'forbidden'),
    },
  }),
  async (c) => c.json(await getAdminStore(c.req.valid('param').id), 200),
)

staffStoreRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/admin/stores',
    operationId: 'createStore',
    tags,
    summary: 'Open a store or a warehouse',
    ...needs('catalog:write'),
    request: { body: jsonBody(StoreInput) },
    responses: { 201: json(AdminStore, 'Opened'), ...writeErrors },
  }),
  async (c) => c.json(await createStore(c.req.valid('json')), 201),
)

staffStoreRoutes.openapi(
  createRoute({
    method: 'put',
    path: '/admin/stores/{id}',
    operationId: 'updateStore',
    tags,
    summary: 'Change, close or reopen a store',
    ...needs('catalog:write'),
    request: { params: StoreId, body: jsonBody(StoreUpdate) },
    responses: { 200: json(AdminStore, 'Changed'), ...writeErrors },
  }),
  async (c) => c.json(await updateStore(c.req.valid('param').id, c.req.valid('json')), 200),
)
