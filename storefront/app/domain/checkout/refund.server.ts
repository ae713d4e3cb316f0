// Giving money back by hand, whole or in part. The row is booked under the payment's lock, so that two people can never
// give back more than was taken; the provider is asked right after, and again by the worker until it answers.

import { settleRefund } from '#app/domain/checkout/steps/settle-refund.server.ts'
import { orderCan } from '#app/domain/orders/order-status.ts'
import { lockOrder, writeHistory } from '#app/domain/orders/transition.server.ts'
import { effectivePayment, lockPayments } from '#app/domain/payments/payments.server.ts'
import { bookRefund, findRefundRow, type RefundRow } from '#app/domain/payments/refunds.server.ts'
import type { By } from '#app/lib/clock.ts'
import { transaction } from '#app/lib/db.server.ts'
import { DomainError } from '#app/lib/errors.ts'
import { Killed } from '#app/lib/failpoints.ts'
import { log } from '#app/lib/log.server.ts'
import { formatMoney } from '#app/lib/money.ts'

/**
 * Refunds `amountMinor` (`'rest'`: all that is left) of a paid order and answers the refund's row as it stands: `pending`
 * until the provider says more. The same `formKey` is the same refund: a double click gives back once. Goods are not returned to stock by this. Throws not_found, illegal_transition,
 * refund_too_large (`details.refundableMinor`), conflict (that form asked for another amount).
 */
export async function refundOrder(
  {
    orderId,
    amountMinor,
    reason,
    formKey,
  }: { orderId: string; amountMinor: number | 'rest'; reason: string; formKey?: string },
  by: By,
): Promise<RefundRow> {
  const booked = await transaction(async (trx) => {
    const order = await lockOrder(trx, orderId)
    const payment = effectivePayment(await lockPayments(trx, orderId))
    if (!payment || !orderCan.refund(order))
      throw new DomainError('illegal_transition', 'There is no payment on this order that could be refunded.')
    const refund = await bookRefund(trx, { paymentId: payment.id, amountMinor, reason, formKey }, by)
    if (!refund) throw new DomainError('refund_too_large', 'All of this order’s money has been refunded.')
    const { row, isNew } = refund
    if (!isNew) return row
    await writeHistory(trx, orderId, by, {
      kind: 'refund',
      isPublic: false,
      message: `Refund of ${formatMoney(row.amountMinor, row.currency)} started`,
      details: { refundId: row.id, reason },
    })
    return row
  })
  // A form sent again asks nothing of the provider that was answered already.
  if (booked.status !== 'pending') return booked
  await settleRefund(booked.id, by).catch((error: unknown) => {
    if (error instanceof Killed) throw error
    log.warn({ refundId: booked.id, reason: error instanceof Error ? error.message : '' }, 'a refund is tried again')
  })
  return findRefundRow(booked.id)
}
