// Staff approve or reject reviews: all of them or none, each product's rating counted anew in the same transaction.
import type { Knex } from 'knex'
import { transaction } from '../../lib/db.ts'
import { invalid, notFound } from '../../lib/errors.ts'
import { lockRating, recountRating } from '../rating.ts'
import { adminReviews, ReviewModel, toAdminReview } from '../review.ts'
import type { AdminReview } from '../schemas.ts'
import type { BulkModeration } from './schemas.ts'

/**
 * Decides the reviews of `ids` and answers those that it changed: a new status, or reports that are now decided about. What
 * was so before is left as it was. Products are locked in one order, so that two moderators do not wait for each other.
 * @throws validation_failed (rejected without a reason), not_found when one of them is missing
 */
export async function moderateReviews(decision: BulkModeration): Promise<AdminReview[]> {
  const { ids, status } = decision
  const reason = status === 'rejected' ? (decision.reason ?? null) : null
  if (status === 'rejected' && !reason) throw invalid('reason', 'Its author is told why.')
  const words = reason ? decision.words : ''
  return transaction(async (trx) => {
    const found = await ReviewModel.query(trx).findByIds(ids).select('id', 'productId')
    if (found.length !== new Set(ids).size) throw notFound('One of these reviews')
    const products = [...new Set(found.map(({ productId }) => productId))].sort()
    for (const productId of products) await lockRating(trx, productId)
    const now = new Date()
    const change = { status, rejectionReason: reason, rejectionWords: words, moderationNote: decision.note ?? null }
    const changed = await ReviewModel.query(trx)
      .findByIds(ids)
      .where((any) => any.whereNot({ status }).orWhere('reportCount', '>', 0))
      .patch({ ...change, reportCount: 0, moderatedAt: now, updatedAt: now })
      .returning(['id', 'authorRef'])
    const decided = changed.map(({ id }) => id)
    await trx('reviewReports').whereIn('reviewId', decided).whereNull('handledAt').update({ handledAt: now })
    await holdAuthors(trx, changed, status === 'rejected')
    for (const productId of products) await recountRating(trx, productId)
    const rows = await adminReviews(trx, 'WHERE r.id = ANY(:ids) ORDER BY r.created_at, r.id', { ids: decided })
    return rows.map(toAdminReview)
  })
}

/** Whoever was rejected is read first from now on, until something of theirs is approved. */
async function holdAuthors(trx: Knex.Transaction, reviews: { authorRef: string }[], held: boolean): Promise<void> {
  const authors = [...new Set(reviews.map(({ authorRef }) => authorRef))].sort()
  if (authors.length === 0) return
  if (!held) await trx('reviewHolds').whereIn('authorRef', authors).delete()
  else {
    const rows = authors.map((authorRef) => ({ authorRef }))
    await trx('reviewHolds').insert(rows).onConflict('authorRef').ignore()
  }
}
