// The shop's reply under a review: written, changed, taken away.
import { transaction } from '../../lib/db.ts'
import { DomainError, notFound } from '../../lib/errors.ts'
import { getAdminReview, ReviewModel } from '../review.ts'
import type { AdminReview } from '../schemas.ts'

/**
 * Sets the reply, or takes it away (null; told twice changes nothing). A changed one keeps the time of the first.
 * @throws not_found, conflict for a reply to a review that is not published
 */
export async function setReply(id: string, text: string | null): Promise<AdminReview> {
  return transaction(async (trx) => {
    const review = await ReviewModel.query(trx).findById(id).forNoKeyUpdate()
    if (!review) throw notFound('The review')
    if (text !== null && review.status !== 'approved')
      throw new DomainError('conflict', 'Only a published review can be replied to.')
    const repliedAt = text === null ? null : (review.repliedAt ?? new Date())
    await review.$query(trx).patch({ reply: text, repliedAt })
    return getAdminReview(trx, id)
  })
}
