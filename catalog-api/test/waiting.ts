// Forced interleavings: a row is held until so many calls wait for it (or for what they hold up), then it is let go.
import { expect, vi } from 'vitest'
import { db } from '../src/lib/db.ts'

/** Sessions that wait for a lock. */
export const listWaiting = async (): Promise<unknown[]> =>
  (await db().raw(`SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`))
    .rows

/** Holds the rows that `lock` (a SELECT … FOR UPDATE) finds until `count` sessions of `work` wait; answers what it came to. */
export async function whileHeld<T>(
  lock: string,
  bindings: string[],
  count: number,
  work: () => Promise<T>,
): Promise<T> {
  const holder = await db().transaction()
  await holder.raw(lock, bindings)
  const done = work()
  // Whatever becomes of it is the caller's to judge, later.
  done.catch(() => undefined)
  try {
    await vi.waitFor(async () => expect((await listWaiting()).length).toBeGreaterThanOrEqual(count), {
      timeout: 5_000,
      interval: 10,
    })
  } finally {
    await holder.rollback()
  }
  return done
}
