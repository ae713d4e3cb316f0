// What a list can be narrowed by, with counts: each facet counts what the list would hold if only it were chosen anew, so
// it respects every other filter and not its own. One statement, however many facets and values.
import { freeAtStore, sellableUnits } from '../inventory/sellable.ts'
import { db, select } from '../lib/db.ts'
import type { ListQuestion } from './conditions.ts'
import {
  averageStars,
  baseConditions,
  inChosenCategories,
  unmatchedAttributes,
  unmatchedOptions,
  variantPrice,
} from './conditions.ts'
import type { Facets } from './schemas.ts'

type Facet = 'attribute' | 'brand' | 'category' | 'option' | 'price' | 'stars' | 'stock' | 'store'
type Row = { facet: Facet; name: string; value: string; count: number }

/** Values of a facet that are told; the most frequent first. */
const mostValues = 40

/** Which categories are counted: the children of the list's own, each with all below it; else those that products are in. */
const shelves = ({ query }: ListQuestion) =>
  query.category
    ? `SELECT c.id, c.slug, c.name FROM categories c JOIN categories above ON above.id = c.parent_id WHERE above.slug = :category
       UNION SELECT c.id, shelf.slug, shelf.name FROM categories c JOIN shelf ON shelf.id = c.parent_id`
    : 'SELECT id, slug, name FROM categories'

const sql = (question: ListQuestion) => `
  WITH RECURSIVE shelf AS (${shelves(question)}),
  base AS (
    SELECT p.id, p.brand, p.category_id, ${averageStars} AS stars,
      (cardinality(:inCategories::text[]) = 0 OR ${inChosenCategories}) AS category_ok,
      (cardinality(:brands::text[]) = 0 OR p.brand = ANY(:brands)) AS brand_ok,
      (:minRating::int IS NULL OR ${averageStars} >= :minRating::int) AS rating_ok,
      ${question.query.attribute ? unmatchedAttributes : `'{}'::text[]`} AS lacking
    FROM products p WHERE ${baseConditions(question)}
  ), pieces AS (
    SELECT b.*, v.option_values, v.price_minor, ${variantPrice(question)} AS price_ok, ${sellableUnits} > 0 AS in_stock,
      ${question.query.store || question.query.facet_store ? freeAtStore : 'false'} AS in_store,
      ${unmatchedOptions} AS unmatched
    FROM base b JOIN variants v ON v.product_id = b.id AND v.status = 'active'
  ), there AS (
    SELECT * FROM pieces WHERE NOT :atStore::boolean OR in_store
  ), fit AS (
    SELECT * FROM there WHERE NOT :inStock::boolean OR in_stock
  )
  SELECT * FROM (
    SELECT 'brand' AS facet, '' AS name, brand AS value, count(DISTINCT id)::int AS count
    FROM fit WHERE brand <> '' AND category_ok AND rating_ok AND price_ok AND lacking = '{}' AND unmatched = '{}' GROUP BY brand
    UNION ALL
    SELECT 'category', shelf.name, shelf.slug, count(DISTINCT fit.id)::int
    FROM fit JOIN shelf ON shelf.id = fit.category_id
    WHERE brand_ok AND rating_ok AND price_ok AND lacking = '{}' AND unmatched = '{}' GROUP BY shelf.name, shelf.slug
    UNION ALL
    SELECT 'attribute', a.name, a.value, count(*)::int
    FROM (
      SELECT DISTINCT id, lacking FROM fit WHERE category_ok AND brand_ok AND rating_ok AND price_ok AND unmatched = '{}'
    ) whole JOIN product_attributes a ON a.product_id = whole.id
    WHERE lacking = '{}' OR lacking = ARRAY[a.name] GROUP BY a.name, a.value
    UNION ALL
    SELECT 'stars', '', floor(stars)::int::text, count(DISTINCT id)::int
    FROM fit WHERE category_ok AND brand_ok AND price_ok AND lacking = '{}' AND unmatched = '{}' AND stars >= 1 GROUP BY floor(stars)
    UNION ALL
    SELECT 'option', o.key, o.value, count(DISTINCT f.id)::int
    FROM fit f CROSS JOIN LATERAL jsonb_each_text(f.option_values) o
    WHERE category_ok AND brand_ok AND rating_ok AND price_ok AND lacking = '{}' AND (unmatched = '{}' OR unmatched = ARRAY[o.key])
    GROUP BY o.key, o.value
    UNION ALL
    SELECT 'stock', '', '', count(DISTINCT id)::int
    FROM there WHERE in_stock AND category_ok AND brand_ok AND rating_ok AND price_ok AND lacking = '{}' AND unmatched = '{}'
    UNION ALL
    SELECT 'store', s.name, s.slug, (
      SELECT count(DISTINCT id)::int FROM pieces
      WHERE in_store AND (NOT :inStock::boolean OR in_stock) AND category_ok AND brand_ok AND rating_ok AND price_ok AND lacking = '{}' AND unmatched = '{}'
    ) FROM stores s WHERE s.slug = :storeSlug AND s.status = 'open'
    UNION ALL
    SELECT 'price', min(price_minor)::text, max(price_minor)::text, count(DISTINCT id)::int
    FROM fit WHERE category_ok AND brand_ok AND rating_ok AND lacking = '{}' AND unmatched = '{}'
  ) told ORDER BY facet, count DESC, name, value`

/** The facets of the list that `question` describes; `bindings` are those of its page. */
export async function loadFacets(question: ListQuestion, bindings: Record<string, unknown>): Promise<Facets> {
  const rows = await select<Row>(db(), sql(question), bindings)
  const of = (facet: Facet) => rows.filter((row) => row.facet === facet)
  const stars = of('stars')
  const [price] = of('price')
  const [store] = of('store')
  return {
    brands: values(of('brand')),
    categories: of('category')
      .slice(0, mostValues)
      .map(({ name, value: slug, count }) => ({ slug, name, count })),
    options: byName(of('option')),
    attributes: byName(of('attribute')),
    ratings: [4, 3, 2, 1].map((min) => ({
      min,
      count: stars.filter(({ value }) => Number(value) >= min).reduce((sum, { count }) => sum + count, 0),
    })),
    inStock: of('stock')[0]?.count ?? 0,
    store: store ? { slug: store.value, name: store.name, count: store.count } : null,
    price: price && price.count > 0 ? { minMinor: Number(price.name), maxMinor: Number(price.value) } : null,
  }
}

const values = (rows: Row[]) => rows.slice(0, mostValues).map(({ value, count }) => ({ value, count }))

const byName = (rows: Row[]) =>
  [...new Set(rows.map(({ name }) => name))]
    .sort()
    .map((name) => ({ name, values: values(rows.filter((row) => row.name === name)) }))
