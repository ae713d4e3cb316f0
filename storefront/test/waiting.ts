// Forced interleavings: a row is held until so many sessions wait for it (or for what they hold up), then it is let go.
import { expect, vi } from 'vitest'
import { db } from '#app/lib/db.server.ts'

const waiting = `SELECT count(*)::int AS n FROM pg_stat_activity
  WHERE datname = current_database() AND wait_event_type = 'Lock'`

/**
 * Holds the row `key` of `table` until `count` sessions of `work` wait in line, then lets it go and answers what `work` came
 * to. `change` is written by the holder meanwhile, and seen by all when it lets go.
 */
export async function whileHeld<T>(
  [table, key]: readonly [table: string, key: Record<string, unknown>],
  count: number,
  work: () => Promise<T>,
  change?: Record<string, unknown>,
): Promise<T> {
  const holder = await db().transaction()
  await holder(table).where(key).forUpdate()
  if (change) await holder(table).where(key).update(change)
  const done = work()
  // Whatever becomes of it is the caller's to judge, later.
  done.catch(() => undefined)
  try {
    await vi.waitFor(async () => expect((await db().raw(waiting)).rows[0].n).toBeGreaterThanOrEqual(count), {
      timeout: 5_000,
      interval: 10,
    })
  } finally {
    await holder.commit()
  }
  return done
}
