// Reviews of products, kept by catalog-api. Shoppers read approved ones; writing one makes it wait for a moderator.
import { z } from 'zod'
import { type Review, review } from '#app/domain/catalog/answers.ts'
import { ask, browse, catalogApi, forgetCatalog, keep, type Road } from '#app/domain/catalog/transport.server.ts'

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
  productId: z.uuid(),
  productTitle: z.string(),
  productSlug: z.string(),
  status: z.string(),
  moderationNote: z.string().nullable(),
})
export type ReviewToModerate = z.infer<typeof reviewToModerate>

/** Reviews by moderation status, for staff. */
export async function adminListReviews(status: 'pending' | 'approved' | 'rejected'): Promise<ReviewToModerate[]> {
  const road: Road = { ...browse, scopes: ['catalog:read'] }
  const answer = await ask(z.object({ items: z.array(reviewToModerate) }), road, (init) =>
    catalogApi().GET('/admin/reviews', { params: { query: { status } }, ...init }),
  )
  return answer.items
}

/** Approves or rejects a review; the product's rating follows at once. Throws not_found. */
export async function adminModerateReview(
  id: string,
  input: { status: 'approved' | 'rejected'; note: string },
): Promise<void> {
  await ask(z.unknown(), moderating, (init) =>
    catalogApi().POST('/admin/reviews/{id}/moderate', { params: { path: { id } }, body: input, ...init }),
  )
  forgetCatalog()
}
