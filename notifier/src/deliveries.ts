// One row a message: event × channel × recipient. It is what makes "at least once" into "sent once". Keeps hashes, no addresses.
import { createHash } from 'node:crypto'
import type { Pool } from './database.ts'
import { newId } from './lib/ids.ts'
import type { ClaimedEvent } from './outbox.ts'

export type Channel = 'email' | 'sms'

/** What the provider is told: the same at each try, so that it can drop a second one. */
export const providerKey = (outboxId: string, channel: Channel): string => `${outboxId}.${channel}`

const recipientHash = (recipient: string): Buffer =>
  createHash('sha256').update(recipient.trim().toLowerCase()).digest()

type Begun = { state: 'send'; deliveryId: string } | { state: 'already_sent' } | { state: 'lease_lost' }

/** Asks for leave to send: only while the event's lease is ours, and never what has been sent already. */
export async function beginDelivery(
  pool: Pool,
  event: ClaimedEvent,
  channel: Channel,
  recipient: string,
): Promise<Begun> {
  const { rows } = await pool.query<{ id: string }>(
    `INSERT INTO deliveries AS d (id, outbox_id, channel, recipient_hash, provider_key, attempts)
     SELECT $1, o.id, $3, $4, $5, 1 FROM outbox o WHERE o.id = $2 AND o.lease_token = $6 AND o.lease_until > now()
     ON CONFLICT (outbox_id, channel, recipient_hash) DO UPDATE SET attempts = d.attempts + 1, status = 'sending'
       WHERE d.status NOT IN ('sent', 'suppressed')
     RETURNING d.id`,
    [newId(), event.id, channel, recipientHash(recipient), providerKey(event.id, channel), event.leaseToken],
  )
  if (rows[0]) return { state: 'send', deliveryId: rows[0].id }
  const { rowCount } = await pool.query(
    `SELECT 1 FROM deliveries WHERE outbox_id = $1 AND channel = $2 AND recipient_hash = $3 AND status IN ('sent', 'suppressed')`,
    [event.id, channel, recipientHash(recipient)],
  )
  return rowCount ? { state: 'already_sent' } : { state: 'lease_lost' }
}

/** Writes down that the provider took the message, with what it answered. */
export async function markSent(pool: Pool, deliveryId: string, answer: { messageId: string; answer: string }) {
  await pool.query(
    `UPDATE deliveries SET status = 'sent', sent_at = now(), provider_message_id = $2, provider_answer = $3 WHERE id = $1`,
    [deliveryId, answer.messageId, answer.answer.slice(0, 500)],
  )
}

/** Writes down that a message is not sent, and why: there is nobody to be told any more. */
export async function markSuppressed(pool: Pool, event: ClaimedEvent, recipient: string, reason: string) {
  await pool.query(
    `INSERT INTO deliveries (id, outbox_id, channel, recipient_hash, provider_key, status, provider_answer)
     VALUES ($1, $2, 'email', $3, $4, 'suppressed', $5)
     ON CONFLICT (outbox_id, channel, recipient_hash) DO UPDATE SET status = 'suppressed', provider_answer = $5
       WHERE deliveries.status <> 'sent'`,
    [newId(), event.id, recipientHash(recipient), providerKey(event.id, 'email'), reason],
  )
}

/** Writes down that this try failed. */
export async function markFailed(pool: Pool, deliveryId: string, reason: string) {
  await pool.query(
    `UPDATE deliveries SET status = 'failed', provider_answer = $2 WHERE id = $1 AND status = 'sending'`,
    [deliveryId, reason.slice(0, 500)],
  )
}
