// What a list can be narrowed by, with counts: each facet counts what the list would hold if only it were chosen anew, so
// it respects every other filter and not its own. One statement, however many facets and values.

import { sellableUnits } from '../inventory/sellable.ts'
import { db, select } from '../lib/db.ts'
import type { ListQuestion } from './conditions.ts'
import { averageStars, baseConditions, unmatchedOptions, variantPrice } from './conditions.ts'
import type { Facets } from './schemas.ts'

type Row = { facet: 'brand' | 'stars' | 'option' | 'stock' | 'price'; name: string; value: string; count: number }

/** Values of a facet that are told; the most frequent first. */
const mostValues = 40

const sql = (question: ListQuestion) => `
  WITH base AS (
    SELECT p.id, p.brand, ${averageStars} AS stars,
      (cardinality(:brands::text[]) = 0 OR p.brand = ANY(:brands)) AS brand_ok,
      (:minRating::int IS NULL OR ${averageStars} >= :minRating::int) AS rating_ok
    FROM products p WHERE ${baseConditions(question)}
  ), pieces AS (
    SELECT b.*, v.option_values, v.price_minor, ${variantPrice(question)} AS price_ok, ${sellableUnits} > 0 AS in_stock,
      ${unmatchedOptions} AS unmatched
    FROM base b JOIN variants v ON v.product_id = b.id AND v.status = 'active'
  ), fit AS (
    SELECT * FROM pieces WHERE (NOT :inStock::boolean OR in_stock)
  )
  SELECT * FROM (
    SELECT 'brand' AS facet, '' AS name, brand AS value, count(DISTINCT id)::int AS count
    FROM fit WHERE brand <> '' AND rating_ok AND price_ok AND unmatched = '{}' GROUP BY brand
    UNION ALL
    SELECT 'stars', '', floor(stars)::int::text, count(DISTINCT id)::int
    FROM fit WHERE brand_ok AND price_ok AND unmatched = '{}' AND stars >= 1 GROUP BY floor(stars)
    UNION ALL
    SELECT 'option', o.key, o.value, count(DISTINCT f.id)::int
    FROM fit f CROSS JOIN LATERAL jsonb_each_text(f.option_values) o
    WHERE brand_ok AND rating_ok AND price_ok AND (unmatched = '{}' OR unmatched = ARRAY[o.key]) GROUP BY o.key, o.value
    UNION ALL
    SELECT 'stock', '', '', count(DISTINCT id)::int
    FROM pieces WHERE in_stock AND brand_ok AND rating_ok AND price_ok AND unmatched = '{}'
    UNION ALL
    SELECT 'price', min(price_minor)::text, max(price_minor)::text, count(DISTINCT id)::int
    FROM fit WHERE brand_ok AND rating_ok AND unmatched = '{}'
  ) told ORDER BY facet, name, count DESC, value`

/** The facets of the list that `question` describes; `bindings` are those of its page. */
export async function loadFacets(question: ListQuestion, bindings: Record<string, unknown>): Promise<Facets> {
  const rows = await select<Row>(db(), sql(question), bindings)
  const of = (facet: Row['facet']) => rows.filter((row) => row.facet === facet)
  const values = (some: Row[]) => some.slice(0, mostValues).map(({ value, count }) => ({ value, count }))
  const options = of('option')
  const stars = of('stars')
  const [price] = of('price')
  return {
    brands: values(of('brand')),
    options: [...new Set(options.map(({ name }) => name))].map((name) => ({
      name,
      values: values(options.filter((row) => row.name === name)),
    })),
    ratings: [4, 3, 2, 1].map((min) => ({
      min,
      count: stars.filter(({ value }) => Number(value) >= min).reduce((sum, { count }) => sum + count, 0),
    })),
    inStock: of('stock')[0]?.count ?? 0,
    price: price && price.count > 0 ? { minMinor: Number(price.name), maxMinor: Number(price.value) } : null,
  }
}
