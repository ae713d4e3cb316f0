// Stock as staff see it: lists, one SKU with who holds it and its ledger, holds, thresholds. Never from a copy.
import { z } from 'zod'
import { ask, catalogApi, type Road, staffReading } from '#app/domain/catalog/transport.server.ts'

const paged = { total: z.int(), page: z.int(), pages: z.int() }
const named = {
  sku: z.string(),
  variantTitle: z.string(),
  productId: z.uuid(),
  productTitle: z.string(),
  productStatus: z.string(),
}
const level = {
  storeId: z.uuid(),
  name: z.string(),
  onHand: z.int(),
  reserved: z.int(),
  available: z.int(),
  lowStockThreshold: z.int(),
}

const stockList = z.object({ items: z.array(z.object({ ...named, place: z.object(level).nullable() })), ...paged })
export type StockList = z.infer<typeof stockList>

export type StockFilter = { q?: string; storeId?: string; low?: boolean; page?: number }

/** Every SKU at every open place, by page number; `low`: only places at or below their threshold. */
export async function listStock({ storeId: store_id, low, ...rest }: StockFilter): Promise<StockList> {
  const query = { ...rest, store_id, low: low || undefined }
  return ask(stockList, staffReading, (init) =>
    catalogApi().GET('/admin/inventory/levels', { params: { query }, ...init }),
  )
}

const skuStock = z.object({
  ...named,
  places: z.array(
    z.object({ ...level, city: z.string(), country: z.string(), kind: z.string(), shipsOrders: z.boolean() }),
  ),
  holders: z.array(
    z.object({ ref: z.string(), storeId: z.uuid(), storeName: z.string(), quantity: z.int(), expiresAt: z.string() }),
  ),
})
export type SkuStock = z.infer<typeof skuStock>

/** One SKU at every place, and who holds units. Throws not_found. */
export async function getSkuStock(sku: string): Promise<SkuStock> {
  return ask(skuStock, staffReading, (init) =>
    catalogApi().GET('/admin/inventory/{sku}', { params: { path: { sku } }, ...init }),
  )
}

const movements = z.object({
  items: z.array(
    z.object({
      id: z.uuid(),
      createdAt: z.string(),
      kind: z.enum(['receive', 'adjust', 'hold', 'release', 'commit', 'commit_late', 'restock']),
      storeName: z.string(),
      deltaOnHand: z.int(),
      deltaReserved: z.int(),
      ref: z.string(),
      reason: z.string(),
      actor: z.string(),
    }),
  ),
  nextCursor: z.string().nullable(),
})
export type MovementPage = z.infer<typeof movements>

/** The ledger of a SKU, latest first. Throws not_found, validation_failed for an outdated page mark. */
export async function listMovements(
  sku: string,
  { storeId: store_id, cursor }: { storeId?: string; cursor?: string },
): Promise<MovementPage> {
  const params = { path: { sku }, query: { store_id, cursor } }
  return ask(movements, staffReading, (init) =>
    catalogApi().GET('/admin/inventory/{sku}/movements', { params, ...init }),
  )
}

const reservations = z.object({
  items: z.array(
    z.object({
      ref: z.string(),
      status: z.enum(['held', 'committed', 'released']),
      reason: z.string().nullable(),
      createdAt: z.string(),
      expiresAt: z.string(),
      lines: z.array(z.object({ sku: z.string(), productTitle: z.string(), storeName: z.string(), quantity: z.int() })),
    }),
  ),
  ...paged,
})
export type ReservationList = z.infer<typeof reservations>
export type ReservationFilter = {
  status?: 'held' | 'committed' | 'released'
  q?: string
  storeId?: string
  page?: number
}

/** Holds, latest first. */
export async function listReservations({ storeId: store_id, ...rest }: ReservationFilter): Promise<ReservationList> {
  const query = { ...rest, store_id }
  return ask(reservations, staffReading, (init) =>
    catalogApi().GET('/admin/reservations', { params: { query }, ...init }),
  )
}

const counting: Road = { kind: 'write', deadlineMs: 5_000, scopes: ['inventory:write'] }

/** When a place counts as low on a SKU. Throws not_found. */
export async function setThreshold(sku: string, body: { storeId: string; lowStockThreshold: number }): Promise<void> {
  await ask(z.unknown(), counting, (init) =>
    catalogApi().PUT('/admin/inventory/{sku}/threshold', { params: { path: { sku } }, body, ...init }),
  )
}

const work = z.object({
  drafts: z.int(),
  reviewsPending: z.int(),
  reviewsReported: z.int(),
  lowStock: z.int(),
  held: z.int(),
})
export type CatalogueWork = z.infer<typeof work>

/** What waits for staff in the catalogue, as numbers. */
export async function countCatalogueWork(): Promise<CatalogueWork> {
  return ask(work, staffReading, (init) => catalogApi().GET('/admin/work', init))
}
