// Small questions about products that other folders ask.
import { select, type Trx } from '../lib/db.ts'
import { gone, notFound } from '../lib/errors.ts'
import { isUuid } from '../lib/ids.ts'
import { OptionModel, ProductModel } from './models.ts'

export async function productExists(trx: Trx, id: string): Promise<boolean> {
  return (await ProductModel.query(trx).findById(id).select('id')) !== undefined
}

/** The id of a published product by id or slug, or null. */
export async function findPublishedId(trx: Trx, idOrSlug: string): Promise<string | null> {
  const column = isUuid(idOrSlug) ? 'id' : 'slug'
  const row = await ProductModel.query(trx)
    .findOne({ [column]: idOrSlug, status: 'published' })
    .select('id')
  return row?.id ?? null
}

type Named = { id: string; status: ProductModel['status']; publishedAt: Date | null }

/**
 * The id of the product that this id, slug or former slug leads to; who has a slug now comes before who had it.
 * @throws not_found, gone for what was published once and is archived
 */
export async function requirePublishedId(trx: Trx, idOrSlug: string): Promise<string> {
  const own = isUuid(idOrSlug) ? 'p.id = :idOrSlug::uuid' : 'p.slug = :idOrSlug'
  const rows = await select<Named>(
    trx,
    `SELECT p.id, p.status, p.published_at, 0 AS place FROM products p WHERE ${own}
     UNION ALL
     SELECT p.id, p.status, p.published_at, 1 FROM product_slugs o JOIN products p ON p.id = o.product_id
     WHERE o.slug = :idOrSlug ORDER BY place`,
    { idOrSlug },
  )
  const shown = rows.find((row) => row.status === 'published')
  if (shown) return shown.id
  if (rows.some((row) => row.status === 'archived' && row.publishedAt)) throw gone('The product')
  throw notFound('The product')
}

export async function hasOptionValue(trx: Trx, productId: string, name: string, value: string): Promise<boolean> {
  const option = await OptionModel.query(trx).findOne({ productId, name })
  return option?.values.includes(value) ?? false
}
