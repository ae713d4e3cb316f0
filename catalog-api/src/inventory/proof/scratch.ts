// Scratch goods for a proof of the stock's rules in a running shop: made, counted and taken away again with everything that
// was written about them. No shopper and no list ever meets them (status `scratch`); one proof at a time.
import { randomBytes } from 'node:crypto'
import type { Knex } from 'knex'
import { brokenConstraint, db, select, transaction } from '../../lib/db.ts'
import { DomainError, notFound } from '../../lib/errors.ts'
import { newId } from '../../lib/ids.ts'
import { writeMovements } from '../levels.ts'
import { proofRef } from './ref.ts'
import type { ScratchFigures, ScratchGoods } from './schemas.ts'

/** Older ones were left behind by somebody who died. Longer than a proof has patience. */
const livesMinutes = 2

/**
 * Lays `units` of new goods on the shelf of the first place that ships. What an earlier proof left behind is taken away.
 * @throws conflict while another proof runs, or in a shop that has no category or no place that ships
 */
export async function makeScratch(units: number, actor: string): Promise<ScratchGoods> {
  await removeLeftovers()
  return transaction(async (trx) => {
    await trx.raw(`SELECT pg_advisory_xact_lock(hashtext('products_scratch'))`)
    const [running] = await select(trx, `SELECT 1 FROM products WHERE status = 'scratch'`)
    if (running) throw new DomainError('conflict', 'A proof is running: one at a time.')
    const [where] = await select<{ categoryId: string | null; storeId: string | null }>(
      trx,
      `SELECT (SELECT id FROM categories ORDER BY id LIMIT 1) AS category_id, (SELECT id FROM stores
         WHERE ships_orders AND status = 'open' ORDER BY allocation_priority, id LIMIT 1) AS store_id`,
    )
    if (!where?.categoryId || !where.storeId)
      throw new DomainError('conflict', 'There is no category, or no open place that ships.')
    const sku = `PROOF-${randomBytes(6).toString('hex').toUpperCase()}`
    const variantId = await insertGoods(trx, where.categoryId, sku)
    await layOut(trx, { variantId, storeId: where.storeId, units, ref: proofRef + sku, actor })
    return { sku, units }
  })
}

async function insertGoods(trx: Knex.Transaction, categoryId: string, sku: string): Promise<string> {
  const [productId, variantId] = [newId(), newId()]
  const currency = 'EUR'
  const title = 'Scratch goods of a proof'
  await trx('products').insert({
    id: productId,
    categoryId,
    slug: sku.toLowerCase(),
    title,
    status: 'scratch',
    currency,
  })
  await trx('variants').insert({ id: variantId, productId, sku, title: '', priceMinor: 100, currency })
  return variantId
}

type Layout = { variantId: string; storeId: string; units: number; ref: string; actor: string }

async function layOut(trx: Knex.Transaction, { variantId, storeId, units, ref, actor }: Layout): Promise<void> {
  await trx('inventory').insert({ variantId, storeId, onHand: units, lowStockThreshold: 0 })
  const rows = [{ variantId, storeId, onHand: units, reserved: 0 }]
  await writeMovements(trx, rows, { ref, reason: 'proof', actor, kind: 'receive' })
}

/** What became of the goods, counted from the rows themselves. @throws not_found */
export async function countScratch(sku: string): Promise<ScratchFigures> {
  const [figures] = await select<ScratchFigures>(
    db(),
    `SELECT v.sku, i.on_hand, i.reserved,
       (i.on_hand < 0 OR i.reserved < 0 OR i.reserved > i.on_hand)::int AS negative_rows,
       (SELECT coalesce(sum(l.quantity), 0)::int FROM reservation_lines l JOIN reservations r USING (ref)
         WHERE l.variant_id = v.id AND r.status = 'held') AS held,
       (SELECT coalesce(sum(l.quantity), 0)::int FROM reservation_lines l JOIN reservations r USING (ref)
         WHERE l.variant_id = v.id AND r.status = 'committed') AS sold,
       (SELECT (sum(m.delta_on_hand), sum(m.delta_reserved)) IS NOT DISTINCT FROM (i.on_hand::bigint, i.reserved::bigint)
         FROM stock_movements m WHERE m.variant_id = v.id) AS ledger_agrees
     FROM variants v JOIN products p ON p.id = v.product_id AND p.status = 'scratch' JOIN inventory i ON i.variant_id = v.id
     WHERE v.sku = :sku`,
    { sku },
  )
  if (!figures) throw notFound('The scratch goods')
  return figures
}

/** Takes the goods away with all that was written about them. Gone before: the same answer. */
export async function removeScratch(sku: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await transaction((trx) => remove(trx, sku))
    } catch (error) {
      // A buyer who came late wrote a line meanwhile: now it is there to be taken along.
      if (brokenConstraint(error) === undefined || attempt === 5) throw error
    }
  }
}

async function remove(trx: Knex.Transaction, sku: string): Promise<void> {
  const [goods] = await select<{ productId: string; variantId: string }>(
    trx,
    `SELECT p.id AS product_id, v.id AS variant_id FROM products p JOIN variants v ON v.product_id = p.id
     WHERE v.sku = :sku AND p.status = 'scratch' FOR UPDATE OF p`,
    { sku },
  )
  if (!goods) return
  await trx('reservation_lines').where({ variantId: goods.variantId }).delete()
  await trx.raw('DELETE FROM reservations WHERE starts_with(ref, ?)', [`${proofRef}${sku}:`])
  await trx('stock_movements').where({ variantId: goods.variantId }).delete()
  await trx('inventory').where({ variantId: goods.variantId }).delete()
  await trx('products').where({ id: goods.productId, status: 'scratch' }).delete()
}

/** Takes away what a proof that died has left. @returns how many */
export async function removeLeftovers(): Promise<number> {
  const left = await select<{ sku: string }>(
    db(),
    `SELECT v.sku FROM products p JOIN variants v ON v.product_id = p.id
     WHERE p.status = 'scratch' AND p.created_at < now() - make_interval(mins => :livesMinutes)`,
    { livesMinutes },
  )
  for (const { sku } of left) await removeScratch(sku)
  return left.length
}
