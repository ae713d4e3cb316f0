// Tells the shopkeeper when a sale takes a place to its threshold: an event in the sale's own transaction, once per
// crossing. The payload is the contract of storefront/app/domain/outbox/events.ts.
import type { Knex } from 'knex'
import type { EventPayload } from '../../../storefront/app/domain/outbox/events.ts'
import { select } from '../lib/db.ts'
import { newId } from '../lib/ids.ts'

type Moved = { variantId: string; storeId: string; onHand: number; reserved: number; threshold: number }
type Names = Pick<EventPayload<'stock.low'>, 'sku' | 'title' | 'variantTitle' | 'storeName'> & {
  variantId: string
  storeId: string
}

/** Appends `stock.low` for every place that `shares` took from above its threshold to it or below. */
export async function appendLowStock(
  trx: Knex.Transaction,
  ref: string,
  shares: { variantId: string; storeId: string; quantity: number }[],
  moved: Moved[],
): Promise<void> {
  const crossed = moved.filter((level) => {
    const share = shares.find((one) => one.variantId === level.variantId && one.storeId === level.storeId)
    return level.onHand <= level.threshold && level.onHand + (share?.quantity ?? 0) > level.threshold
  })
  if (crossed.length === 0) return
  const names = await namesOf(trx, crossed)
  if (names.length === 0) return
  const rows = names.map(({ variantId, storeId, ...words }) => {
    const level = crossed.find((one) => one.variantId === variantId && one.storeId === storeId)
    const { onHand = 0, reserved = 0, threshold = 0 } = level ?? {}
    const payload: EventPayload<'stock.low'> = { ...words, onHand, reserved, threshold }
    return { id: newId(), dedupeKey: `stock.low:${variantId}:${storeId}:${ref}`, topic: 'stock.low', payload }
  })
  await trx('outbox').insert(rows).onConflict('dedupeKey').ignore()
}

function namesOf(trx: Knex.Transaction, levels: Moved[]): Promise<Names[]> {
  return select<Names>(
    trx,
    `SELECT given.variant_id, given.store_id, v.sku, p.title, v.title AS variant_title, s.name AS store_name
     FROM unnest(:variantIds::uuid[], :storeIds::uuid[]) AS given (variant_id, store_id)
     JOIN variants v ON v.id = given.variant_id JOIN products p ON p.id = v.product_id AND p.status <> 'scratch'
     JOIN stores s ON s.id = given.store_id`,
    { variantIds: levels.map((level) => level.variantId), storeIds: levels.map((level) => level.storeId) },
  )
}
