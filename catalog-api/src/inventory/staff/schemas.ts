// Stock, its ledger and holds as staff see them. Shapes only.
import { z } from '@hono/zod-openapi'
import { Id, queryFlag, queryInt, Ref, SearchWords, Sku, Time } from '../../http/fields.ts'
import { ProductStatus } from '../../products/schemas.ts'
import { PlaceLevel } from '../schemas.ts'

export const StockQuery = z.object({
  q: SearchWords.optional().openapi({ description: 'Beginning of a SKU, a barcode, or words of the product' }),
  store_id: Id.optional(),
  low: queryFlag.optional().openapi({ description: '`true`: only places at or below their threshold' }),
  page: queryInt(1, 10_000).default(1),
  limit: queryInt(1, 100).default(50),
})
export type StockQuery = z.infer<typeof StockQuery>

const named = z.object({
  sku: Sku,
  variantTitle: z.string(),
  productId: Id,
  productTitle: z.string(),
  productStatus: ProductStatus,
})

export const StockRow = named
  .extend({
    place: z
      .object({
        storeId: Id,
        name: z.string(),
        onHand: z.int(),
        reserved: z.int(),
        available: z.int(),
        lowStockThreshold: z.int(),
      })
      .nullable()
      .openapi({ description: 'Null: it never lay anywhere' }),
  })
  .openapi('StockRow')
export type StockRow = z.infer<typeof StockRow>

const paged = { total: z.int(), page: z.int(), pages: z.int() }

export const StockList = z.object({ items: z.array(StockRow), ...paged }).openapi('StockList')
export type StockList = z.infer<typeof StockList>

export const Holder = z
  .object({ ref: Ref, storeId: Id, storeName: z.string(), quantity: z.int(), expiresAt: Time })
  .openapi('Holder')

export const SkuStock = named
  .extend({
    places: z.array(PlaceLevel).openapi({ description: 'Every open place, and closed ones that hold some' }),
    holders: z.array(Holder).openapi({ description: 'Who holds units now; the first 200, soonest to lapse first' }),
  })
  .openapi('SkuStock')
export type SkuStock = z.infer<typeof SkuStock>

export const Movement = z
  .object({
    id: Id,
    createdAt: Time,
    kind: z.enum(['receive', 'adjust', 'hold', 'release', 'commit', 'commit_late', 'restock']),
    storeId: Id,
    storeName: z.string(),
    deltaOnHand: z.int(),
    deltaReserved: z.int(),
    ref: Ref,
    reason: z.string(),
    actor: z.string(),
  })
  .openapi('Movement')
export type Movement = z.infer<typeof Movement>

export const MovementPage = z
  .object({ items: z.array(Movement), nextCursor: z.string().nullable() })
  .openapi('MovementPage')
export type MovementPage = z.infer<typeof MovementPage>

export const ReservationQuery = z.object({
  status: z.enum(['held', 'committed', 'released']).default('held'),
  q: SearchWords.optional().openapi({ description: 'A SKU, or the reference' }),
  store_id: Id.optional(),
  page: queryInt(1, 10_000).default(1),
  limit: queryInt(1, 100).default(30),
})
export type ReservationQuery = z.infer<typeof ReservationQuery>

export const AdminReservation = z
  .object({
    ref: Ref,
    status: z.enum(['held', 'committed', 'released']),
    reason: z.string().nullable(),
    createdAt: Time,
    expiresAt: Time,
    lines: z.array(z.object({ sku: Sku, productTitle: z.string(), storeName: z.string(), quantity: z.int() })),
  })
  .openapi('AdminReservation')
export type AdminReservation = z.infer<typeof AdminReservation>

export const ReservationList = z.object({ items: z.array(AdminReservation), ...paged }).openapi('ReservationList')
export type ReservationList = z.infer<typeof ReservationList>

export const ThresholdInput = z
  .object({ storeId: Id, lowStockThreshold: z.int().min(0).max(1_000_000).openapi({ example: 5 }) })
  .openapi('ThresholdInput')
export type ThresholdInput = z.infer<typeof ThresholdInput>
