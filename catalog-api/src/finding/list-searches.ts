// What people searched for, for the shopkeeper: what found nothing and still would, and what is searched most.
import { db, select } from '../lib/db.ts'
import { writeCounts } from '../search/count-searches.ts'
import { type SynonymRule, synonymsOf } from '../search/find-synonyms.ts'
import { formsIn, searchQuery } from '../search/words.ts'
import type { CountedSearch, CountedSearches } from './schemas.ts'

const looked = 300
const told = 50

/** The searches of the last `days`, at most fifty of each kind. Five statements. */
export async function listSearches(days: number): Promise<CountedSearches> {
  await writeCounts()
  return {
    missed: await stillMissed(await counted(days, 'HAVING sum(missed) > 0', 'sum(missed) DESC', looked)),
    frequent: await counted(days, '', 'sum(searches) DESC', told),
  }
}

const counted = (days: number, having: string, order: string, most: number): Promise<CountedSearch[]> =>
  select<CountedSearch>(
    db(),
    `SELECT query, sum(searches)::int AS searches, sum(missed)::int AS missed, max(day)::text AS last_day
     FROM search_counts WHERE day > current_date - :days::int GROUP BY query ${having} ORDER BY ${order}, query LIMIT :most`,
    { days, most },
  )

/** Without what the shop has by now, or has a synonym for. */
async function stillMissed(searches: CountedSearch[]): Promise<CountedSearch[]> {
  const rules = await select<SynonymRule>(
    db(),
    'SELECT typed, means, two_way FROM search_synonyms WHERE forms && :forms::text[]',
    { forms: searches.flatMap(({ query }) => formsIn(query)) },
  )
  const synonyms = rules.flatMap(synonymsOf)
  const rows = await select<{ query: string }>(
    db(),
    `SELECT asked.query FROM unnest(:queries::text[], :words::text[]) AS asked (query, words)
     WHERE NOT EXISTS (SELECT 1 FROM products p WHERE p.search @@ asked.words::tsquery AND p.status = 'published')`,
    {
      queries: searches.map(({ query }) => query),
      words: searches.map(({ query }) => searchQuery(query, synonyms) ?? ''),
    },
  )
  const missed = new Set(rows.map(({ query }) => query))
  return searches.filter(({ query }) => missed.has(query)).slice(0, told)
}
