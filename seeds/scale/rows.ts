// A product as lines of COPY, table by table. The columns stand beside the values, so that one look compares them.

import { scaleId } from './chance.ts'
import { Lines, textArray, type Value } from './copy.ts'
import { mostParts, reviewText, type ScaleProduct } from './product.ts'

/** In the order of their keys: what is pointed at comes first. */
export const productTables = {
  products:
    'id, category_id, slug, title, subtitle, description, brand, status, featured, currency, price_from_minor, price_to_minor, rating_count, rating_sum, search, search_due, labels, published_at, created_at, updated_at',
  product_options: 'id, product_id, name, "values", "position"',
  product_attributes: 'product_id, name, value, "position"',
  product_images: 'id, product_id, key, alt, width, height, "position"',
  variants:
    'id, product_id, sku, title, option_values, price_minor, compare_at_minor, currency, weight_grams, "position", created_at',
  price_changes: 'variant_id, since, price_minor, compare_at_minor',
  inventory: 'variant_id, store_id, on_hand, low_stock_threshold',
  stock_movements: 'id, variant_id, store_id, kind, delta_on_hand, delta_reserved, ref, reason, actor, created_at',
  reviews:
    'id, product_id, author_ref, author_name, rating, title, body, verified_buyer, status, moderated_at, created_at, updated_at',
} as const
export type ProductTable = keyof typeof productTables

/** The fixed day that ages are counted from: equal seeds give equal rows on every day. */
const today = Date.UTC(2026, 0, 1)
const day = 24 * 3600 * 1000
const before = (days: number) => new Date(today - Math.round(days * day)).toISOString()

/** What products write into each table. */
export type TableLines = Record<ProductTable, Lines>
export const noLines = (): TableLines =>
  Object.fromEntries(Object.keys(productTables).map((table) => [table, new Lines()])) as TableLines

/** Adds the lines of a product, the `index`th of its seed. */
export function addLines(lines: TableLines, product: ScaleProduct, seed: number, index: number): void {
  const add = (table: ProductTable, ...values: Value[]) => lines[table].add(values)
  const { id, options, attributes } = product
  lines.products.add(productValues(product))
  for (const [at, { name, values }] of options.entries())
    add('product_options', scaleId('option', seed, index * 2 + at), id, name, textArray(values), at)
  for (const [at, [name, value]] of attributes.entries()) add('product_attributes', id, name, value, at)
  add('product_images', scaleId('image', seed, index), id, product.picture, product.title, 1200, 1200, 0)
  addVariants(add, product, seed, index)
  for (const review of product.reviews) add('reviews', ...reviewValues(product, review))
}

function productValues(product: ScaleProduct): Value[] {
  const prices = product.variants.map(({ priceMinor }) => priceMinor)
  const stars = product.reviews.filter(({ approved }) => approved).map(({ rating }) => rating)
  const { id, categoryId, slug, title, subtitle, description, brand, status, featured, search, ageDays } = product
  return [
    ...[id, categoryId, slug, title, subtitle, description, brand, status, featured, 'EUR'],
    ...[
      Math.min(...prices),
      Math.max(...prices),
      stars.length,
      stars.reduce((sum, one) => sum + one, 0),
      search,
      false,
      labelsOf(product),
    ],
    ...[status === 'draft' ? null : before(ageDays), before(ageDays + 5), before(ageDays)],
  ]
}

/** What the triggers of migration 015 would write, had they not been asleep. */
const labelsOf = ({ options, attributes }: ScaleProduct): string =>
  textArray(
    [
      ...options.flatMap(({ name, values }) => values.map((value) => `o:${name}:${value}`)),
      ...attributes.map(([name, value]) => `a:${name}:${value}`),
    ].sort(),
  )

function addVariants(
  add: (table: ProductTable, ...values: Value[]) => void,
  product: ScaleProduct,
  seed: number,
  index: number,
): void {
  const created = before(product.ageDays + 5)
  for (const [at, { id, sku, options, priceMinor, compareAtMinor, stock }] of product.variants.entries()) {
    const title = Object.values(options).join(' / ') || 'Standard'
    const money = [priceMinor, compareAtMinor]
    add('variants', id, product.id, sku, title, JSON.stringify(options), ...money, 'EUR', 400, at, created)
    add('price_changes', id, created, ...money)
    for (const [place, { storeId, onHand }] of stock.entries()) {
      add('inventory', id, storeId, onHand, 2)
      if (onHand === 0) continue
      const movement = scaleId('movement', seed, (index * mostParts + at) * mostParts + place)
      add(
        'stock_movements',
        movement,
        id,
        storeId,
        'receive',
        onHand,
        0,
        'opening-stock',
        'opening stock',
        'seed',
        created,
      )
    }
  }
}

function reviewValues(product: ScaleProduct, review: ScaleProduct['reviews'][number]): Value[] {
  const { name, title, body } = reviewText(review)
  const written = before(product.ageDays * review.day)
  return [
    ...[review.id, product.id, `scale-reviewer-${review.author}`, name, review.rating, title, body, true],
    ...[review.approved ? 'approved' : 'pending', review.approved ? written : null, written, written],
  ]
}
