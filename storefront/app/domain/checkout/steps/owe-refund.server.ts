// The decision to give an order's money back: status, refund row and the goods' way back in one transaction. The provider
// is asked afterwards, by the driver.
import type { Knex } from 'knex'
import { lockOrder, transition } from '#app/domain/orders/transition.server.ts'
import { wakeOrder } from '#app/domain/orders/work.server.ts'
import { effectivePayment, lockPayments } from '#app/domain/payments/payments.server.ts'
import { bookRefund } from '#app/domain/payments/refunds.server.ts'
import { giveCouponBack } from '#app/domain/promotions/coupons.server.ts'
import type { By } from '#app/lib/clock.ts'

/** Moves the order to refund_due and books all that is left of its payment. Throws illegal_transition. */
export async function oweRefund(trx: Knex.Transaction, orderId: string, reason: string, by: By): Promise<void> {
  // Order before payment, as everywhere: two roads never wait for each other.
  await lockOrder(trx, orderId)
  const payment = effectivePayment(await lockPayments(trx, orderId))
  const booked = payment ? await bookRefund(trx, { paymentId: payment.id, amountMinor: 'rest', reason }, by) : null
  await transition(trx, orderId, 'owe_refund', by, {
    patch: { releasePending: true, cancelReason: reason, collectedAt: null },
    message: reason,
    event: { reason, refundMinor: booked?.row.amountMinor ?? 0 },
  })
  await giveCouponBack(trx, orderId, by)
  await wakeOrder(trx, orderId)
}
