// Categories, products with options, variants and picture rows, and their reviews: in one transaction, so that a product
// never stands there half told. Products that exist stay as they are.
import type { Knex } from 'knex'
import { refreshSearch } from '../../catalog-api/src/search/refresh-search.ts'
import { insertRows, type Row } from '../database.ts'
import { idOf } from '../ids.ts'
import { fullSide } from '../pictures/files.ts'
import { answersTo } from '../reviews/answers.ts'
import { reviewsOf } from '../reviews/reviews.ts'
import { type Catalogue, type PlannedProduct, planCatalogue } from './plan.ts'
import { pastPrices, pricedSince } from './prices.ts'

const day = 24 * 3600 * 1000
const productIdOf = ({ record }: PlannedProduct): string => idOf(`product:${record.slug}`)

export type CatalogueOptions = { small: boolean; today?: Date; onProgress?: (done: number) => void }

export async function seedCatalogue(
  catalog: Knex,
  { small, today = new Date(), onProgress }: CatalogueOptions,
): Promise<void> {
  const plan = planCatalogue({ small })
  await catalog.transaction(async (trx) => {
    await insertRows(trx, 'categories', categoryRows(plan))
    const known = new Set((await trx('products').select('slug')).map((row: { slug: string }) => row.slug))
    const fresh = plan.products.filter(({ record }) => !known.has(record.slug))
    if (fresh.length === 0) return
    const reviews = new Map(fresh.map((product) => [product, reviewsOf(product, today)]))
    await insertRows(
      trx,
      'products',
      fresh.map((product) => productRow(product, reviews.get(product) ?? [], today)),
    )
    await insertRows(trx, 'product_options', fresh.flatMap(optionRows))
    await insertRows(trx, 'product_attributes', fresh.flatMap(attributeRows))
    const asOf = (rows: (product: PlannedProduct, today: Date) => Row[]) =>
      fresh.flatMap((product) => rows(product, today))
    await insertRows(trx, 'variants', asOf(variantRows))
    await insertRows(trx, 'price_changes', asOf(priceRows))
    await insertRows(trx, 'related_products', relatedRows(plan.products, fresh))
    await insertRows(trx, 'product_images', fresh.flatMap(imageRows))
    const answered = answersTo([...reviews.values()].flat(), today)
    await insertRows(trx, 'reviews', answered.reviews)
    await insertRows(trx, 'review_votes', answered.votes)
    await insertRows(trx, 'review_reports', answered.reports)
    await refreshSearch(trx, fresh.map(productIdOf))
    onProgress?.(fresh.length)
  })
}

const categoryRows = ({ categories }: Catalogue): Row[] =>
  categories.map(({ record: { slug, name, description }, parent, position, imageKey }) => ({
    id: idOf(`category:${slug}`),
    parentId: parent && idOf(`category:${parent}`),
    slug,
    name,
    description,
    imageKey,
    position,
  }))

function productRow(product: PlannedProduct, reviews: Row[], today: Date): Row {
  const { record, variants, ageDays } = product
  const prices = variants.map(({ priceMinor }) => priceMinor)
  const ratings = reviews.filter(({ status }) => status === 'approved').map(({ rating }) => Number(rating))
  const publishedAt = new Date(today.getTime() - ageDays * day)
  return {
    id: productIdOf(product),
    categoryId: idOf(`category:${record.category}`),
    slug: record.slug,
    title: record.title,
    subtitle: record.subtitle,
    description: record.description,
    brand: record.brand,
    taxCategory: record.tax ?? 'standard',
    status: record.status ?? 'published',
    featured: record.featured ?? false,
    currency: 'EUR',
    priceFromMinor: Math.min(...prices),
    priceToMinor: Math.max(...prices),
    ratingCount: ratings.length,
    ratingSum: ratings.reduce((sum, rating) => sum + rating, 0),
    publishedAt: record.status === 'draft' ? null : publishedAt,
    createdAt: new Date(publishedAt.getTime() - 5 * day),
  }
}

const optionRows = (product: PlannedProduct): Row[] =>
  product.options.map(({ name, values }, position) => ({
    id: idOf(`option:${product.record.slug}:${name}`),
    productId: productIdOf(product),
    name,
    values,
    position,
  }))

const attributeRows = (product: PlannedProduct): Row[] =>
  product.attributes.map((attribute, position) => ({ ...attribute, productId: productIdOf(product), position }))

/** What was picked for the fresh ones among all that are for sale here. */
function relatedRows(all: PlannedProduct[], fresh: PlannedProduct[]): Row[] {
  const bySlug = new Map(all.map((product) => [product.record.slug, productIdOf(product)]))
  return fresh.flatMap((product) =>
    (product.record.related ?? [])
      .flatMap((slug) => bySlug.get(slug) ?? [])
      .map((relatedId, position) => ({ productId: productIdOf(product), relatedId, position })),
  )
}

const priceRows = (product: PlannedProduct, today: Date): Row[] =>
  product.variants.flatMap((variant) =>
    pastPrices(product, variant, today).map((past) => ({ ...past, variantId: idOf(`variant:${variant.sku}`) })),
  )

const variantRows = (product: PlannedProduct, today: Date): Row[] =>
  product.variants.map(({ grams, ...variant }, position) => ({
    ...variant,
    createdAt: pricedSince(product, variant, today),
    id: idOf(`variant:${variant.sku}`),
    productId: productIdOf(product),
    currency: 'EUR',
    weightGrams: grams,
    position,
  }))

const imageRows = (product: PlannedProduct): Row[] =>
  product.images.map(({ wish: _wish, ...image }, position) => ({
    ...image,
    id: idOf(`image:${image.key}`),
    productId: productIdOf(product),
    width: fullSide,
    height: fullSide,
    position,
  }))
