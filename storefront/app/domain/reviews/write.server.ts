// Writing a review: by somebody with an account, or by a buyer with the link of our mail. Whether they bought the product is
// asked of our orders, never of them.
import { z } from 'zod'
import type { OwnReview } from '#app/domain/catalog/answers.ts'
import { postReview, type Reviewer } from '#app/domain/catalog/reviews.server.ts'
import { hasBought } from '#app/domain/orders/has-bought.server.ts'
import { reviewerOf, shownName } from '#app/domain/reviews/reviewer.server.ts'
import { getReviewSettings } from '#app/domain/reviews/settings.server.ts'
import { noCardNumber } from '#app/lib/card-number.ts'

const words = (max: number, missing = 'Please reload the page and try again.') =>
  z
    .string(missing)
    .trim()
    .max(max, `At most ${max} characters, please.`)
    .refine(...noCardNumber)
const rating = z.enum(['1', '2', '3', '4', '5'], 'Choose from one to five stars.').transform(Number)

export const reviewWords = {
  title: words(120, 'Say it in a few words.').min(1, 'Say it in a few words.'),
  body: words(4000, 'Write what it is like.').min(1, 'Write what it is like.'),
}
/** What is typed on the product's page: stars with words. */
export const reviewForm = z.object({ rating, ...reviewWords })
/** What is typed behind the mailed link: stars are enough. */
export const ratingForm = z.object({ rating, title: words(120).default(''), body: words(4000).default('') })
export type ReviewText = z.output<typeof ratingForm>

type Author = { id: string; email: string; name: string; emailVerified: boolean }

/** The account's review of a product. Throws not_found (not sold), catalog_unavailable. */
export async function writeReview(user: Author, productId: string, text: ReviewText): Promise<OwnReview> {
  const bought = await hasBought(user.id, productId)
  return publish(reviewerOf(user), { ...text, productId, authorName: shownName(user.name), verifiedBuyer: bought })
}

/** A buyer's review: of a product that was in an order of theirs. */
export const writeAsBuyer = (reviewer: Reviewer, name: string, productId: string, text: ReviewText) =>
  publish(reviewer, { ...text, productId, authorName: shownName(name), verifiedBuyer: true })

type Review = ReviewText & { productId: string; authorName: string; verifiedBuyer: boolean }

async function publish(reviewer: Reviewer, review: Review): Promise<OwnReview> {
  const { publishBuyers } = await getReviewSettings()
  return postReview(reviewer, { ...review, publish: publishBuyers && review.verifiedBuyer })
}

/** What the author is told right after. */
export const saidAfter = ({ status }: OwnReview): string =>
  status === 'approved'
    ? 'Thank you. Your review is published.'
    : 'Thank you. Your review is waiting for moderation and will be here soon.'
