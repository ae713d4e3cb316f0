// Creating, replacing and archiving products, each in one transaction with their options, variants and search words.
import type { Knex } from 'knex'
import { brokenConstraint, select, transaction } from '../../lib/db.ts'
import { DomainError, invalid, notFound } from '../../lib/errors.ts'
import { newId } from '../../lib/ids.ts'
import { slugOf } from '../../lib/slug.ts'
import { saveAttributes } from '../detail/attributes.ts'
import { saveRelated } from '../detail/related.ts'
import { ProductModel } from '../models.ts'
import { getAdminProduct } from './list-admin-products.ts'
import { checkMatrix } from './option-matrix.ts'
import { currency, followUp, saveOptions, saveVariants } from './save-variants.ts'
import type { AdminProduct, ProductInput, ProductUpdate } from './schemas.ts'

/** @throws validation_failed, slug_taken (only when a slug was given), sku_taken */
export async function createProduct(input: ProductInput): Promise<AdminProduct> {
  checkMatrix(input.options, input.variants)
  const id = newId()
  await writing(async (trx) => {
    const slug = input.slug ?? (await freeSlug(trx, slugOf(input.title)))
    // followUp counts the version up to 1.
    await ProductModel.query(trx).insert({ id, slug, currency, version: 0, ...columns(input, null) })
    await claimSlug(trx, slug)
    await saveOptions(trx, id, input.options)
    await saveVariants(trx, id, input.options, input.variants)
    await saveBeside(trx, id, input)
    await followUp(trx, id)
  })
  return getAdminProduct(id)
}

/** Replaces a product that still has `input.version`. @throws not_found, version_conflict, slug_taken, sku_taken, validation_failed */
export async function updateProduct(id: string, input: ProductUpdate): Promise<AdminProduct> {
  checkMatrix(input.options, input.variants)
  await writing(async (trx) => {
    const old = await lockProduct(trx, id)
    if (old.version !== input.version)
      throw new DomainError('version_conflict', 'Somebody changed this product in the meantime.')
    const slug = input.slug ?? old.slug
    await ProductModel.query(trx)
      .findById(id)
      .patch({ slug, ...columns(input, old.publishedAt) })
    if (slug !== old.slug) await rememberSlug(trx, id, old.slug, slug)
    await saveOptions(trx, id, input.options)
    await saveVariants(trx, id, input.options, input.variants)
    await saveBeside(trx, id, input)
    await followUp(trx, id)
  })
  return getAdminProduct(id)
}

/** Attributes and companions, where they were sent: who does not send them leaves them as they are. */
async function saveBeside(trx: Knex.Transaction, id: string, { attributes, related }: ProductInput): Promise<void> {
  if (attributes) await saveAttributes(trx, id, attributes)
  if (related) await saveRelated(trx, id, related)
}

/** Takes a product out of sale; archived before: the same answer. @throws not_found */
export async function archiveProduct(id: string): Promise<AdminProduct> {
  await writing(async (trx) => {
    const old = await lockProduct(trx, id)
    if (old.status === 'archived') return
    await ProductModel.query(trx)
      .findById(id)
      .patch({ status: 'archived', version: old.version + 1, updatedAt: new Date() })
  })
  return getAdminProduct(id)
}

/** The product's row, locked until the transaction ends. @throws not_found */
export async function lockProduct(trx: Knex.Transaction, id: string): Promise<ProductModel> {
  const row = await ProductModel.query(trx).findById(id).forNoKeyUpdate()
  if (!row) throw notFound('The product')
  return row
}

const said: Record<string, DomainError> = {
  products_one_per_slug: new DomainError('slug_taken', 'Another product has this slug.'),
  variants_one_per_sku: new DomainError('sku_taken', 'Another variant has this SKU.'),
  variants_one_per_barcode: new DomainError('sku_taken', 'Another variant has this barcode.'),
  variants_one_per_option_values: new DomainError('conflict', 'Another variant has this combination of options.'),
  products_category_id_fkey: invalid('categoryId', 'There is no category with this id.'),
}

/** A transaction whose broken constraints are told in words. */
export async function writing<T>(work: (trx: Knex.Transaction) => Promise<T>): Promise<T> {
  try {
    return await transaction(work)
  } catch (error) {
    const rule = said[brokenConstraint(error) ?? '']
    throw rule ? new DomainError(rule.code, rule.message, rule.extra) : error
  }
}

const columns = (input: ProductInput, publishedAt: Date | null) => ({
  categoryId: input.categoryId,
  title: input.title,
  subtitle: input.subtitle,
  description: input.description,
  brand: input.brand,
  taxCategory: input.taxCategory,
  status: input.status,
  featured: input.featured,
  publishedAt: input.status === 'published' ? (publishedAt ?? new Date()) : publishedAt,
})

/** `mug`, or `mug-2`, `mug-3` … when it is taken. */
async function freeSlug(trx: Knex.Transaction, wanted: string): Promise<string> {
  const rows = await select<{ slug: string }>(
    trx,
    'SELECT slug FROM products WHERE slug = :wanted OR slug LIKE :numbered',
    {
      wanted,
      numbered: `${wanted}-%`,
    },
  )
  const taken = new Set(rows.map((row) => row.slug))
  for (let number = 1; ; number++) {
    const slug = number === 1 ? wanted : `${wanted}-${number}`
    if (!taken.has(slug)) return slug
  }
}

/** Who takes a slug now has it: it is nobody's former one any more. */
async function claimSlug(trx: Knex.Transaction, slug: string): Promise<void> {
  await trx('product_slugs').where({ slug }).delete()
}

/** The old address keeps answering; the new one is no memory any more. */
async function rememberSlug(trx: Knex.Transaction, productId: string, oldSlug: string, newSlug: string): Promise<void> {
  await claimSlug(trx, newSlug)
  await trx('product_slugs').insert({ slug: oldSlug, productId }).onConflict('slug').merge(['productId'])
}
