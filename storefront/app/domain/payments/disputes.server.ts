// Cardholders' disputes, as the provider has them: a flag for staff. No status moves and no stock moves by one.
import type { Knex } from 'knex'
import { Dispute, Payment } from '#app/domain/payments/models.ts'
import type { ProviderDispute } from '#app/domain/payments/provider.ts'
import type { By } from '#app/lib/clock.ts'
import { db } from '#app/lib/db.server.ts'

export type DisputeView = Pick<Dispute, 'id' | 'status' | 'reason' | 'amountMinor' | 'currency' | 'evidenceDueAt'> & {
  isOpen: boolean
}

const over = new Set(['won', 'lost', 'warning_closed', 'prevented'])

/**
 * Writes a dispute as it is at the provider now. Answers the order it is of and whether anything changed; null when the
 * payment is none of ours.
 */
export async function recordDispute(
  trx: Knex.Transaction,
  { intentId, ...dispute }: ProviderDispute,
  by: By,
): Promise<{ orderId: string; changed: boolean; isOpen: boolean } | null> {
  const payment = await Payment.query(trx)
    .findOne({ providerIntentId: intentId ?? '' })
    .forUpdate()
  if (!payment) return null
  const known = await Dispute.query(trx).findById(dispute.id)
  const row = { ...dispute, paymentId: payment.id, orderId: payment.orderId, updatedAt: by.at }
  await Dispute.query(trx).insert(row).onConflict('id').merge()
  return { orderId: payment.orderId, changed: known?.status !== dispute.status, isOpen: !over.has(dispute.status) }
}

/** The disputes of an order, newest first. */
export async function listDisputesOf(orderId: string): Promise<DisputeView[]> {
  const rows = await Dispute.query(db()).where({ orderId }).orderBy('openedAt', 'desc')
  return rows.map(({ id, status, reason, amountMinor, currency, evidenceDueAt }) => ({
    id,
    status,
    reason,
    amountMinor,
    currency,
    evidenceDueAt,
    isOpen: !over.has(status),
  }))
}

/** Orders with a dispute that is not over. */
export const countOpenDisputes = async (): Promise<number> =>
  Dispute.query(db())
    .whereNotIn('status', [...over])
    .resultSize()
