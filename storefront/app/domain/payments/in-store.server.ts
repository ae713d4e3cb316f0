// Money taken over a store's counter: a row that is a fact from its first moment. No network, nothing to wait for.
import type { Knex } from 'knex'
import { Payment } from '#app/domain/payments/models.ts'
import { listPayments, type PaymentRow } from '#app/domain/payments/payments.server.ts'
import type { By } from '#app/lib/clock.ts'
import { newId } from '#app/lib/ids.ts'

/** Writes the payment; the database refuses a second effective one (payments_one_effective_per_order). */
export async function insertInStorePayment(
  trx: Knex.Transaction,
  input: { orderId: string; amountMinor: number; currency: string; tender: 'cash' | 'card' },
  by: By,
): Promise<PaymentRow> {
  const attempt = Math.max(0, ...(await listPayments(input.orderId, trx)).map((payment) => payment.attempt)) + 1
  return Payment.query(trx)
    .insert({
      ...input,
      id: newId(by.at.getTime()),
      attempt,
      provider: 'in_store',
      status: 'succeeded',
      capturedMinor: input.amountMinor,
      createdAt: by.at,
      updatedAt: by.at,
      succeededAt: by.at,
    })
    .returning('*')
}
