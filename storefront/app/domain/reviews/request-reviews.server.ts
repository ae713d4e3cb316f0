// Some days after an order arrived its buyer is asked, once, how they like what they kept of it. One transaction an order
// writes the event, whom we asked and that it is done: killed before, it is asked in the next round; after, never again.
import { listVariants } from '#app/domain/catalog/catalog.server.ts'
import { getReviewData } from '#app/domain/catalog/reviews.server.ts'
import { findPerson } from '#app/domain/identity/people.server.ts'
import {
  listOrdersToAskAbout,
  setReviewRequest,
  takeOrderToAskAbout,
} from '#app/domain/orders/review-request.server.ts'
import type { OrderItemRow, OrderRow } from '#app/domain/orders/work.server.ts'
import { append } from '#app/domain/outbox/outbox.server.ts'
import { mailboxHash } from '#app/domain/outbox/preferences.server.ts'
import { listKept } from '#app/domain/reviews/kept-items.server.ts'
import { linkDays, reviewUrl } from '#app/domain/reviews/review-link.server.ts'
import { mailboxRef, reviewerOf } from '#app/domain/reviews/reviewer.server.ts'
import type { By } from '#app/lib/clock.ts'
import { db, transaction } from '#app/lib/db.server.ts'
import { failpoint, Killed } from '#app/lib/failpoints.ts'
import { log } from '#app/lib/log.server.ts'

const batch = 20
const laterSeconds = 3600
/** The most products one mail asks about. */
const mostItems = 6

/** Asks about the orders whose time has come; answers how many were dealt with. An order that stumbles waits an hour. */
export async function requestReviews(by: By): Promise<number> {
  const due = await listOrdersToAskAbout(batch)
  for (const order of due) {
    try {
      await askAbout(order, by)
    } catch (error) {
      if (error instanceof Killed) throw error
      log.warn(
        { orderId: order.id, reason: error instanceof Error ? error.message : '' },
        'a review is asked for later',
      )
      await setReviewRequest(db(), order.id, laterSeconds)
    }
  }
  return due.length
}

async function askAbout({ id, userId, email }: OrderRow, by: By): Promise<void> {
  const kept = await listKept(id, db())
  const open = kept.length > 0 ? await notReviewed(kept, userId, email) : []
  await transaction(async (trx) => {
    const order = await takeOrderToAskAbout(trx, id)
    if (!order) return
    // Whatever came back while the catalogue was asked is not asked about.
    const stillKept = new Set((await listKept(id, trx)).map(({ productId }) => productId))
    const items = open.filter(({ productId }) => stillKept.has(productId)).slice(0, mostItems)
    if (order.status === 'fulfilled' && items.length > 0) {
      await append(trx, 'review.requested', `review.requested:${id}`, {
        email: order.email,
        name: order.shippingAddress.fullName,
        order: { number: order.number, placedAt: order.placedAt.toISOString() },
        items: items.map(({ title, imageSrc, productId }) => ({
          productTitle: title,
          imageSrc,
          url: reviewUrl(id, productId, by.at),
        })),
        expiresDays: linkDays,
      })
      const asked = { orderId: id, mailboxHash: mailboxHash(order.email), requestedAt: by.at }
      await trx('review_requests').insert(asked).onConflict('order_id').ignore()
    }
    failpoint('review_request_written')
    await setReviewRequest(trx, id, null)
  })
}

/** Those still sold that their buyer has not reviewed. */
async function notReviewed(kept: OrderItemRow[], userId: string | null, email: string): Promise<OrderItemRow[]> {
  const person = userId ? await findPerson(userId) : null
  const reviewer = person ? reviewerOf(person) : { ref: mailboxRef(email) }
  const [variants, data] = await Promise.all([listVariants(kept.map(({ sku }) => sku)), getReviewData(reviewer)])
  const sold = new Set(variants.filter((one) => one.productStatus === 'published').map(({ productId }) => productId))
  const reviewed = new Set(data.reviews.map(({ productId }) => productId))
  return kept.filter(({ productId }) => sold.has(productId) && !reviewed.has(productId))
}
