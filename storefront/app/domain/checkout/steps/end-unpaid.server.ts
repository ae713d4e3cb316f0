// How an unpaid order ends, by wish or by time: every page is made unpayable at the provider first, and only then does
// the order end. A shopper who paid in that moment wins.
import { reopenCart } from '#app/domain/cart/checking-out.server.ts'
import { forgottenSeconds } from '#app/domain/checkout/steps/constants.ts'
import { requestPage } from '#app/domain/checkout/steps/open-payment.server.ts'
import { endOrder, recordSession } from '#app/domain/checkout/steps/settle-payment.server.ts'
import { isLive } from '#app/domain/orders/order-status.ts'
import { lockOrder, transition } from '#app/domain/orders/transition.server.ts'
import type { OrderRow } from '#app/domain/orders/work.server.ts'
import {
  listPayments,
  livePayment,
  lockPayments,
  movePayment,
  type PaymentRow,
} from '#app/domain/payments/payments.server.ts'
import { ProviderRefused } from '#app/domain/payments/provider.ts'
import { endPayable } from '#app/domain/payments/stripe-intents.server.ts'
import { giveCouponBack } from '#app/domain/promotions/coupons.server.ts'
import { addSeconds, type By } from '#app/lib/clock.ts'
import { transaction } from '#app/lib/db.server.ts'
import { failpoint } from '#app/lib/failpoints.ts'

/** Ends the order unless it turns out to be paid. Throws when the provider cannot be asked: then nothing has ended. */
export async function endUnpaid(order: OrderRow, by: By): Promise<void> {
  const payment = livePayment(await listPayments(order.id))
  if (payment) await closePage(order, payment, by)
  failpoint('after_page_expired')
  await transaction(async (trx) => {
    const now = await lockOrder(trx, order.id)
    const left = livePayment(await lockPayments(trx, order.id))
    if (!isLive(now.status) || left?.status === 'processing' || left?.status === 'open') return
    if (left) await movePayment(trx, left.id, 'cancel', by)
    await endOrder(trx, now, by)
  })
  failpoint('after_cancel')
}

/**
 * Whether the provider says that it never had the page of an attempt whose time is long over (another account's, after a
 * change of keys): nobody can pay on it.
 */
export const isForgotten = (error: unknown, payment: PaymentRow, by: By): boolean =>
  error instanceof ProviderRefused &&
  error.code === 'resource_missing' &&
  payment.sessionExpiresAt !== null &&
  addSeconds(payment.sessionExpiresAt, forgottenSeconds) < by.at

/** Makes an attempt's page unpayable and records what it was. Also for a page whose making was never answered. */
export async function closePage(order: OrderRow, payment: PaymentRow, by: By): Promise<void> {
  const sessionId = payment.providerSessionId ?? (await findUnanswered(order, payment, by))
  if (!sessionId) return
  try {
    const ended = await endPayable(sessionId)
    failpoint('page_expired')
    await recordSession(ended, by)
  } catch (error) {
    if (!isForgotten(error, payment, by)) throw error
    await transaction((trx) => movePayment(trx, payment.id, 'expire', by))
  }
}

/** The id of a page that may have been made without our hearing of it; null when there is none. */
async function findUnanswered(order: OrderRow, payment: PaymentRow, by: By): Promise<string | null> {
  if (!payment.sessionExpiresAt || payment.sessionExpiresAt < by.at) return null
  try {
    return (await requestPage(order, payment, by)).id
  } catch (error) {
    if (error instanceof ProviderRefused) return null
    throw error
  }
}

/** The goods were gone before anybody was asked to pay: the order is refused and says which, the cart opens again. */
export async function refuseOrder(order: OrderRow, shortages: unknown, by: By): Promise<void> {
  await transaction(async (trx) => {
    const { moved } = await transition(trx, order.id, 'refuse', by, {
      patch: { releasePending: true, cancelReason: 'out_of_stock' },
      message: 'Sold out before it could be held',
      details: { shortages },
    })
    if (!moved) return
    const payment = livePayment(await lockPayments(trx, order.id))
    if (payment) await movePayment(trx, payment.id, 'cancel', by)
    await reopenCart(trx, order.cartId)
    await giveCouponBack(trx, order.id, by)
  })
}
