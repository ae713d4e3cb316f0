// Published products by filter, order and page. Four statements (six with words, one more for facets), however many rows.
import { type Cursor, cursorKeys, readCursor, writeCursor } from '../lib/cursor.ts'
import { db, select } from '../lib/db.ts'
import { type Exact, findExact } from '../search/find-exact.ts'
import { findSynonyms } from '../search/find-synonyms.ts'
import { searchQuery } from '../search/words.ts'
import { loadCards } from './cards.ts'
import { listBindings } from './conditions.ts'
import { countList } from './count-list.ts'
import { loadFacets } from './facets.ts'
import { orders, pageSql, type Sort } from './page-sql.ts'
import type { ProductQuery } from './query.ts'
import type { ProductPage } from './schemas.ts'

/** What a list is asked for with words: as a tsquery, without synonyms where it has some, and the product whose code they are. */
export type Wording = { tsquery: string; own: string | null; exact: Exact | null }

/** The bindings of a list's words. */
export const wordBindings = (wording: Wording | null) => ({
  words: wording?.tsquery ?? null,
  ownWords: wording?.own ?? null,
  exactId: wording?.exact?.id ?? null,
})

export const emptyPage: ProductPage = {
  items: [],
  total: 0,
  totalIsMore: false,
  nextCursor: null,
  prevCursor: null,
  facets: null,
}

/** A page of published products. @throws validation_failed for a forged cursor */
export async function listProducts(query: ProductQuery): Promise<ProductPage> {
  if (!query.q) return pageOf(query, null)
  const wording = await wordingOf(query.q)
  return wording ? pageOf(query, wording) : emptyPage
}

/** Words as they are looked for, synonyms and all; null when there is no word in them. Two statements. */
export async function wordingOf(words: string, synonyms = findSynonyms(words)): Promise<Wording | null> {
  const tsquery = searchQuery(words, await synonyms)
  if (tsquery === null) return null
  const own = searchQuery(words)
  return { tsquery, own: own === tsquery ? null : own, exact: await findExact(words) }
}

/** The page of `query`, its words already read; without `wording` the list of everything. @throws validation_failed for a forged cursor */
export async function pageOf(query: ProductQuery, wording: Wording | null): Promise<ProductPage> {
  const asked = query.sort ?? (wording ? 'relevance' : 'newest')
  const sort = wording === null && asked === 'relevance' ? 'newest' : asked
  const order = orders[sort]
  const cursor = readCursor(query.cursor, sort, cursorKeys[order.key])
  const words = { ...listBindings(query), ...wordBindings(wording) }
  const count = await countList({ query, hasWords: wording !== null }, words)
  const question = { query, hasWords: wording !== null, isShelved: true }
  const bindings = { ...words, ownShelves: count.shelves.own, chosenShelves: count.shelves.chosen }
  const edge = await select<{ id: string; key: string | number }>(db(), pageSql(question, order, cursor, count), {
    ...bindings,
    edgeKey: cursor?.k ?? null,
    edgeId: cursor?.id ?? null,
    take: query.limit + 1,
  })

  const hasMore = edge.length > query.limit
  const rows = edge.slice(0, query.limit)
  if (cursor?.d === 'prev') rows.reverse()
  const items = await loadCards(
    db(),
    rows.map((row) => row.id),
    { options: query.option ?? [], tsquery: wording?.tsquery ?? null },
  )
  const facets = query.facets ? await loadFacets(question, bindings) : null
  return { items, total: count.total, totalIsMore: count.isMore, ...marks(rows, sort, hasMore, cursor), facets }
}

function marks(rows: { id: string; key: string | number }[], sort: Sort, hasMore: boolean, cursor: Cursor | undefined) {
  const mark = (row: { id: string; key: string | number } | undefined, d: 'next' | 'prev') =>
    row ? writeCursor({ o: sort, k: row.key, id: row.id, d }) : null
  const hasNext = cursor?.d === 'prev' ? true : hasMore
  const hasPrev = cursor?.d === 'prev' ? hasMore : cursor !== undefined
  return { nextCursor: hasNext ? mark(rows.at(-1), 'next') : null, prevCursor: hasPrev ? mark(rows[0], 'prev') : null }
}
