// How many approved reviews have how many stars.
import { select, type Trx } from '../lib/db.ts'

type Histogram = { 1: number; 2: number; 3: number; 4: number; 5: number }

/** Approved reviews of a product by stars; one statement. */
export async function ratingHistogram(trx: Trx, productId: string): Promise<Histogram> {
  const histogram: Histogram = { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 }
  const rows = await select<{ rating: keyof Histogram; count: number }>(
    trx,
    `SELECT rating, count(*)::int AS count FROM reviews
     WHERE product_id = :productId AND status = 'approved' GROUP BY rating`,
    { productId },
  )
  for (const row of rows) histogram[row.rating] = row.count
  return histogram
}
