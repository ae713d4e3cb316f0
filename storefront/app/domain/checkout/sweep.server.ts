// The net below everything: pages of orders that are over, orders nobody would look at, events grown old. Run every 30 s;
// running twice changes nothing.

import { backoffSeconds } from '#app/domain/checkout/steps/constants.ts'
import { closePage } from '#app/domain/checkout/steps/end-unpaid.server.ts'
import { settleRefund } from '#app/domain/checkout/steps/settle-refund.server.ts'
import { issueMissing } from '#app/domain/invoices/issue-missing.server.ts'
import {
  findOrdersBeyondPaying,
  type OrderRow,
  wakeForgottenOrders,
  wakeIdleOrders,
} from '#app/domain/orders/work.server.ts'
import { forgetOldEvents } from '#app/domain/payments/events.server.ts'
import { forgetOldVisits } from '#app/domain/payments/flight-recorder.server.ts'
import { listLivePayments, movePayment, type PaymentRow } from '#app/domain/payments/payments.server.ts'
import { listOrdersToRestock } from '#app/domain/payments/refund-pieces.server.ts'
import { claimDueRefunds, postponeRefund } from '#app/domain/payments/refunds.server.ts'
import { listOrdersWithReturnsToRestock } from '#app/domain/returns/decide.server.ts'
import type { By } from '#app/lib/clock.ts'
import { byDatabase, jobsDb, transaction } from '#app/lib/db.server.ts'
import { Killed } from '#app/lib/failpoints.ts'
import { log } from '#app/lib/log.server.ts'

/** `isStopping`: asked between two pages that are closed at the provider. */
export async function sweep(by: By, isStopping: () => boolean = () => false): Promise<void> {
  const forgotten = await wakeForgottenOrders()
  if (forgotten > 0) log.warn({ forgotten }, 'orders with work left had no time set')
  await wakeIdleOrders([...(await listOrdersToRestock()), ...(await listOrdersWithReturnsToRestock())])
  await closeSuperfluousPages(by, isStopping)
  await issueMissing(by)
  await forgetOldEvents(jobsDb())
  await forgetOldVisits(jobsDb())
}

/** No page stays payable for an order that is paid or over: expired at the provider, then in our rows. */
export async function closeSuperfluousPages(by: By, isStopping: () => boolean = () => false): Promise<number> {
  const payments = await listLivePayments(500)
  const orders = await findOrdersBeyondPaying(payments.map(({ orderId }) => orderId))
  for (const order of orders) {
    if (isStopping()) break
    const payment = payments.find(({ orderId }) => orderId === order.id)
    if (payment) await closeOne(order, payment, by)
  }
  return orders.length
}

async function closeOne(order: OrderRow, payment: PaymentRow, by: By): Promise<void> {
  try {
    await closePage(order, payment, by)
    // Of a page that was never made there is nothing to hear.
    if (!payment.providerSessionId) await transaction((trx) => movePayment(trx, payment.id, 'cancel', by))
  } catch (error) {
    log.warn({ paymentId: payment.id, reason: reasonOf(error) }, 'a payment page could not be closed')
  }
}

/** Sends and follows refunds that are due, each taken up right before its work. Answers how many. */
export async function refundDue(by: By, limit = 5): Promise<number> {
  for (let taken = 0; taken < limit; taken++) {
    const [due] = await claimDueRefunds(1)
    if (!due) return taken
    await followOne(due, by)
  }
  return limit
}

async function followOne({ id, attempts }: { id: string; attempts: number }, by: By): Promise<void> {
  try {
    await settleRefund(id, await byDatabase(by))
  } catch (error) {
    if (error instanceof Killed) throw error
    log.warn({ refundId: id, reason: reasonOf(error) }, 'a refund is tried again')
    await postponeRefund(id, backoffSeconds(attempts))
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
