// The net below everything: pages of orders that are over, orders nobody would look at, events grown old. Run every 30 s;
// running twice changes nothing.

import { backoffSeconds } from '#app/domain/checkout/constants.ts'
import { closePage } from '#app/domain/checkout/end-unpaid.server.ts'
import { settleRefund } from '#app/domain/checkout/settle-refund.server.ts'
import { getOrderRow, wakeForgottenOrders } from '#app/domain/orders/work.server.ts'
import { forgetOldEvents } from '#app/domain/payments/events.server.ts'
import { listSuperfluousPayments, movePayment } from '#app/domain/payments/payments.server.ts'
import { claimDueRefunds, postponeRefund } from '#app/domain/payments/refunds.server.ts'
import type { By } from '#app/lib/clock.ts'
import { jobsDb, transaction } from '#app/lib/db.server.ts'
import { Killed } from '#app/lib/failpoints.ts'
import { log } from '#app/lib/log.server.ts'

export async function sweep(by: By): Promise<void> {
  const forgotten = await wakeForgottenOrders()
  if (forgotten > 0) log.warn({ forgotten }, 'orders with work left had no time set')
  await closeSuperfluousPages(by)
  await forgetOldEvents(jobsDb())
}

/** No page stays payable for an order that is paid or over: expired at the provider, then in our rows. */
export async function closeSuperfluousPages(by: By): Promise<number> {
  const payments = await listSuperfluousPayments()
  for (const payment of payments) {
    try {
      await closePage(await getOrderRow(payment.orderId), payment, by)
      // Of a page that was never made there is nothing to hear.
      if (!payment.providerSessionId) await transaction((trx) => movePayment(trx, payment.id, 'cancel', by))
    } catch (error) {
      log.warn({ paymentId: payment.id, reason: reasonOf(error) }, 'a payment page could not be closed')
    }
  }
  return payments.length
}

/** Sends and follows refunds that are due. Answers how many. */
export async function refundDue(by: By): Promise<number> {
  const due = await claimDueRefunds(5)
  for (const { id, attempts } of due) {
    try {
      await settleRefund(id, by)
    } catch (error) {
      if (error instanceof Killed) throw error
      log.warn({ refundId: id, reason: reasonOf(error) }, 'a refund is tried again')
      await postponeRefund(id, backoffSeconds(attempts))
    }
  }
  return due.length
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
