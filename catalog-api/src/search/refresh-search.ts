// Writes what products are found by. Called in the transaction of whatever changed the words; four statements at most. What
// is due (a new recipe, a bulk load) the sweeper makes, a slice at a time.
import { select, type Trx, transaction } from '../lib/db.ts'
import { keptWordsIn, learnWords } from './kept-words.ts'
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
    ) AS categories,
    ARRAY(
      SELECT DISTINCT chosen.value FROM variants v CROSS JOIN LATERAL jsonb_each_text(v.option_values) chosen
      WHERE v.product_id = p.id AND v.status = 'active'
    ) || ARRAY(SELECT a.value FROM product_attributes a WHERE a.product_id = p.id) AS values
  FROM products p`

/** Makes the search columns of these products anew (of all products without `ids`). */
export async function refreshSearch(trx: Trx, ids?: string[]): Promise<void> {
  const rows = await select<SearchTexts & { id: string }>(trx, ids ? `${textsSql} WHERE p.id = ANY(:ids)` : textsSql, {
    ids: ids ?? [],
  })
  if (rows.length === 0) return
  const vectors = rows.map(searchVector)
  await trx.raw(
    `UPDATE products p SET search = made.vector::tsvector, search_due = false
     FROM unnest(:ids::uuid[], :vectors::text[]) AS made (id, vector) WHERE p.id = made.id`,
    { ids: rows.map((row) => row.id), vectors } as never,
  )
  await learnWords(trx, vectors.flatMap(keptWordsIn))
}

/** Makes up to `most` products findable whose search column is due. @returns how many it made */
export function refreshDue(most: number): Promise<number> {
  return transaction(async (trx) => {
    const due = await select<{ id: string }>(
      trx,
      'SELECT id FROM products WHERE search_due ORDER BY id LIMIT :most FOR NO KEY UPDATE SKIP LOCKED',
      { most },
    )
    const ids = due.map(({ id }) => id)
    if (ids.length > 0) await refreshSearch(trx, ids)
    return ids.length
  })
}
