// Step C: a page to pay on, for an order whose goods are held. The request is fixed in our rows before it is sent, so
// that a repeated one is the same page; a new attempt begins only after a definite no.
import { graceSeconds, sessionSeconds } from '#app/domain/checkout/steps/constants.ts'
import { orderTokenFor } from '#app/domain/orders/access.server.ts'
import { transition, writeHistory } from '#app/domain/orders/transition.server.ts'
import {
  holdsLease,
  type Lease,
  listOrderItems,
  type OrderItemRow,
  type OrderRow,
} from '#app/domain/orders/work.server.ts'
import { fixSessionEnd, insertAttempt, movePayment, type PaymentRow } from '#app/domain/payments/payments.server.ts'
import { ProviderRefused, type ProviderSession, type SessionInput } from '#app/domain/payments/provider.ts'
import { createSession, isStoredFailure } from '#app/domain/payments/stripe.server.ts'
import { createIntent } from '#app/domain/payments/stripe-intents.server.ts'
import { env } from '#app/env.server.ts'
import { addSeconds, type By } from '#app/lib/clock.ts'
import { transaction } from '#app/lib/db.server.ts'
import { failpoint, failWhile, Killed } from '#app/lib/failpoints.ts'

/** Whether a page opened now would end before the hold does. */
export const holdCoversPage = (order: OrderRow, by: By): boolean =>
  order.holdUntil !== null && order.holdUntil >= addSeconds(by.at, sessionSeconds + graceSeconds)

/**
 * Opens the attempt's page and stores it; the order waits for payment. Throws when Stripe did not answer (repeat it),
 * or refused: then the next attempt is already booked.
 */
export async function openPaymentPage(order: OrderRow, payment: PaymentRow, lease: Lease, by: By): Promise<void> {
  failpoint('before_session')
  const session = await failWhile('session_under_way', requestPage(order, payment, by)).catch(
    async (error: unknown) => {
      if (error instanceof Killed) throw error
      // Nobody has seen an address under this key: another attempt cannot be paid twice.
      if (error instanceof ProviderRefused || (isStoredFailure(error) && order.attempts >= 3))
        await bookNextAttempt(order, payment, error instanceof Error ? error.message : '', by)
      throw error
    },
  )
  failpoint('after_session')
  await transaction(async (trx) => {
    if (!(await holdsLease(trx, lease))) return
    const opened = await movePayment(trx, payment.id, 'open', by, {
      providerSessionId: session.id,
      sessionUrl: session.url,
      sessionExpiresAt: session.expiresAt,
    })
    if (!opened) return
    if (order.status === 'reserved') await transition(trx, order.id, 'open_payment', by)
    else await writeHistory(trx, order.id, by, { kind: 'payment', message: 'New try to pay' })
    failpoint('page_written')
  })
  failpoint('page_kept')
}

/** The attempt's page (or intent) at the provider, made if need be: the same answer however often it is asked. */
export async function requestPage(order: OrderRow, payment: PaymentRow, by: By): Promise<ProviderSession> {
  const expiresAt = await fixSessionEnd(payment.id, sessionSeconds, by)
  const what = {
    orderId: order.id,
    orderNumber: order.number,
    paymentId: payment.id,
    attempt: payment.attempt,
    email: order.email,
    currency: order.currency,
    expiresAt,
  }
  if (payment.kind === 'intent') return createIntent({ ...what, amountMinor: payment.amountMinor })
  const items = await listOrderItems(order.id)
  const back = `${env().STOREFRONT_ORIGIN}/orders/${order.number}/return`
  const token = orderTokenFor(order.id)
  return createSession({
    ...what,
    lines: pageLines(order, items),
    successUrl: `${back}?session_id={CHECKOUT_SESSION_ID}&token=${token}`,
    cancelUrl: `${back}?cancelled=1&token=${token}`,
  })
}

/** The frozen order as lines of the payment page: they add up to the order's total to the cent. */
export function pageLines(order: OrderRow, items: readonly OrderItemRow[]): SessionInput['lines'] {
  const lines = items.map((item) => {
    const name = [item.title, item.variantTitle].filter(Boolean).join(' · ')
    const imageUrl = item.imageSrc ? `${env().STOREFRONT_ORIGIN}${item.imageSrc}-640.webp` : null
    return item.discountMinor === 0
      ? { name, quantity: item.quantity, unitAmountMinor: item.unitPriceMinor, imageUrl }
      : { name: `${name} × ${item.quantity}`, quantity: 1, unitAmountMinor: item.lineTotalMinor, imageUrl }
  })
  const extra = (name: string, unitAmountMinor: number) =>
    unitAmountMinor > 0 ? [{ name, quantity: 1, unitAmountMinor, imageUrl: null }] : []
  return [...lines, ...extra(order.shippingMethod.name, order.shippingMinor), ...extra('Tax', order.taxMinor)]
}

async function bookNextAttempt(order: OrderRow, payment: PaymentRow, reason: string, by: By): Promise<void> {
  await transaction(async (trx) => {
    const failed = await movePayment(trx, payment.id, 'fail', by, { failureMessage: reason.slice(0, 500) })
    const { amountMinor, currency, kind } = payment
    if (failed) await insertAttempt(trx, { orderId: order.id, amountMinor, currency, kind }, by)
  })
}
