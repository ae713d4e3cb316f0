// Staff decide about reviews: catalog-api publishes or hides them, their authors hear of it, the audit log keeps it.
import { actOutside } from '#app/domain/audit/audit.server.ts'
import { adminModerateReviews, type ReviewToModerate } from '#app/domain/catalog/reviews.server.ts'
import { findPeople } from '#app/domain/identity/people.server.ts'
import { append } from '#app/domain/outbox/outbox.server.ts'
import { env } from '#app/env.server.ts'
import type { By } from '#app/lib/clock.ts'
import { transaction } from '#app/lib/db.server.ts'
import { isUuid } from '#app/lib/uuid.ts'
import { paths } from '#app/paths.ts'

type Decision = {
  /** One to a hundred. */
  ids: string[]
  status: 'approved' | 'rejected'
  /** Why, for other staff; shown to nobody else. */
  note: string
}

/**
 * Decides all of `ids` or none, and answers how many changed by it. Who wrote an approved one is told once, however often
 * it is decided; a process that dies in between tells nobody. Throws not_found, catalog_unavailable.
 */
export async function moderateReviews(decision: Decision, by: By): Promise<number> {
  const { ids, status, note } = decision
  const subject = ids.length === 1 ? `review:${ids[0]}` : 'reviews:several'
  const after = (changed: ReviewToModerate[]) => ({ status, note, changed: changed.map(({ id }) => id) })
  const act = { action: 'reviews:moderate', subject, after }
  const changed = await actOutside(by, act, () => adminModerateReviews(decision))
  if (status === 'approved') await tellAuthors(changed)
  return changed.length
}

async function tellAuthors(reviews: ReviewToModerate[]): Promise<void> {
  const people = await findPeople(reviews.map(({ authorRef }) => authorRef).filter(isUuid))
  const byId = new Map(people.map((person) => [person.id, person]))
  await transaction(async (trx) => {
    for (const review of reviews) {
      const author = byId.get(review.authorRef)
      if (!author) continue
      await append(trx, 'review.approved', `review.approved:${review.id}`, {
        email: author.email,
        name: author.name,
        productTitle: review.productTitle,
        url: `${env().STOREFRONT_ORIGIN}${paths.product(review.productSlug)}#reviews`,
      })
    }
  })
}
