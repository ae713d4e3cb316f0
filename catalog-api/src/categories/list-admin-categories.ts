// Categories as staff see them: flat, in the tree's order, with what stands in each. Two statements, however many.
import { db, select } from '../lib/db.ts'
import { notFound } from '../lib/errors.ts'
import { allCategories } from './category.ts'
import type { AdminCategory } from './schemas.ts'
import { toCategory } from './write-category.ts'

/** Every category with the number of products of any status that stand in it, and of categories right below. */
export async function listAdminCategories(): Promise<AdminCategory[]> {
  const rows = await allCategories(db())
  const counts = await select<{ categoryId: string; count: number }>(
    db(),
    "SELECT category_id, count(*)::int AS count FROM products WHERE status <> 'scratch' GROUP BY category_id",
  )
  const products = new Map(counts.map((row) => [row.categoryId, row.count]))
  return rows.map((row) => ({
    ...toCategory(row),
    ownProducts: products.get(row.id) ?? 0,
    ownCategories: rows.filter(({ parentId }) => parentId === row.id).length,
  }))
}

/** One of them. @throws not_found */
export async function getAdminCategory(id: string): Promise<AdminCategory> {
  const found = (await listAdminCategories()).find((category) => category.id === id)
  if (!found) throw notFound('The category')
  return found
}
