// Which products a list holds, as SQL with named bindings. Constants of the program only; what comes from outside is bound.
// Every condition that narrows can be found by an index of products; where one variant must fit several things at once,
// variants are looked at besides.
import { idsBelowSlug, idsBelowSlugs } from '../categories/descendants.ts'
import { freeAtStore, isSellable } from '../inventory/sellable.ts'
import type { ProductQuery } from './query.ts'

/** Ids of categories: the list's own and all below it; those chosen in it and all below them. */
export type Shelves = { own: string[]; chosen: string[] }

/**
 * A list's filters, and whether it was asked with words. With `isShelved` its categories are bound as ids (`:ownShelves`,
 * `:chosenShelves`), so that the planner knows how much is in them; else they are looked up on the way.
 * `inTitles`: the words must stand in the title (or be a code).
 */
export type ListQuestion = { query: ProductQuery; hasWords: boolean; isShelved?: boolean; inTitles?: boolean }

/** What a list is narrowed by. A facet counts without its own; options and attributes are each their own by name. */
export type Narrowing =
  | 'category'
  | 'brand'
  | 'rating'
  | 'price'
  | 'stock'
  | 'store'
  | `option:${string}`
  | `attribute:${string}`

/** Stars of the product `p` on average; 0 without a review. */
export const averageStars = `(CASE WHEN p.rating_count = 0 THEN 0 ELSE p.rating_sum::numeric / p.rating_count END)`

/** `Colour:Sage` … by name: values of one name are alternatives, names must all fit. */
function byName(chosen: string[] = []): [name: string, values: string[]][] {
  const values = new Map<string, string[]>()
  for (const one of chosen) {
    const at = one.indexOf(':')
    const name = one.slice(0, at)
    values.set(name, [...(values.get(name) ?? []), one.slice(at + 1)])
  }
  return [...values]
}

/** What this list is narrowed by. */
export function narrowingsOf({ query }: ListQuestion): Narrowing[] {
  const isPriced = query.min_price !== undefined || query.max_price !== undefined
  return [
    ...(query.in_category ? (['category'] as const) : []),
    ...(query.brand ? (['brand'] as const) : []),
    ...(query.min_rating !== undefined ? (['rating'] as const) : []),
    ...(isPriced ? (['price'] as const) : []),
    ...(query.in_stock ? (['stock'] as const) : []),
    ...(query.store ? (['store'] as const) : []),
    ...byName(query.option).map(([name]) => `option:${name}` as const),
    ...byName(query.attribute).map(([name]) => `attribute:${name}` as const),
  ]
}

/** The words of titles and codes alone; migration 015 has an index of them. */
export const titleWords = `ts_filter(p.search, '{a}')`

/** What the list is about, before anything is narrowed by a facet. */
export function baseConditions({ query, hasWords, isShelved, inTitles }: ListQuestion): string {
  const all = [`p.status = 'published'`]
  if (hasWords && inTitles) all.push(`${titleWords} @@ :words::tsquery`)
  else if (hasWords) all.push('(p.search @@ :words::tsquery OR p.id = :exactId)')
  const own = isShelved ? ':ownShelves::uuid[]' : `ARRAY${idsBelowSlug}`
  if (query.category) all.push(`p.category_id = ANY(${own})`)
  if (query.featured !== undefined) all.push('p.featured = :featured')
  return all.join(' AND ')
}

/** What the variant `v` must be: price, stock, store and all options at once. `true` when nothing is asked of it. */
export function variantConditions({ query }: ListQuestion, without?: Narrowing): string {
  const all = [`v.status = 'active'`]
  if (query.min_price !== undefined && without !== 'price') all.push('v.price_minor >= :min_price')
  if (query.max_price !== undefined && without !== 'price') all.push('v.price_minor <= :max_price')
  if (query.in_stock && without !== 'stock') all.push(isSellable)
  if (query.store && without !== 'store') all.push(freeAtStore)
  for (const [at, [name]] of byName(query.option).entries())
    if (without !== `option:${name}`) all.push(`v.option_values ->> :optionName${at} = ANY(:optionValues${at}::text[])`)
  return all.join(' AND ')
}

/** Everything, or everything but one facet's own. */
export function listConditions(question: ListQuestion, without?: Narrowing): string {
  const { query } = question
  const all = [baseConditions(question)]
  const narrowed = new Set(narrowingsOf(question).filter((one) => one !== without))
  const chosen = question.isShelved ? ':chosenShelves::uuid[]' : `ARRAY${idsBelowSlugs(':inCategories::text[]')}`
  if (narrowed.has('category')) all.push(`p.category_id = ANY(${chosen})`)
  if (narrowed.has('brand')) all.push('p.brand = ANY(:brands)')
  if (narrowed.has('rating')) all.push(`${averageStars} >= :minRating::int`)
  if (narrowed.has('price') && query.min_price !== undefined) all.push('p.price_to_minor >= :min_price')
  if (narrowed.has('price') && query.max_price !== undefined) all.push('p.price_from_minor <= :max_price')
  for (const [at, [name]] of byName(query.option).entries())
    if (narrowed.has(`option:${name}`)) all.push(`p.labels && :optionLabels${at}::text[]`)
  for (const [at, [name]] of byName(query.attribute).entries())
    if (narrowed.has(`attribute:${name}`)) all.push(`p.labels && :attributeLabels${at}::text[]`)
  // OFFSET 0: products are found first, by what is said above; only a store holds so little that it may be begun with.
  const afterwards = narrowed.has('store') ? '' : ' OFFSET 0'
  if (asksVariants(question, narrowed))
    all.push(
      `EXISTS (SELECT 1 FROM variants v WHERE v.product_id = p.id AND ${variantConditions(question, without)}${afterwards})`,
    )
  return all.join(' AND ')
}

/** One option, or a price with one end, the product's own row tells; stock never, and several things not of one variant. */
function asksVariants({ query }: ListQuestion, narrowed: ReadonlySet<Narrowing>): boolean {
  if (narrowed.has('stock') || narrowed.has('store')) return true
  const options = [...narrowed].filter((one) => one.startsWith('option:')).length
  const ends = narrowed.has('price') ? Number(query.min_price !== undefined) + Number(query.max_price !== undefined) : 0
  return options + ends > 1
}

/** Whether a product of this list is known only when its variants, or its words, have been looked at. */
export const isCostly = (question: ListQuestion): boolean =>
  question.hasWords || asksVariants(question, new Set(narrowingsOf(question)))

/** The bindings of these conditions. */
export function listBindings(query: ProductQuery): Record<string, unknown> {
  const options = byName(query.option)
  const attributes = byName(query.attribute)
  return {
    ...query,
    brands: query.brand ?? [],
    inCategories: query.in_category ?? [],
    minRating: query.min_rating ?? null,
    storeSlug: query.store ?? query.facet_store ?? null,
    optionNames: options.map(([name]) => name),
    attributeNames: attributes.map(([name]) => name),
    ...Object.fromEntries(
      options.flatMap(([name, values], at) => [
        [`optionName${at}`, name],
        [`optionValues${at}`, values],
        [`optionLabels${at}`, values.map((value) => `o:${name}:${value}`)],
      ]),
    ),
    ...Object.fromEntries(
      attributes.flatMap(([name, values], at) => [
        [`attributeName${at}`, name],
        [`attributeLabels${at}`, values.map((value) => `a:${name}:${value}`)],
      ]),
    ),
  }
}
