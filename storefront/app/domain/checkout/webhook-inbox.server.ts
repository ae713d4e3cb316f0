// Works through the kept webhook events. An event is a hint: the object it names is read again at the provider and that
// decides. An event about an order not known yet waits and is tried again; it is never dropped.
import { settle } from '#app/domain/checkout/complete.server.ts'
import { backoffSeconds, unknownOrderSeconds } from '#app/domain/checkout/steps/constants.ts'
import { recordProviderRefund } from '#app/domain/checkout/steps/settle-refund.server.ts'
import { writeHistory } from '#app/domain/orders/transition.server.ts'
import { recordDispute } from '#app/domain/payments/disputes.server.ts'
import {
  claimEvents,
  closeEvent,
  type EventRow,
  postponeEvent,
  type Verdict,
} from '#app/domain/payments/events.server.ts'
import { findPaymentOfIntent, listPayments, livePayment, noteDecline } from '#app/domain/payments/payments.server.ts'
import { ProviderRefused } from '#app/domain/payments/provider.ts'
import {
  listRefunds,
  listSessionsOfIntent,
  retrieveDispute,
  retrieveRefund,
} from '#app/domain/payments/stripe.server.ts'
import { findDecline } from '#app/domain/payments/stripe-intents.server.ts'
import type { By } from '#app/lib/clock.ts'
import { jobsDb, transaction } from '#app/lib/db.server.ts'
import { failpoint, Killed } from '#app/lib/failpoints.ts'
import { log } from '#app/lib/log.server.ts'

/** `wait`: the order is not known yet. */
type Handled = { verdict: Verdict | 'wait'; note?: string }

/** Handles waiting events. Answers how many were taken up. */
export async function workInbox(by: By, limit = 10): Promise<number> {
  // One by one, so that each has its whole lease, however slow the provider is with those before it.
  for (let taken = 0; taken < limit; taken++) {
    const [event] = await claimEvents(jobsDb(), 1)
    if (!event) return taken
    failpoint('webhook_claimed')
    await workOn(event, by)
  }
  return limit
}

async function workOn(event: EventRow, by: By): Promise<void> {
  try {
    const { verdict, note } = await handle(event, by)
    if (verdict === 'applied') await noteForStaff(event, by)
    if (verdict !== 'wait') return await closeEvent(jobsDb(), event, verdict, note ?? null)
    const ageSeconds = (by.at.getTime() - event.receivedAt.getTime()) / 1000
    if (ageSeconds > unknownOrderSeconds)
      return await closeEvent(jobsDb(), event, 'ignored', 'its order never became known here')
    await postponeEvent(jobsDb(), event, backoffSeconds(event.attempts), note ?? 'its order is not known yet')
  } catch (error) {
    if (error instanceof Killed) throw error
    const reason = error instanceof Error ? error.message : String(error)
    log.warn({ eventId: event.eventId, type: event.type, reason }, 'a webhook event is tried again')
    await postponeEvent(jobsDb(), event, backoffSeconds(event.attempts), reason)
  }
}

/** Staff see on the timeline what came from outside. */
async function noteForStaff({ orderId, eventId, type }: EventRow, by: By): Promise<void> {
  if (!orderId) return
  const message = `The payment provider reported ${type}`
  const row = { kind: 'webhook' as const, isPublic: false, message, details: { eventId } }
  await writeHistory(jobsDb(), orderId, { actor: 'stripe', at: by.at }, row)
}

const handlers: Record<string, (event: EventRow, by: By) => Promise<Handled>> = {
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

async function handle(event: EventRow, by: By): Promise<Handled> {
  const handler = handlers[event.type]
  if (!handler) return { verdict: 'ignored', note: 'not a kind we act on' }
  try {
    return await handler(event, { actor: 'stripe', at: by.at })
  } catch (error) {
    // A definite no: asking for ever would change nothing, and staff can have it asked again.
    if (error instanceof ProviderRefused && error.code === 'resource_missing')
      return { verdict: 'ignored', note: 'the provider knows nothing under that id' }
    throw error
  }
}

async function onSession(event: EventRow, by: By): Promise<Handled> {
  const settled = await settle({ sessionId: event.objectId }, by).catch((error: unknown) => {
    if (error instanceof ProviderRefused) return null
    throw error
  })
  if (!settled) return { verdict: 'ignored', note: 'the provider knows no such page' }
  switch (settled.outcome) {
    case 'foreign':
      return { verdict: 'ignored', note: 'not made by this shop' }
    case 'unknown_order':
      return { verdict: 'wait' }
    case 'mismatch':
      return { verdict: 'failed', note: 'amount, currency or order differ from what was asked' }
    case 'already':
      return { verdict: 'duplicate' }
    case 'waiting':
      return { verdict: 'stale' }
    default:
      return { verdict: 'applied' }
  }
}

async function onIntent(event: EventRow, by: By): Promise<Handled> {
  const [sessionId] = await listSessionsOfIntent(event.objectId)
  if (sessionId && event.type === 'payment_intent.canceled')
    return { verdict: 'ignored', note: 'its page tells the same' }
  return onSession({ ...event, objectId: sessionId ?? event.objectId }, by)
}

async function onDecline(event: EventRow, by: By): Promise<Handled> {
  const { orderId } = event
  if (!orderId) return { verdict: 'ignored', note: 'not made by this shop' }
  const payments = await listPayments(orderId)
  if (payments.length === 0) return { verdict: 'wait' }
  const decline = await findDecline(event.objectId)
  const payment = livePayment(payments)
  if (!decline || !payment) return { verdict: 'stale' }
  await transaction(async (trx) => {
    await noteDecline(trx, payment.id, decline, by)
    await writeHistory(trx, orderId, by, {
      kind: 'payment',
      message: 'The card was declined',
      details: { eventId: event.eventId, code: decline.code, reason: decline.message },
    })
  })
  return { verdict: 'applied' }
}

async function onRefund(event: EventRow, by: By): Promise<Handled> {
  const recorded = await recordProviderRefund(await retrieveRefund(event.objectId), by)
  if (!recorded.known) return { verdict: event.orderId ? 'wait' : 'ignored', note: 'of a payment we do not know' }
  return { verdict: recorded.changed ? 'applied' : 'duplicate' }
}

async function onChargeRefunded(event: EventRow, by: By): Promise<Handled> {
  const intentId = intentOf(event)
  if (!intentId || !(await findPaymentOfIntent(intentId)))
    return { verdict: event.orderId ? 'wait' : 'ignored', note: 'of a payment we do not know' }
  let changed = false
  for (const refund of await listRefunds(intentId)) {
    if ((await recordProviderRefund(refund, by)).changed) changed = true
  }
  return { verdict: changed ? 'applied' : 'duplicate' }
}

/** A dispute is a flag for staff: no status moves, no stock moves. */
async function onDispute(event: EventRow, by: By): Promise<Handled> {
  const dispute = await retrieveDispute(event.objectId)
  return transaction(async (trx): Promise<Handled> => {
    const recorded = await recordDispute(trx, dispute, by)
    // It may be told before the payment that it is about.
    if (!recorded) return { verdict: 'wait', note: 'of a payment we do not know' }
    const { orderId, changed, isOpen } = recorded
    if (!changed) return { verdict: 'duplicate' }
    await writeHistory(trx, orderId, by, {
      kind: 'payment',
      isPublic: false,
      message: isOpen
        ? 'The cardholder disputes this payment. Answer in Stripe before the deadline.'
        : `The dispute is over: ${dispute.status}`,
      details: { disputeId: dispute.id, status: dispute.status },
    })
    if (isOpen) log.error({ orderId, disputeId: dispute.id }, 'a payment is disputed')
    return { verdict: 'applied' }
  })
}

function intentOf(event: EventRow): string | null {
  const { data } = event.payload as { data?: { object?: { payment_intent?: unknown } } }
  const intent = data?.object?.payment_intent
  if (typeof intent === 'string') return intent
  return typeof intent === 'object' && intent !== null && 'id' in intent ? String(intent.id) : null
}
