// Which stores fit what a shopper asks for, as SQL on `stores s`: services, open at this moment, a thing on the shelf.

import { z } from '@hono/zod-openapi'
import { queryFlag, Sku } from '../http/fields.ts'
import { db, select } from '../lib/db.ts'
import type { Store } from './schemas.ts'

const Service = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'Small letters, digits and _')

/** What lists and nearness share. */
export const storeFilters = {
  service: z
    .union([Service.transform((one) => [one]), z.array(Service).min(1).max(20)])
    .optional()
    .openapi({
      type: 'array',
      items: { type: 'string' },
      description: 'Only stores that offer this; repeated: all of these',
      example: ['click_and_collect'],
    }),
  open_now: queryFlag.optional().openapi({ description: '`true`: only stores that are open at this moment' }),
  sku: Sku.optional().openapi({ description: 'Each store is told with what it has of this' }),
  in_stock: queryFlag.optional().openapi({ description: '`true` with `sku`: only stores that have it' }),
}
export type StoreFilters = { service?: string[]; open_now?: boolean; sku?: string; in_stock?: boolean }

const isOpen = `
  EXISTS (
    SELECT 1 FROM (SELECT (:at::timestamptz AT TIME ZONE s.timezone) AS wall) here
    LEFT JOIN store_special_days d ON d.store_id = s.id AND d.day = here.wall::date
    WHERE CASE WHEN d.store_id IS NULL
      THEN EXISTS (SELECT 1 FROM store_hours h WHERE h.store_id = s.id AND h.weekday = extract(isodow FROM here.wall)
                   AND h.opens <= here.wall::time AND here.wall::time < h.closes)
      ELSE d.open_minutes @> (extract(hour FROM here.wall) * 60 + extract(minute FROM here.wall))::int END
  )`

const hasIt = `
  EXISTS (
    SELECT 1 FROM inventory i JOIN variants v ON v.id = i.variant_id
    WHERE v.sku = :sku AND v.status = 'active' AND i.store_id = s.id AND i.on_hand > i.reserved
  )`

/** The conditions as one SQL expression and what is bound in it; shops that are open to the public in any case. */
export function fitting(filters: StoreFilters, at: Date): { sql: string; bindings: Record<string, unknown> } {
  const { service, sku } = filters
  const parts = [`s.kind = 'shop' AND s.status = 'open'`]
  if (service) parts.push('s.services @> :service::text[]')
  if (filters.open_now) parts.push(isOpen)
  if (sku && filters.in_stock) parts.push(hasIt)
  return { sql: parts.join(' AND '), bindings: { at, service: service ?? null, sku: sku ?? null } }
}

/** Adds to each store what it has of the SKU: one statement, none without a SKU. */
export async function withStock(stores: Store[], sku?: string): Promise<Store[]> {
  if (!sku || stores.length === 0) return stores
  const rows = await select<{ storeId: string; available: number }>(
    db(),
    `SELECT i.store_id, i.on_hand - i.reserved AS available
     FROM inventory i JOIN variants v ON v.id = i.variant_id JOIN products p ON p.id = v.product_id
     WHERE v.sku = :sku AND v.status = 'active' AND p.status = 'published' AND i.store_id = ANY(:ids)`,
    { sku, ids: stores.map(({ id }) => id) },
  )
  const free = new Map(rows.map(({ storeId, available }) => [storeId, available]))
  return stores.map((store) => ({ ...store, stock: { sku, available: free.get(store.id) ?? 0 } }))
}
