// One variant at a time: added (or brought back), changed, archived. A product keeps at least one.
import type { Knex } from 'knex'
import { DomainError, invalid, notFound } from '../../lib/errors.ts'
import { newId } from '../../lib/ids.ts'
import { OptionModel, VariantModel } from '../models.ts'
import { getAdminProduct } from './list-admin-products.ts'
import { checkMatrix } from './option-matrix.ts'
import { followUp, saveVariant } from './save-variants.ts'
import type { AdminProduct, VariantInput } from './schemas.ts'
import { lockProduct, writing } from './write-product.ts'

/** @throws not_found, validation_failed, sku_taken, conflict (the combination is there) */
export async function addVariant(productId: string, input: VariantInput): Promise<AdminProduct> {
  await writing(async (trx) => {
    const { options, variants } = await load(trx, productId)
    checkOptions(options, input)
    const known = variants.find((row) => row.sku === input.sku)
    if (known?.status === 'active') throw new DomainError('sku_taken', 'This product has a variant with this SKU.')
    const position = known?.position ?? Math.max(-1, ...variants.map((row) => row.position)) + 1
    await saveVariant(trx, { id: known?.id ?? newId(), productId, position }, options, input)
    await followUp(trx, productId)
  })
  return getAdminProduct(productId)
}

/** @throws not_found, validation_failed, sku_taken, conflict */
export async function updateVariant(productId: string, variantId: string, input: VariantInput): Promise<AdminProduct> {
  await writing(async (trx) => {
    const { options, variants } = await load(trx, productId)
    const old = variants.find((row) => row.id === variantId)
    if (!old) throw notFound('The variant')
    if (input.id && input.id !== variantId) throw invalid('id', 'The address names another variant.')
    checkOptions(options, input)
    await saveVariant(trx, { id: variantId, productId, position: old.position }, options, input)
    await followUp(trx, productId)
  })
  return getAdminProduct(productId)
}

/** @throws not_found, conflict for the last live variant */
export async function archiveVariant(productId: string, variantId: string): Promise<AdminProduct> {
  await writing(async (trx) => {
    const { variants } = await load(trx, productId)
    const row = variants.find((one) => one.id === variantId)
    if (!row) throw notFound('The variant')
    if (row.status === 'archived') return
    if (variants.filter((one) => one.status === 'active').length === 1)
      throw new DomainError('conflict', 'A product keeps at least one variant; archive the product instead.')
    await VariantModel.query(trx).findById(variantId).patch({ status: 'archived' })
    await followUp(trx, productId)
  })
  return getAdminProduct(productId)
}

async function load(trx: Knex.Transaction, productId: string) {
  await lockProduct(trx, productId)
  const options = await OptionModel.query(trx).where({ productId }).orderBy('position')
  const variants = await VariantModel.query(trx).where({ productId })
  return { options, variants }
}

/** As for a whole product, but the path is the variant's own. */
function checkOptions(options: { name: string; values: string[] }[], input: VariantInput): void {
  try {
    checkMatrix(options, [input])
  } catch (error) {
    throw error instanceof DomainError ? invalid('optionValues', error.message) : error
  }
}
