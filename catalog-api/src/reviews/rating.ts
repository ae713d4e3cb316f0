// A product's rating is the sum of its approved reviews, made anew in the transaction that changes one.
import type { Knex } from 'knex'

/** Locks the product's row first, so that two changes at once are added up one after the other. */
export async function lockRating(trx: Knex.Transaction, productId: string): Promise<void> {
  await trx.raw('SELECT 1 FROM products WHERE id = ? FOR NO KEY UPDATE', [productId])
}

/** Writes count and sum; call it last, with the rating locked. */
export async function recountRating(trx: Knex.Transaction, productId: string): Promise<void> {
  await trx.raw(
    `UPDATE products SET rating_count = own.count, rating_sum = own.sum
     FROM (SELECT count(*)::int AS count, COALESCE(sum(rating), 0)::int AS sum FROM reviews
       WHERE product_id = :productId AND status = 'approved') own
     WHERE id = :productId`,
    { productId },
  )
}
