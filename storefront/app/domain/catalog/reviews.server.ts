// Reviews of products, kept by catalog-api. Shoppers read approved ones, write their own, and say of others whether they
// are helpful or should not be there.
import { z } from 'zod'
import { type OwnReview, ownReview, type Review, review } from '#app/domain/catalog/answers.ts'
import {
  ask,
  browse,
  catalogApi,
  changed,
  keep,
  type Road,
  staffReading,
} from '#app/domain/catalog/transport.server.ts'
import { isDomainError } from '#app/lib/errors.ts'

const writing: Road = { kind: 'write', deadlineMs: 5_000, scopes: ['reviews:write'] }

/** Who somebody is to catalog-api: `former` is what they were known by before they had an account. */
export type Reviewer = { ref: string; former?: string }

export const reviewSorts = ['newest', 'helpful', 'highest', 'lowest'] as const
export type ReviewSort = (typeof reviewSorts)[number]
export type ReviewPage = { items: Review[]; nextCursor: string | null; total: number }

const reviewPage = z.object({ items: z.array(review), nextCursor: z.string().nullable(), total: z.int().min(0) })

/**
 * Approved reviews of a product; `rating` narrows to that many stars. Asked each time, so that a vote is seen at once.
 * Throws validation_failed for an outdated page mark.
 */
export async function listReviews(
  productId: string,
  query: { cursor?: string; limit?: number; rating?: number; sort?: ReviewSort } = {},
): Promise<ReviewPage> {
  return keep(`reviews ${productId} ${JSON.stringify(query)}`, 0, () =>
    ask(reviewPage, browse, (init) =>
      catalogApi().GET('/reviews/product/{idOrSlug}', { params: { path: { idOrSlug: productId }, query }, ...init }),
    ),
  )
}

type Written = {
  productId: string
  authorName: string
  rating: number
  title: string
  body: string
  verifiedBuyer: boolean
  /** Before anybody has read it, unless something of theirs was rejected. */
  publish: boolean
}

/** Writes or replaces the author's review and answers it. Throws not_found (the product is not sold), catalog_unavailable. */
export async function postReview({ ref, former }: Reviewer, input: Written): Promise<OwnReview> {
  const body = { ...input, authorRef: ref, formerRef: former }
  return changed(ask(ownReview, writing, (init) => catalogApi().POST('/reviews', { body, ...init })))
}

const ofAuthor = (productId: string, { ref, former }: Reviewer) => ({
  path: { id: productId, author: ref },
  query: { former },
})

/** Takes the author's review away. Throws not_found. */
export async function removeOwnReview(productId: string, author: Reviewer): Promise<void> {
  const params = ofAuthor(productId, author)
  await changed(
    ask(z.unknown(), writing, (init) => catalogApi().DELETE('/reviews/product/{id}/by/{author}', { params, ...init })),
  )
}

/** What the author wrote about the product, whatever became of it; null when nothing. Never from a copy. */
export async function findOwnReview(productId: string, author: Reviewer): Promise<OwnReview | null> {
  const params = ofAuthor(productId, author)
  const asked = ask(ownReview, staffReading, (init) =>
    catalogApi().GET('/reviews/product/{id}/by/{author}', { params, ...init }),
  )
  return asked.catch((error: unknown) => {
    if (isDomainError(error, 'not_found')) return null
    throw error
  })
}

const votes = z.object({ items: z.array(z.object({ reviewId: z.uuid(), helpful: z.boolean() })) })

/** How `voterRef` voted on these reviews, by their ids; one question however many. */
export async function findVotes(voterRef: string, reviewIds: string[]): Promise<Record<string, boolean>> {
  if (reviewIds.length === 0) return {}
  const query = { voter: voterRef, reviews: reviewIds.join(',') }
  const { items } = await ask(votes, staffReading, (init) =>
    catalogApi().GET('/reviews/votes', { params: { query }, ...init }),
  )
  return Object.fromEntries(items.map(({ reviewId, helpful }) => [reviewId, helpful]))
}

const counts = z.object({ helpfulCount: z.int(), unhelpfulCount: z.int() })

/** Votes, changes the vote, or takes it back (null); answers the counts. Throws not_found, conflict (one's own review). */
export async function vote(reviewId: string, { ref, former }: Reviewer, helpful: boolean | null) {
  const body = { voterRef: ref, formerRef: former, helpful }
  const params = { path: { id: reviewId } }
  return ask(counts, writing, (init) => catalogApi().POST('/reviews/{id}/vote', { params, body, ...init }))
}

export const reportReasons = ['off_topic', 'offensive', 'private', 'advertising', 'untrue', 'other'] as const
export type ReportReason = (typeof reportReasons)[number]

/** Tells staff about a review, once each; a second time changes nothing. Throws not_found. */
export async function reportReview(
  reviewId: string,
  body: { reporterRef: string; reason: ReportReason; words: string },
): Promise<void> {
  const params = { path: { id: reviewId } }
  await ask(z.unknown(), writing, (init) => catalogApi().POST('/reviews/{id}/report', { params, body, ...init }))
}

const personData = z.object({
  reviews: z.array(ownReview),
  votes: z.array(z.object({ productTitle: z.string(), helpful: z.boolean(), votedAt: z.string() })),
  reports: z.array(z.object({ productTitle: z.string(), words: z.string(), createdAt: z.string() })),
})
export type ReviewData = z.infer<typeof personData>

/** Everything somebody wrote, voted and reported. Throws catalog_unavailable. */
export async function getReviewData({ ref, former }: Reviewer): Promise<ReviewData> {
  const params = { path: { author: ref }, query: { former } }
  return ask(personData, staffReading, (init) => catalogApi().GET('/reviews/by/{author}', { params, ...init }))
}

/** Takes somebody out of all reviews; what they said stays under no name. Told twice it is done. Throws catalog_unavailable. */
export async function forgetReviewer({ ref, former }: Reviewer): Promise<void> {
  const body = { ref, formerRef: former }
  await changed(ask(z.unknown(), writing, (init) => catalogApi().POST('/reviews/forget', { body, ...init })))
}
