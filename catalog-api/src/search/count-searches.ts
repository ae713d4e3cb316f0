// What people search for, counted by day: the words and whether anything was found, never who, from where or when in the
// day. What looks like an address, a number of a person or an order is not counted at all. Kept 90 days.
import { db, select, type Trx, transaction } from '../lib/db.ts'
import { askedWords } from './words.ts'

type Count = { query: string; day: string; searches: number; missed: number }

/** Counts wait in the process and are written together: a search waits for no row that others count in too. */
let waiting = new Map<string, Count>()
const mostWaiting = 2_000
/** New words of one day beyond this are not kept: nobody fills the table from outside. */
const mostADay = 10_000
const keptDays = 90

/** The words as they are counted, or null for what is not: e-mail addresses, telephone, card and order numbers, whole letters. */
export function countedForm(words: string): string | null {
  if (words.includes('@') || /\bhs-[0-9a-z]{4}-[0-9a-z]{4}\b/i.test(words)) return null
  if ((words.match(/\d/g) ?? []).length > 6) return null
  const form = askedWords(words).join(' ')
  return form.length >= 2 && form.length <= 80 ? form : null
}

/** Counts one search, soon. */
export function noteSearch(words: string, found: boolean, at: Date): void {
  const query = countedForm(words)
  if (query === null) return
  const day = at.toISOString().slice(0, 10)
  const key = `${day} ${query}`
  const count = waiting.get(key) ?? { query, day, searches: 0, missed: 0 }
  if (!waiting.has(key) && waiting.size >= mostWaiting) return
  waiting.set(key, { ...count, searches: count.searches + 1, missed: count.missed + (found ? 0 : 1) })
}

/** Writes what this process has counted. After a failure the counts wait on. */
export async function writeCounts(): Promise<void> {
  const counts = [...waiting.values()].sort((a, b) => (a.query < b.query ? -1 : 1))
  if (counts.length === 0) return
  const before = waiting
  waiting = new Map()
  try {
    await db().raw(
      `INSERT INTO search_counts (query, day, searches, missed)
       SELECT told.* FROM unnest(:queries::text[], :days::date[], :searches::int[], :missed::int[]) AS told (query, day, searches, missed)
       WHERE (SELECT count(*) FROM search_counts c WHERE c.day = told.day) < :mostADay
         OR EXISTS (SELECT 1 FROM search_counts c WHERE c.query = told.query AND c.day = told.day)
       ON CONFLICT (query, day) DO UPDATE
         SET searches = search_counts.searches + excluded.searches, missed = search_counts.missed + excluded.missed`,
      {
        queries: counts.map(({ query }) => query),
        days: counts.map(({ day }) => day),
        searches: counts.map(({ searches }) => searches),
        missed: counts.map(({ missed }) => missed),
        mostADay,
      } as never,
    )
  } catch (error) {
    for (const [key, count] of before) if (!waiting.has(key)) waiting.set(key, count)
    throw error
  }
}

/** Takes out what is older than 90 days. */
export async function forgetOldCounts(trx: Trx = db()): Promise<void> {
  await trx.raw('DELETE FROM search_counts WHERE day < current_date - :keptDays::int', { keptDays } as never)
}

/**
 * Makes the list of past queries anew that are suggested to others: asked three times, found something, and made of words
 * that stand in the shop's own products, so that nothing somebody typed about themselves is shown to anybody.
 */
export async function gatherPastQueries(): Promise<void> {
  await transaction(async (trx) => {
    const rows = await select<{ query: string; searches: number }>(
      trx,
      `SELECT query, sum(searches)::int AS searches FROM search_counts c WHERE day > current_date - 30
       GROUP BY query HAVING sum(searches) >= 3 AND sum(missed) = 0
         AND NOT EXISTS (
           SELECT 1 FROM unnest(string_to_array(query, ' ')) AS typed (word)
           WHERE length(typed.word) > 2 AND NOT EXISTS (SELECT 1 FROM search_words w WHERE w.word = typed.word)
         )
       ORDER BY 2 DESC, query LIMIT 2000`,
    )
    await trx.raw('DELETE FROM search_past_queries')
    await trx.raw(
      `INSERT INTO search_past_queries (query, searches)
       SELECT * FROM unnest(:queries::text[], :searches::int[]) ON CONFLICT (query) DO NOTHING`,
      { queries: rows.map(({ query }) => query), searches: rows.map(({ searches }) => searches) } as never,
    )
  })
}
