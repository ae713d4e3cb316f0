// Two verbs made to meet, without a clock: a third transaction holds the row that both want, lets each come up to it in the
// order asked for (Postgres itself says who waits), and goes. What the second saw before is then older than what the first did.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Knex } from 'knex'

export type Verb = () => Promise<unknown>

/** Answers of both, or what they were refused with (`code` of the error). Throws what is no refusal. */
export async function meetAt(
  knex: Knex,
  lock: { sql: string; bindings: readonly unknown[] },
  verbs: readonly [first: Verb, second: Verb],
): Promise<[unknown, unknown]> {
  const gate = await knex.transaction()
  const started: Going[] = []
  try {
    await gate.raw(lock.sql, lock.bindings as Knex.RawBinding[])
    for (const verb of verbs) {
      started.push(track(verb()))
      await untilAllWait(knex, started)
    }
  } finally {
    await gate.commit()
  }
  const [first, second] = await Promise.all(started.map(({ promise }) => promise))
  return [first, second]
}

type Going = { promise: Promise<unknown>; isOver: boolean }

/** Runs to its end or up to the lock; a refusal is an answer. */
function track(promise: Promise<unknown>): Going {
  const going = { promise, isOver: false }
  going.promise = promise
    .catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && /^[a-z_]+$/.test(String(error.code))) return error.code
      throw error
    })
    .finally(() => {
      going.isOver = true
    })
  going.promise.catch(() => undefined)
  return going
}

/** Until each that is not over waits for a lock, as this database tells. */
async function untilAllWait(knex: Knex, started: Going[]): Promise<void> {
  for (const end = Date.now() + 15_000; Date.now() < end; await sleep(5)) {
    const { rows } = await knex.raw<{ rows: { waiting: number }[] }>(
      `SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    )
    if ((rows[0]?.waiting ?? 0) >= started.filter(({ isOver }) => !isOver).length) return
  }
  throw new Error('nobody came to the lock')
}
