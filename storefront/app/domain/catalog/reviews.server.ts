// Reviews of products, kept by catalog-api. Shoppers read approved ones; writing one makes it wait for a moderator.
import { z } from 'zod'
import { type Review, review } from '#app/domain/catalog/answers.ts'
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

const moderating: Road = { kind: 'write', deadlineMs: 5_000, scopes: ['reviews:write'] }

const reviewPage = z.object({ items: z.array(review), nextCursor: z.string().nullable(), total: z.int().min(0) })

/** Approved reviews of a product, newest first; `rating` narrows to that many stars. */
export async function listReviews(
  productId: string,
  query: { cursor?: string; limit?: number; rating?: number } = {},
): Promise<{ items: Review[]; nextCursor: string | null; total: number }> {
  return keep(`reviews ${productId} ${JSON.stringify(query)}`, 1_000, () =>
    ask(reviewPage, browse, (init) =>
      catalogApi().GET('/reviews/product/{idOrSlug}', { params: { path: { idOrSlug: productId }, query }, ...init }),
    ),
  )
}

/** Writes or replaces the author's review; it waits for approval. `authorRef` is the user's id. */
export async function postReview(input: {
  productId: string
  authorRef: string
  authorName: string
  rating: number
  title: string
  body: string
  verifiedBuyer: boolean
}): Promise<void> {
  await ask(z.unknown(), moderating, (init) => catalogApi().POST('/reviews', { body: input, ...init }))
}

const reviewToModerate = review.extend({
  authorRef: z.string(),
  productId: z.uuid(),
  productTitle: z.string(),
  productSlug: z.string(),
  status: z.string(),
  moderationNote: z.string().nullable(),
})
export type ReviewToModerate = z.infer<typeof reviewToModerate>

/** What `authorRef` wrote about the product, whatever became of it; null when nothing. Never from a copy. */
export async function findOwnReview(productId: string, authorRef: string): Promise<ReviewToModerate | null> {
  const params = { path: { id: productId, author: authorRef } }
  const asked = ask(reviewToModerate, staffReading, (init) =>
    catalogApi().GET('/reviews/product/{id}/by/{author}', { params, ...init }),
  )
  return asked.catch((error: unknown) => {
    if (isDomainError(error, 'not_found')) return null
    throw error
  })
}

const queue = z.object({ items: z.array(reviewToModerate), nextCursor: z.string().nullable(), total: z.int() })
export type ReviewFilter = {
  status?: 'pending' | 'approved' | 'rejected'
  rating?: number
  q?: string
  cursor?: string
}

/** Reviews by moderation status, oldest first, for staff. Throws validation_failed for an outdated page mark. */
export async function adminListReviews(query: ReviewFilter): Promise<z.infer<typeof queue>> {
  return ask(queue, staffReading, (init) => catalogApi().GET('/admin/reviews', { params: { query }, ...init }))
}

/**
 * Approves or rejects reviews, all of them or none; the products' ratings follow at once. Answers those whose status changed
 * by this. Throws not_found.
 */
export async function adminModerateReviews(body: {
  ids: string[]
  status: 'approved' | 'rejected'
  note: string
}): Promise<ReviewToModerate[]> {
  const schema = z.object({ changed: z.array(reviewToModerate) })
  const answer = await changed(
    ask(schema, moderating, (init) => catalogApi().POST('/admin/reviews/moderate', { body, ...init })),
  )
  return answer.changed
}
