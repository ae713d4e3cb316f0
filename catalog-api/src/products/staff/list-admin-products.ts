// Products as staff see them: all statuses, by pages, and one with everything its form needs.
import { breadcrumbOf, idsBelowSlug } from '../../categories/descendants.ts'
import { db, select } from '../../lib/db.ts'
import { notFound } from '../../lib/errors.ts'
import { isUuid } from '../../lib/ids.ts'
import { imagesByProduct, toAdminImage } from '../../media/product-image.ts'
import { searchQuery } from '../../search/words.ts'
import { loadAdminRows } from '../cards.ts'
import { countUpTo, mostCounted } from '../count-list.ts'
import { attributesOf } from '../detail/attributes.ts'
import { priceChangesOf } from '../detail/price-history.ts'
import { companionsOf } from '../detail/related.ts'
import { variantsOf } from '../get-product.ts'
import { ratingHistogram } from '../histogram.ts'
import { ProductModel } from '../models.ts'
import type { AdminProductQuery } from '../query.ts'
import type { AdminProduct, AdminProductPage } from './schemas.ts'

const most = mostCounted.plain

const orders: Record<AdminProductQuery['sort'], string> = {
  updated: 'p.updated_at DESC, p.id DESC',
  newest: 'p.created_at DESC, p.id DESC',
  title: 'lower(p.title), p.id',
  price_asc: 'p.price_from_minor, p.id',
  price_desc: 'p.price_from_minor DESC, p.id DESC',
}

/**
 * A numbered page of products; four statements. A SKU finds its product, whatever its status. Pages end where counting
 * does: beyond ten thousand products a question narrows the list, not a page number.
 */
export async function listAdminProducts(query: AdminProductQuery): Promise<AdminProductPage> {
  const words = searchQuery(query.q ?? '')
  const all = ["p.status <> 'scratch'"]
  if (query.q)
    all.push('(p.search @@ :words::tsquery OR p.id = ANY(ARRAY(SELECT product_id FROM variants WHERE sku = :code)))')
  if (query.status) all.push('p.status = :status')
  if (query.category) all.push(`p.category_id = ANY(ARRAY${idsBelowSlug})`)
  const bindings = {
    ...query,
    words,
    code: query.q?.toUpperCase() ?? null,
    skip: Math.min((query.page - 1) * query.limit, most),
  }
  const where = all.join(' AND ')
  const ids = await select<{ id: string }>(
    db(),
    `SELECT p.id FROM products p WHERE ${where} ORDER BY ${orders[query.sort]} LIMIT :limit OFFSET :skip`,
    bindings,
  )
  const found = await countUpTo(where, bindings, most + 1)
  const total = Math.min(found, most)
  const items = await loadAdminRows(
    db(),
    ids.map((row) => row.id),
  )
  return {
    items,
    total,
    totalIsMore: found > most,
    page: query.page,
    pages: Math.max(1, Math.ceil(total / query.limit)),
  }
}

/** One product by id or slug, whatever its status. @throws not_found */
export async function getAdminProduct(idOrSlug: string): Promise<AdminProduct> {
  const knex = db()
  const row = await ProductModel.query(knex)
    .findOne({ [isUuid(idOrSlug) ? 'id' : 'slug']: idOrSlug })
    .withGraphFetched('options(inOrder)')
    .modifiers({ inOrder: (options) => options.orderBy('position') })
  if (!row) throw notFound('The product')
  const [card] = await loadAdminRows(knex, [row.id])
  if (!card) throw notFound('The product')
  const { availableUnits: _units, ...shown } = card
  const images = await imagesByProduct(knex, [row.id])
  return {
    ...shown,
    categoryId: row.categoryId,
    description: row.description,
    taxCategory: row.taxCategory,
    breadcrumb: await breadcrumbOf(knex, row.categoryId),
    attributes: await attributesOf(knex, row.id),
    companions: await companionsOf(knex, row.id),
    options: (row.options ?? []).map(({ name, values }) => ({ name, values })),
    variants: await variantsOf(knex, row.id, true),
    images: (images.get(row.id) ?? []).map(toAdminImage),
    priceChanges: await priceChangesOf(knex, row.id),
    ratingHistogram: await ratingHistogram(knex, row.id),
  }
}
