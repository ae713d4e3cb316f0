// Puts goods of a committed reservation back on the shelves they came from: a decision, never automatic. Never more
// than were sold, once per adjustment reference.
import type { Knex } from 'knex'
import { select, transaction } from '../lib/db.ts'
import { DomainError, notFound } from '../lib/errors.ts'
import { type Share, sumLines } from './allocation.ts'
import { lockShares, move } from './levels.ts'
import { ReservationModel } from './models.ts'
import type { Restocked, RestockInput } from './schemas.ts'

type SoldLine = Share & { sku: string; back: number }

/** @throws not_found for an unknown reservation, conflict when it is not committed or more than was sold would come back */
export async function restock(input: RestockInput): Promise<Restocked> {
  const { ref, adjustmentRef, reason, actor } = input
  const movementRef = `${ref}/restock/${adjustmentRef}`
  return transaction(async (trx) => {
    const row = await ReservationModel.query(trx).findById(ref).forUpdate()
    if (!row) throw notFound('The reservation')
    if (row.status !== 'committed') throw new DomainError('conflict', 'Only what was sold can come back.')
    const done = await movementsOf(trx, movementRef)
    if (done.length > 0) return { ref, adjustmentRef, lines: done }
    const shares = sharesBack(await soldLines(trx, ref), input.lines)
    await lockShares(trx, shares)
    await move(trx, 'restock', shares, { ref: movementRef, reason, actor })
    return { ref, adjustmentRef, lines: await movementsOf(trx, movementRef) }
  })
}

/** What was sold under the reference, and how much of it came back already, by variant and place. */
function soldLines(trx: Knex.Transaction, ref: string): Promise<SoldLine[]> {
  return select<SoldLine>(
    trx,
    `SELECT l.variant_id, l.store_id, l.quantity, v.sku, COALESCE((
       SELECT sum(m.delta_on_hand) FROM stock_movements m
       WHERE m.variant_id = l.variant_id AND m.store_id = l.store_id AND m.kind = 'restock'
         AND starts_with(m.ref, l.ref || '/restock/')
     ), 0)::int AS back
     FROM reservation_lines l JOIN variants v ON v.id = l.variant_id WHERE l.ref = :ref
     ORDER BY l.variant_id, l.store_id`,
    { ref },
  )
}

function sharesBack(sold: SoldLine[], wanted: RestockInput['lines']): Share[] {
  const missing = wanted
    ? sumLines(wanted)
    : sumLines(sold.map((line) => ({ sku: line.sku, quantity: line.quantity - line.back })))
  const shares: Share[] = []
  for (const { sku, variantId, storeId, quantity, back } of sold) {
    const share = Math.min(missing.get(sku) ?? 0, quantity - back)
    if (share > 0) shares.push({ variantId, storeId, quantity: share })
    missing.set(sku, (missing.get(sku) ?? 0) - share)
  }
  const over = [...missing].filter(([, quantity]) => quantity > 0).map(([sku]) => sku)
  if (over.length > 0) throw new DomainError('conflict', `More would come back than was sold: ${over.join(', ')}.`)
  if (shares.length === 0) throw new DomainError('conflict', 'Everything is back already.')
  return shares
}

function movementsOf(trx: Knex.Transaction, movementRef: string): Promise<Restocked['lines']> {
  return select(
    trx,
    `SELECT v.sku, m.store_id, m.delta_on_hand AS quantity FROM stock_movements m JOIN variants v ON v.id = m.variant_id
     WHERE m.ref = :movementRef AND m.kind = 'restock' ORDER BY v.sku, m.store_id`,
    { movementRef },
  )
}
