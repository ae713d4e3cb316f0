// Variants by SKU with what a cart needs of their product: two statements, however many.
import { sellableUnits } from '../inventory/sellable.ts'
import { db, select } from '../lib/db.ts'
import { imageForVariant, imagesByProduct } from '../media/product-image.ts'
import { lowestBefore } from './detail/price-history.ts'
import { toVariant } from './get-product.ts'
import type { VariantModel } from './models.ts'
import type { VariantWithProduct } from './schemas.ts'

type Row = VariantModel &
  Pick<
    VariantWithProduct,
    'productId' | 'productSlug' | 'productTitle' | 'productStatus' | 'taxCategory' | 'available' | 'lowestBeforeMinor'
  >

/** The variants with these SKUs; unknown ones and those of drafts are absent. */
export async function listVariants(skus: string[]): Promise<VariantWithProduct[]> {
  const rows = await select<Row>(
    db(),
    `SELECT v.*, ${sellableUnits} AS available, ${lowestBefore} AS lowest_before_minor, p.slug AS product_slug, p.title AS product_title,
       p.status AS product_status, p.tax_category
     FROM variants v JOIN products p ON p.id = v.product_id
     WHERE v.sku = ANY(:skus) AND p.status NOT IN ('draft', 'scratch') ORDER BY v.sku`,
    { skus },
  )
  const images = await imagesByProduct(db(), [...new Set(rows.map((row) => row.productId))])
  return rows.map((row) => ({
    ...toVariant(row),
    productId: row.productId,
    productSlug: row.productSlug,
    productTitle: row.productTitle,
    productStatus: row.productStatus,
    taxCategory: row.taxCategory,
    image: imageForVariant(images.get(row.productId) ?? [], row.optionValues),
  }))
}
