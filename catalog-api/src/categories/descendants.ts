// The tree in SQL: everything below a category, and the way up to the root.
import { select, type Trx } from '../lib/db.ts'

/** A subquery: ids of the category with slug `:category` and of everything below it. UNION ends even in a circle. */
export const idsBelowSlug = `(
  WITH RECURSIVE tree AS (
    SELECT id FROM categories WHERE slug = :category
    UNION SELECT c.id FROM categories c JOIN tree ON c.parent_id = tree.id
  ) SELECT id FROM tree
)`

/** The same for several categories; `slugs` is an SQL array of them. */
export const idsBelowSlugs = (slugs: string): string => `(
  WITH RECURSIVE tree AS (
    SELECT id FROM categories WHERE slug = ANY(${slugs})
    UNION SELECT c.id FROM categories c JOIN tree ON c.parent_id = tree.id
  ) SELECT id FROM tree
)`

/** From the root to the category `id`: slug and name of each. */
export function breadcrumbOf(trx: Trx, id: string): Promise<{ slug: string; name: string }[]> {
  return select(
    trx,
    `WITH RECURSIVE up AS (
       SELECT id, parent_id, slug, name, 0 AS height FROM categories WHERE id = :id
       UNION SELECT c.id, c.parent_id, c.slug, c.name, up.height + 1
       FROM categories c JOIN up ON c.id = up.parent_id WHERE up.height < 50
     ) SELECT slug, name FROM up ORDER BY height DESC`,
    { id },
  )
}
