// What a search is expected to find: "hedphones" must show these headphones within the first three. Looked at anew each
// time, by the search that shoppers use, so that a change of the catalogue or of a synonym shows at the next look.
import { db, select } from '../lib/db.ts'
import { DomainError, invalid, notFound } from '../lib/errors.ts'
import { isUuid, newId } from '../lib/ids.ts'
import { type Instead, understand } from '../products/search-products.ts'
import { formsIn } from '../search/words.ts'
import type { ExpectationInput, SearchExpectation } from './schemas.ts'

/** As many as a page shows and a command asks in seconds. */
const most = 200
/** Nothing may be expected further down: a page shows so many at most. */
const furthest = 60
const atOnce = 4

type Row = {
  id: string
  query: string
  within: number
  productId: string
  slug: string
  title: string
  status: SearchExpectation['product']['status']
}

/** A search as it came out: the products of a first page, best first, and the words that were looked for. */
type Looked = { ids: string[]; tried: string[] }

/** All expectations with where their products stand; those that are not met first. */
export async function listExpectations(): Promise<SearchExpectation[]> {
  const rows = await expected()
  const looked = await lookAt(rows)
  return rows.map((row) => standing(row, looked)).sort((a, b) => Number(a.met) - Number(b.met))
}

/**
 * What would stand elsewhere under the synonym `instead`: first as it is, then as it would be. `forms` are those that
 * the synonym, and the one in whose place it is tried, are found by: other searches are not asked again.
 */
export async function movedExpectations(
  instead: Instead,
  forms: ReadonlySet<string>,
): Promise<{ before: SearchExpectation; after: SearchExpectation }[]> {
  const rows = await expected()
  const now = await lookAt(rows)
  const isTouched = (row: Row) =>
    (now.get(row.query)?.tried ?? []).some((words) => formsIn(words).some((form) => forms.has(form)))
  const touched = rows.filter(isTouched)
  const then = await lookAt(touched, instead)
  return touched
    .map((row) => ({ before: standing(row, now), after: standing(row, then) }))
    .filter(({ before, after }) => before.position !== after.position)
    .sort((a, b) => Number(a.before.met) - Number(b.before.met))
}

/** All, or the one with this id. */
const expected = (id: string | null = null): Promise<Row[]> =>
  select<Row>(
    db(),
    `SELECT e.id, e.query, e.within, e.product_id, p.slug, p.title, p.status
     FROM search_expectations e JOIN products p ON p.id = e.product_id
     WHERE :id::uuid IS NULL OR e.id = :id::uuid ORDER BY e.query, p.title`,
    { id },
  )

/** Each different search once, some at a time: they are few connections' worth of work. */
async function lookAt(rows: Row[], instead?: Instead): Promise<Map<string, Looked>> {
  const queries = [...new Set(rows.map(({ query }) => query))]
  const looked = new Map<string, Looked>()
  const next = async () => {
    for (let q = queries.pop(); q !== undefined; q = queries.pop()) looked.set(q, await look(q, instead))
  }
  await Promise.all(Array.from({ length: atOnce }, next))
  return looked
}

/** The very page that shoppers see, as long as pages get; whoever types a code sees its product alone. */
async function look(q: string, instead: Instead | undefined): Promise<Looked> {
  const { page, wording, tried } = await understand({ q, limit: furthest }, instead)
  return { ids: wording?.exact ? [wording.exact.id] : page.items.map(({ id }) => id), tried }
}

function standing(row: Row, looked: ReadonlyMap<string, Looked>): SearchExpectation {
  const { id, query, within, productId, slug, title, status } = row
  const place = (looked.get(query)?.ids ?? []).indexOf(productId) + 1
  const met = place > 0 && place <= within
  return { id, query, within, product: { id: productId, slug, title, status }, position: place || null, met }
}

/** Keeps an expectation; the same query and product again: with the new number. @throws validation_failed, conflict */
export async function saveExpectation({ query, product, within }: ExpectationInput): Promise<SearchExpectation> {
  const productId = await productNamed(product)
  const [kept] = await select<{ id: string }>(
    db(),
    `INSERT INTO search_expectations (id, query, product_id, within)
     SELECT :id::uuid, :query, :productId::uuid, :within::int WHERE (SELECT count(*) FROM search_expectations) < :most
     ON CONFLICT (query, product_id) DO UPDATE SET within = excluded.within RETURNING id`,
    { id: newId(), query, productId, within, most },
  )
  if (!kept) throw new DomainError('conflict', `There are ${most} expectations already; take some away first.`)
  const [saved] = await expected(kept.id)
  if (!saved) throw notFound('The expectation')
  return standing(saved, await lookAt([saved]))
}

/** @throws not_found */
export async function deleteExpectation(id: string): Promise<void> {
  const rows = await select(db(), 'DELETE FROM search_expectations WHERE id = :id RETURNING id', { id })
  if (rows.length === 0) throw notFound('The expectation')
}

async function productNamed(name: string): Promise<string> {
  const [row] = await select<{ id: string }>(
    db(),
    `SELECT id FROM products WHERE id = :id::uuid OR slug = :slug
     UNION SELECT product_id FROM variants WHERE sku = :sku LIMIT 1`,
    { id: isUuid(name) ? name : null, slug: name.toLowerCase(), sku: name.toUpperCase() },
  )
  if (!row) throw invalid('product', 'No product has this address, number or SKU.')
  return row.id
}
