// Stock and two-phase reservations. Every write is idempotent by the caller's reference.
import { createRoute, z } from '@hono/zod-openapi'
import { needs } from '../http/auth.ts'
import { Id, json, jsonBody, queryInt, queryNumber, Sku } from '../http/fields.ts'
import { errorAnswers } from '../http/problem.ts'
import { newRouter } from '../http/router.ts'
import { adjustStock } from './adjust.ts'
import { listStoresForBasket } from './at-stores.ts'
import { commitReservation } from './commit.ts'
import { getStock } from './get-stock.ts'
import { getProductStock } from './product-stock.ts'
import { releaseReservation } from './release.ts'
import { reserve } from './reserve.ts'
import { restock } from './restock.ts'
import {
  AdjustInput,
  BasketParam,
  CommitInput,
  Committed,
  PlaceLevel,
  ProductStock,
  Released,
  ReleaseInput,
  Reservation,
  ReserveInput,
  Restocked,
  RestockInput,
  StockOfSku,
  StoreWithBasket,
} from './schemas.ts'

export const inventoryRoutes = newRouter()
const tags = ['Inventory']
const common = [
  'validation_failed',
  'malformed_json',
  'unsupported_media_type',
  'payload_too_large',
  'unauthorized',
  'forbidden',
] as const

// Before /inventory/{sku}: no SKU has small letters.
inventoryRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/inventory/at-stores',
    operationId: 'listStoresForBasket',
    tags,
    summary: 'Where a basket can be picked up: stores around a point, or one store, with what is there of it',
    request: {
      query: z
        .object({
          basket: BasketParam,
          store_id: Id.optional(),
          lat: queryNumber(-90, 90).optional().openapi({ example: 53.34 }),
          lng: queryNumber(-180, 180).optional().openapi({ example: -6.26 }),
          radius_km: queryNumber(0.1, 20_100).optional().openapi({ description: 'Left out: 50' }),
          limit: queryInt(1, 40).default(12),
        })
        .refine(
          ({ store_id, lat, lng }) => store_id !== undefined || (lat !== undefined && lng !== undefined),
          'Give store_id, or lat and lng',
        ),
    },
    responses: {
      200: json(z.object({ items: z.array(StoreWithBasket) }), 'Stores with click and collect, nearest first'),
      ...errorAnswers('validation_failed'),
    },
  }),
  async (c) => c.json({ items: await listStoresForBasket(c.req.valid('query'), new Date()) }, 200),
)

inventoryRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/inventory/{sku}',
    operationId: 'getStock',
    tags,
    summary: 'Stock of a SKU, in all and by place',
    request: { params: z.object({ sku: Sku }) },
    responses: { 200: json(StockOfSku, 'The stock'), ...errorAnswers('not_found', 'validation_failed') },
  }),
  async (c) => c.json(await getStock(c.req.valid('param').sku), 200),
)

inventoryRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/inventory/reserve',
    operationId: 'reserve',
    tags,
    summary: 'Hold stock for an order, all or nothing',
    description: 'The same reference with the same lines answers the same hold; with other lines it is a mismatch.',
    ...needs('inventory:write'),
    request: { body: jsonBody(ReserveInput) },
    responses: {
      201: json(Reservation, 'Held'),
      200: json(Reservation, 'Held before'),
      ...errorAnswers(...common, 'not_found', 'out_of_stock', 'reservation_mismatch', 'reservation_released'),
    },
  }),
  async (c) => {
    const { created, reservation } = await reserve(c.req.valid('json'), c.var.caller ?? 'unknown')
    return created ? c.json(reservation, 201) : c.json(reservation, 200)
  },
)

inventoryRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/inventory/commit',
    operationId: 'commitReservation',
    tags,
    summary: 'Turn a hold into a sale',
    description: 'A hold that has ended is committed late from free stock when there is enough.',
    ...needs('inventory:write'),
    request: { body: jsonBody(CommitInput) },
    responses: {
      200: json(Committed, 'Committed, now or before'),
      ...errorAnswers(...common, 'not_found', 'out_of_stock'),
    },
  }),
  async (c) => c.json(await commitReservation(c.req.valid('json').ref, c.var.caller ?? 'unknown'), 200),
)

inventoryRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/inventory/release',
    operationId: 'releaseReservation',
    tags,
    summary: 'Give a hold back',
    description: 'An unknown reference is remembered as released: a reserve that arrives later is refused.',
    ...needs('inventory:write'),
    request: { body: jsonBody(ReleaseInput) },
    responses: { 200: json(Released, 'Released, now or before'), ...errorAnswers(...common, 'already_committed') },
  }),
  async (c) => c.json(await releaseReservation(c.req.valid('json'), c.var.caller ?? 'unknown'), 200),
)

inventoryRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/inventory/restock',
    operationId: 'restock',
    tags,
    summary: 'Put goods of a sale back on the shelf they came from',
    ...needs('inventory:write'),
    request: { body: jsonBody(RestockInput) },
    responses: {
      200: json(Restocked, 'Back in stock, now or before'),
      ...errorAnswers(...common, 'not_found', 'conflict'),
    },
  }),
  async (c) => c.json(await restock(c.req.valid('json')), 200),
)

inventoryRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/inventory/adjust',
    operationId: 'adjustStock',
    tags,
    summary: 'Receive goods or correct a count at one place',
    ...needs('inventory:write'),
    request: { body: jsonBody(AdjustInput) },
    responses: {
      200: json(PlaceLevel, 'The level at that place now'),
      ...errorAnswers(...common, 'not_found', 'conflict', 'version_conflict'),
    },
  }),
  async (c) => c.json(await adjustStock(c.req.valid('json')), 200),
)

inventoryRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/admin/inventory',
    operationId: 'getProductStock',
    tags,
    summary: 'Stock of all variants of a product at all places, for staff',
    ...needs('catalog:read'),
    request: { query: z.object({ product_id: Id }) },
    responses: {
      200: json(ProductStock, 'Places and levels'),
      ...errorAnswers('not_found', 'validation_failed', 'unauthorized', 'forbidden'),
    },
  }),
  async (c) => c.json(await getProductStock(c.req.valid('query').product_id), 200),
)
