// Whom we asked for reviews, of somebody who leaves: nobody. Runs in the caller's transaction.
import type { Knex } from 'knex'

/** Forgets the mailboxes asked about these orders. */
export const forgetRequests = async (trx: Knex.Transaction, orderIds: readonly string[]): Promise<void> => {
  await trx('review_requests')
    .whereIn('orderId', [...orderIds])
    .delete()
}
