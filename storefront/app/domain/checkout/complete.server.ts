// The completer: whoever left an order half-way, it is brought to its end. A web request is only its first, hurried run:
// killing that loses nothing.
import { hurrySeconds } from '#app/domain/checkout/steps/constants.ts'
import { drive } from '#app/domain/checkout/steps/drive.server.ts'
import { type Settled, settlePayment } from '#app/domain/checkout/steps/settle-payment.server.ts'
import { claimDueOrders, claimOrder, getOrderRow, type OrderRow } from '#app/domain/orders/work.server.ts'
import { listPayments } from '#app/domain/payments/payments.server.ts'
import type { By } from '#app/lib/clock.ts'

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Drives every order that is due, a few at a time. Answers how many. */
export async function completeDueOrders(by: By, limit = 5): Promise<number> {
  const leases = await claimDueOrders(limit)
  await Promise.all(leases.map((lease) => drive(lease, by)))
  return leases.length
}

/**
 * Drives one order now, waiting for whoever works on it. Answers the order as it is then, and what stopped it (null when
 * nothing did). After 25 s it answers what there is.
 */
export async function hurry(orderId: string, by: By): Promise<{ order: OrderRow; stoppedBy: unknown }> {
  const until = performance.now() + hurrySeconds * 1000
  for (;;) {
    const lease = await claimOrder(orderId)
    if (lease) {
      const stoppedBy = await drive(lease, by)
      return { order: await getOrderRow(orderId), stoppedBy }
    }
    if (performance.now() > until) return { order: await getOrderRow(orderId), stoppedBy: null }
    await pause(100)
  }
}

/**
 * Brings our rows level with the provider for one page, or for all pages of an order, and drives the order on. The same
 * for webhook, return page and sweep: the second caller finds it done. Answers what came of the last page looked at,
 * null when the order has none. Throws when Stripe cannot be asked.
 */
export async function settle(target: { orderId: string } | { sessionId: string }, by: By): Promise<Settled | null> {
  const sessionIds =
    'sessionId' in target
      ? [target.sessionId]
      : (await listPayments(target.orderId)).flatMap((payment) => payment.providerSessionId ?? [])
  let last: Settled | null = null
  for (const sessionId of sessionIds) {
    last = await settlePayment(sessionId, { ...by, actor: 'stripe' })
    if (last.orderId && (last.outcome === 'paid' || last.outcome === 'paid_twice' || last.outcome === 'ended'))
      await hurry(last.orderId, by)
  }
  return last
}
