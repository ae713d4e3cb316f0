// The reservations of somebody who deletes their account: what is kept for them goes back on the shelf, and no name stays.
// Runs in the caller's transaction; the catalogue is told by the sweeper afterwards.
import type { Knex } from 'knex'
import type { By } from '#app/lib/clock.ts'
import { moveToEnd } from './end.server.ts'
import { StoreReservation } from './models.ts'

export async function forgetReservations(trx: Knex.Transaction, userId: string, by: By): Promise<void> {
  const rows = await StoreReservation.query(trx).where({ userId }).orderBy('id').forUpdate()
  for (const { id, status } of rows) {
    if (status === 'held') await moveToEnd(trx, { id, from: 'held', to: 'cancelled', endedBy: 'shopper' }, by)
    if (status === 'placing') await moveToEnd(trx, { id, from: 'placing', to: 'refused' }, by)
  }
  await StoreReservation.query(trx)
    .where({ userId })
    .patch({ email: null, name: null, userId: null, mailboxHash: Buffer.alloc(0) })
}
