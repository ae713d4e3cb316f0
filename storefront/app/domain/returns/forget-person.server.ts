// The returns of somebody who deletes their account: open ones come first; of others what the person wrote is forgotten.
// Runs in the caller's transaction.
import type { Knex } from 'knex'
import { Return } from '#app/domain/returns/models.ts'
import type { By } from '#app/lib/clock.ts'
import { DomainError } from '#app/lib/errors.ts'

/** Throws `conflict` when a return of one of these orders is still on its way (`details.numbers`). */
export async function forgetReturns(trx: Knex.Transaction, orderIds: readonly string[], by: By): Promise<void> {
  const returns = await Return.query(trx)
    .whereIn('orderId', [...orderIds])
    .orderBy('id')
    .forUpdate()
  const open = returns.filter(({ status }) => ['requested', 'approved', 'received'].includes(status))
  if (open.length > 0) {
    const numbers = open.map(({ number }) => number)
    const text = `Your account can be deleted when your returns are done. Still open: ${numbers.slice(0, 5).join(', ')}.`
    throw new DomainError('conflict', text, { details: { numbers } })
  }
  for (const row of returns) await row.$query(trx).patch({ note: null, updatedAt: by.at })
}
