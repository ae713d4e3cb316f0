// Creating, changing, moving and deleting categories. Changes of the tree wait for each other, so that two moves at
// once cannot make a circle.
import type { Knex } from 'knex'
import { brokenConstraint, select, transaction } from '../lib/db.ts'
import { DomainError, invalid, notFound } from '../lib/errors.ts'
import { newId } from '../lib/ids.ts'
import { slugOf } from '../lib/slug.ts'
import { refreshSearch } from '../search/refresh-search.ts'
import { CategoryModel, categoryImage } from './category.ts'
import { idsBelowSlug } from './descendants.ts'
import type { Category, CategoryInput, CategoryUpdate } from './schemas.ts'

const treeLock = 7_305_815_101

/** @throws slug_taken, validation_failed for an unknown parent */
export async function createCategory(input: CategoryInput): Promise<Category> {
  return changeTree(async (trx) => {
    await requireParent(trx, input.parentId)
    const row = await CategoryModel.query(trx)
      .insert({ id: newId(), ...columns(input) })
      .returning('*')
    await claimSlug(trx, row.slug)
    return toCategory(row)
  })
}

/** Replaces a category; what stands below moves along. @throws not_found, slug_taken, version_conflict, conflict for a circle */
export async function updateCategory(id: string, input: CategoryUpdate): Promise<Category> {
  return changeTree(async (trx) => {
    const old = await CategoryModel.query(trx).findById(id)
    if (!old) throw notFound('The category')
    if (input.version !== undefined && input.version !== old.version)
      throw new DomainError('version_conflict', 'Somebody changed this category in the meantime.')
    await requireParent(trx, input.parentId)
    const below = await idsBelow(trx, old.slug)
    if (input.parentId && below.includes(input.parentId))
      throw new DomainError('conflict', 'A category cannot stand below itself.')
    const change = {
      ...columns({ ...input, slug: input.slug ?? old.slug }),
      version: old.version + 1,
      updatedAt: new Date(),
    }
    const row = await CategoryModel.query(trx).patchAndFetchById(id, change)
    if (row.slug !== old.slug) {
      await claimSlug(trx, row.slug)
      await rememberSlug(trx, old.slug, id)
    }
    if (input.name !== old.name || input.parentId !== old.parentId) await refreshSearchIn(trx, below)
    return toCategory(row)
  })
}

/** Deletes an empty category; its addresses lead to the one above it. @throws not_found, conflict while anything is in it */
export async function deleteCategory(id: string): Promise<void> {
  await changeTree(async (trx) => {
    const old = await CategoryModel.query(trx).findById(id)
    if (!old) throw notFound('The category')
    try {
      if (old.parentId) {
        await trx('category_slugs').where({ categoryId: id }).update({ categoryId: old.parentId })
        await rememberSlug(trx, old.slug, old.parentId)
      }
      await CategoryModel.query(trx).deleteById(id)
    } catch (error) {
      if (!brokenConstraint(error)) throw error
      throw new DomainError('conflict', 'The category still has products or categories in it; move them first.')
    }
  })
}

async function changeTree<T>(work: (trx: Knex.Transaction) => Promise<T>): Promise<T> {
  try {
    return await transaction(async (trx) => {
      await trx.raw('SELECT pg_advisory_xact_lock(?)', [treeLock])
      return work(trx)
    })
  } catch (error) {
    if (brokenConstraint(error) === 'categories_one_per_slug')
      throw new DomainError('slug_taken', 'Another category has this slug.')
    throw error
  }
}

/** Who takes a slug now has it: it is nobody's former one any more. */
async function claimSlug(trx: Knex.Transaction, slug: string): Promise<void> {
  await trx('category_slugs').where({ slug }).delete()
}

async function rememberSlug(trx: Knex.Transaction, slug: string, categoryId: string): Promise<void> {
  await trx('category_slugs').insert({ slug, categoryId }).onConflict('slug').merge(['categoryId'])
}

async function requireParent(trx: Knex.Transaction, parentId: string | null): Promise<void> {
  if (parentId && !(await CategoryModel.query(trx).findById(parentId)))
    throw invalid('parentId', 'There is no category with this id.')
}

async function idsBelow(trx: Knex.Transaction, category: string): Promise<string[]> {
  const rows = await select<{ id: string }>(trx, `SELECT id FROM ${idsBelowSlug} AS below`, { category })
  return rows.map((row) => row.id)
}

async function refreshSearchIn(trx: Knex.Transaction, categoryIds: string[]): Promise<void> {
  const sql = 'SELECT id FROM products WHERE category_id = ANY(:categoryIds) ORDER BY id FOR UPDATE'
  const rows = await select<{ id: string }>(trx, sql, { categoryIds })
  await refreshSearch(
    trx,
    rows.map((row) => row.id),
  )
}

const columns = (input: CategoryInput) => ({
  parentId: input.parentId,
  slug: input.slug ?? slugOf(input.name),
  name: input.name,
  description: input.description,
  imageKey: input.imageKey,
  position: input.position,
})

/** A category as staff see it. */
export const toCategory = (row: CategoryModel): Category => ({
  id: row.id,
  slug: row.slug,
  name: row.name,
  description: row.description,
  image: categoryImage(row),
  parentId: row.parentId,
  position: row.position,
  version: row.version,
})
