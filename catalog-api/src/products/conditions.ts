// Which products a list holds, as SQL with named bindings. Constants of the program only; what comes from outside is bound.
import { idsBelowSlug, idsBelowSlugs } from '../categories/descendants.ts'
import { freeAtStore, sellableUnits } from '../inventory/sellable.ts'
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

/** The names of the chosen attributes of which the product `p` has none of the chosen values. */
export const unmatchedAttributes = `ARRAY(
  SELECT chosen.key FROM jsonb_each(:attributes::jsonb) chosen
  WHERE NOT EXISTS (
    SELECT 1 FROM product_attributes a
    WHERE a.product_id = p.id AND a.name = chosen.key AND jsonb_exists(chosen.value, a.value)
  )
)`

/** Whether the product `p` stands in one of the chosen categories or below. */
export const inChosenCategories = `p.category_id IN ${idsBelowSlugs(':inCategories::text[]')}`

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

/** Everything: one variant must fit price, stock, store and all options at once. */
export function listConditions(question: ListQuestion): string {
  const { query } = question
  const all = [baseConditions(question)]
  if (query.in_category) all.push(inChosenCategories)
  if (query.brand) all.push('p.brand = ANY(:brands)')
  if (query.attribute) all.push(`${unmatchedAttributes} = '{}'`)
  if (query.min_rating !== undefined) all.push(`${averageStars} >= :minRating::int`)
  const variant: string[] = []
  if (query.min_price !== undefined || query.max_price !== undefined) variant.push(variantPrice(question))
  if (query.in_stock) variant.push(`${sellableUnits} > 0`)
  if (query.store) variant.push(freeAtStore)
  if (query.option) variant.push(`${unmatchedOptions} = '{}'`)
  if (variant.length > 0)
    all.push(
      `EXISTS (SELECT 1 FROM variants v WHERE v.product_id = p.id AND v.status = 'active' AND ${variant.join(' AND ')})`,
    )
  return all.join(' AND ')
}

/** `Colour:Sage` … by name, as JSON: values of one name are alternatives. */
function byName(chosen: string[] = []): string {
  const values: Record<string, string[]> = Object.create(null)
  for (const one of chosen) {
    const at = one.indexOf(':')
    const name = one.slice(0, at)
    values[name] = [...(values[name] ?? []), one.slice(at + 1)]
  }
  return JSON.stringify(values)
}

/** The bindings of these conditions. */
export const listBindings = (query: ProductQuery): Record<string, unknown> => ({
  ...query,
  brands: query.brand ?? [],
  inCategories: query.in_category ?? [],
  minRating: query.min_rating ?? null,
  inStock: query.in_stock ?? false,
  atStore: query.store !== undefined,
  storeSlug: query.store ?? query.facet_store ?? null,
  options: byName(query.option),
  attributes: byName(query.attribute),
})
