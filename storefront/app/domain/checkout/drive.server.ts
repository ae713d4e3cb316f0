// One order, one step at a time, under its lease: the saga of placing, paying and giving back. Each step is a network call
// that may be repeated and then a transaction that moves the order; which step comes next is read from the rows alone.
import { closeCart } from '#app/domain/cart/checking-out.server.ts'
import { commit, release, reserve, restock } from '#app/domain/catalog/inventory.server.ts'
import {
  backoffSeconds,
  holdSeconds,
  placingGivesUpSeconds,
  waitingLookSeconds,
} from '#app/domain/checkout/constants.ts'
import { endUnpaid, refuseOrder } from '#app/domain/checkout/end-unpaid.server.ts'
import { holdCoversPage, openPaymentPage } from '#app/domain/checkout/open-payment.server.ts'
import { oweRefund } from '#app/domain/checkout/owe-refund.server.ts'
import { recordSession, settlePayment } from '#app/domain/checkout/settle-payment.server.ts'
import { settleRefund } from '#app/domain/checkout/settle-refund.server.ts'
import type { OrderStatus } from '#app/domain/orders/order-status.ts'
import { tellParcels } from '#app/domain/orders/ship.server.ts'
import { transition } from '#app/domain/orders/transition.server.ts'
import {
  getOrderRow,
  holdsLease,
  type Lease,
  listOrderItems,
  type OrderRow,
  putDown,
  putDownFailed,
} from '#app/domain/orders/work.server.ts'
import { effectivePayment, listPayments, livePayment } from '#app/domain/payments/payments.server.ts'
import { listRefundRows } from '#app/domain/payments/refunds.server.ts'
import { expireSession } from '#app/domain/payments/stripe.server.ts'
import { addSeconds, type By } from '#app/lib/clock.ts'
import { jobsDb, transaction } from '#app/lib/db.server.ts'
import { isDomainError } from '#app/lib/errors.ts'
import { failpoint, Killed } from '#app/lib/failpoints.ts'
import { log } from '#app/lib/log.server.ts'

/** What a step found: go on at once, or look again in so many seconds (null: only when somebody wakes the order). */
type Next = 'on' | { in: number | null }
type Step = (order: OrderRow, lease: Lease, by: By) => Promise<Next>

const never: Next = { in: null }

const steps: Record<OrderStatus, Step> = {
  placing: holdGoods,
  reserved: openPage,
  awaiting_payment: lookAtPage,
  payment_received: sell,
  paid: sendParcels,
  fulfilling: sendParcels,
  fulfilled: async () => never,
  cancelled: giveGoodsBack,
  expired: giveGoodsBack,
  refund_due: giveMoneyBack,
  refunded: giveGoodsBack,
}

/**
 * Drives a leased order until it has to wait, and puts it down. Answers what stopped it, null when nothing did. A failed
 * step is tried again by the completer, later and later; after the payment it never gives up.
 */
export async function drive(lease: Lease, by: By): Promise<unknown> {
  const system = { actor: 'system', at: by.at }
  let order: OrderRow | undefined
  try {
    for (let count = 0; count < 12; count++) {
      order = await getOrderRow(lease.orderId)
      const next = await steps[order.status](order, lease, system)
      if (next === 'on') continue
      await putDown(lease, next.in)
      return null
    }
    await putDown(lease, 5)
    return null
  } catch (error) {
    if (error instanceof Killed) throw error
    const reason = error instanceof Error ? error.message : String(error)
    log.warn({ orderId: lease.orderId, status: order?.status, reason }, 'a step of an order failed and is tried again')
    await putDownFailed(lease, backoffSeconds(order?.attempts ?? 0), reason)
    return error
  }
}

/** B: the goods are held for the order, under its own id. */
async function holdGoods(order: OrderRow, lease: Lease, by: By): Promise<Next> {
  if (order.cancelRequestedAt) return end(order, by)
  failpoint('before_reserve')
  try {
    await holdAt(order)
  } catch (error) {
    if (isDomainError(error, 'out_of_stock')) {
      await refuseOrder(order, error.extra.details?.shortages ?? [], by)
      return 'on'
    }
    const givenUp = isDomainError(error, 'conflict') && error.extra.details?.reason === 'reservation_released'
    if (givenUp || addSeconds(order.placedAt, placingGivesUpSeconds) < by.at) return end(order, by)
    throw error
  }
  failpoint('after_reserve')
  await transaction(async (trx) => {
    if (!(await holdsLease(trx, lease))) return
    // Counted from the order's birth, not from this answer: a repeated call may speak of an older hold.
    const holdUntil = addSeconds(order.placedAt, holdSeconds)
    await transition(trx, order.id, 'reserve', by, { patch: { holdUntil }, message: 'Goods held', isPublic: false })
  })
  return 'on'
}

async function holdAt(order: OrderRow): Promise<void> {
  const items = await listOrderItems(order.id)
  const lines = items.map(({ sku, quantity }) => ({ sku, quantity }))
  await reserve({ ref: order.id, ttlSeconds: holdSeconds, lines })
}

async function end(order: OrderRow, by: By): Promise<Next> {
  await endUnpaid(order, by)
  return 'on'
}

/** C: a page to pay on. An order that costs nothing skips it. */
async function openPage(order: OrderRow, lease: Lease, by: By): Promise<Next> {
  if (order.cancelRequestedAt) return end(order, by)
  if (order.totalMinor === 0) {
    await transaction(async (trx) => {
      await transition(trx, order.id, 'receive_payment', by, { message: 'Nothing to pay' })
      await closeCart(trx, order.cartId)
    })
    return 'on'
  }
  const payment = livePayment(await listPayments(order.id))
  if (!payment || !holdCoversPage(order, by)) return end(order, by)
  await openPaymentPage(order, payment, lease, by)
  return 'on'
}

/** D: the shopper is away paying. The provider is asked now and then, in case no webhook comes. */
async function lookAtPage(order: OrderRow, lease: Lease, by: By): Promise<Next> {
  const payment = livePayment(await listPayments(order.id))
  if (order.cancelRequestedAt || !payment) return end(order, by)
  if (!payment.providerSessionId) return openPage(order, lease, by)
  const { outcome, session } = await settlePayment(payment.providerSessionId, by)
  if (outcome === 'processing' || outcome === 'mismatch') return { in: waitingLookSeconds }
  if (outcome !== 'waiting') return 'on'
  const left = (session.expiresAt.getTime() - by.at.getTime()) / 1000
  if (left > 0) return { in: Math.min(waitingLookSeconds, left + 2) }
  await recordSession(await expireSession(session.id), by)
  return 'on'
}

/** F: the money is here, the held goods become sold; when they are gone after all, the money goes back. */
async function sell(order: OrderRow, _lease: Lease, by: By): Promise<Next> {
  if (order.cancelRequestedAt) return owe(order, 'Cancelled before the payment arrived', by)
  failpoint('before_commit')
  try {
    await commit({ ref: order.id })
  } catch (error) {
    if (isDomainError(error, 'out_of_stock')) return owe(order, 'Sold out before the payment arrived', by)
    if (!isDomainError(error, 'not_found')) throw error
    // Paid without a hold (the shop gave it up too early): take the goods now, then sell them in the next round.
    const short = await holdAt(order).catch((failed: unknown) => {
      if (isDomainError(failed, 'out_of_stock')) return 'short' as const
      throw failed
    })
    return short ? owe(order, 'Sold out before the payment arrived', by) : 'on'
  }
  failpoint('after_commit')
  const paid = effectivePayment(await listPayments(order.id))
  await transaction((trx) =>
    transition(trx, order.id, 'complete', by, {
      patch: { paidAt: by.at },
      event: { cardBrand: paid?.cardBrand ?? null, cardLast4: paid?.cardLast4 ?? null },
    }),
  )
  return 'on'
}

async function owe(order: OrderRow, reason: string, by: By): Promise<Next> {
  await transaction((trx) => oweRefund(trx, order.id, reason, by))
  return 'on'
}

async function sendParcels(order: OrderRow, _lease: Lease, by: By): Promise<Next> {
  await tellParcels(order.id, by)
  return never
}

/** Held goods are released; goods that were already sold to this order go back on the shelf. */
async function giveGoodsBack(order: OrderRow): Promise<Next> {
  if (!order.releasePending) return never
  try {
    await release({ ref: order.id, reason: `order ${order.status}` })
  } catch (error) {
    const isSold = isDomainError(error, 'conflict') && error.extra.details?.reason === 'already_committed'
    if (!isSold) throw error
    // Only an order whose money goes back returns its goods; a late payment may just have sold them to this one.
    if (order.status === 'refund_due' || order.status === 'refunded') await restockAll(order)
  }
  await jobsDb()('orders').where({ id: order.id, status: order.status }).update({ releasePending: false })
  return 'on'
}

const restockAll = (order: OrderRow) =>
  restock({
    ref: order.id,
    adjustmentRef: `cancel:${order.id}`,
    reason: `Order ${order.number} was cancelled`,
    actor: 'storefront',
  })

/** R: the money goes back, then the goods. What failed at the provider waits for a person. */
async function giveMoneyBack(order: OrderRow, _lease: Lease, by: By): Promise<Next> {
  const refunds = await listRefundRows(order.id)
  for (const refund of refunds) if (refund.status === 'pending') await settleRefund(refund.id, by)
  if (effectivePayment(await listPayments(order.id)) === undefined) {
    await transaction((trx) =>
      transition(trx, order.id, 'refund', by, { event: { refundMinor: 0, reason: order.cancelReason ?? '' } }),
    )
    return 'on'
  }
  const now = await getOrderRow(order.id)
  if (now.status !== 'refund_due') return 'on'
  if (now.releasePending) return giveGoodsBack(now)
  return never
}
