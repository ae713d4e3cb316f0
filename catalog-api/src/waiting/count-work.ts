// Counts what waits for staff; one statement over small indexes.
import { proofRef } from '../inventory/proof/ref.ts'
import { db, select } from '../lib/db.ts'

export type WorkCounts = {
  drafts: number
  reviewsPending: number
  reviewsReported: number
  lowStock: number
  held: number
}

/** Numbers as they are now; `lowStock` counts as the stock list's own filter does. */
export async function countWork(): Promise<WorkCounts> {
  const [counts] = await select<WorkCounts>(
    db(),
    `SELECT
       (SELECT count(*)::int FROM products WHERE status = 'draft') AS drafts,
       (SELECT count(*)::int FROM reviews WHERE status = 'pending') AS reviews_pending,
       (SELECT count(*)::int FROM reviews WHERE report_count > 0 AND status = 'approved') AS reviews_reported,
       (SELECT count(*)::int FROM inventory i JOIN variants v ON v.id = i.variant_id JOIN products p ON p.id = v.product_id
          JOIN stores s ON s.id = i.store_id
        WHERE i.on_hand - i.reserved <= i.low_stock_threshold AND v.status = 'active' AND p.status NOT IN ('archived', 'scratch')
          AND s.status = 'open') AS low_stock,
       (SELECT count(*)::int FROM reservations WHERE status = 'held' AND NOT starts_with(ref, '${proofRef}')) AS held`,
  )
  return counts ?? { drafts: 0, reviewsPending: 0, reviewsReported: 0, lowStock: 0, held: 0 }
}
