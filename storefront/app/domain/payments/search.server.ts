// Which orders an id at the payment provider belongs to: a page's, a payment's, a refund's or an event's. Reads only.
import { Payment, Refund, StripeEvent } from '#app/domain/payments/models.ts'
import { db } from '#app/lib/db.server.ts'

/** Ids as Stripe writes them: `cs_test_a1…`, `pi_…`, `re_…`, `evt_…`. */
const providerId = /^[a-z]{2,4}_[A-Za-z0-9_]{4,200}$/

/** The orders behind `id`; none for what cannot be an id. */
export async function findOrderIdsByProviderId(id: string): Promise<string[]> {
  if (!providerId.test(id)) return []
  const [payments, refunds, event] = await Promise.all([
    Payment.query(db()).where({ providerSessionId: id }).orWhere({ providerIntentId: id }).select('orderId').limit(10),
    Refund.query(db()).where({ providerRefundId: id }).select('orderId').limit(10),
    StripeEvent.query(db()).findById(id).select('orderId'),
  ])
  const all = [...payments, ...refunds].map(({ orderId }) => orderId)
  return [...new Set([...all, ...(event?.orderId ? [event.orderId] : [])])]
}
