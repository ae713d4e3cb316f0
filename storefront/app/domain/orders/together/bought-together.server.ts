// Which products are bought together, from our own paid orders: counted by a worker at most once an hour, read by pages
// with one look at an index. It knows products and numbers of orders, never who bought.
import { db, transaction } from '#app/lib/db.server.ts'

/** So many others are kept of each product. */
const kept = 8
const hours = 1

// Of the last year; an order of more than thirty different products is no hint, only work. Twice at least: one order
// alone would tell strangers what somebody bought.
const count = `
  WITH sold AS (
    SELECT DISTINCT i.order_id, i.product_id FROM order_items i JOIN orders o ON o.id = i.order_id
    WHERE o.paid_at > now() - interval '365 days' AND o.status IN ('paid', 'fulfilling', 'fulfilled')
  ), small AS (
    SELECT order_id FROM sold GROUP BY order_id HAVING count(*) BETWEEN 2 AND 30
  ), baskets AS (
    SELECT sold.* FROM sold JOIN small USING (order_id)
  ), pairs AS (
    SELECT a.product_id, b.product_id AS other_product_id, count(*)::int AS orders
    FROM baskets a JOIN baskets b ON b.order_id = a.order_id AND b.product_id <> a.product_id
    GROUP BY 1, 2 HAVING count(*) >= 2
  )
  INSERT INTO bought_together (product_id, other_product_id, orders, computed_at)
  SELECT product_id, other_product_id, orders, now() FROM (
    SELECT *, row_number() OVER (PARTITION BY product_id ORDER BY orders DESC, other_product_id) AS place FROM pairs
  ) ranked WHERE place <= ${kept}`

/**
 * Counts anew unless that was done within the hour, by this instance or another. Readers see the old count until the
 * new one is whole.
 */
export async function countBoughtTogether(): Promise<void> {
  await transaction(async (trx) => {
    const { rows } = await trx.raw<{ rows: { due: boolean }[] }>(
      `SELECT pg_try_advisory_xact_lock(hashtext('bought_together'))
         AND NOT EXISTS (SELECT 1 FROM bought_together WHERE computed_at > now() - make_interval(hours => ?)) AS due`,
      [hours],
    )
    if (!rows[0]?.due) return
    // A million orders take longer than a job's statement may; nobody waits for this one.
    await trx.raw(`SET LOCAL statement_timeout = '5min'`)
    await trx('bought_together').delete()
    await trx.raw(count)
  })
}

/** Ids of at most `limit` products bought together with this one, most often first; one statement. */
export async function boughtTogether(productId: string, limit: number): Promise<string[]> {
  const rows = await db()('bought_together')
    .where({ productId })
    .orderBy([{ column: 'orders', order: 'desc' }, 'otherProductId'])
    .limit(limit)
    .select('otherProductId')
  return rows.map((row: { otherProductId: string }) => row.otherProductId)
}
