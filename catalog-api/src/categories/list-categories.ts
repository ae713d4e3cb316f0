// The tree for everybody: two statements at most, however many categories (Sylius#11145 needed thousands).
import { db, select } from '../lib/db.ts'
import { notFound } from '../lib/errors.ts'
import { allCategories, type CategoryModel, categoryImage } from './category.ts'
import type { CategoryNode, CategoryWithPath } from './schemas.ts'
import { shelfCounts } from './shelf-counts.ts'

/** The roots with everything below them, in their order. */
export async function listCategories(): Promise<CategoryNode[]> {
  const { roots } = await loadTree()
  return roots
}

/** One category by slug, former slug or id, with its children and the way to it. @throws not_found */
export async function getCategory(slugOrId: string): Promise<CategoryWithPath> {
  const { byId } = await loadTree()
  const nodes = [...byId.values()]
  const known = nodes.find((one) => one.slug === slugOrId) ?? byId.get(slugOrId)
  const node = known ?? byId.get(await idOfFormerSlug(slugOrId))
  if (!node) throw notFound('The category')
  const breadcrumb: CategoryWithPath['breadcrumb'] = []
  for (let at: CategoryNode | undefined = node; at; at = at.parentId ? byId.get(at.parentId) : undefined) {
    breadcrumb.unshift({ slug: at.slug, name: at.name })
  }
  return { ...node, breadcrumb }
}

async function idOfFormerSlug(slug: string): Promise<string> {
  const [row] = await select<{ id: string }>(db(), 'SELECT category_id AS id FROM category_slugs WHERE slug = :slug', {
    slug,
  })
  return row?.id ?? ''
}

async function loadTree(): Promise<{ roots: CategoryNode[]; byId: Map<string, CategoryNode> }> {
  const rows = await allCategories(db())
  return buildTree(rows, await shelfCounts())
}

/** Hangs the rows together and adds up the products below; rows come in their order. Pure. */
export function buildTree(rows: CategoryModel[], own: ReadonlyMap<string, number>) {
  const byId = new Map<string, CategoryNode>(rows.map((row) => [row.id, toNode(row)]))
  const roots: CategoryNode[] = []
  for (const node of byId.values()) (node.parentId ? byId.get(node.parentId)?.children : roots)?.push(node)
  const count = (node: CategoryNode): number => {
    node.productCount = node.children.reduce((sum, child) => sum + count(child), own.get(node.id) ?? 0)
    return node.productCount
  }
  roots.forEach(count)
  return { roots, byId }
}

const toNode = (row: CategoryModel): CategoryNode => ({
  id: row.id,
  slug: row.slug,
  name: row.name,
  description: row.description,
  image: categoryImage(row),
  parentId: row.parentId,
  position: row.position,
  productCount: 0,
  children: [],
})
