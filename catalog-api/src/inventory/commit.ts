// Turns a hold into a sale: units leave the shelf, once. A hold that has ended is committed late from free stock, for
// the shopper has paid by now.
import type { Knex } from 'knex'
import { select, transaction } from '../lib/db.ts'
import { DomainError, notFound } from '../lib/errors.ts'
import { failpoint } from '../lib/failpoints.ts'
import { appendLowStock } from '../outbox/low-stock.ts'
import { allocate, type Demand, type Level, type Share } from './allocation.ts'
import { lockLevels, lockShares, move } from './levels.ts'
import { ReservationLineModel, ReservationModel } from './models.ts'
import type { Committed } from './schemas.ts'

type HeldLine = Share & { sku: string }

/** @throws not_found for an unknown reference, out_of_stock when a late commit finds too little */
export async function commitReservation(ref: string, actor: string): Promise<Committed> {
  const committed = await transaction(async (trx) => {
    const row = await ReservationModel.query(trx).findById(ref).forUpdate()
    if (!row) throw notFound('The reservation')
    const answer = (late: boolean): Committed => ({ ref, status: 'committed', late })
    if (row.status === 'committed') return answer(row.reason === 'late_commit')
    const lines = await linesOf(trx, ref)
    const late = row.status === 'released'
    const shares = late
      ? await takeFree(trx, row, lines)
      : lines.map(({ variantId, storeId, quantity }) => ({ variantId, storeId, quantity }))
    await trx.raw(`UPDATE reservations SET status = 'committed', committed_at = now(), reason = ? WHERE ref = ?`, [
      late ? 'late_commit' : row.reason,
      ref,
    ])
    // Last, so that a wanted row is locked only for a moment.
    if (!late) await lockShares(trx, shares)
    const moved = await move(trx, late ? 'commit_late' : 'commit', shares, { ref, reason: '', actor })
    await appendLowStock(trx, ref, shares, moved)
    failpoint('commit_begun')
    return answer(late)
  })
  failpoint('commit_done')
  return committed
}

function linesOf(trx: Knex.Transaction, ref: string): Promise<HeldLine[]> {
  return select<HeldLine>(
    trx,
    `SELECT l.variant_id, l.store_id, l.quantity, v.sku FROM reservation_lines l
     JOIN variants v ON v.id = l.variant_id
     WHERE l.ref = :ref ORDER BY l.variant_id, l.store_id`,
    { ref },
  )
}

/** Shares of free stock for lines whose hold has ended: at the same places first; a pickup stays at its store. */
async function takeFree(
  trx: Knex.Transaction,
  { ref, storeId }: ReservationModel,
  lines: HeldLine[],
): Promise<Share[]> {
  if (lines.length === 0)
    throw new DomainError('out_of_stock', 'Nothing was ever held under this reference.', { shortages: [] })
  const demands = new Map<string, Demand>()
  for (const { sku, variantId, quantity } of lines) {
    demands.set(sku, { sku, variantId, quantity: quantity + (demands.get(sku)?.quantity ?? 0) })
  }
  const levels = await lockLevels(trx, [...demands.values()], storeId ? [storeId] : undefined)
  const { shares, shortages } = allocate(
    [...demands.values()],
    levels.map((level) => preferSame(level, lines)),
  )
  if (shortages.length > 0)
    throw new DomainError('out_of_stock', 'The hold has ended and the stock is sold.', { shortages })
  await trx(ReservationLineModel.tableName).where({ ref }).delete()
  await trx(ReservationLineModel.tableName).insert(shares.map((share) => ({ ref, ...share })))
  return shares
}

const preferSame = (level: Level, lines: HeldLine[]): Level =>
  lines.some((line) => line.variantId === level.variantId && line.storeId === level.storeId)
    ? { ...level, priority: Number.MIN_SAFE_INTEGER }
    : level
