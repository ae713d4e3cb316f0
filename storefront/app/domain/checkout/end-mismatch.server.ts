// The way out of a payment that is not what the order asked for: all of it goes back and the order ends, so that its cart
// is free again. Only for staff, who have looked at it.

import { recordAct } from '#app/domain/audit/audit.server.ts'
import { hurry } from '#app/domain/checkout/complete.server.ts'
import { endOrder } from '#app/domain/checkout/steps/settle-payment.server.ts'
import { settleRefund } from '#app/domain/checkout/steps/settle-refund.server.ts'
import { isLive } from '#app/domain/orders/order-status.ts'
import { lockOrder, writeHistory } from '#app/domain/orders/transition.server.ts'
import { listPayments, lockPayments, mismatchedPayment, movePayment } from '#app/domain/payments/payments.server.ts'
import type { ProviderSession } from '#app/domain/payments/provider.ts'
import { bookWholeRefund, type RefundRow } from '#app/domain/payments/refunds.server.ts'
import { retrievePayable } from '#app/domain/payments/stripe-intents.server.ts'
import type { By } from '#app/lib/clock.ts'
import { transaction } from '#app/lib/db.server.ts'
import { DomainError } from '#app/lib/errors.ts'
import { Killed } from '#app/lib/failpoints.ts'
import { log } from '#app/lib/log.server.ts'
import { formatMoney } from '#app/lib/money.ts'

const reason = 'The amount paid was not the amount of the order'

/**
 * Gives all the money of a mismatched payment back and cancels the order when it is still waiting. Told twice gives back
 * once. Throws not_found, illegal_transition (nothing mismatched, or it went back already), payment_unavailable.
 */
export async function endMismatch({ orderId }: { orderId: string }, by: By): Promise<void> {
  const seen = mismatchedPayment(await listPayments(orderId))
  if (!seen?.providerSessionId) throw nothingToDo()
  const taken = await retrievePayable(seen.providerSessionId).catch((error: unknown) => {
    log.warn({ orderId, reason: error instanceof Error ? error.message : '' }, 'the payment provider did not answer')
    throw new DomainError('payment_unavailable', 'The payment provider cannot be reached right now. Try again.')
  })
  if (!taken.isPaid || taken.amountMinor === 0) throw nothingToDo()
  const refund = await refuseMismatch(orderId, taken, by)
  await settleRefund(refund.id, by).catch((error: unknown) => {
    if (error instanceof Killed) throw error
    log.warn({ refundId: refund.id, reason: error instanceof Error ? error.message : '' }, 'a refund is tried again')
  })
  await hurry(orderId, by)
}

/**
 * The part of endMismatch that stays in our database, for a page or intent that was read this moment: books the refund of
 * all that it took and ends the order when it still waits. Throws not_found, illegal_transition.
 */
export async function refuseMismatch(orderId: string, taken: ProviderSession, by: By): Promise<RefundRow> {
  return transaction(async (trx) => {
    const order = await lockOrder(trx, orderId)
    const payment = mismatchedPayment(await lockPayments(trx, orderId))
    const { amountMinor, currency } = taken
    if (payment?.providerSessionId !== taken.id || amountMinor === 0) throw nothingToDo()
    await movePayment(trx, payment.id, 'refuse', by, {
      capturedMinor: amountMinor,
      ...(taken.intentId && { providerIntentId: taken.intentId }),
    })
    const booked = await bookWholeRefund(trx, { paymentId: payment.id, orderId, amountMinor, currency, reason }, by)
    const amount = formatMoney(amountMinor, currency)
    await writeHistory(trx, orderId, by, { kind: 'refund', isPublic: false, message: `Refund of ${amount} started` })
    if (isLive(order.status)) {
      await order.$query(trx).patch({ cancelRequestedAt: by.at, cancelReason: reason })
      await endOrder(trx, order, by)
    }
    const after = { amountMinor, currency, expectedMinor: payment.amountMinor }
    await recordAct(trx, by, { action: 'orders:refund', subject: `order:${order.number}`, after })
    return booked
  })
}

const nothingToDo = () =>
  new DomainError('illegal_transition', 'No payment of this order waits for that: look at the page again.')
