// Cancelling: an unpaid order after the provider made its page unpayable, a paid one by giving money and goods back.
// The wish is written first, so that a crash forgets nothing; never after a parcel is being packed.
import { recordAct } from '#app/domain/audit/audit.server.ts'
import { hurry } from '#app/domain/checkout/complete.server.ts'
import { oweRefund } from '#app/domain/checkout/steps/owe-refund.server.ts'
import { askToCancel, hasParcels } from '#app/domain/orders/cancel.server.ts'
import { isLive, type OrderStatus, orderCan } from '#app/domain/orders/order-status.ts'
import { findLiveOrderOfCart } from '#app/domain/orders/queries.server.ts'
import { lockOrder } from '#app/domain/orders/transition.server.ts'
import type { By } from '#app/lib/clock.ts'
import { transaction } from '#app/lib/db.server.ts'
import { DomainError } from '#app/lib/errors.ts'

const over: OrderStatus[] = ['cancelled', 'expired', 'refund_due', 'refunded']

/**
 * Cancels the order and answers where it stands then: `cancelled`; `refund_due` or `refunded` when money goes back; a
 * later status when the shopper's payment was faster; still waiting when the provider cannot be reached (it is finished
 * as soon as it can). With `unpaidOnly` an order that was paid meanwhile stays as it is. Told twice changes nothing. Throws
 * not_found, illegal_transition.
 */
export async function cancelOrder(
  { orderId, reason, unpaidOnly = false }: { orderId: string; reason: string; unpaidOnly?: boolean },
  by: By,
): Promise<{ status: OrderStatus }> {
  await transaction(async (trx) => {
    const order = await lockOrder(trx, orderId)
    if (over.includes(order.status) || (unpaidOnly && !isLive(order.status))) return
    if (!orderCan.cancel(order) || order.collectedAt || (await hasParcels(trx, orderId)))
      throw new DomainError('illegal_transition', 'This order can no longer be cancelled: it is already on its way.', {
        details: { status: order.status },
      })
    if (isLive(order.status)) await askToCancel(trx, orderId, reason, by)
    else await oweRefund(trx, orderId, reason, by)
    const { number, status, cancelRequestedAt } = order
    const act = { action: 'orders:cancel', subject: `order:${number}`, before: { status }, after: { reason } }
    if (!cancelRequestedAt) await recordAct(trx, by, act)
  })
  const { order } = await hurry(orderId, by)
  return { status: order.status }
}

/**
 * Sets free a cart that is being paid for, so that it can be changed: its order is cancelled first. Answers whether the
 * cart may be changed now; false when it was paid meanwhile (the change goes into a new cart) or Stripe cannot be asked.
 */
export async function freeCart(cartId: string, by: By): Promise<boolean> {
  const order = await findLiveOrderOfCart(cartId)
  if (!order) return true
  const { status } = await cancelOrder({ orderId: order.id, reason: 'The cart was changed', unpaidOnly: true }, by)
  return status === 'cancelled' || status === 'expired'
}
