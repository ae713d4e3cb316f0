// The single road by which money becomes a fact here: webhook, return page, completer and "pay again" all come through
// settlePayment. It reads the page at the provider again, never believes a redirect or an event's body, and moves forward only.
import type { Knex } from 'knex'
import { closeCart, reopenCart } from '#app/domain/cart/checking-out.server.ts'
import { canStillComeIn } from '#app/domain/checkout/steps/at-counter.ts'
import { canMove, isLive } from '#app/domain/orders/order-status.ts'
import { lockOrder, transition, writeHistory } from '#app/domain/orders/transition.server.ts'
import { type OrderRow, wakeOrder } from '#app/domain/orders/work.server.ts'
import { isLivePayment } from '#app/domain/payments/payment-status.ts'
import {
  effectivePayment,
  flagMismatch,
  lockPayments,
  movePayment,
  type PaymentRow,
} from '#app/domain/payments/payments.server.ts'
import type { ProviderSession } from '#app/domain/payments/provider.ts'
import { bookRefund } from '#app/domain/payments/refunds.server.ts'
import { retrievePayable } from '#app/domain/payments/stripe-intents.server.ts'
import { claimCouponAgain, giveCouponBack } from '#app/domain/promotions/coupons.server.ts'
import type { By } from '#app/lib/clock.ts'
import { transaction } from '#app/lib/db.server.ts'
import { isDomainError } from '#app/lib/errors.ts'
import { failpoint } from '#app/lib/failpoints.ts'
import { log } from '#app/lib/log.server.ts'
import { isUuid } from '#app/lib/uuid.ts'

/**
 * What came of looking: `paid` now recorded · `paid_twice` recorded and booked to go back · `already` known ·
 * `waiting` for the shopper · `processing` at the bank · `ended` now without money · `over` before · `mismatch` not what we asked for, a
 * person must look · `unknown_order` · `foreign` not made by this shop.
 */
export type Settled = {
  outcome:
    | 'paid'
    | 'paid_twice'
    | 'already'
    | 'waiting'
    | 'processing'
    | 'ended'
    | 'over'
    | 'mismatch'
    | 'unknown_order'
    | 'foreign'
  orderId: string | null
  session: ProviderSession
}

/** Looks at the page at the provider and records what it says. Repeating changes nothing. Throws when Stripe cannot be asked. */
export async function settlePayment(sessionId: string, by: By): Promise<Settled> {
  return recordSession(await retrievePayable(sessionId), by)
}

/** As settlePayment, for a session that was read this moment. */
export async function recordSession(session: ProviderSession, by: By): Promise<Settled> {
  const { orderId } = session
  if (!orderId || !isUuid(orderId)) return { outcome: 'foreign', orderId: null, session }
  failpoint('before_payment_is_recorded')
  const outcome = await transaction(async (trx) => {
    const order = await lockOrder(trx, orderId).catch((error: unknown) => {
      if (isDomainError(error, 'not_found')) return null
      throw error
    })
    if (!order) return 'unknown_order' as const
    const payments = await lockPayments(trx, orderId)
    const payment = payments.find(
      ({ id, providerSessionId }) =>
        providerSessionId === session.id || (providerSessionId === null && id === session.paymentId),
    )
    if (!payment) return 'mismatch' as const
    return record(trx, { order, payment, payments, session }, by)
  })
  if (outcome === 'mismatch') log.error({ orderId, sessionId: session.id }, 'a payment does not match its order')
  if (outcome === 'paid') failpoint('after_payment_is_recorded')
  return { outcome, orderId, session }
}

type Facts = { order: OrderRow; payment: PaymentRow; payments: PaymentRow[]; session: ProviderSession }

async function record(trx: Knex.Transaction, facts: Facts, by: By): Promise<Settled['outcome']> {
  const { payment, session } = facts
  if (session.status === 'open') return 'waiting'
  if (session.status === 'expired') {
    const moved = await movePayment(trx, payment.id, 'expire', by, { providerSessionId: session.id })
    if (!moved) return 'over'
    await endWithoutMoney(trx, facts, by)
    return 'ended'
  }
  if (!session.isPaid) {
    await movePayment(trx, payment.id, 'process', by, known(session))
    return 'processing'
  }
  if (payment.status === 'succeeded' || payment.status === 'succeeded_duplicate') return 'already'
  if (session.amountMinor !== payment.amountMinor || session.currency !== payment.currency)
    return noteMismatch(trx, facts, by)
  return receive(trx, facts, by)
}

const known = (session: ProviderSession) => ({
  providerSessionId: session.id,
  ...(session.intentId && { providerIntentId: session.intentId }),
})

async function receive(trx: Knex.Transaction, facts: Facts, by: By): Promise<'paid' | 'paid_twice'> {
  const { order, payment, payments, session } = facts
  const twice = effectivePayment(payments) !== undefined
  await movePayment(trx, payment.id, twice ? 'succeed_twice' : 'succeed', by, {
    ...known(session),
    capturedMinor: session.amountMinor,
    cardBrand: session.cardBrand,
    cardLast4: session.cardLast4,
    failureCode: null,
    failureMessage: null,
    succeededAt: by.at,
  })
  await writeHistory(trx, order.id, by, {
    kind: 'payment',
    message: twice ? 'Paid a second time: the second payment is given back' : paidWith(session),
    details: { amountMinor: session.amountMinor, cardBrand: session.cardBrand, cardLast4: session.cardLast4 },
  })
  if (twice) {
    await bookRefund(trx, { paymentId: payment.id, amountMinor: 'rest', reason: 'Paid twice' }, by)
    return 'paid_twice'
  }
  if (canMove('receive_payment', order.status)) {
    // Who asked to cancel and lost the race against their own payment gets the goods; who had cancelled gets the money.
    const patch = isLive(order.status) ? { cancelRequestedAt: null, cancelReason: null } : {}
    // The shopper reads the row above; staff also read that the status moved.
    await transition(trx, order.id, 'receive_payment', by, {
      patch: { ...patch, releasePending: false },
      isPublic: false,
    })
    await closeCart(trx, order.cartId)
    // Had the order died, its coupon was given back: the price paid is the one with it.
    await claimCouponAgain(trx, order.id, by)
  }
  await wakeOrder(trx, order.id)
  failpoint('payment_written')
  return 'paid'
}

const paidWith = ({ cardBrand, cardLast4 }: ProviderSession): string => {
  const brand = cardBrand ? cardBrand[0]?.toUpperCase() + cardBrand.slice(1) : 'card'
  return cardLast4 ? `Paid with ${brand} ending in ${cardLast4}` : 'Paid'
}

/** The page ended unpaid. An order that waits on no other page, nor at a counter, ends with it: its goods go back, its cart opens again. */
async function endWithoutMoney(trx: Knex.Transaction, { order, payment, payments }: Facts, by: By): Promise<void> {
  const others = payments.some(({ id, status }) => id !== payment.id && isLivePayment(status))
  if (isLive(order.status) && !others && !canStillComeIn(order, by)) await endOrder(trx, order, by)
}

/** Ends a live order of which the provider confirmed that it can no longer be paid: cancelled when somebody asked for it, else expired. */
export async function endOrder(trx: Knex.Transaction, order: OrderRow, by: By): Promise<void> {
  const patch = { releasePending: true }
  if (order.cancelRequestedAt) {
    const reason = order.cancelReason ?? 'Cancelled'
    await transition(trx, order.id, 'cancel', by, {
      patch,
      message: reason,
      event: { reason, refundMinor: 0 },
    })
  } else {
    const message = order.paymentMethod === 'in_store' ? 'Not collected in time' : 'Not paid in time'
    await transition(trx, order.id, 'expire', by, { patch, message })
  }
  await reopenCart(trx, order.cartId)
  failpoint('end_written')
  await giveCouponBack(trx, order.id, by)
  await wakeOrder(trx, order.id)
}

/** Money that is not what we asked for: written down once, never shipped, a person decides. */
async function noteMismatch(
  trx: Knex.Transaction,
  { order, payment, session }: Facts,
  by: By,
): Promise<'mismatch' | 'over'> {
  // Its money went back already: nothing is left to decide.
  if (payment.failureCode === 'mismatch' && payment.capturedMinor > 0) return 'over'
  if (await flagMismatch(trx, payment.id, known(session), by)) {
    await movePayment(trx, payment.id, 'process', by)
    await writeHistory(trx, order.id, by, {
      kind: 'payment',
      isPublic: false,
      message: 'The provider took another amount than the order asks for. Check it before doing anything.',
      details: { amountMinor: session.amountMinor, currency: session.currency, expectedMinor: payment.amountMinor },
    })
  }
  return 'mismatch'
}
