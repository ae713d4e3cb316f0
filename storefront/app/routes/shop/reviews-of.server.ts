// Reviews of a product as the reader sees them: a page of them, how the reader voted, what the reader wrote. Four questions to
// the catalogue at most, however many reviews. Where it cannot be asked, the rest of the page is shown without them.
import { findOwnReview, findVotes, listReviews } from '#app/domain/catalog/reviews.server.ts'
import { reviewerOf } from '#app/domain/reviews/reviewer.server.ts'
import type { SessionUser } from '#app/http/session.server.ts'
import { isDomainError } from '#app/lib/errors.ts'
import type { OwnReviewInfo } from '#app/ui/review-form.tsx'
import type { ReviewsInfo } from '#app/ui/reviews.tsx'

/** Throws validation_failed for an outdated page mark. */
export async function loadReviews(
  productId: string,
  user: SessionUser | null,
  query: Parameters<typeof listReviews>[1],
): Promise<ReviewsInfo> {
  const [page, mine] = await Promise.all([
    orNull(listReviews(productId, query)),
    user ? orNull(findOwnReview(productId, reviewerOf(user))) : null,
  ])
  const shown = page?.items.map(({ id }) => id) ?? []
  const votes = (user && (await orNull(findVotes(user.id, shown)))) || {}
  return { page, votes, signedIn: user !== null, mine: mine && toOwn(mine) }
}

const toOwn = ({ id, rating, title, body, status, rejection }: OwnReviewInfo): OwnReviewInfo => ({
  ...{ id, rating, title, body, status, rejection },
})

async function orNull<T>(work: Promise<T>): Promise<T | null> {
  return work.catch((error: unknown) => {
    if (isDomainError(error, 'catalog_unavailable') || isDomainError(error, 'not_found')) return null
    throw error
  })
}
