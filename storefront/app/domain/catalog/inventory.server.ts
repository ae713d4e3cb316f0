// Stock in catalog-api: levels, and the two-phase hold of an order's goods. References are the order's id, so that every
// call can be repeated; an unanswered one must be repeated with the same reference, never with a new one.
import { z } from 'zod'
import {
  type Reservation,
  reservation,
  type StockLevels,
  type StoreWithBasket,
  stockLevels,
  storeWithBasket,
} from '#app/domain/catalog/answers.ts'
import { ask, browse, catalogApi, keep, type Road } from '#app/domain/catalog/transport.server.ts'

const scopes = ['inventory:write'] as const
const reserving: Road = { kind: 'write', deadlineMs: 3_000, scopes }
const committing: Road = { kind: 'write', deadlineMs: 5_000, scopes }

export type SkuQuantity = { sku: string; quantity: number }

/** Stock of one SKU, by place. Throws not_found. */
export async function getStock(sku: string): Promise<StockLevels> {
  return keep(
    `stock ${sku}`,
    1_000,
    () =>
      ask(stockLevels, browse, (init) => catalogApi().GET('/inventory/{sku}', { params: { path: { sku } }, ...init })),
    'stock',
  )
}

/**
 * Stores that hand out orders with what they have of the basket: around a point, nearest first, or the one of `storeId`
 * (none when it hands out no orders). Never from a copy.
 */
export async function storesForBasket({
  basket,
  ...where
}: {
  basket: readonly SkuQuantity[]
  storeId?: string
  lat?: number
  lng?: number
  radiusKm?: number
  limit?: number
}): Promise<StoreWithBasket[]> {
  const { storeId: store_id, radiusKm: radius_km, ...point } = where
  const told = basket.map(({ sku, quantity }) => `${sku}:${quantity}`).join(',')
  const query = { basket: told, store_id, radius_km, ...point }
  const found = await ask(z.object({ items: z.array(storeWithBasket) }), { ...browse, deadlineMs: 2_000 }, (init) =>
    catalogApi().GET('/inventory/at-stores', { params: { query }, ...init }),
  )
  return found.items
}

/**
 * Holds goods for `ref` (60 s to 48 h). Repeating the same call answers the same hold. Throws out_of_stock with
 * `details.shortages`, or conflict with `details.reason` `reservation_mismatch` | `reservation_released`.
 */
export async function reserve(input: {
  ref: string
  ttlSeconds: number
  lines: readonly SkuQuantity[]
  storeId?: string
}): Promise<Reservation> {
  const body = { ...input, lines: [...input.lines] }
  return ask(reservation, reserving, (init) => catalogApi().POST('/inventory/reserve', { body, ...init }))
}

const committed = z.object({ ref: z.string(), status: z.literal('committed'), late: z.boolean() })

/**
 * Turns the hold into a sale; repeating answers the same. `late`: the hold had ended and free stock was taken instead.
 * Throws out_of_stock when that was not possible either, not_found for an unknown ref.
 */
export async function commit(input: { ref: string }): Promise<{ ref: string; late: boolean }> {
  return ask(committed, committing, (init) => catalogApi().POST('/inventory/commit', { body: input, ...init }))
}

const released = z.object({ ref: z.string(), status: z.literal('released') })

/** Gives held goods back; an unknown ref is barred for good. Throws conflict (`details.reason` `already_committed`). */
export async function release(input: { ref: string; reason: string }): Promise<void> {
  await ask(released, committing, (init) => catalogApi().POST('/inventory/release', { body: input, ...init }))
}

/** Returns goods of a committed hold to stock, all of them when `lines` is absent. Idempotent by `adjustmentRef`. */
export async function restock(input: {
  ref: string
  adjustmentRef: string
  lines?: SkuQuantity[]
  reason: string
  actor: string
}): Promise<void> {
  await ask(z.unknown(), committing, (init) => catalogApi().POST('/inventory/restock', { body: input, ...init }))
}

/** Receives or counts goods at one place. Idempotent by `ref`; throws version_conflict when `expectedOnHand` differs. */
export async function adjustStock(input: {
  ref: string
  sku: string
  storeId: string
  delta: number
  kind: 'receive' | 'adjust'
  reason: string
  actor: string
  expectedOnHand?: number
}): Promise<void> {
  await ask(z.unknown(), committing, (init) => catalogApi().POST('/inventory/adjust', { body: input, ...init }))
}

const productStock = z.object({
  places: z.array(z.object({ storeId: z.uuid(), name: z.string(), kind: z.string(), shipsOrders: z.boolean() })),
  levels: z.array(
    z.object({
      sku: z.string(),
      storeId: z.uuid(),
      onHand: z.int(),
      reserved: z.int(),
      lowStockThreshold: z.int(),
    }),
  ),
})
export type ProductStock = z.infer<typeof productStock>

/** Stock of all variants of a product at all places, for staff; never from a copy. Throws not_found. */
export async function getProductStock(productId: string): Promise<ProductStock> {
  const road: Road = { ...browse, deadlineMs: 2_000, scopes: ['catalog:read'] }
  return ask(productStock, road, (init) =>
    catalogApi().GET('/admin/inventory', { params: { query: { product_id: productId } }, ...init }),
  )
}
