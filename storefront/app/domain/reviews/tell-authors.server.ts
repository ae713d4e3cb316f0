// What becomes of reviews is told to who wrote them: accounts by their address, buyers without one by that of their order.
// Each fact once, however often it is decided.
import type { Knex } from 'knex'
import type { StaffReview } from '#app/domain/catalog/staff/reviews.server.ts'
import { findPeople } from '#app/domain/identity/people.server.ts'
import type { EventPayload } from '#app/domain/outbox/events.ts'
import { append } from '#app/domain/outbox/outbox.server.ts'
import { mailboxOf } from '#app/domain/reviews/reviewer.server.ts'
import { env } from '#app/env.server.ts'
import { db, transaction } from '#app/lib/db.server.ts'
import { isUuid } from '#app/lib/uuid.ts'
import { paths } from '#app/paths.ts'

type Reader = { email: string; name: string }
type Facts = { email: string; name: string; productTitle: string; url: string }
type Topic = 'review.approved' | 'review.rejected' | 'review.replied'

/**
 * Appends one event about each review whose author is known. `keyOf` names the fact; `more` is what the event says beside
 * reader and product. A process that dies before tells nobody: the fact itself is catalog-api's.
 */
export async function tellAuthors<T extends Topic>(
  topic: T,
  reviews: StaffReview[],
  keyOf: (review: StaffReview) => string,
  more: (review: StaffReview) => Omit<EventPayload<T>, keyof Facts>,
): Promise<void> {
  const readers = await findReaders(reviews.map(({ authorRef }) => authorRef))
  await transaction(async (trx) => {
    for (const review of reviews) {
      const reader = readers.get(review.authorRef)
      if (!reader) continue
      const url = `${env().STOREFRONT_ORIGIN}${paths.product(review.productSlug)}#reviews`
      const facts: Facts = { ...reader, productTitle: review.productTitle, url }
      await append(trx, topic, `${topic}:${keyOf(review)}`, { ...facts, ...more(review) } as EventPayload<T>)
    }
  })
}

/** Who stands behind these references, as far as we know; two statements however many. */
async function findReaders(refs: string[]): Promise<Map<string, Reader>> {
  const people = await findPeople(refs.filter(isUuid))
  const guests = await findGuests(
    db(),
    refs.flatMap((ref) => mailboxOf(ref) ?? []),
  )
  return new Map([...people.map(({ id, email, name }) => [id, { email, name }] as const), ...guests])
}

async function findGuests(knex: Knex, mailboxes: Buffer[]): Promise<[string, Reader][]> {
  if (mailboxes.length === 0) return []
  const rows: { mailboxHash: Buffer; email: string; name: string }[] = await knex('review_requests as asked')
    .join('orders as o', 'o.id', 'asked.orderId')
    .whereIn('asked.mailboxHash', mailboxes)
    .orderBy('asked.requestedAt')
    .select('asked.mailboxHash', 'o.email', knex.raw(`o.shipping_address ->> 'fullName' AS name`))
  return rows.map(({ mailboxHash, email, name }) => [`mailbox:${mailboxHash.toString('hex')}`, { email, name }])
}
