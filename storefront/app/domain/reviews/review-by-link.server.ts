// Reviews without an account, by the link of our mail: whose order, which product, and writing it. Reading changes nothing.
import type { OwnReview } from '#app/domain/catalog/answers.ts'
import { findOwnReview, type Reviewer } from '#app/domain/catalog/reviews.server.ts'
import { findPerson } from '#app/domain/identity/people.server.ts'
import { limitByNetwork } from '#app/domain/identity/rate-limit.server.ts'
import { getOrderRow, listOrderItems, type OrderItemRow } from '#app/domain/orders/work.server.ts'
import { readReviewToken } from '#app/domain/reviews/review-link.server.ts'
import { mailboxRef, reviewerOf, shownName } from '#app/domain/reviews/reviewer.server.ts'
import { type ReviewText, writeAsBuyer } from '#app/domain/reviews/write.server.ts'
import { DomainError, notFound } from '#app/lib/errors.ts'

type Invitation = { item: OrderItemRow; reviewer: Reviewer; name: string }

/** What the link lets its holder review. Throws not_found (not made here, or the buyer has left), gone (too old). */
async function getInvitation(token: string, at: Date): Promise<Invitation> {
  const link = readReviewToken(token, at)
  if (!link) throw notFound('This link')
  if (link.over) throw new DomainError('gone', 'This link is too old. You can still write on the page of the product.')
  const order = await getOrderRow(link.orderId)
  const item = (await listOrderItems(order.id)).find(({ productId }) => productId === link.productId)
  if (!item || order.email.endsWith('@deleted.invalid')) throw notFound('This link')
  if (!order.userId) return { item, reviewer: { ref: mailboxRef(order.email) }, name: order.shippingAddress.fullName }
  const person = await findPerson(order.userId)
  if (!person) throw notFound('This link')
  return { item, reviewer: reviewerOf(person), name: person.name }
}

type Shown = {
  product: { slug: string; title: string; variantTitle: string; imageSrc: string | null }
  /** As which the review will be signed. */
  name: string
  mine: OwnReview | null
}

/** The page behind the link. Throws as above, and catalog_unavailable. */
export async function viewInvitation(token: string, at: Date): Promise<Shown> {
  const { item, reviewer, name } = await getInvitation(token, at)
  const { productSlug: slug, title, variantTitle, imageSrc } = item
  const mine = await findOwnReview(item.productId, reviewer)
  return { product: { slug, title, variantTitle, imageSrc }, name: shownName(name), mine }
}

/** Writes the buyer's review, or changes it: one each, however often. Throws as above, and rate_limited. */
export async function reviewByLink(token: string, text: ReviewText, at: Date, ip: string): Promise<void> {
  await limitByNetwork('review', ip)
  const { item, reviewer, name } = await getInvitation(token, at)
  await writeAsBuyer(reviewer, name, item.productId, text)
}
