// Published products by filter, order and page. Four statements (six with words, one more for facets), however many rows.
import { type Cursor, cursorKeys, readCursor, writeCursor } from '../lib/cursor.ts'
import { db, select } from '../lib/db.ts'
import { type Exact, findExact } from '../search/find-exact.ts'
import { findSynonyms } from '../search/find-synonyms.ts'
import { searchQuery } from '../search/words.ts'
import { loadCards } from './cards.ts'
import { listBindings, listConditions } from './conditions.ts'
import { loadFacets } from './facets.ts'
import type { ProductQuery } from './query.ts'
import type { ProductPage } from './schemas.ts'

type Sort = NonNullable<ProductQuery['sort']>
/** `column` is compared and sorted by, `shown` is how it stands in a cursor, `cast` how it comes back. */
type Order = { column: string; shown?: string; cast: string; way: 'asc' | 'desc'; key: keyof typeof cursorKeys }

const stars = `(CASE WHEN p.rating_count = 0 THEN 0
  ELSE round(p.rating_sum * 100.0 / p.rating_count)::bigint * 1000000 + p.rating_count END)`

/**
 * How well the product `p` fits `:words`: first the one whose code was typed, then what has the very words (`:ownWords`,
 * null unless there are synonyms), then what is found by a synonym only.
 */
export const relevance = `(CASE WHEN p.id = :exactId::uuid THEN 2000000000
  ELSE round(ts_rank(p.search, :words::tsquery) * 1000000)
    + CASE WHEN :ownWords::tsquery IS NOT NULL AND p.search @@ :ownWords::tsquery THEN 1000000 ELSE 0 END
  END)::bigint`

const orders: Record<Sort, Order> = {
  relevance: { column: relevance, cast: 'bigint', way: 'desc', key: 'number' },
  newest: {
    column: 'p.published_at',
    shown: `to_char(p.published_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
    cast: 'timestamptz',
    way: 'desc',
    key: 'time',
  },
  price_asc: { column: 'p.price_from_minor', cast: 'bigint', way: 'asc', key: 'number' },
  price_desc: { column: 'p.price_from_minor', cast: 'bigint', way: 'desc', key: 'number' },
  rating: { column: stars, cast: 'bigint', way: 'desc', key: 'number' },
  title: { column: 'lower(p.title)', cast: 'text', way: 'asc', key: 'text' },
}

/** What a list is asked for with words: as a tsquery, without synonyms where it has some, and the product whose code they are. */
export type Wording = { tsquery: string; own: string | null; exact: Exact | null }

/** The bindings of a list's words. */
export const wordBindings = (wording: Wording | null) => ({
  words: wording?.tsquery ?? null,
  ownWords: wording?.own ?? null,
  exactId: wording?.exact?.id ?? null,
})

export const emptyPage: ProductPage = { items: [], total: 0, nextCursor: null, prevCursor: null, facets: null }

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
  const question = { query, hasWords: wording !== null }
  const bindings = { ...listBindings(query), ...wordBindings(wording) }
  const where = listConditions(question)

  const edge = await select<{ id: string; key: string | number }>(db(), pageSql(order, where, cursor), {
    ...bindings,
    edgeKey: cursor?.k ?? null,
    edgeId: cursor?.id ?? null,
    take: query.limit + 1,
  })
  const [count] = await select<{ total: number }>(
    db(),
    `SELECT count(*)::int AS total FROM products p WHERE ${where}`,
    bindings,
  )

  const hasMore = edge.length > query.limit
  const rows = edge.slice(0, query.limit)
  if (cursor?.d === 'prev') rows.reverse()
  const items = await loadCards(
    db(),
    rows.map((row) => row.id),
  )
  const facets = query.facets ? await loadFacets(question, bindings) : null
  return { items, total: count?.total ?? 0, ...marks(rows, sort, hasMore, cursor), facets }
}

function pageSql(order: Order, where: string, cursor: Cursor | undefined): string {
  const back = cursor?.d === 'prev'
  const way = (order.way === 'desc') !== back ? 'DESC' : 'ASC'
  const beyond = cursor
    ? ` AND (${order.column}, p.id) ${way === 'DESC' ? '<' : '>'} (:edgeKey::${order.cast}, :edgeId::uuid)`
    : ''
  return `SELECT p.id, ${order.shown ?? order.column} AS key FROM products p
    WHERE ${where}${beyond} ORDER BY ${order.column} ${way}, p.id ${way} LIMIT :take`
}

function marks(rows: { id: string; key: string | number }[], sort: Sort, hasMore: boolean, cursor: Cursor | undefined) {
  const mark = (row: { id: string; key: string | number } | undefined, d: 'next' | 'prev') =>
    row ? writeCursor({ o: sort, k: row.key, id: row.id, d }) : null
  const hasNext = cursor?.d === 'prev' ? true : hasMore
  const hasPrev = cursor?.d === 'prev' ? hasMore : cursor !== undefined
  return { nextCursor: hasNext ? mark(rows.at(-1), 'next') : null, prevCursor: hasPrev ? mark(rows[0], 'prev') : null }
}
