// The steps of an order before its payment: goods held, a page to pay on, the wait. All of it can be undone; a step is a
// network call that may be repeated, then a transaction under the lease.
import { closeCart } from '#app/domain/cart/checking-out.server.ts'
import { reserve } from '#app/domain/catalog/inventory.server.ts'
import { canStillComeIn } from '#app/domain/checkout/steps/at-counter.ts'
import { holdSecondsFor, placingGivesUpSeconds, waitingLookSeconds } from '#app/domain/checkout/steps/constants.ts'
import { endUnpaid, isForgotten, refuseOrder } from '#app/domain/checkout/steps/end-unpaid.server.ts'
import { holdCoversPage, openPaymentPage } from '#app/domain/checkout/steps/open-payment.server.ts'
import { recordSession, settlePayment } from '#app/domain/checkout/steps/settle-payment.server.ts'
import type { Next } from '#app/domain/checkout/steps/step.ts'
import { dropOnlineAttempt, keepForCounter } from '#app/domain/checkout/steps/wait-at-counter.server.ts'
import { isLive } from '#app/domain/orders/order-status.ts'
import { transition } from '#app/domain/orders/transition.server.ts'
import { getOrderRow, holdsLease, type Lease, listOrderItems, type OrderRow } from '#app/domain/orders/work.server.ts'
import { listPayments, livePayment } from '#app/domain/payments/payments.server.ts'
import { endPayable } from '#app/domain/payments/stripe-intents.server.ts'
import { addSeconds, type By } from '#app/lib/clock.ts'
import { transaction } from '#app/lib/db.server.ts'
import { type DomainError, isDomainError } from '#app/lib/errors.ts'
import { failpoint, failWhile } from '#app/lib/failpoints.ts'

/** B: the goods are held for the order, under its own id. */
export async function holdGoods(order: OrderRow, lease: Lease, by: By): Promise<Next> {
  if (order.cancelRequestedAt) return end(order, by)
  failpoint('before_reserve')
  try {
    await failWhile('reserve_under_way', holdAt(order))
  } catch (error) {
    const givenUp = isDomainError(error, 'conflict') && error.extra.details?.reason === 'reservation_released'
    if (givenUp || addSeconds(order.placedAt, placingGivesUpSeconds) < by.at) return end(order, by)
    if (!isDomainError(error) || isPassing(error)) throw error
    await refuseOrder(order, error.extra.details?.shortages ?? [], by)
    return 'on'
  }
  failpoint('after_reserve')
  await transaction(async (trx) => {
    if (!(await holdsLease(trx, lease))) return
    // Counted from the order's birth, not from this answer: a repeated call may speak of an older hold.
    const holdUntil = addSeconds(order.placedAt, holdSecondsFor(order))
    await transition(trx, order.id, 'reserve', by, { patch: { holdUntil }, message: 'Goods held', isPublic: false })
    failpoint('hold_written')
  })
  failpoint('goods_held')
  return 'on'
}

/** Asks for the order's hold, of a pickup at its store alone; repeating asks for the same one. Throws what reserve throws. */
export async function holdAt(order: OrderRow): Promise<void> {
  const items = await listOrderItems(order.id)
  const lines = items.map(({ sku, quantity }) => ({ sku, quantity }))
  const where = order.pickupStore ? { storeId: order.pickupStore.id } : {}
  await reserve({ ref: order.id, ttlSeconds: holdSecondsFor(order), lines, ...where })
}

// Another try may help; everything else is a definite no.
const isPassing = (error: DomainError) => error.code === 'catalog_unavailable' || error.code === 'overloaded'

/** Ends the order; one that money is on its way to is looked at again later instead. */
async function end(order: OrderRow, by: By): Promise<Next> {
  await endUnpaid(order, by)
  const { status } = await getOrderRow(order.id)
  return isLive(status) ? { in: waitingLookSeconds } : 'on'
}

/** C: a page to pay on. An order that costs nothing, or is paid at the counter, skips it. */
export async function openPage(order: OrderRow, lease: Lease, by: By): Promise<Next> {
  if (order.cancelRequestedAt) return end(order, by)
  if (order.totalMinor === 0) {
    await transaction(async (trx) => {
      await transition(trx, order.id, 'receive_payment', by, { message: 'Nothing to pay' })
      await closeCart(trx, order.cartId)
    })
    return 'on'
  }
  if (order.paymentMethod === 'in_store' && order.status === 'reserved') return keepForCounter(order, lease, by)
  const payment = livePayment(await listPayments(order.id))
  if (payment && !holdCoversPage(order, by) && canStillComeIn(order, by)) return dropOnlineAttempt(payment, by)
  if (!payment || !holdCoversPage(order, by)) return end(order, by)
  await openPaymentPage(order, payment, lease, by)
  return 'on'
}

/** D: the shopper is away paying. The provider is asked now and then, in case no webhook comes. */
export async function lookAtPage(order: OrderRow, lease: Lease, by: By): Promise<Next> {
  const payment = livePayment(await listPayments(order.id))
  if (!payment && canStillComeIn(order, by)) return { in: secondsLeft(order.collectBy, by) }
  if (order.cancelRequestedAt || !payment) return end(order, by)
  if (!payment.providerSessionId) return openPage(order, lease, by)
  const settled = await settlePayment(payment.providerSessionId, by).catch((error: unknown) => {
    if (isForgotten(error, payment, by)) return null
    throw error
  })
  if (!settled) return end(order, by)
  const { outcome, session } = settled
  if (outcome === 'processing' || outcome === 'mismatch') return { in: waitingLookSeconds }
  if (outcome !== 'waiting') return 'on'
  const left = secondsLeft(session.expiresAt, by)
  if (left > 2) return { in: Math.min(waitingLookSeconds, left) }
  await recordSession(await endPayable(session.id), by)
  return 'on'
}

/** Until shortly after `end`. */
const secondsLeft = (end: Date | null, by: By): number => ((end ?? by.at).getTime() - by.at.getTime()) / 1000 + 2
