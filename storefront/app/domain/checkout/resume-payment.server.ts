// "Pay again": back to the open page, or to a new attempt when the old page ended (or another way to pay is wanted) and the
// goods are still held. Never a second order, never two ways to pay open at once.
import { hurry } from '#app/domain/checkout/complete.server.ts'
import { pageOf } from '#app/domain/checkout/place-order.server.ts'
import { holdCoversPage } from '#app/domain/checkout/steps/open-payment.server.ts'
import { recordSession } from '#app/domain/checkout/steps/settle-payment.server.ts'
import { orderCan } from '#app/domain/orders/order-status.ts'
import { lockOrder } from '#app/domain/orders/transition.server.ts'
import { getOrderRow, type OrderRow } from '#app/domain/orders/work.server.ts'
import { whyNotByCard } from '#app/domain/payments/card-limits.ts'
import type { PaymentKind } from '#app/domain/payments/payment-status.ts'
import {
  insertAttempt,
  listPayments,
  livePayment,
  lockPayments,
  movePayment,
  type PaymentRow,
} from '#app/domain/payments/payments.server.ts'
import { endPayable, retrievePayable } from '#app/domain/payments/stripe-intents.server.ts'
import type { By } from '#app/lib/clock.ts'
import { transaction } from '#app/lib/db.server.ts'
import { DomainError } from '#app/lib/errors.ts'
import { log } from '#app/lib/log.server.ts'

/**
 * Where to pay this order now; null when it turns out to be paid already. With `kind: 'intent'` it becomes (or stays) payable
 * by an intent instead of on a page, and there is no address. Throws illegal_transition (no longer payable;
 * an order that ran out of time is in the cart again), payment_unavailable when the provider cannot be reached.
 */
export async function resumePayment(
  { id, kind = 'page' }: { id: string; kind?: PaymentKind },
  by: By,
): Promise<{ paymentUrl: string | null }> {
  const before = await getOrderRow(id)
  if (!orderCan.pay(before)) throw over(before)
  await lookAtOpenPage(before, kind, by).catch((error: unknown) => {
    if (error instanceof DomainError) throw error
    log.warn(
      { orderId: id, reason: error instanceof Error ? error.message : '' },
      'the payment provider did not answer',
    )
    throw unavailable()
  })
  const { order } = await hurry(id, by)
  if (order.paidAt || order.status === 'payment_received') return { paymentUrl: null }
  if (!orderCan.pay(order)) throw over(order)
  const paymentUrl = await pageOf(order)
  if (!paymentUrl && kind === 'page') throw unavailable()
  return { paymentUrl }
}

const unavailable = () =>
  new DomainError(
    'payment_unavailable',
    'The payment page cannot be reached right now. Your order is kept: try again.',
    {
      retryAfterSeconds: 10,
    },
  )

const over = (order: OrderRow) =>
  new DomainError(
    'illegal_transition',
    order.paymentMethod === 'in_store' && order.status === 'expired'
      ? 'This order was not collected in time.'
      : order.status === 'expired'
        ? 'The time to pay this order is over. Your things are back in your cart.'
        : 'This order no longer waits for a payment.',
    { details: { status: order.status } },
  )

async function lookAtOpenPage(order: OrderRow, kind: PaymentKind, by: By): Promise<void> {
  const live = async () => livePayment(await listPayments(order.id))
  let payment = await live()
  if (payment && !payment.providerSessionId && payment.kind !== kind) {
    // Whether it was opened is not known yet: the driver finds out, so that it can be ended.
    await hurry(order.id, by)
    payment = await live()
  }
  if (!payment && order.paymentMethod === 'in_store') return payOnlineAfterAll(order, kind, by)
  if (!payment?.providerSessionId) return
  const session = await (payment.kind === kind ? retrievePayable : endPayable)(payment.providerSessionId)
  if (session.status === 'expired' && (await tryAgain(order, payment, kind, by))) return
  await recordSession(session, by)
}

/** The page ended unpaid: the next attempt replaces it while the goods are held long enough. */
async function tryAgain(order: OrderRow, ended: PaymentRow, kind: PaymentKind, by: By): Promise<boolean> {
  if (!holdCoversPage(order, by)) return false
  return transaction(async (trx) => {
    const now = await lockOrder(trx, order.id)
    await lockPayments(trx, order.id)
    if (!orderCan.pay(now) || now.cancelRequestedAt) return false
    if (!(await movePayment(trx, ended.id, 'expire', by))) return false
    await insertAttempt(trx, { orderId: order.id, amountMinor: ended.amountMinor, currency: ended.currency, kind }, by)
    return true
  })
}

/** An order that waits at the counter is paid by card after all; until that is done it can still be paid there. */
async function payOnlineAfterAll(order: OrderRow, kind: PaymentKind, by: By): Promise<void> {
  const tooLittle = whyNotByCard(order)
  if (tooLittle) throw new DomainError('illegal_transition', `${tooLittle} Please pay in the store.`)
  if (!holdCoversPage(order, by))
    throw new DomainError('illegal_transition', 'There is too little time left to pay online. Please pay in the store.')
  await transaction(async (trx) => {
    const now = await lockOrder(trx, order.id)
    const live = livePayment(await lockPayments(trx, order.id))
    if (live || now.status !== 'awaiting_payment' || now.cancelRequestedAt) return
    await insertAttempt(trx, { orderId: order.id, amountMinor: now.totalMinor, currency: now.currency, kind }, by)
  })
}
