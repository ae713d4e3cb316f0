// What a search is expected to find: "hedphones" must show these headphones within the first three. Looked at anew each
// time, by the search that shoppers use, so that a change of the catalogue or of a synonym shows at the next look.
import { db, select } from '../lib/db.ts'
import { DomainError, invalid, notFound } from '../lib/errors.ts'
import { isUuid, newId } from '../lib/ids.ts'
import { listBindings, listConditions } from '../products/conditions.ts'
import { wordBindings } from '../products/list-products.ts'
import { relevance } from '../products/page-sql.ts'
import { type Instead, understand } from '../products/search-products.ts'
import type { ExpectationInput, SearchExpectation } from './schemas.ts'

/** As many as a page shows and a command asks in seconds. */
const most = 200

type Row = {
  id: string
  query: string
  within: number
  productId: string
  slug: string
  title: string
  status: SearchExpectation['product']['status']
}

/** All expectations with where their products stand; those that are not met first. `instead`: under this synonym. */
export async function listExpectations(instead?: Instead): Promise<SearchExpectation[]> {
  const rows = await select<Row>(
    db(),
    `SELECT e.id, e.query, e.within, e.product_id, p.slug, p.title, p.status
     FROM search_expectations e JOIN products p ON p.id = e.product_id ORDER BY e.query, p.title`,
  )
  const looked: SearchExpectation[] = []
  for (const { id, query, within, productId, slug, title, status } of rows) {
    const position = await positionOf(query, productId, instead)
    const met = position !== null && position <= within
    looked.push({ id, query, within, product: { id: productId, slug, title, status }, position, met })
  }
  return looked.sort((a, b) => Number(a.met) - Number(b.met))
}

/** The product's place among what `q` finds, from 1; null when it is not among it. */
async function positionOf(q: string, productId: string, instead?: Instead): Promise<number | null> {
  const { query, wording } = await understand({ q, limit: 1 }, instead)
  if (!wording) return null
  if (wording.exact) return wording.exact.id === productId ? 1 : null
  const where = listConditions({ query, hasWords: true })
  const [place] = await select<{ before: number }>(
    db(),
    `SELECT (SELECT count(*)::int FROM products p WHERE ${where} AND (${relevance}, p.id) > (own.key, own.id)) AS before
     FROM (SELECT p.id, ${relevance} AS key FROM products p WHERE ${where} AND p.id = :productId) own`,
    { ...listBindings(query), ...wordBindings(wording), productId },
  )
  return place ? place.before + 1 : null
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
  const all = await listExpectations()
  const saved = all.find(({ id }) => id === kept.id)
  if (!saved) throw notFound('The expectation')
  return saved
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
