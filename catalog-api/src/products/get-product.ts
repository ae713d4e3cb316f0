// One product with everything its page shows, in a number of statements that does not depend on its size.
import { breadcrumbOf } from '../categories/descendants.ts'
import { sellableUnits, stockWord } from '../inventory/sellable.ts'
import { db, select, type Trx } from '../lib/db.ts'
import { notFound } from '../lib/errors.ts'
import { imagesByProduct, toImage } from '../media/product-image.ts'
import { loadCards } from './cards.ts'
import { attributesOf } from './detail/attributes.ts'
import { lowestBefore } from './detail/price-history.ts'
import { relatedIds } from './detail/related.ts'
import { ratingHistogram } from './histogram.ts'
import { ProductModel, type VariantModel } from './models.ts'
import { requirePublishedId } from './product-facts.ts'
import type { Product, Variant } from './schemas.ts'

type VariantRow = VariantModel & { available: number; lowestBeforeMinor: number | null }

/** A published product by id or slug, also by a slug it had before. @throws not_found, gone */
export async function getProduct(idOrSlug: string): Promise<Product> {
  const knex = db()
  const id = await requirePublishedId(knex, idOrSlug)
  const [card] = await loadCards(knex, [id])
  const row = await ProductModel.query(knex)
    .findById(id)
    .withGraphFetched('options(inOrder)')
    .modifiers({
      inOrder: (options) => options.orderBy('position'),
    })
  if (!card || !row) throw notFound('The product')
  const images = await imagesByProduct(knex, [id])
  const { ids, pickedCount } = await relatedIds(knex, id, row.categoryId)
  return {
    ...card,
    description: row.description,
    breadcrumb: await breadcrumbOf(knex, row.categoryId),
    status: row.status,
    taxCategory: row.taxCategory,
    version: row.version,
    attributes: await attributesOf(knex, id),
    options: (row.options ?? []).map(({ name, values }) => ({ name, values })),
    variants: await variantsOf(knex, id, false),
    images: (images.get(id) ?? []).map(toImage),
    ratingHistogram: await ratingHistogram(knex, id),
    related: await loadCards(knex, ids),
    pickedCount,
  }
}

/** A product's variants in their order; archived ones only when asked for. */
export async function variantsOf(trx: Trx, productId: string, withArchived: boolean): Promise<Variant[]> {
  const rows = await select<VariantRow>(
    trx,
    `SELECT v.*, ${sellableUnits} AS available, ${lowestBefore} AS lowest_before_minor FROM variants v
     WHERE v.product_id = :productId AND (v.status = 'active' OR :withArchived) ORDER BY v.status, v.position, v.id`,
    { productId, withArchived },
  )
  return rows.map(toVariant)
}

/** A variant row with its `available` units as the API shows it. */
export function toVariant(row: VariantRow): Variant {
  return {
    id: row.id,
    sku: row.sku,
    barcode: row.barcode,
    title: row.title,
    optionValues: row.optionValues,
    priceMinor: row.priceMinor,
    compareAtMinor: row.compareAtMinor,
    lowestBeforeMinor: row.lowestBeforeMinor,
    currency: row.currency,
    weightGrams: row.weightGrams,
    status: row.status,
    available: row.available,
    stock: stockWord(row.available),
  }
}
