// The steps of an order after its payment, and the ways back: sold goods, parcels, money and goods returned. From here
// on nothing gives up: a step is repeated until it works, or a person is told.
import { commit, release } from '#app/domain/catalog/inventory.server.ts'
import { holdAt } from '#app/domain/checkout/steps/before-payment.server.ts'
import { oweRefund } from '#app/domain/checkout/steps/owe-refund.server.ts'
import { restockRest } from '#app/domain/checkout/steps/put-back.server.ts'
import { settleRefund } from '#app/domain/checkout/steps/settle-refund.server.ts'
import type { Next } from '#app/domain/checkout/steps/step.ts'
import { issueInvoice } from '#app/domain/invoices/issue.server.ts'
import { closeDelivered } from '#app/domain/orders/deliver.server.ts'
import { finishHandOver } from '#app/domain/orders/pickup.server.ts'
import { tellParcels } from '#app/domain/orders/ship.server.ts'
import { transition } from '#app/domain/orders/transition.server.ts'
import { getOrderRow, goodsAreBack, type Lease, type OrderRow } from '#app/domain/orders/work.server.ts'
import { effectivePayment, listPayments } from '#app/domain/payments/payments.server.ts'
import { listRefundRows } from '#app/domain/payments/refunds.server.ts'
import { paidCollectSeconds } from '#app/domain/pickup/pickup-rules.ts'
import { addSeconds, type By } from '#app/lib/clock.ts'
import { transaction } from '#app/lib/db.server.ts'
import { isDomainError } from '#app/lib/errors.ts'
import { failpoint, failWhile } from '#app/lib/failpoints.ts'

/** F: the money is here, the held goods become sold; when they are gone after all, the money goes back. */
export async function sell(order: OrderRow, _lease: Lease, by: By): Promise<Next> {
  if (order.cancelRequestedAt) return owe(order, 'Cancelled before the payment arrived', by)
  failpoint('before_commit')
  try {
    await failWhile('commit_under_way', commit({ ref: order.id }))
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
  await transaction(async (trx) => {
    const { order: sold } = await transition(trx, order.id, 'complete', by, {
      patch: { paidAt: by.at, ...keptAWeek(order, by) },
      message: 'Order confirmed',
      event: { cardBrand: paid?.cardBrand ?? null, cardLast4: paid?.cardLast4 ?? null },
    })
    await issueInvoice(trx, sold, by)
    failpoint('sale_written')
  })
  failpoint('sold')
  return 'on'
}

/** What lay ready unpaid is kept from now on like anything that is paid. */
const keptAWeek = ({ readyAt, collectedAt }: OrderRow, by: By) =>
  readyAt && !collectedAt ? { collectBy: addSeconds(by.at, paidCollectSeconds) } : {}

async function owe(order: OrderRow, reason: string, by: By): Promise<Next> {
  await transaction((trx) => oweRefund(trx, order.id, reason, by))
  return 'on'
}

export async function sendParcels(order: OrderRow, _lease: Lease, by: By): Promise<Next> {
  if (order.collectedAt) {
    await finishHandOver(order, by)
    return 'on'
  }
  await tellParcels(order.id, by)
  await closeDelivered(order, by)
  return { in: null }
}

/** Held goods are released; goods that were already sold to this order go back on the shelf. */
export async function giveGoodsBack(order: OrderRow): Promise<Next> {
  if (!order.releasePending) return { in: null }
  try {
    await release({ ref: order.id, reason: `order ${order.status}` })
  } catch (error) {
    const isSold = isDomainError(error, 'conflict') && error.extra.details?.reason === 'already_committed'
    if (!isSold) throw error
    // Only an order whose money goes back returns its goods; a late payment may just have sold them to this one.
    if (order.status === 'refund_due' || order.status === 'refunded') await restockRest(order)
  }
  failpoint('after_release')
  await goodsAreBack(order)
  return 'on'
}

/** R: the money goes back, then the goods. What failed at the provider waits for a person. */
export async function giveMoneyBack(order: OrderRow, _lease: Lease, by: By): Promise<Next> {
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
  return { in: null }
}
