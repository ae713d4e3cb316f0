// Staff decide about reviews: catalog-api publishes or hides them, their authors hear of it, the audit log keeps it.
import { actOutside } from '#app/domain/audit/audit.server.ts'
import { adminModerateReviews, type Decision, type StaffReview } from '#app/domain/catalog/staff/reviews.server.ts'
import { rejectionText } from '#app/domain/reviews/reasons.ts'
import { tellAuthors } from '#app/domain/reviews/tell-authors.server.ts'
import type { By } from '#app/lib/clock.ts'

type Moderated = { changed: number; stale: number }

/**
 * Decides about reviews as they were read, and answers how many changed by it, and how many are left because they were
 * changed since. Who wrote an approved one is told once, however often it
 * is decided; who wrote a rejected one hears why, once for each time they changed it. A process that dies in between tells
 * nobody. Throws not_found, validation_failed (`reason`), catalog_unavailable.
 */
export async function moderateReviews(decision: Decision, by: By): Promise<Moderated> {
  const { reviews, status, reason, words, note } = decision
  const subject = reviews.length === 1 ? `review:${reviews[0]?.id}` : 'reviews:several'
  const why = { ...(reason && { reason, words }), ...(note && { note }) }
  const after = ({ changed }: { changed: StaffReview[] }) => ({ status, ...why, changed: changed.map(({ id }) => id) })
  const { changed, stale } = await actOutside(by, { action: 'reviews:moderate', subject, after }, () =>
    adminModerateReviews(decision),
  )
  if (status === 'approved')
    await tellAuthors(
      'review.approved',
      changed,
      ({ id }) => id,
      () => ({}),
    )
  else
    await tellAuthors(
      'review.rejected',
      changed,
      ({ id }) => `${id}:${by.at.toISOString()}`,
      ({ rejection }) => ({ reason: rejection ? rejectionText(rejection) : '' }),
    )
  return { changed: changed.length, stale: stale.length }
}
