// Small questions about products that other folders ask.
import type { Trx } from '../lib/db.ts'
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

export async function hasOptionValue(trx: Trx, productId: string, name: string, value: string): Promise<boolean> {
  const option = await OptionModel.query(trx).findOne({ productId, name })
  return option?.values.includes(value) ?? false
}
