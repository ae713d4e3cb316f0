// A new picture of a product: files first, then the row; a row never points to a file that is not there.
import { brokenConstraint, db } from '../../lib/db.ts'
import { invalid, notFound } from '../../lib/errors.ts'
import { newId } from '../../lib/ids.ts'
import { encodePicture } from '../../media/encode.ts'
import { writeMedia } from '../../media/files.ts'
import { ProductImage, toAdminImage } from '../../media/product-image.ts'
import type { AdminImage, ImageUpload } from '../../media/schemas.ts'
import { hasOptionValue, productExists } from '../product-facts.ts'

/** @throws not_found, validation_failed (no picture, no such option value), payload_too_large */
export async function addImage(mediaDir: string, productId: string, input: ImageUpload): Promise<AdminImage> {
  if (!(await productExists(db(), productId))) throw notFound('The product')
  const { alt, optionName = null, optionValue = null } = input
  await requireOption(productId, optionName, optionValue)
  const picture = await encodePicture(Buffer.from(await input.file.arrayBuffer()))
  for (const size of picture.sizes) await writeMedia(mediaDir, picture.key, size.width, size.bytes)
  const { key, width, height } = picture
  try {
    const position = await ProductImage.query().where({ productId }).resultSize()
    const row = { id: newId(), productId, key, alt, width, height, optionName, optionValue, position }
    return toAdminImage(await ProductImage.query().insert(row).returning('*'))
  } catch (error) {
    if (brokenConstraint(error) === 'product_images_product_id_fkey') throw notFound('The product')
    throw error
  }
}

/** Both or neither, and the product has it. @throws validation_failed */
export async function requireOption(productId: string, name: string | null, value: string | null): Promise<void> {
  if (name === null && value === null) return
  if (name === null || value === null) throw invalid('optionValue', 'Name the option and its value, or neither.')
  if (!(await hasOptionValue(db(), productId, name, value)))
    throw invalid('optionValue', 'The product has no such option value.')
}
