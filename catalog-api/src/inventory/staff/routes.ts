// The staff's face of stock: lists, one SKU with its ledger, holds, thresholds. Every route names its scope.
import { createRoute, z } from '@hono/zod-openapi'
import { needs } from '../../http/auth.ts'
import { CursorParam, Id, json, jsonBody, queryInt, Sku } from '../../http/fields.ts'
import { errorAnswers } from '../../http/problem.ts'
import { newRouter } from '../../http/router.ts'
import { PlaceLevel } from '../schemas.ts'
import { listMovements } from './list-movements.ts'
import { listReservations } from './list-reservations.ts'
import { getSkuStock, listStock } from './list-stock.ts'
import {
  MovementPage,
  ReservationList,
  ReservationQuery,
  SkuStock,
  StockList,
  StockQuery,
  ThresholdInput,
} from './schemas.ts'
import { setThreshold } from './set-threshold.ts'

export const staffInventoryRoutes = newRouter()
const tags = ['Inventory (staff)']
const sku = z.object({ sku: Sku })
const readErrors = errorAnswers('validation_failed', 'unauthorized', 'forbidden')
const oneErrors = errorAnswers('not_found', 'validation_failed', 'unauthorized', 'forbidden')

staffInventoryRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/admin/inventory/levels',
    operationId: 'listStock',
    tags,
    summary: 'Stock of everything, place by place',
    ...needs('catalog:read'),
    request: { query: StockQuery },
    responses: { 200: json(StockList, 'A page, by SKU'), ...readErrors },
  }),
  async (c) => c.json(await listStock(c.req.valid('query')), 200),
)

staffInventoryRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/admin/inventory/{sku}',
    operationId: 'getSkuStock',
    tags,
    summary: 'One SKU at every place, and who holds units of it',
    ...needs('catalog:read'),
    request: { params: sku },
    responses: { 200: json(SkuStock, 'The stock'), ...oneErrors },
  }),
  async (c) => c.json(await getSkuStock(c.req.valid('param').sku), 200),
)

staffInventoryRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/admin/inventory/{sku}/movements',
    operationId: 'listMovements',
    tags,
    summary: 'The ledger of a SKU, latest first',
    ...needs('catalog:read'),
    request: {
      params: sku,
      query: z.object({ store_id: Id.optional(), cursor: CursorParam, limit: queryInt(1, 100).default(30) }),
    },
    responses: { 200: json(MovementPage, 'A page of movements'), ...oneErrors },
  }),
  async (c) => c.json(await listMovements(c.req.valid('param').sku, c.req.valid('query')), 200),
)

staffInventoryRoutes.openapi(
  createRoute({
    method: 'put',
    path: '/admin/inventory/{sku}/threshold',
    operationId: 'setThreshold',
    tags,
    summary: 'Say when a place counts as low on a SKU',
    ...needs('inventory:write'),
    request: { params: sku, body: jsonBody(ThresholdInput) },
    responses: {
      200: json(PlaceLevel, 'The level at that place'),
      ...errorAnswers(
        'not_found',
        'validation_failed',
        'malformed_json',
        'unsupported_media_type',
        'payload_too_large',
        'unauthorized',
        'forbidden',
      ),
    },
  }),
  async (c) => c.json(await setThreshold(c.req.valid('param').sku, c.req.valid('json')), 200),
)

staffInventoryRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/admin/reservations',
    operationId: 'listReservations',
    tags,
    summary: 'Holds: what, where, for which reference, until when',
    ...needs('catalog:read'),
    request: { query: ReservationQuery },
    responses: { 200: json(ReservationList, 'A page, latest first'), ...readErrors },
  }),
  async (c) => c.json(await listReservations(c.req.valid('query')), 200),
)
