// The order's side of cancelling: the wish, written down under the lock before anybody outside is asked. The conductor
// (checkout/cancel.server.ts) carries it out.
import type { Knex } from 'knex'
import { raw } from 'objection'
import { Order, Parcel } from '#app/domain/orders/models.ts'
import { writeHistory } from '#app/domain/orders/transition.server.ts'
import type { By } from '#app/lib/clock.ts'

/** Writes that a person wants this unpaid order cancelled, once. The caller holds the order's lock. */
export async function askToCancel(trx: Knex.Transaction, orderId: string, reason: string, by: By): Promise<void> {
  const asked = await Order.query(trx)
    .findById(orderId)
    .whereNull('cancelRequestedAt')
    .patch({ cancelRequestedAt: by.at, cancelReason: reason, nextAttemptAt: raw('now()') })
  if (asked === 1) await writeHistory(trx, orderId, by, { kind: 'note', message: 'Cancellation asked for' })
}

/** Whether something is being packed or was sent: then the order can no longer be cancelled. */
export const hasParcels = async (trx: Knex, orderId: string): Promise<boolean> =>
  (await Parcel.query(trx).where({ orderId }).resultSize()) > 0
