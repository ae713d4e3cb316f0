// How many published products stand in each category. Counting reads the index of the whole catalogue, and the menu of every
// page asks: the counts are kept for half a minute, are counted once however many ask at that moment, and are forgotten
// after staff's own writes in this process. Never for what must be exact to the second.
import type { MiddlewareHandler } from 'hono'
import { db, select } from '../lib/db.ts'

const keptMs = 30_000
type Counts = ReadonlyMap<string, number>

let kept: { counts: Promise<Counts>; until: number } | null = null

/** Published products by the id of their own category; a category without any is absent. At most half a minute old. */
export function shelfCounts(): Promise<Counts> {
  if (kept && Date.now() < kept.until) return kept.counts
  const counted = { counts: count(), until: Number.POSITIVE_INFINITY }
  kept = counted
  counted.counts.then(
    () => {
      counted.until = Date.now() + keptMs
    },
    () => {
      if (kept === counted) kept = null
    },
  )
  return counted.counts
}

async function count(): Promise<Counts> {
  const rows = await select<{ categoryId: string; count: number }>(
    db(),
    `SELECT category_id, count(*)::int AS count FROM products WHERE status = 'published' GROUP BY category_id`,
  )
  return new Map(rows.map((row) => [row.categoryId, row.count]))
}

/** For routes of staff that change products or categories: what they write shows at once. */
export const forgetShelfCounts: MiddlewareHandler = async (c, next) => {
  await next()
  if (c.req.method !== 'GET') kept = null
}
