// Staff approve or reject reviews that they have read, each product's rating counted anew in the same transaction. Never
// decides about words that were changed since.
import type { Knex } from 'knex'
import { transaction } from '../../lib/db.ts'
import { invalid, notFound } from '../../lib/errors.ts'
import { lockRating, recountRating } from '../rating.ts'
import { adminReviews, toAdminReview } from '../review.ts'
import type { BulkModeration, Moderated } from './schemas.ts'

/**
 * Decides about reviews and answers those that it changed: a new status, or reports that are now decided about. What was so
 * before is left as it was; `stale` are those of which another version was read. Products are locked in one order, so that
 * two moderators do not wait for each other; whoever writes a review locks its product, too.
 * @throws validation_failed (rejected without a reason), not_found when one of them is missing
 */
export async function moderateReviews(decision: BulkModeration): Promise<Moderated> {
  const { status } = decision
  const reason = status === 'rejected' ? (decision.reason ?? null) : null
  if (status === 'rejected' && !reason) throw invalid('reason', 'Its author is told why.')
  const versions = new Map(decision.reviews.map(({ id, version }) => [id, version]))
  const ids = [...versions.keys()]
  return transaction(async (trx) => {
    const found: { id: string; productId: string }[] = await trx('reviews').whereIn('id', ids).select('id', 'productId')
    if (found.length !== ids.length) throw notFound('One of these reviews')
    const products = [...new Set(found.map(({ productId }) => productId))].sort()
    for (const productId of products) await lockRating(trx, productId)
    const rows = await adminReviews(trx, 'WHERE r.id = ANY(:ids)', { ids })
    const undecided = rows.filter((row) => row.status !== status || row.reportCount > 0)
    const stale = undecided.filter(({ id, version }) => versions.get(id) !== version).map(({ id }) => id)
    const decided = undecided.filter(({ id }) => !stale.includes(id)).map(({ id }) => id)
    const now = new Date()
    const why = { rejectionReason: reason, rejectionWords: reason ? decision.words : '' }
    const change = { status, ...why, moderationNote: decision.note ?? null, moderatedAt: now, updatedAt: now }
    const changed: { authorRef: string }[] = await trx('reviews')
      .whereIn('id', decided)
      .update({ ...change, reportCount: 0 })
      .returning('authorRef')
    await trx('reviewReports').whereIn('reviewId', decided).whereNull('handledAt').update({ handledAt: now })
    await holdAuthors(trx, changed, status === 'rejected')
    for (const productId of products) await recountRating(trx, productId)
    const after = await adminReviews(trx, 'WHERE r.id = ANY(:ids) ORDER BY r.created_at, r.id', { ids: decided })
    return { changed: after.map(toAdminReview), stale }
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
