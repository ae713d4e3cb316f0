// How many products a list holds, up to a limit: beyond it nobody pages, and counting on would cost more than the page. The
// same statement names the categories that the list is about, so that the next ones are planned for exactly these.
import { db, select } from '../lib/db.ts'

/** Lists are counted up to here; those that look at variants one by one, or for words, up to the second number. */
export const mostCounted = { plain: 10_000, costly: 1_000 }

/** `isMore`: there are more than `total`. */
export type Count = { total: number; isMore: boolean }

/** Counts the products `p` for which `where` holds, up to `most`; one statement. */
export async function countList(where: string, bindings: Record<string, unknown>, most: number): Promise<Count> {
  const [row] = await select<{ total: number }>(
    db(),
    `SELECT count(*)::int AS total FROM (SELECT 1 FROM products p WHERE ${where} LIMIT :most + 1) counted`,
    { ...bindings, most },
  )
  const found = row?.total ?? 0
  return { total: Math.min(found, most), isMore: found > most }
}
