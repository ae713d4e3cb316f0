// The outbox's statements: who may send a row, and how it ended. All times are the database's own. Knows no message.
import { secretTopics } from '../../storefront/app/domain/outbox/events.ts'
import type { Pool } from './database.ts'
import { maxAttempts } from './retry.ts'

/** How long a link is good whose event does not say. */
export const defaultLifeMinutes = 24 * 60

/** How long a claimed row belongs to its claimer, in seconds. */
const leaseSeconds = 60

/** A row this process may deliver until its lease ends. `attempts` counts this try. */
export type ClaimedEvent = {
  id: string
  topic: string
  payload: unknown
  attempts: number
  ageMs: number
  leaseToken: string
}

const claimColumns = `o.id, o.topic, o.payload, o.attempts, o.lease_token AS "leaseToken",
  (extract(epoch FROM now() - o.created_at) * 1000)::float8 AS "ageMs"`
const open = 'done_at IS NULL AND parked_at IS NULL'
// A claim that was never reported back, time and again: whoever sends this one dies of it (parkAbandoned).
const abandoned = `lease_until < now() AND attempts >= ${maxAttempts}`
const free = `(lease_until IS NULL OR (lease_until < now() AND attempts < ${maxAttempts}))`
// What was in a link is of no use to anybody once the link is out or over.
const withoutSecret = `CASE WHEN topic = ANY ($3) THEN payload - 'url' ELSE payload END`

/** Claims the row that has been due longest, or null. Committed at once: nobody sends inside a transaction. */
export async function claimNext(pool: Pool, leaseToken: string): Promise<ClaimedEvent | null> {
  // The try is counted at the claim, so that an event that kills its sender is parked in the end as well.
  const { rows } = await pool.query<ClaimedEvent>(
    `WITH due AS (
       SELECT id FROM outbox WHERE ${open} AND next_attempt_at <= now() AND ${free}
       ORDER BY next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED)
     UPDATE outbox o SET lease_token = $1, lease_until = now() + make_interval(secs => ${leaseSeconds}), attempts = o.attempts + 1
     FROM due WHERE o.id = due.id RETURNING ${claimColumns}`,
    [leaseToken],
  )
  return rows[0] ?? null
}

/** Claims one row by its key, due or not, or null when it is done, parked or somebody else's. */
export async function claimByKey(pool: Pool, dedupeKey: string, leaseToken: string): Promise<ClaimedEvent | null> {
  const { rows } = await pool.query<ClaimedEvent>(
    `UPDATE outbox o SET lease_token = $2, lease_until = now() + make_interval(secs => ${leaseSeconds}), attempts = o.attempts + 1
     WHERE o.dedupe_key = $1 AND ${open} AND ${free} RETURNING ${claimColumns}`,
    [dedupeKey, leaseToken],
  )
  return rows[0] ?? null
}

/** Writes an event that is leased to the writer from its first moment. False when that key is already there. */
export async function insertLeased(
  pool: Pool,
  event: { id: string; dedupeKey: string; topic: string; payload: unknown; leaseToken: string },
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `INSERT INTO outbox (id, dedupe_key, topic, payload, attempts, lease_token, lease_until)
     VALUES ($1, $2, $3, $4, 1, $5, now() + make_interval(secs => ${leaseSeconds})) ON CONFLICT (dedupe_key) DO NOTHING`,
    [event.id, event.dedupeKey, event.topic, JSON.stringify(event.payload), event.leaseToken],
  )
  return rowCount === 1
}

/** How the event with that key stands, or null. */
export async function findByKey(pool: Pool, dedupeKey: string) {
  const { rows } = await pool.query<{ id: string; state: 'done' | 'parked' | 'open' }>(
    `SELECT id, CASE WHEN done_at IS NOT NULL THEN 'done' WHEN parked_at IS NOT NULL THEN 'parked' ELSE 'open' END AS state
     FROM outbox WHERE dedupe_key = $1`,
    [dedupeKey],
  )
  return rows[0] ?? null
}

async function endLease(pool: Pool, event: ClaimedEvent, set: string, values: unknown[]): Promise<boolean> {
  const { rowCount } = await pool.query(
    `UPDATE outbox SET ${set}, lease_token = NULL, lease_until = NULL WHERE id = $1 AND lease_token = $2`,
    [event.id, event.leaseToken, ...values],
  )
  return rowCount === 1
}

/** Marks the event sent and forgets its secret. False when the lease is no longer ours: then somebody else decides. */
export const markDone = (pool: Pool, event: ClaimedEvent) =>
  endLease(pool, event, `done_at = now(), last_error = NULL, payload = ${withoutSecret}`, [secretTopics])

/** Ends an event that came too late to be told, and forgets its secret. */
export const markExpired = (pool: Pool, event: ClaimedEvent, reason: string) =>
  endLease(pool, event, `done_at = now(), last_error = $4, payload = ${withoutSecret}`, [secretTopics, reason])

/** Sets the event aside for a person, with the reason. */
export const park = (pool: Pool, event: ClaimedEvent, reason: string) =>
  endLease(pool, event, 'parked_at = now(), last_error = $3', [reason])

/** Gives the event back to be tried again after `waitMs`. */
export const retryLater = (pool: Pool, event: ClaimedEvent, attempts: number, waitMs: number, error: string) =>
  endLease(
    pool,
    event,
    'attempts = $3, next_attempt_at = now() + make_interval(secs => $4::float8 / 1000), last_error = $5',
    [attempts, waitMs, error],
  )

/** Gives the event back untried: this process is going away. */
export const giveBack = (pool: Pool, event: ClaimedEvent) =>
  endLease(pool, event, 'attempts = greatest(attempts - 1, 0)', [])

/** Parks the events whose senders never came back; answers which. */
export async function parkAbandoned(pool: Pool): Promise<{ id: string; topic: string; attempts: number }[]> {
  const { rows } = await pool.query<{ id: string; topic: string; attempts: number }>(
    `UPDATE outbox SET parked_at = now(), lease_token = NULL, lease_until = NULL,
       last_error = 'claimed ' || attempts || ' times and never reported back: it may end whoever sends it'
     WHERE ${open} AND ${abandoned} RETURNING id, topic, attempts`,
  )
  return rows
}

/** Forgets the secrets of parked events whose links are over; answers how many. */
export async function forgetSecrets(pool: Pool): Promise<number> {
  const { rowCount } = await pool.query(
    `UPDATE outbox SET payload = payload - 'url' WHERE parked_at IS NOT NULL AND topic = ANY ($1) AND payload ? 'url'
       AND created_at < now() - make_interval(mins => coalesce((payload ->> 'expiresMinutes')::int, ${defaultLifeMinutes}))`,
    [secretTopics],
  )
  return rowCount ?? 0
}

/** Makes every waiting row that failed with `errorPrefix` due now; answers how many. */
export async function retryNow(pool: Pool, errorPrefix: string): Promise<number> {
  const { rowCount } = await pool.query(
    `UPDATE outbox SET next_attempt_at = now() WHERE ${open} AND next_attempt_at > now() AND starts_with(last_error, $1)`,
    [errorPrefix],
  )
  return rowCount ?? 0
}

/** Rows waiting and parked, and the age in seconds of the oldest that waits. */
export async function outboxState(pool: Pool) {
  const { rows } = await pool.query<{ waiting: number; parked: number; oldestSeconds: number }>(
    `SELECT count(*) FILTER (WHERE parked_at IS NULL)::int AS waiting, count(*) FILTER (WHERE parked_at IS NOT NULL)::int AS parked,
       coalesce(extract(epoch FROM now() - min(created_at) FILTER (WHERE parked_at IS NULL)), 0)::float8 AS "oldestSeconds"
     FROM outbox WHERE done_at IS NULL`,
  )
  return rows[0] ?? { waiting: 0, parked: 0, oldestSeconds: 0 }
}
