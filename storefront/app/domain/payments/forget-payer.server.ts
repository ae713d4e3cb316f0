// What the provider told about somebody who leaves: events that are worked through keep that they came, not what they said.
// Amounts and the provider's ids stay with the payment. Runs in the caller's transaction.
import type { Knex } from 'knex'
import { StripeEvent } from '#app/domain/payments/models.ts'

export async function forgetPayer(trx: Knex.Transaction, orderIds: readonly string[]): Promise<void> {
  await StripeEvent.query(trx)
    .patch({ payload: {} })
    .whereIn('orderId', [...orderIds])
    .whereNotNull('processedAt')
}
