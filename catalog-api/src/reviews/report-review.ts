// Somebody says that a published review should not be there. Staff decide; until then it stays.
import { select, transaction } from '../lib/db.ts'
import { notFound } from '../lib/errors.ts'
import { ReviewModel } from './review.ts'
import type { ReportInput } from './schemas.ts'

/**
 * Writes the report: one each and review, also after staff decided about it, so that nobody can ask them over and over.
 * `created` is false for a second one, which changes nothing. @throws not_found
 */
export async function reportReview(id: string, input: ReportInput): Promise<{ created: boolean }> {
  return transaction(async (trx) => {
    const review = await ReviewModel.query(trx).findOne({ id, status: 'approved' }).forNoKeyUpdate()
    if (!review) throw notFound('The review')
    const written = await select<{ reviewId: string }>(
      trx,
      `INSERT INTO review_reports (review_id, reporter_ref, reason, words) VALUES (:id, :reporterRef, :reason, :words)
       ON CONFLICT DO NOTHING RETURNING review_id`,
      { id, ...input },
    )
    if (written.length > 0) await review.$query(trx).increment('reportCount', 1)
    return { created: written.length > 0 }
  })
}
