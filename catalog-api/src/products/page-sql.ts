// How a page of a list is read: orders, and the statement that reads one page in the way that costs least for what the list
// is. Constants of the program only; what comes from outside is bound.
import type { Cursor, cursorKeys } from '../lib/cursor.ts'
import type { ListQuestion } from './conditions.ts'
import { listConditions, narrowingsOf } from './conditions.ts'
import type { Count } from './count-list.ts'
import type { ProductQuery } from './query.ts'

export type Sort = NonNullable<ProductQuery['sort']>
/** `column` is compared and sorted by (migration 015 has an index for each), `shown` is how it stands in a cursor, `cast` how it comes back. */
export type Order = {
  column: string
  shown: (column: string) => string
  cast: string
  way: 'asc' | 'desc'
  key: keyof typeof cursorKeys
}

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

const asIs = (column: string) => column
const inMicroseconds = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`

export const orders: Record<Sort, Order> = {
  relevance: { column: relevance, shown: asIs, cast: 'bigint', way: 'desc', key: 'number' },
  newest: { column: 'p.published_at', shown: inMicroseconds, cast: 'timestamptz', way: 'desc', key: 'time' },
  price_asc: { column: 'p.price_from_minor', shown: asIs, cast: 'bigint', way: 'asc', key: 'number' },
  price_desc: { column: 'p.price_from_minor', shown: asIs, cast: 'bigint', way: 'desc', key: 'number' },
  rating: { column: stars, shown: asIs, cast: 'bigint', way: 'desc', key: 'number' },
  title: { column: 'lower(p.title)', shown: asIs, cast: 'text', way: 'asc', key: 'text' },
}

/** Of more products than are counted, so many best known are ranked: those with the words in their title before others. */
export const ranked = 200
const fewTitles = 2_000

/**
 * The statement for one page, `:take` rows from `:edgeKey` and `:edgeId` on.
 * - All of a category, however large: each of its shelves gives its first by an index, and these are merged.
 * - What was counted whole: read whole, then sorted, whatever the planner thinks of its size.
 * - By relevance, of more than was counted: the best known are ranked, not everything.
 * - Else: along the index of the order until the page is full.
 */
export function pageSql(question: ListQuestion, order: Order, cursor: Cursor | undefined, count: Count): string {
  const { query, hasWords } = question
  const way = (order.way === 'desc') !== (cursor?.d === 'prev') ? 'DESC' : 'ASC'
  const beyond = (column: string) =>
    cursor ? `(${column}, p.id) ${way === 'DESC' ? '<' : '>'} (:edgeKey::${order.cast}, :edgeId::uuid)` : 'true'
  const inOrder = (column: string) => `ORDER BY ${column} ${way}, p.id ${way} LIMIT :take`
  const where = listConditions(question)
  const isNarrow = hasWords || narrowingsOf(question).length > 0
  const pageOf = (rows: string) =>
    `${rows} SELECT p.id, ${order.shown('p.key')} AS key FROM listed p WHERE ${beyond('p.key')} ${inOrder('p.key')}`

  if (query.category && !isNarrow)
    return pageOf(`WITH listed AS (
      SELECT p.* FROM unnest(:ownShelves::uuid[]) AS shelf (id) CROSS JOIN LATERAL (
        SELECT p.id, ${order.column} AS key FROM products p
        WHERE p.category_id = shelf.id AND ${shelfConditions(query)} AND ${beyond(order.column)} ${inOrder(order.column)}
      ) p
    )`)
  if (isNarrow && !count.isMore)
    return pageOf(`WITH listed AS MATERIALIZED (SELECT p.id, ${order.column} AS key FROM products p WHERE ${where})`)
  if (order === orders.relevance)
    return pageOf(`WITH ${bestKnown(question)},
      listed AS MATERIALIZED (SELECT p.id, ${order.column} AS key FROM products p JOIN best USING (id))`)
  return `SELECT p.id, ${order.shown(order.column)} AS key FROM products p
    WHERE ${where} AND ${beyond(order.column)} ${inOrder(order.column)}`
}

const shelfConditions = ({ featured }: ProductQuery) =>
  `p.status = 'published'${featured === undefined ? '' : ' AND p.featured = :featured'}`

/**
 * `best`: the ids of what is ranked when more fits than can be. Few titles with the words are read whole and sorted, many
 * along the index of reviews: how many there are is counted and not left to the planner, which cannot know for a word that
 * nobody finished typing.
 */
function bestKnown(question: ListQuestion): string {
  const inTitles = listConditions({ ...question, inTitles: true })
  const where = listConditions(question)
  const order = 'ORDER BY rating_count DESC, id DESC'
  return `few AS MATERIALIZED (SELECT p.id, p.rating_count FROM products p WHERE ${inTitles} LIMIT ${fewTitles + 1}),
    many AS MATERIALIZED (SELECT count(*) > ${fewTitles} AS titles FROM few),
    titled AS MATERIALIZED (
      (SELECT id FROM few WHERE NOT (SELECT titles FROM many) ${order} LIMIT ${ranked})
      UNION ALL
      (SELECT p.id FROM products p WHERE (SELECT titles FROM many) AND ${inTitles} ${order} LIMIT ${ranked})
    ), best AS MATERIALIZED (
      SELECT id FROM titled
      UNION (SELECT p.id FROM products p WHERE ${where} ${order} LIMIT ${ranked} - (SELECT count(*) FROM titled))
      UNION SELECT p.id FROM products p WHERE p.id = :exactId::uuid AND ${where}
    )`
}
