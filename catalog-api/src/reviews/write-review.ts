// A shopper's review: one each and product. Writing again replaces it, and it waits for moderation once more.
import { select, transaction } from '../lib/db.ts'
import { notFound } from '../lib/errors.ts'
import { newId } from '../lib/ids.ts'
import { findPublishedId } from '../products/product-facts.ts'
import { lockRating, recountRating } from './rating.ts'
import { getAdminReview } from './review.ts'
import type { AdminReview, ReviewInput } from './schemas.ts'

/** @returns the pending review; `created` is false when it replaced one. @throws not_found */
export async function writeReview(input: ReviewInput): Promise<{ created: boolean; review: AdminReview }> {
  return transaction(async (trx) => {
    if (!(await findPublishedId(trx, input.productId))) throw notFound('The product')
    await lockRating(trx, input.productId)
    // xmax is 0 in a row that was inserted just now, and not in one that was updated.
    const [row] = await select<{ id: string; created: boolean }>(
      trx,
      `INSERT INTO reviews (id, product_id, author_ref, author_name, rating, title, body, verified_buyer)
       VALUES (:id, :productId, :authorRef, :authorName, :rating, :title, :body, :verifiedBuyer)
       ON CONFLICT (author_ref, product_id) DO UPDATE SET author_name = excluded.author_name, rating = excluded.rating,
         title = excluded.title, body = excluded.body, verified_buyer = excluded.verified_buyer, status = 'pending',
         moderation_note = NULL, moderated_at = NULL, updated_at = now()
       RETURNING id, xmax = 0 AS created`,
      { id: newId(), ...input },
    )
    if (!row) throw notFound('The review')
    if (!row.created) await recountRating(trx, input.productId)
    return { created: row.created, review: await getAdminReview(trx, row.id) }
  })
}
