// The inbox of the provider's webhooks: verify, keep, answer; the work is done later. An event is kept before it is
// understood and never dropped because its order is not known yet. No network here.
import type { Knex } from 'knex'
import type { ModelObject } from 'objection'
import { StripeEvent, type Verdict } from '#app/domain/payments/models.ts'
import { redactPayload } from '#app/domain/payments/redact-payload.ts'
import { isLiveMode, verifyEvent } from '#app/domain/payments/stripe.server.ts'
import { db } from '#app/lib/db.server.ts'
import { DomainError } from '#app/lib/errors.ts'
import { failpoint } from '#app/lib/failpoints.ts'
import { newId } from '#app/lib/ids.ts'
import { isUuid } from '#app/lib/uuid.ts'

export type { Verdict }

/** A row of `stripe_events`: data, to be read only. */
export type EventRow = Readonly<ModelObject<StripeEvent>>

/**
 * Takes one delivery: signature first, then one row an event id. Answers once the row is committed; a repeated delivery
 * changes nothing. An event of the other mode (test or live) is kept and ignored. Throws signature_invalid.
 */
export async function receiveEvent(rawBody: Buffer, signature: string): Promise<{ eventId: string; isNew: boolean }> {
  const event = await verifyEvent(rawBody, signature)
  if (!event) throw new DomainError('signature_invalid', 'This was not signed by our payment provider.')
  failpoint('webhook_verified')
  const orderId = event.object.metadata?.order_id
  const foreign = event.livemode !== isLiveMode()
  // Not by the model: it answers the row it was given also when that row was there before.
  const inserted: unknown[] = await db()('stripe_events')
    .insert({
      eventId: event.id,
      type: event.type,
      objectId: event.object.id ?? '',
      orderId: orderId && isUuid(orderId) ? orderId : null,
      livemode: event.livemode,
      payload: redactPayload(event.payload),
      ...(foreign && { processedAt: new Date(), verdict: 'ignored', lastError: 'of the other mode (test or live)' }),
    })
    .onConflict('eventId')
    .ignore()
    .returning('eventId')
  return { eventId: event.id, isNew: inserted.length > 0 }
}

/** Takes up to `limit` waiting events, each for 60 s. */
export async function claimEvents(knex: Knex, limit: number): Promise<EventRow[]> {
  const token = newId()
  await knex.raw(
    `UPDATE stripe_events SET lease_token = ?, lease_until = now() + interval '60 seconds', attempts = attempts + 1
     WHERE event_id IN (
       SELECT event_id FROM stripe_events
       WHERE processed_at IS NULL AND next_attempt_at <= now() AND (lease_until IS NULL OR lease_until < now())
       ORDER BY next_attempt_at LIMIT ? FOR UPDATE SKIP LOCKED
     )`,
    [token, limit],
  )
  return StripeEvent.query(knex).where({ leaseToken: token }).orderBy('receivedAt')
}

/** Closes an event: what became of it, and of which order it turned out to be. */
export async function closeEvent(
  knex: Knex,
  event: EventRow,
  { verdict, note, orderId }: { verdict: Verdict; note: string | null; orderId?: string | null },
): Promise<void> {
  await knex('stripe_events')
    .where({ eventId: event.eventId, leaseToken: event.leaseToken })
    .update({
      processedAt: knex.fn.now(),
      verdict,
      lastError: note,
      leaseToken: null,
      leaseUntil: null,
      ...(orderId && !event.orderId && { orderId }),
    })
}

export const findEvent = async (eventId: string): Promise<EventRow | undefined> =>
  StripeEvent.query(db()).findById(eventId)

/** What came of a replay: the first verdict of an event that had none; afterwards it keeps the one it has. */
export async function noteReplay(
  trx: Knex.Transaction,
  event: EventRow,
  { verdict, note }: { verdict: Verdict | 'wait'; note: string | null },
  orderId: string | null,
): Promise<void> {
  const attempts = trx.raw('attempts + 1')
  const order = orderId && !event.orderId ? { orderId } : {}
  const hasWorked = event.verdict !== null && event.verdict !== 'failed' && event.verdict !== 'ignored'
  const news = verdict === 'wait' || hasWorked || verdict === 'duplicate' ? {} : { verdict, lastError: note }
  const closed = 'verdict' in news ? { processedAt: trx.fn.now(), leaseToken: null, leaseUntil: null } : {}
  await trx('stripe_events')
    .where({ eventId: event.eventId })
    .update({ attempts, ...order, ...news, ...closed })
}

/** Puts an event back for another try after `seconds`. */
export async function postponeEvent(knex: Knex, event: EventRow, seconds: number, reason: string): Promise<void> {
  await knex('stripe_events')
    .where({ eventId: event.eventId, leaseToken: event.leaseToken })
    .update({
      nextAttemptAt: knex.raw('now() + make_interval(secs => ?)', [seconds]),
      lastError: reason.slice(0, 500),
      leaseToken: null,
      leaseUntil: null,
    })
}

/** Removes what was handled more than 35 days ago. Answers how many. */
export const forgetOldEvents = async (knex: Knex): Promise<number> =>
  knex('stripe_events').whereRaw("processed_at < now() - interval '35 days'").delete()
