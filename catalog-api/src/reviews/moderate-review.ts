// Staff approve or reject a review; the product's rating follows in the same transaction.
import { transaction } from '../lib/db.ts'
import { notFound } from '../lib/errors.ts'
import { lockRating, recountRating } from './rating.ts'
import { getAdminReview, ReviewModel } from './review.ts'
import type { AdminReview, ModerationInput } from './schemas.ts'

/** May be decided anew at any time. @throws not_found */
export async function moderateReview(id: string, { status, note }: ModerationInput): Promise<AdminReview> {
  return transaction(async (trx) => {
    const found = await ReviewModel.query(trx).findById(id).select('productId')
    if (!found) throw notFound('The review')
    await lockRating(trx, found.productId)
    const change = { status, moderationNote: note ?? null, moderatedAt: new Date(), updatedAt: new Date() }
    await ReviewModel.query(trx).findById(id).patch(change)
    await recountRating(trx, found.productId)
    return getAdminReview(trx, id)
  })
}
