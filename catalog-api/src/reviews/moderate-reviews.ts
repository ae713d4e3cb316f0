// Several reviews decided at once: all of them or none, each product's rating counted anew in the same transaction.
import { transaction } from '../lib/db.ts'
import { notFound } from '../lib/errors.ts'
import { lockRating, recountRating } from './rating.ts'
import { adminReviews, ReviewModel, toAdminReview } from './review.ts'
import type { AdminReview, BulkModeration } from './schemas.ts'

/**
 * Decides the reviews of `ids` and answers those whose status changed by it: what was so before is left as it was. Products
 * are locked in one order, so that two moderators do not wait for each other. @throws not_found when one of them is missing
 */
export async function moderateReviews({ ids, status, note }: BulkModeration): Promise<AdminReview[]> {
  return transaction(async (trx) => {
    const found = await ReviewModel.query(trx).findByIds(ids).select('id', 'productId')
    if (found.length !== new Set(ids).size) throw notFound('One of these reviews')
    const products = [...new Set(found.map(({ productId }) => productId))].sort()
    for (const productId of products) await lockRating(trx, productId)
    const now = new Date()
    const changed = await ReviewModel.query(trx)
      .findByIds(ids)
      .whereNot({ status })
      .patch({ status, moderationNote: note ?? null, moderatedAt: now, updatedAt: now })
      .returning('id')
    for (const productId of products) await recountRating(trx, productId)
    const rows = await adminReviews(trx, 'WHERE r.id = ANY(:ids) ORDER BY r.created_at, r.id', {
      ids: changed.map(({ id }) => id),
    })
    return rows.map(toAdminReview)
  })
}
