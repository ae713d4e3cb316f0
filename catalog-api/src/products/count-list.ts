// How many products a list holds, up to a limit: beyond it nobody pages, and counting on would cost more than the page. The
// same statement names the categories that the list is about, so that the next ones are planned for exactly these.
import { idsBelowSlug, idsBelowSlugs } from '../categories/descendants.ts'
import { db, select } from '../lib/db.ts'
import { isCostly, type ListQuestion, listConditions, type Shelves } from './conditions.ts'

/** Lists are counted up to here; those that look at variants one by one, or for words, up to the second number. */
export const mostCounted = { plain: 10_000, costly: 1_000 }

/** `isMore`: there are more than `total`. `shelves`: ids of the list's category, and of those chosen in it, with all below. */
export type Count = { total: number; isMore: boolean; shelves: Shelves }

/** Counts the products `p` for which `where` holds, up to `most`; one statement. */
export async function countUpTo(where: string, bindings: Record<string, unknown>, most: number): Promise<number> {
  const [row] = await select<{ total: number }>(db(), `SELECT ${counted(where)} AS total`, { ...bindings, most })
  return row?.total ?? 0
}

/** Counts a list as far as that is worth it; one statement. */
export async function countList(question: ListQuestion, bindings: Record<string, unknown>): Promise<Count> {
  const most = isCostly(question) ? mostCounted.costly : mostCounted.plain
  const [row] = await select<{ total: number; own: string[]; chosen: string[] }>(
    db(),
    `SELECT ${counted(listConditions(question))} AS total,
       ${question.query.category ? `ARRAY${idsBelowSlug}` : 'NULL::uuid[]'} AS own,
       ${question.query.in_category ? `ARRAY${idsBelowSlugs(':inCategories::text[]')}` : 'NULL::uuid[]'} AS chosen`,
    { ...bindings, most: most + 1 },
  )
  const found = row?.total ?? 0
  const shelves = { own: row?.own ?? [], chosen: row?.chosen ?? [] }
  return { total: Math.min(found, most), isMore: found > most, shelves }
}

const counted = (where: string) =>
  `(SELECT count(*)::int FROM (SELECT 1 FROM products p WHERE ${where} LIMIT :most::int) found)`
