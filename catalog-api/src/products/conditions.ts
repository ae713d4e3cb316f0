// Which products a list holds, as SQL with named bindings. Constants of the program only; what comes from outside is bound.
import { idsBelowSlug } from '../categories/descendants.ts'
import { sellableUnits } from '../inventory/sellable.ts'
import type { ProductQuery } from './query.ts'

/** A list's filters, and whether it was asked with words. */
export type ListQuestion = { query: ProductQuery; hasWords: boolean }

/** Stars of the product `p` on average; 0 without a review. */
export const averageStars = `(CASE WHEN p.rating_count = 0 THEN 0 ELSE p.rating_sum::numeric / p.rating_count END)`

/** The names of the chosen options of which the variant `v` has none of the chosen values. */
export const unmatchedOptions = `ARRAY(
  SELECT chosen.key FROM jsonb_each(:options::jsonb) chosen
  WHERE NOT jsonb_exists(chosen.value, COALESCE(v.option_values ->> chosen.key, ''))
)`

/** Whether the variant `v` costs what was asked for. */
export function variantPrice({ query }: ListQuestion): string {
  const all: string[] = []
  if (query.min_price !== undefined) all.push('v.price_minor >= :min_price')
  if (query.max_price !== undefined) all.push('v.price_minor <= :max_price')
  return all.length > 0 ? `(${all.join(' AND ')})` : 'true'
}

/** What the list is about, before anything is narrowed by a facet. */
export function baseConditions({ query, hasWords }: ListQuestion): string {
  const all = [`p.status = 'published'`]
  if (hasWords) all.push('(p.search @@ :words::tsquery OR p.id = :exactId)')
  if (query.category) all.push(`p.category_id IN ${idsBelowSlug}`)
  if (query.featured !== undefined) all.push('p.featured = :featured')
  return all.join(' AND ')
}

/** Everything: one variant must fit price, stock and all options at once. */
export function listConditions(question: ListQuestion): string {
  const { query } = question
  const all = [baseConditions(question)]
  if (query.brand) all.push('p.brand = ANY(:brands)')
  if (query.min_rating !== undefined) all.push(`${averageStars} >= :minRating::int`)
  const variant: string[] = []
  if (query.min_price !== undefined || query.max_price !== undefined) variant.push(variantPrice(question))
  if (query.in_stock) variant.push(`${sellableUnits} > 0`)
  if (query.option) variant.push(`${unmatchedOptions} = '{}'`)
  if (variant.length > 0)
    all.push(
      `EXISTS (SELECT 1 FROM variants v WHERE v.product_id = p.id AND v.status = 'active' AND ${variant.join(' AND ')})`,
    )
  return all.join(' AND ')
}

/** The bindings of these conditions. Options come as `Colour:Sage`; values of one name are alternatives. */
export function listBindings(query: ProductQuery): Record<string, unknown> {
  const options: Record<string, string[]> = Object.create(null)
  for (const chosen of query.option ?? []) {
    const at = chosen.indexOf(':')
    const name = chosen.slice(0, at)
    options[name] = [...(options[name] ?? []), chosen.slice(at + 1)]
  }
  return {
    ...query,
    brands: query.brand ?? [],
    minRating: query.min_rating ?? null,
    inStock: query.in_stock ?? false,
    options: JSON.stringify(options),
  }
}
