// What stock and reservations look like from outside. Shapes only: no rule, no query.
import { z } from '@hono/zod-openapi'
import { Actor, Country, Id, Quantity, Reason, Ref, Sku, Slug, Time, text } from '../http/fields.ts'
import { Store } from '../stores/schemas.ts'

export const PlaceLevel = z
  .object({
    storeId: Id,
    slug: Slug,
    name: z.string().openapi({ example: 'Highstreet Lyon' }),
    city: z.string().openapi({ example: 'Lyon' }),
    country: Country,
    kind: z.enum(['shop', 'warehouse']),
    shipsOrders: z.boolean(),
    keepsForShoppers: z.boolean().openapi({ description: 'Click and collect: things can be reserved there' }),
    onHand: z.int().openapi({ example: 9 }),
    reserved: z.int().openapi({ example: 2 }),
    available: z.int().openapi({ example: 7 }),
    lowStockThreshold: z.int().openapi({ example: 3 }),
  })
  .openapi('PlaceLevel')
export type PlaceLevel = z.infer<typeof PlaceLevel>

export const StockOfSku = z
  .object({
    sku: Sku,
    variantId: Id,
    onHand: z.int().openapi({ description: 'Over all places' }),
    reserved: z.int(),
    available: z
      .int()
      .openapi({ description: 'Units that can be bought online now: free units at open places that ship' }),
    places: z.array(PlaceLevel),
  })
  .openapi('StockOfSku')
export type StockOfSku = z.infer<typeof StockOfSku>

export const Line = z.object({ sku: Sku, quantity: Quantity })

/** `MUG-SAGE:2,TOWEL:1` as lines. */
export const BasketParam = z
  .string()
  .max(7_000)
  .transform((value) =>
    value.split(',').map((pair) => {
      const [sku, quantity = ''] = pair.split(':')
      return { sku, quantity: /^\d{1,2}$/.test(quantity) ? Number(quantity) : 0 }
    }),
  )
  .pipe(z.array(Line).min(1).max(100))
  .openapi({ type: 'string', example: 'MUG-SAGE:2,TOWEL:1', description: 'SKU:quantity, with commas between' })

export const StoreWithBasket = z
  .object({
    store: Store,
    complete: z.boolean().openapi({ description: 'All of the basket can be picked up here now' }),
    lines: z.array(Line.extend({ available: z.int().openapi({ description: 'Free units at this store' }) })),
  })
  .openapi('StoreWithBasket')
export type StoreWithBasket = z.infer<typeof StoreWithBasket>

export const ReserveInput = z
  .object({
    ref: Ref,
    ttlSeconds: z
      .int()
      .min(60)
      .max(172_800)
      .openapi({ description: "How long to hold, by the database's clock", example: 2700 }),
    lines: z.array(Line).min(1).max(100).openapi({ description: 'Lines of the same SKU are added up' }),
    storeId: Id.optional().openapi({ description: 'Only from this place (pickup); left out: from places that ship' }),
  })
  .openapi('ReserveInput')
export type ReserveInput = z.infer<typeof ReserveInput>

export const Reservation = z
  .object({
    ref: Ref,
    status: z.enum(['held', 'committed', 'released']),
    expiresAt: Time,
    lines: z.array(z.object({ sku: Sku, variantId: Id, storeId: Id, quantity: z.int() })),
  })
  .openapi('Reservation')
export type Reservation = z.infer<typeof Reservation>

export const CommitInput = z.object({ ref: Ref }).openapi('CommitInput')
export const Committed = z
  .object({
    ref: Ref,
    status: z.literal('committed'),
    late: z.boolean().openapi({ description: 'The hold had ended; free stock was taken instead' }),
  })
  .openapi('Committed')
export type Committed = z.infer<typeof Committed>

export const ReleaseInput = z.object({ ref: Ref, reason: Reason }).openapi('ReleaseInput')
export type ReleaseInput = z.infer<typeof ReleaseInput>
export const Released = z.object({ ref: Ref, status: z.literal('released') }).openapi('Released')
export type Released = z.infer<typeof Released>

export const RestockInput = z
  .object({
    ref: Ref.openapi({ description: 'The committed reservation the goods came from' }),
    adjustmentRef: Ref,
    lines: z
      .array(z.object({ sku: Sku, quantity: z.int().min(1).max(9_900) }))
      .min(1)
      .max(100)
      .optional()
      .openapi({ description: 'Left out: everything that is not back yet' }),
    reason: Reason,
    actor: Actor,
  })
  .openapi('RestockInput')
export type RestockInput = z.infer<typeof RestockInput>
export const Restocked = z
  .object({ ref: Ref, adjustmentRef: Ref, lines: z.array(z.object({ sku: Sku, storeId: Id, quantity: z.int() })) })
  .openapi('Restocked')
export type Restocked = z.infer<typeof Restocked>

export const AdjustInput = z
  .object({
    ref: Ref,
    sku: Sku,
    storeId: Id,
    delta: z
      .int()
      .min(-1_000_000)
      .max(1_000_000)
      .refine((value) => value !== 0, 'Must not be zero')
      .openapi({ example: 12 }),
    kind: z.enum(['receive', 'adjust']),
    reason: text(1, 300).openapi({ example: 'counted on Monday' }),
    actor: Actor,
    expectedOnHand: z
      .int()
      .min(0)
      .optional()
      .openapi({ description: 'What the person saw; another number now is a version_conflict' }),
  })
  .openapi('AdjustInput')
export type AdjustInput = z.infer<typeof AdjustInput>

export const ProductStock = z
  .object({
    places: z
      .array(PlaceLevel.pick({ storeId: true, name: true, city: true, country: true, kind: true, shipsOrders: true }))
      .openapi({ description: 'Every open place, warehouses first' }),
    levels: z.array(
      z.object({ sku: Sku, storeId: Id, onHand: z.int(), reserved: z.int(), lowStockThreshold: z.int() }),
    ),
  })
  .openapi('ProductStock')
export type ProductStock = z.infer<typeof ProductStock>
