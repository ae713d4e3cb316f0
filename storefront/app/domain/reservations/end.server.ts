// How a reservation ends: collected, lapsed, cancelled, or never begun. One conditional update decides, once; the catalogue
// is told afterwards (settle-stock.server.ts), however long that takes.
import type { Knex } from 'knex'
import { recordAct } from '#app/domain/audit/audit.server.ts'
import type { By } from '#app/lib/clock.ts'
import { db, transaction } from '#app/lib/db.server.ts'
import { DomainError, notFound } from '#app/lib/errors.ts'
import { StoreReservation } from './models.ts'
import type { EndedBy } from './reservation-view.ts'
import { settleStock } from './settle-stock.server.ts'
import { tell } from './tell.server.ts'

type End = {
  id: string
  from: 'placing' | 'held'
  to: 'collected' | 'lapsed' | 'cancelled' | 'refused'
  endedBy?: EndedBy
  reason?: string
}

/** Moves the row when it still is where it should be; answers it, or undefined when somebody else was faster. */
export async function moveToEnd(trx: Knex.Transaction, end: End, by: By): Promise<StoreReservation | undefined> {
  const { id, from, to, endedBy = null, reason = null } = end
  const query = StoreReservation.query(trx).where({ id, status: from })
  // A code is good until its time and not a moment longer; the time lapses nothing before.
  if (to === 'collected') query.where('expiresAt', '>', by.at)
  if (to === 'lapsed') query.where('expiresAt', '<=', by.at)
  const [row] = await query
    .patch({
      status: to,
      endedAt: by.at,
      endedBy,
      reason,
      nextAttemptAt: by.at,
      // The form that could hold nothing may be sent again.
      ...(to === 'refused' && { formKey: null }),
    })
    .returning('*')
  if (!row) return undefined
  if (to === 'lapsed') await tell(trx, 'reservation.lapsed', row)
  if (to === 'cancelled' && endedBy === 'store') await tell(trx, 'reservation.cancelled', row)
  return row
}

/** As moveToEnd in a transaction of its own; then the stock is settled at once, or later when the catalogue is away. */
export async function endReservation(end: End, by: By): Promise<StoreReservation | undefined> {
  const row = await transaction(async (trx) => {
    const moved = await moveToEnd(trx, end, by)
    if (moved && end.to !== 'refused') {
      const after = { status: moved.status, sku: moved.sku, quantity: moved.quantity, store: moved.store.slug }
      const subject = `reservation:${moved.number}`
      await recordAct(trx, by, {
        action: 'orders:ship',
        subject,
        after: { ...after, ...(end.reason && { reason: end.reason }) },
      })
    }
    return moved
  })
  if (row) await settleStock(row, by)
  return row
}

/**
 * Gives the thing back before its time: whoever reserved it lets it go, or the store cannot keep it. Told twice changes
 * nothing. Throws not_found, illegal_transition (it has ended otherwise).
 */
export async function cancelReservation(
  { id, endedBy, reason }: { id: string; endedBy: 'shopper' | 'store'; reason?: string },
  by: By,
): Promise<void> {
  if (await endReservation({ id, from: 'held', to: 'cancelled', endedBy, reason }, by)) return
  const row = await StoreReservation.query(db()).findById(id)
  if (!row) throw notFound('The reservation')
  if (row.status !== 'cancelled')
    throw new DomainError('illegal_transition', 'This reservation is over already.', {
      details: { status: row.status },
    })
}
