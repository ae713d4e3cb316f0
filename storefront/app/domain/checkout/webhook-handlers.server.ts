// What each kind of event means: first its object is read again at the provider, then what it says is written down, in two
// steps, so that the second can also be rehearsed. An event's own words are never believed.
import { recordSession, type Settled } from '#app/domain/checkout/steps/settle-payment.server.ts'
import { recordProviderRefund } from '#app/domain/checkout/steps/settle-refund.server.ts'
import { hasHistoryOf, writeHistory } from '#app/domain/orders/transition.server.ts'
import { recordDispute } from '#app/domain/payments/disputes.server.ts'
import type { EventRow, Verdict } from '#app/domain/payments/events.server.ts'
import { findPaymentOfIntent, listPayments, livePayment, noteDecline } from '#app/domain/payments/payments.server.ts'
import { ProviderRefused, refundOfUnknown } from '#app/domain/payments/provider.ts'
import {
  isForbidden,
  listRefunds,
  listSessionsOfIntent,
  retrieveDispute,
  retrieveRefund,
} from '#app/domain/payments/stripe.server.ts'
import { findDecline, retrievePayable } from '#app/domain/payments/stripe-intents.server.ts'
import type { By } from '#app/lib/clock.ts'
import { transaction } from '#app/lib/db.server.ts'
import { log } from '#app/lib/log.server.ts'

/** `wait`: the order is not known yet. `drive`: the order goes on by this, outside. */
export type Handled = { verdict: Verdict | 'wait'; note?: string; orderId?: string | null; drive?: boolean }

/** The provider was asked; `write` touches our database alone, and changes nothing when it is done again. */
export type Looked = { write: (by: By) => Promise<Handled> }

const closed = (verdict: Verdict | 'wait', note?: string): Looked => ({ write: async () => ({ verdict, note }) })

const unknownPayment = 'of a payment we do not know'

const givenBackUnknown = 'staff gave back a payment that we do not know'

const handlers: Record<string, (event: EventRow) => Promise<Looked>> = {
  'checkout.session.completed': onSession,
  'checkout.session.expired': onSession,
  'checkout.session.async_payment_succeeded': onSession,
  'checkout.session.async_payment_failed': onSession,
  'payment_intent.succeeded': onIntent,
  'payment_intent.canceled': onIntent,
  'payment_intent.payment_failed': onDecline,
  'refund.created': onRefund,
  'refund.updated': onRefund,
  'refund.failed': onRefund,
  'charge.refund.updated': onRefund,
  'charge.refunded': onChargeRefunded,
  'charge.dispute.created': onDispute,
  'charge.dispute.updated': onDispute,
  'charge.dispute.closed': onDispute,
}

/** Asks the provider what the event is about. Throws when it does not answer. */
export async function lookInto(event: EventRow): Promise<Looked> {
  const handler = handlers[event.type]
  if (!handler) return closed('ignored', 'not a kind we act on')
  try {
    return await handler(event)
  } catch (error) {
    // A definite no: asking for ever would change nothing, and staff can have it asked again.
    if (error instanceof ProviderRefused && error.code === 'resource_missing')
      return closed('ignored', 'the provider knows nothing under that id')
    if (error instanceof ProviderRefused)
      return closed('failed', `the provider refuses: ${error.message}`.slice(0, 500))
    if (isForbidden(error)) return closed('failed', 'our key may not read this at the provider')
    throw error
  }
}

async function onSession(event: EventRow): Promise<Looked> {
  const session = await retrievePayable(event.objectId)
  return { write: async (by) => verdictOf(await recordSession(session, by)) }
}

function verdictOf({ outcome, orderId }: Settled): Handled {
  switch (outcome) {
    case 'foreign':
      return { verdict: 'ignored', note: 'not made by this shop' }
    case 'unknown_order':
      return { verdict: 'wait' }
    case 'mismatch':
      return { verdict: 'failed', note: 'amount, currency or order differ from what was asked', orderId }
    case 'already':
    case 'over':
      return { verdict: 'duplicate', orderId }
    case 'waiting':
      return { verdict: 'stale', orderId }
    default:
      return { verdict: 'applied', orderId, drive: outcome !== 'processing' }
  }
}

async function onIntent(event: EventRow): Promise<Looked> {
  const [sessionId] = await listSessionsOfIntent(event.objectId)
  if (sessionId && event.type === 'payment_intent.canceled') return closed('ignored', 'its page tells the same')
  return onSession({ ...event, objectId: sessionId ?? event.objectId })
}

async function onDecline(event: EventRow): Promise<Looked> {
  const { orderId, eventId } = event
  if (!orderId) return closed('ignored', 'not made by this shop')
  const decline = await findDecline(event.objectId)
  const write = async (by: By): Promise<Handled> => {
    const payments = await listPayments(orderId)
    if (payments.length === 0) return { verdict: 'wait' }
    const payment = livePayment(payments)
    if (!decline || !payment) return { verdict: 'stale' }
    return transaction(async (trx) => {
      if (await hasHistoryOf(trx, orderId, eventId)) return { verdict: 'duplicate' }
      await noteDecline(trx, payment.id, decline, by)
      await writeHistory(trx, orderId, by, {
        kind: 'payment',
        message: 'The card was declined',
        details: { eventId, code: decline.code, reason: decline.message },
      })
      return { verdict: 'applied' }
    })
  }
  return { write }
}

async function onRefund(event: EventRow): Promise<Looked> {
  const refund = await retrieveRefund(event.objectId)
  if (refund.refundId === refundOfUnknown) return closed('ignored', givenBackUnknown)
  const write = async (by: By): Promise<Handled> => {
    const { known, changed, orderId } = await recordProviderRefund(refund, by)
    // It may be told before the payment that it is about, and without naming the order.
    if (!known) return { verdict: 'wait', note: unknownPayment }
    return { verdict: changed ? 'applied' : 'duplicate', orderId }
  }
  return { write }
}

async function onChargeRefunded(event: EventRow): Promise<Looked> {
  const intentId = intentOf(event)
  const refunds = intentId ? await listRefunds(intentId) : []
  if (refunds.some(({ refundId }) => refundId === refundOfUnknown)) return closed('ignored', givenBackUnknown)
  const write = async (by: By): Promise<Handled> => {
    const payment = intentId && (await findPaymentOfIntent(intentId))
    if (!payment) return { verdict: 'wait', note: unknownPayment }
    let changed = false
    for (const refund of refunds) if ((await recordProviderRefund(refund, by)).changed) changed = true
    return { verdict: changed ? 'applied' : 'duplicate', orderId: payment.orderId }
  }
  return { write }
}

/** A dispute is a flag for staff: no status moves, no stock moves. */
async function onDispute(event: EventRow): Promise<Looked> {
  const dispute = await retrieveDispute(event.objectId)
  const write = (by: By) =>
    transaction(async (trx): Promise<Handled> => {
      const recorded = await recordDispute(trx, dispute, by)
      // It may be told before the payment that it is about.
      if (!recorded) return { verdict: 'wait', note: unknownPayment }
      const { orderId, changed, isOpen } = recorded
      if (!changed) return { verdict: 'duplicate', orderId }
      await writeHistory(trx, orderId, by, {
        kind: 'payment',
        isPublic: false,
        message: isOpen
          ? 'The cardholder disputes this payment. Answer in Stripe before the deadline.'
          : `The dispute is over: ${dispute.status}`,
        details: { disputeId: dispute.id, status: dispute.status },
      })
      if (isOpen) log.error({ orderId, disputeId: dispute.id }, 'a payment is disputed')
      return { verdict: 'applied', orderId }
    })
  return { write }
}

function intentOf(event: EventRow): string | null {
  const { data } = event.payload as { data?: { object?: { payment_intent?: unknown } } }
  const intent = data?.object?.payment_intent
  if (typeof intent === 'string') return intent
  return typeof intent === 'object' && intent !== null && 'id' in intent ? String(intent.id) : null
}
