// The outbox as staff look at it: the latest events and how they stand, and letting a parked one go. Never a payload.
import type { Pool } from './database.ts'

const stateOf = "CASE WHEN done_at IS NOT NULL THEN 'done' WHEN parked_at IS NOT NULL THEN 'parked' ELSE 'waiting' END"
const isoTime = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`

type ListedEvent = {
  id: string
  topic: string
  about: string | null
  state: 'done' | 'parked' | 'waiting'
  createdAt: string
  endedAt: string | null
  attempts: number
  lastError: string | null
}

/** The latest events, newest first, and how many are parked in all. */
export async function listEvents(pool: Pool, filter: { state?: string | undefined; limit: number }) {
  const { rows: items } = await pool.query<ListedEvent>(
    `SELECT id, topic, attempts, last_error AS "lastError", ${stateOf} AS state, ${isoTime('created_at')} AS "createdAt",
       ${isoTime('coalesce(done_at, parked_at)')} AS "endedAt",
       CASE topic WHEN 'stock.low' THEN concat_ws(', ', payload ->> 'title', payload ->> 'variantTitle', payload ->> 'storeName') END AS about
     FROM outbox WHERE $1::text IS NULL OR ${stateOf} = $1 ORDER BY created_at DESC, id DESC LIMIT $2`,
    [filter.state ?? null, filter.limit],
  )
  const { rows } = await pool.query<{ parked: number }>(
    'SELECT count(*)::int AS parked FROM outbox WHERE parked_at IS NOT NULL',
  )
  return { items, parked: rows[0]?.parked ?? 0 }
}

/** Lets a parked event be tried again, now and with all its tries. False when there is no such parked event. */
export async function release(pool: Pool, id: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    `UPDATE outbox SET parked_at = NULL, last_error = NULL, attempts = 0, next_attempt_at = now()
     WHERE id = $1 AND parked_at IS NOT NULL`,
    [id],
  )
  return rowCount === 1
}
