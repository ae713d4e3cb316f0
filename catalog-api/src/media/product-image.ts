// Pictures of products as rows, and as the API shows them. The files themselves are another matter (files.ts).
import { Model } from 'objection'
import type { Trx } from '../lib/db.ts'
import type { AdminImage, Image } from './schemas.ts'

/** The widths each picture is kept in; a file is `<key>-<width>.webp`. */
export const imageWidths = [320, 640, 1200]

export class ProductImage extends Model {
  static override tableName = 'product_images'
  declare id: string
  declare productId: string
  declare key: string
  declare alt: string
  declare width: number
  declare height: number
  declare optionName: string | null
  declare optionValue: string | null
  declare position: number
}

/** A picture for shoppers. */
export function toImage(
  row: Pick<ProductImage, 'key' | 'alt' | 'width' | 'height' | 'optionName' | 'optionValue'>,
): Image {
  const { key, alt, width, height, optionName, optionValue } = row
  return { key, src: `/media/${key}`, alt, width, height, optionName, optionValue, widths: [...imageWidths] }
}

/** A picture for staff. */
export const toAdminImage = (row: ProductImage): AdminImage => ({ ...toImage(row), id: row.id, position: row.position })

/** The pictures of these products in their order, by product id; one statement however many there are. */
export async function imagesByProduct(trx: Trx, productIds: string[]): Promise<Map<string, ProductImage[]>> {
  const byProduct = new Map<string, ProductImage[]>()
  const rows = await ProductImage.query(trx).whereIn('productId', productIds).orderBy(['productId', 'position', 'id'])
  for (const row of rows) byProduct.set(row.productId, [...(byProduct.get(row.productId) ?? []), row])
  return byProduct
}

/** The picture that fits a variant best: one of its option values, else one for all, else the first. */
export function imageForVariant(images: ProductImage[], optionValues: Record<string, string>): Image | null {
  const own = images.find((image) => image.optionName !== null && optionValues[image.optionName] === image.optionValue)
  const best = own ?? images.find((image) => image.optionName === null) ?? images[0]
  return best ? toImage(best) : null
}
