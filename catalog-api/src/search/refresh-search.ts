// Writes what products are found by. Called in the transaction of whatever changed the words; two statements.
import { select, type Trx } from '../lib/db.ts'
import { type SearchTexts, searchVector } from './words.ts'

const textsSql = `
  SELECT p.id, p.title, p.subtitle, p.brand, p.description,
    ARRAY(SELECT v.sku FROM variants v WHERE v.product_id = p.id AND v.status = 'active')
      || ARRAY(SELECT v.barcode FROM variants v WHERE v.product_id = p.id AND v.status = 'active' AND v.barcode IS NOT NULL) AS codes,
    ARRAY(
      WITH RECURSIVE up AS (
        SELECT id, parent_id, name FROM categories WHERE id = p.category_id
        UNION SELECT c.id, c.parent_id, c.name FROM categories c JOIN up ON c.id = up.parent_id
      ) SELECT name FROM up
    ) AS categories
  FROM products p`

/** Makes the search columns of these products anew (of all products without `ids`). */
export async function refreshSearch(trx: Trx, ids?: string[]): Promise<void> {
  const rows = await select<SearchTexts & { id: string }>(trx, ids ? `${textsSql} WHERE p.id = ANY(:ids)` : textsSql, {
    ids: ids ?? [],
  })
  if (rows.length === 0) return
  await trx.raw(
    `UPDATE products p SET search = made.vector::tsvector
     FROM unnest(:ids::uuid[], :vectors::text[]) AS made (id, vector) WHERE p.id = made.id`,
    { ids: rows.map((row) => row.id), vectors: rows.map(searchVector) } as never,
  )
}
