// C for an order that is paid in its store: no page; it waits there, held for two days, and its cart is done.
import { closeCart } from '#app/domain/cart/checking-out.server.ts'
import type { Next } from '#app/domain/checkout/steps/step.ts'
import { transition } from '#app/domain/orders/transition.server.ts'
import { holdsLease, type Lease, type OrderRow } from '#app/domain/orders/work.server.ts'
import { movePayment, type PaymentRow } from '#app/domain/payments/payments.server.ts'
import { inStoreCollectSeconds } from '#app/domain/pickup/pickup-rules.ts'
import { addSeconds, type By } from '#app/lib/clock.ts'
import { transaction } from '#app/lib/db.server.ts'

/** The shopper is told until when it is kept, and may fill another cart. */
export async function keepForCounter(order: OrderRow, lease: Lease, by: By): Promise<Next> {
  await transaction(async (trx) => {
    if (!(await holdsLease(trx, lease))) return
    // Counted from the order's birth, as the hold is.
    const collectBy = addSeconds(order.placedAt, inStoreCollectSeconds)
    await transition(trx, order.id, 'open_payment', by, { patch: { collectBy }, message: 'To be paid in the store' })
    await closeCart(trx, order.cartId)
  })
  return 'on'
}

/** The wish to pay online after all came too late for a page; the order goes on waiting at the counter. */
export async function dropOnlineAttempt(payment: PaymentRow, by: By): Promise<Next> {
  await transaction((trx) => movePayment(trx, payment.id, 'cancel', by))
  return 'on'
}
