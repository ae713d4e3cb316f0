// A large shop in small: what seed:scale writes keeps the shop's rules, and the statements that make pages of a large shop
// read indexes, never a whole table. Judged by Postgres' plans, which are the same however busy the machine is.
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../../catalog-api/src/app.ts'
import { listExpectations, saveExpectation } from '../../catalog-api/src/finding/expectations.ts'
import { closeDatabase, db, openDatabase, transaction } from '../../catalog-api/src/lib/db.ts'
import { createLog } from '../../catalog-api/src/lib/log.ts'
import { refreshSearch } from '../../catalog-api/src/search/refresh-search.ts'
import { freshDatabase, type TestDatabase } from '../../local/postgres/test-database.ts'
import { dump } from '../../migrations/dump.ts'
import { fillScale } from '../../seeds/scale/fill-scale.ts'
import { invariants } from '../audit/audit.ts'

/** Enough that reading a whole table costs more than any index, and few enough to be there in seconds. */
const products = 12_000

let database: TestDatabase
let schemaBefore: string
let app: ReturnType<typeof createApp>
let client: pg.Client

beforeAll(async () => {
  database = await freshDatabase('catalog')
  schemaBefore = await dump(database.url)
  await fillScale(database.url, { products, seed: 1, stores: 400 })
  openDatabase(database.url)
  const settings = { tokenKeys: ['a-key-of-the-tests-that-is-long-enough'], corsOrigins: [], mediaDir: '/nowhere' }
  app = createApp({ ...settings, production: false }, createLog('silent'))
  client = new pg.Client({ connectionString: database.url })
  await client.connect()
}, 120_000)

afterAll(async () => {
  await client?.end()
  await closeDatabase()
  await database?.drop()
})

type Plan = {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Plan Rows': number
  Plans?: Plan[]
}
/** A table read until there are enough rows, of which there are plenty, is not read whole. */
const isCutShort = (plan: Plan, below: Plan) =>
  plan['Node Type'] === 'Limit' && below['Node Type'] === 'Seq Scan' && plan['Plan Rows'] < below['Plan Rows'] / 2
const nodesOf = (plan: Plan): Plan[] => [
  plan,
  ...(plan.Plans ?? []).filter((below) => !isCutShort(plan, below)).flatMap(nodesOf),
]

/** The statements of one request, and the plans that Postgres makes for them. */
async function plansOf(url: string): Promise<{ body: Record<string, unknown>; statements: number; nodes: Plan[] }> {
  const asked: { sql: string; bindings: unknown[] }[] = []
  const note = (query: { sql: string; bindings: unknown[] }) => asked.push(query)
  db().on('query', note)
  const answer = await app.request(url)
  db().removeListener('query', note)
  const body = (await answer.json()) as Record<string, unknown>
  expect(answer.status, JSON.stringify(body)).toBe(200)
  const nodes: Plan[] = []
  for (const { sql, bindings } of asked) {
    const { rows } = await client.query({ text: `EXPLAIN (FORMAT JSON) ${sql}`, values: bindings })
    nodes.push(...nodesOf(rows[0]['QUERY PLAN'][0].Plan))
  }
  return { body, statements: asked.length, nodes }
}

/** Tables that grow with the shop; categories, and stores that hold no stock, are few. */
const growing = [
  'products',
  'variants',
  'inventory',
  'product_attributes',
  'product_images',
  'reviews',
  'price_changes',
]
const readWhole = (nodes: Plan[]) =>
  nodes.filter((node) => node['Node Type'] === 'Seq Scan' && growing.includes(node['Relation Name'] ?? ''))
const indexes = (nodes: Plan[]) => nodes.flatMap((node) => node['Index Name'] ?? [])

const first = async (sql: string) => (await client.query(sql)).rows[0]

describe('a shop filled by the thousand', () => {
  it('keeps the rules of stock and ratings, and every key and index it had', async () => {
    for (const { id, rule, sql } of invariants.filter(({ id }) => [1, 2, 3, 4, 5, 8, 35].includes(id)))
      expect((await client.query(`${sql} LIMIT 3`)).rows, `${id} ${rule}`).toEqual([])
    expect(await dump(database.url)).toBe(schemaBefore)
    expect(await first('SELECT count(*)::int AS n FROM products')).toEqual({ n: products })
  })

  it('is found by what the shop itself would have written: words, labels, prices', async () => {
    const wrong = await first(
      `SELECT count(*)::int AS n FROM products WHERE labels <> product_labels(id) OR search_due`,
    )
    expect(wrong).toEqual({ n: 0 })
    // Places of words are nobody's business, their weights are.
    const some = `SELECT id, regexp_replace(search::text, ':\\d+', ':', 'g') AS search FROM products ORDER BY lot LIMIT 100`
    const { rows: before } = await client.query(some)
    await transaction((trx) =>
      refreshSearch(
        trx,
        before.map(({ id }) => id),
      ),
    )
    expect((await client.query(some)).rows).toEqual(before)
    const ranges = `SELECT count(*)::int AS n FROM products p WHERE (price_from_minor, price_to_minor) <>
      (SELECT min(price_minor), max(price_minor) FROM variants v WHERE v.product_id = p.id AND v.status = 'active')`
    expect(await first(ranges)).toEqual({ n: 0 })
  })

  it('takes more beside what it has, and the same never twice', async () => {
    const known = await first('SELECT products FROM search_words ORDER BY products LIMIT 1')
    await fillScale(database.url, { products: 50, seed: 2, stores: 5 })
    expect(await first('SELECT count(*)::int AS n FROM products')).toEqual({ n: products + 50 })
    await expect(fillScale(database.url, { products: 50, seed: 2, stores: 5 })).rejects.toThrow(/pkey|unique/i)
    expect(await dump(database.url)).toBe(schemaBefore)
    expect(known.products).toBeGreaterThan(0)
  }, 60_000)
})

describe('in a large shop', () => {
  it.each([
    ['the first page', '/catalog/products', 'products_by_newest'],
    ['a list by price', '/catalog/products?sort=price_desc', 'products_by_price'],
    ['a list by rating', '/catalog/products?sort=rating', 'products_by_stars'],
    ['a list by title', '/catalog/products?sort=title', 'products_by_title'],
    ['a department by newest', '/catalog/products?category=s1-table', 'products_of_category_by_newest'],
    ['a shelf by rating', '/catalog/products?category=s1-fine-mugs&sort=rating', 'products_of_category_by_stars'],
    ['a brand', '/catalog/products?brand=Nobody', 'products_by_brand'],
    ['an option', '/catalog/products?option=Colour:Mauve&in_stock=true', 'products_by_label'],
    ['a rare word', '/catalog/search?q=zzyzx', 'products_by_words'],
    ['a frequent word', '/catalog/search?q=oak', 'products_by_reviews'],
    ['suggestions', '/catalog/suggestions?q=lam', 'products_by_reviews'],
    ['stores nearby', '/stores/nearby?lat=48.85&lng=2.35&radius_km=200', 'stores_by_position'],
    ['a page of the sitemap', '/catalog/sitemap/products?from=00000000-0000-7000-8000-000000000000', 'products'],
  ])('%s is read by its index, and no table whole', async (_, url, index) => {
    const { nodes } = await plansOf(url)
    expect(readWhole(nodes)).toEqual([])
    expect(indexes(nodes).some((name) => name.startsWith(index))).toBe(true)
  })

  it('a deep page costs what the first does: it begins at its place in the index', async () => {
    const one = await plansOf('/catalog/products?sort=price_asc&limit=60')
    const deep = await plansOf(`/catalog/products?sort=price_asc&limit=60&cursor=${one.body.nextCursor}`)
    expect(readWhole(deep.nodes)).toEqual([])
    expect(indexes(deep.nodes)).toEqual(indexes(one.nodes))
    expect(deep.statements).toBe(one.statements)
  })

  it('a product needs as many statements as in a small one, and no table whole', async () => {
    const { slug } = await first(`SELECT slug FROM products WHERE status = 'published' ORDER BY lot LIMIT 1`)
    const { statements, nodes } = await plansOf(`/catalog/products/${slug}`)
    expect(readWhole(nodes)).toEqual([])
    expect(statements).toBeLessThanOrEqual(13)
  })

  it('a list counts up to ten thousand, or a thousand where it must look closer, and says that there is more', async () => {
    expect((await plansOf('/catalog/products')).body).toMatchObject({ total: 10_000, totalIsMore: true })
    expect((await plansOf('/catalog/products?in_stock=true')).body).toMatchObject({ total: 1_000, totalIsMore: true })
    const { body, statements } = await plansOf('/catalog/products?category=s1-fine-mugs')
    expect(body).toMatchObject({ totalIsMore: false })
    expect(statements).toBe(4)
  })

  it('facets of a large list are estimates from a fair sample, near the truth; of a small one they are counted', async () => {
    const { body, nodes, statements } = await plansOf('/catalog/products?facets=true')
    expect(readWhole(nodes)).toEqual([])
    expect(statements).toBe(5)
    const facets = body.facets as {
      isEstimate: boolean
      inStock: number
      attributes: { name: string; values: { value: string; count: number }[] }[]
    }
    expect(facets.isEstimate).toBe(true)
    const told = facets.attributes.find(({ name }) => name === 'Material')?.values[0]
    const { n } = await first(
      `SELECT count(*)::int AS n FROM products WHERE status = 'published' AND labels @> ARRAY['a:Material:${told?.value}']`,
    )
    expect((told?.count ?? 0) / n).toBeGreaterThan(0.7)
    expect((told?.count ?? 0) / n).toBeLessThan(1.4)
    const small = await plansOf('/catalog/products?facets=true&category=s1-fine-mugs&brand=Nobody')
    expect(small.body.facets).toMatchObject({ inStock: 0 })
    expect(readWhole(small.nodes)).toEqual([])
  })

  it('of more matches than can be ranked the best known are, those with the word in their title first', async () => {
    const { body } = await plansOf('/catalog/search?q=oak&limit=60')
    expect(body).toMatchObject({ total: 1_000, totalIsMore: true })
    const items = body.items as { title: string }[]
    expect(items).toHaveLength(60)
    expect(items.every(({ title }) => / oak /.test(title))).toBe(true)
  })

  it('an expectation of a search with many matches stands where shoppers see its product', async () => {
    const { body } = await plansOf('/catalog/search?q=oak&limit=60')
    const slugs = (body.items as { slug: string }[]).map(({ slug }) => slug)
    for (const at of [0, 7, 59]) {
      const product = slugs[at] ?? ''
      expect(await saveExpectation({ query: 'oak', product, within: 60 })).toMatchObject({
        position: at + 1,
        met: true,
      })
    }
    expect((await listExpectations()).map(({ position }) => position).sort()).toEqual([1, 60, 8])
    await db()('search_expectations').delete()
  })
})
