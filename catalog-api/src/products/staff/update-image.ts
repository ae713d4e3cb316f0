// Words, place and option of a picture, and taking it away. Files are never deleted: old orders and mails show them,
// and another product may have the same picture.
import { notFound } from '../../lib/errors.ts'
import { ProductImage, toAdminImage } from '../../media/product-image.ts'
import type { AdminImage, ImageUpdate } from '../../media/schemas.ts'
import { requireOption } from './add-image.ts'

/** @throws not_found, validation_failed for an option value that the product does not have */
export async function updateImage(productId: string, id: string, input: ImageUpdate): Promise<AdminImage> {
  await requireOption(productId, input.optionName, input.optionValue)
  const [row] = await ProductImage.query().where({ id, productId }).patch(input).returning('*')
  if (!row) throw notFound('The picture')
  return toAdminImage(row)
}

/** @throws not_found */
export async function removeImage(productId: string, id: string): Promise<void> {
  if ((await ProductImage.query().where({ id, productId }).delete()) === 0) throw notFound('The picture')
}
