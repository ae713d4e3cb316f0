// What a list can be narrowed by, with counts: each facet counts what the list would hold if only it were chosen anew, so
// it respects every other filter and not its own. One statement, however many facets and values. Large lists are not read
// whole: of each set that is counted a fair sample is drawn, and its counts are estimates for all (README, "Large shops").
import { freeAtStore, isSellable } from '../inventory/sellable.ts'
import { db, select } from '../lib/db.ts'
import type { ListQuestion, Narrowing } from './conditions.ts'
import { averageStars, listConditions, narrowingsOf, variantConditions } from './conditions.ts'
import type { Facets } from './schemas.ts'

type Facet = 'attribute' | 'brand' | 'category' | 'named' | 'option' | 'price' | 'sample' | 'stars' | 'stock' | 'store'
/** `set`: which of the counted sets it was counted in. */
type Row = { facet: Facet; set: number; name: string; value: string; count: number }

/** Values of a facet that are told; the most frequent first, and those that are chosen whatever their place. */
const mostValues = 40
/** Sets up to here are counted whole, larger ones by a sample of as many; of several sets less each, never less than the second. */
const mostSampled = 1_000
const leastSampled = 400
const sampleOf = (sets: number) => Math.max(leastSampled, Math.min(mostSampled, Math.floor((2 * mostSampled) / sets)))
/** Lots are numbers from 0 up to this, drawn evenly: the lowest thousand of a set are a fair sample of it. */
const lots = 2 ** 31

/** Which categories are counted: the children of the list's own, each with all below it; else those that products are in. */
const shelves = ({ query }: ListQuestion) =>
  query.category
    ? `SELECT c.id, c.slug, c.name FROM categories c JOIN categories above ON above.id = c.parent_id WHERE above.slug = :category
       UNION SELECT c.id, shelf.slug, shelf.name FROM categories c JOIN shelf ON shelf.id = c.parent_id`
    : 'SELECT id, slug, name FROM categories'

/** `FROM`: the products of a set, or (`pieces`) these with each of their variants that fits. */
type Counted = { facet: Facet; set: number; name?: string; value?: string; count?: string; from: string }

const told = ({ facet, set, name = `''`, value = `''`, count = 'count(*)::int', from }: Counted) =>
  `SELECT '${facet}' AS facet, ${set} AS set, ${name} AS name, ${value} AS value, ${count} AS count FROM ${from}`

/** Variants of the products of a set, looked up product by product: the sets are small. */
const pieces = (question: ListQuestion, set: number, own?: Narrowing) =>
  `pieces_${set} AS (
    SELECT s.id, v.option_values, v.price_minor FROM set_${set} s CROSS JOIN LATERAL (
      SELECT v.option_values, v.price_minor FROM variants v WHERE v.product_id = s.id AND ${variantConditions(question, own)} OFFSET 0
    ) v
  )`

function sql(question: ListQuestion): string {
  const { query } = question
  // The list itself, and for each narrowing the list without it.
  const sets: (Narrowing | undefined)[] = [undefined, ...narrowingsOf(question)]
  const setOf = (own: Narrowing) => Math.max(0, sets.indexOf(own))
  const chosen = (kind: 'option' | 'attribute') =>
    sets.flatMap((own, set) => (own?.startsWith(`${kind}:`) ? [set] : [])).map((set, at) => ({ set, at }))
  const anyFits = (own: Narrowing, more: string) =>
    `EXISTS (SELECT 1 FROM variants v WHERE v.product_id = s.id AND ${variantConditions(question, own)} AND ${more} OFFSET 0)`
  const attributes = (set: number, which: string) =>
    told({
      ...{ facet: 'attribute', set, name: 'a.name', value: 'a.value' },
      from: `set_${set} s CROSS JOIN LATERAL (
        SELECT a.name, a.value FROM product_attributes a WHERE a.product_id = s.id OFFSET 0
      ) a WHERE ${which} GROUP BY a.name, a.value`,
    })
  const options = (set: number, which: string) =>
    told({
      ...{ facet: 'option', set, name: 'o.key', value: 'o.value' },
      from: `(
        SELECT DISTINCT piece.id, c.key, c.value FROM pieces_${set} piece CROSS JOIN LATERAL jsonb_each_text(piece.option_values) c
        WHERE ${which}
      ) o GROUP BY o.key, o.value`,
    })
  const [brand, category, rating, stock, price, store] = [
    setOf('brand'),
    setOf('category'),
    setOf('rating'),
    setOf('stock'),
    setOf('price'),
    setOf('store'),
  ]
  const parts = [
    told({ facet: 'brand', set: brand, value: 's.brand', from: `set_${brand} s WHERE s.brand <> '' GROUP BY s.brand` }),
    told({
      ...{ facet: 'category', set: category, name: 'shelf.name', value: 'shelf.slug' },
      from: `set_${category} s JOIN shelf ON shelf.id = s.category_id GROUP BY shelf.name, shelf.slug`,
    }),
    told({
      ...{ facet: 'stars', set: rating, value: 'floor(s.stars)::int::text' },
      from: `set_${rating} s WHERE s.stars >= 1 GROUP BY floor(s.stars)`,
    }),
    attributes(0, 'a.name <> ALL(:attributeNames::text[])'),
    ...chosen('attribute').map(({ set, at }) => attributes(set, `a.name = :attributeName${at}`)),
    options(0, 'c.key <> ALL(:optionNames::text[])'),
    ...chosen('option').map(({ set, at }) => options(set, `c.key = :optionName${at}`)),
    told({ facet: 'stock', set: stock, from: `set_${stock} s WHERE ${anyFits('stock', isSellable)}` }),
    told({
      ...{ facet: 'price', set: price, name: 'min(price_minor)::text', value: 'max(price_minor)::text' },
      from: `pieces_${price}`,
    }),
    told({
      ...{ facet: 'named', set: 0, name: 'c.name', value: 'c.slug', count: '0' },
      from: 'categories c WHERE c.slug = ANY(:inCategories::text[])',
    }),
    ...sets.map((_, set) =>
      told({ facet: 'sample', set, value: 'coalesce(max(s.lot), 0)::text', from: `set_${set} s` }),
    ),
  ]
  if (query.store || query.facet_store)
    parts.push(
      told({
        ...{ facet: 'store', set: store, name: 'place.name', value: 'place.slug' },
        count: `(SELECT count(*)::int FROM set_${store} s WHERE ${anyFits('store', freeAtStore)})`,
        from: `stores place WHERE place.slug = :storeSlug AND place.status = 'open'`,
      }),
    )
  const samples = sets.flatMap((own, set) => [
    `set_${set} AS MATERIALIZED (
      SELECT p.id, p.lot, p.brand, p.category_id, ${averageStars} AS stars
      FROM products p WHERE ${listConditions(question, own)} ORDER BY p.lot LIMIT ${sampleOf(sets.length)}
    )`,
    pieces(question, set, own),
  ])
  return `WITH RECURSIVE shelf AS (${shelves(question)}), ${samples.join(', ')}
    SELECT * FROM (${parts.join(' UNION ALL ')}) told ORDER BY facet, count DESC, name, value`
}

/** The facets of the list that `question` describes; `bindings` are those of its page. */
export async function loadFacets(question: ListQuestion, bindings: Record<string, unknown>): Promise<Facets> {
  const drawn = await select<Row>(db(), sql(question), bindings)
  const samples = drawn.filter((row) => row.facet === 'sample')
  const most = sampleOf(samples.length)
  const scales = new Map(samples.map((row) => [row.set, scaleOf(row, most)]))
  const rows = drawn.map((row) => ({ ...row, count: estimate(row.count, scales.get(row.set) ?? 1) }))
  const of = (facet: Facet) => rows.filter((row) => row.facet === facet)
  const stars = of('stars')
  const [price] = of('price')
  const [store] = of('store')
  const { query } = question
  const categories = chosenToo(of('category'), query.in_category)
  // A chosen category that nothing was counted in still has its name.
  const uncounted = of('named').filter(({ value }) => !categories.some((category) => category.value === value))
  return {
    isEstimate: [...scales.values()].some((scale) => scale > 1),
    brands: values(of('brand'), query.brand),
    categories: [...categories, ...uncounted].map(({ name, value: slug, count }) => ({ slug, name, count })),
    options: byName(of('option'), query.option),
    attributes: byName(of('attribute'), query.attribute),
    ratings: [4, 3, 2, 1].map((min) => ({
      min,
      count: stars.filter(({ value }) => Number(value) >= min).reduce((sum, { count }) => sum + count, 0),
    })),
    inStock: of('stock')[0]?.count ?? 0,
    store: store ? { slug: store.value, name: store.name, count: store.count } : null,
    price: price && price.count > 0 ? { minMinor: Number(price.name), maxMinor: Number(price.value) } : null,
  }
}

/** How many times a set is larger than what was drawn of it: by how low the lots of the drawn ones are. 1: drawn whole. */
const scaleOf = ({ count, value }: Row, most: number): number => (count < most ? 1 : lots / (Number(value) + 1))

/** Two digits tell as much as a sample knows. */
const estimate = (count: number, scale: number): number => (scale > 1 ? Number((count * scale).toPrecision(2)) : count)

const chosenToo = (rows: Row[], chosen: string[] = []) =>
  rows.filter(({ value }, at) => at < mostValues || chosen.includes(value))

const values = (rows: Row[], chosen?: string[]) => chosenToo(rows, chosen).map(({ value, count }) => ({ value, count }))

/** `chosen`: as `Colour:Sage`. */
const byName = (rows: Row[], chosen: string[] = []) =>
  [...new Set(rows.map(({ name }) => name))].sort().map((name) => {
    const own = chosen.filter((one) => one.startsWith(`${name}:`)).map((one) => one.slice(name.length + 1))
    const of = rows.filter((row) => row.name === name)
    return { name, values: values(of, own) }
  })
