// Paying with the client's own payment form (mobile app, Elements): the order is placed as from the pages, but paid by an
// intent; confirming it ends in the same settle. A client secret is given to the order's owner only, and never stored in clear.
import { settle } from '#app/domain/checkout/complete.server.ts'
import { type PlaceOrder, placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { resumePayment } from '#app/domain/checkout/resume-payment.server.ts'
import { orderTokenFor } from '#app/domain/orders/access.server.ts'
import { isLive, type OrderStatus } from '#app/domain/orders/order-status.ts'
import { getOrderRow, type OrderRow } from '#app/domain/orders/work.server.ts'
import {
  effectivePayment,
  findPaymentOf,
  listPayments,
  livePayment,
  type PaymentRow,
} from '#app/domain/payments/payments.server.ts'
import { type ProviderIntent, ProviderRefused } from '#app/domain/payments/provider.ts'
import { confirmIntent, retrieveIntent } from '#app/domain/payments/stripe-intents.server.ts'
import { env } from '#app/env.server.ts'
import type { By } from '#app/lib/clock.ts'
import { DomainError, isDomainError, notFound } from '#app/lib/errors.ts'
import { log } from '#app/lib/log.server.ts'

/** An order and what there is to pay it by; no intent when nothing (more) is to be paid. */
export type IntentToPay = {
  orderNumber: string
  orderStatus: OrderStatus
  totalMinor: number
  currency: string
  intent: ProviderIntent | null
}

/**
 * Places the cart's order, or finds the one it waits for, and answers its intent. Throws what placeOrder and resumePayment
 * throw; payment_unavailable may simply be sent again.
 */
export async function placeByIntent(input: Omit<PlaceOrder, 'payBy'>, by: By): Promise<IntentToPay> {
  const { orderId } = await placeOrder({ ...input, payBy: 'intent' }, by)
  const live = livePayment(await listPayments(orderId))
  // Another tab opened a page for this cart: it is closed, there is never more than one way to pay.
  if (live?.kind === 'page') await resumePayment({ id: orderId, kind: 'intent' }, by)
  const order = await getOrderRow(orderId)
  return toPay(order, await intentOf(order))
}

/**
 * Confirms the order's intent with a payment method when one is given (the same `key` is the same try), and settles in any
 * case. The answer says what comes next. Throws not_found (also for another person's order), conflict (it waits on a page),
 * illegal_transition (no longer payable), validation_failed (unknown payment method), payment_unavailable.
 */
export async function confirmPayment(
  input: { userId: string; orderId: string; paymentMethod: string | null; key: string },
  by: By,
): Promise<IntentToPay> {
  const order = await getOrderRow(input.orderId)
  if (order.userId !== input.userId) throw notFound('The order')
  const payment = intentPayment(await listPayments(order.id))
  const id = payment?.providerSessionId
  if (!id) throw notPayable(order)
  const intent = await reached(order, () => confirmed(order, payment, { ...input, id }))
  await settle({ sessionId: id }, by).catch((error: unknown) => {
    // The webhook or the completer will; what the provider said stands.
    log.warn({ orderId: order.id, reason: error instanceof Error ? error.message : '' }, 'could not settle on confirm')
  })
  return toPay(await getOrderRow(order.id), intent)
}

/** The order that an intent of ours is for. Throws not_found; whose it is asks confirmPayment. */
export async function orderOfIntent(intentId: string): Promise<string> {
  const payment = await findPaymentOf(intentId)
  if (!payment) throw notFound('The payment')
  return payment.orderId
}

/** The attempt to speak of: the live one, else the one that paid, else none. */
function intentPayment(payments: readonly PaymentRow[]): PaymentRow | undefined {
  const payment = livePayment(payments) ?? effectivePayment(payments)
  return payment?.kind === 'intent' ? payment : undefined
}

async function confirmed(
  order: OrderRow,
  payment: PaymentRow,
  { id, paymentMethod, key }: { id: string; paymentMethod: string | null; key: string },
): Promise<ProviderIntent> {
  if (!paymentMethod || payment.status === 'succeeded') return retrieveIntent(id)
  // A wish to cancel was written: nobody is charged any more.
  if (!isLive(order.status) || order.cancelRequestedAt) throw notPayable(order)
  const returnUrl = `${env().STOREFRONT_ORIGIN}/orders/${order.number}/return?token=${orderTokenFor(order.id)}`
  return confirmIntent(id, { paymentMethod, returnUrl, key: `confirm/${id}/${key}` })
}

async function intentOf(order: OrderRow): Promise<ProviderIntent | null> {
  if (!isLive(order.status)) return null
  const id = livePayment(await listPayments(order.id))?.providerSessionId
  if (!id) throw unavailable()
  return reached(order, () => retrieveIntent(id))
}

/** Asks the provider; silence becomes payment_unavailable, a definite no names the payment method. */
async function reached<T>(order: OrderRow, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    if (isDomainError(error)) throw error
    if (error instanceof ProviderRefused) {
      const message = 'The payment provider does not take this payment method for this payment.'
      throw new DomainError('validation_failed', message, { fields: { paymentMethod: [message] } })
    }
    log.warn({ orderId: order.id, reason: error instanceof Error ? error.message : '' }, 'the provider did not answer')
    throw unavailable()
  }
}

const toPay = (order: OrderRow, intent: ProviderIntent | null): IntentToPay => ({
  orderNumber: order.number,
  orderStatus: order.status,
  totalMinor: order.totalMinor,
  currency: order.currency,
  intent,
})

const notPayable = ({ status, number }: OrderRow): DomainError =>
  isLive(status)
    ? new DomainError('conflict', 'This order waits on its payment page, not for an intent.', { details: { number } })
    : new DomainError('illegal_transition', 'This order no longer waits for a payment.', { details: { status } })

const unavailable = () =>
  new DomainError('payment_unavailable', 'The payment provider cannot be reached right now. Your order is kept.', {
    retryAfterSeconds: 5,
  })
