// A checkout form sent again after its cart was done: a double click on an order that needs no payment page, or the button
// pressed once more after paying. It lands on the order it placed, and never places another.
import { land, type Placed } from '#app/domain/checkout/place-order.server.ts'
import { findOrderByCheckoutKey } from '#app/domain/orders/work.server.ts'
import type { By } from '#app/lib/clock.ts'

/**
 * The order that this form placed, for whoever placed it; null for anybody else, for a form that placed none, and for an
 * order that came to nothing.
 */
export async function findPlacedBefore(
  { checkoutKey, cartId, userId }: { checkoutKey: string; cartId: string | null; userId: string | null },
  by: By,
): Promise<Placed | null> {
  const order = await findOrderByCheckoutKey(checkoutKey)
  if (!order) return null
  const isTheirs = order.userId === null ? order.cartId === cartId : order.userId === userId
  if (!isTheirs || order.status === 'cancelled' || order.status === 'expired') return null
  return land(order, by)
}
