// What Stripe's own books say about a stretch of time, page by page, youngest first. The client is stripe.server.ts's.
// Reads only.
import type { ListedPayable, ListedRefund } from '#app/domain/payments/provider.ts'
import { answered, stripe, toRefund, toSession } from '#app/domain/payments/stripe.server.ts'
import { toSession as intentToSession } from '#app/domain/payments/stripe-intents.server.ts'

/** Made from `from` to `to` (null: now), both included. `after`: the last id of the page before. */
export type Stretch = { from: Date; to: Date | null; after: string | null }
/** `next` is the `after` of the following page, null when there is none. */
export type Listed<T> = { items: T[]; next: string | null }

const seconds = (at: Date) => Math.floor(at.getTime() / 1000)
const asked = ({ from, to, after }: Stretch) => ({
  limit: 100,
  created: { gte: seconds(from), ...(to && { lte: seconds(to) }) },
  ...(after && { starting_after: after }),
})
const madeAt = ({ created }: { created: number }) => new Date(created * 1000)

function listed<Raw extends { id: string }, T>(page: { data: Raw[]; has_more: boolean }, as: (raw: Raw) => T) {
  return { items: page.data.map(as), next: page.has_more ? (page.data.at(-1)?.id ?? null) : null }
}

/** Payment pages. */
export const listPages = async (stretch: Stretch): Promise<Listed<ListedPayable>> =>
  listed(await answered(stripe().checkout.sessions.list(asked(stretch))), (session) => ({
    ...toSession(session),
    isOfPage: false,
    createdAt: madeAt(session),
  }))

/** Intents: those of the client's own forms, and (`isOfPage`) those that Stripe made for its pages. */
export const listIntents = async (stretch: Stretch): Promise<Listed<ListedPayable>> =>
  listed(await answered(stripe().paymentIntents.list(asked(stretch))), (intent) => {
    const session = intentToSession(intent)
    return {
      ...session,
      isOfPage: session.orderId === null,
      orderId: intent.metadata?.order_id ?? null,
      createdAt: madeAt(intent),
    }
  })

/** Refunds, also those made in the dashboard. */
export const listRefundsMade = async (stretch: Stretch): Promise<Listed<ListedRefund>> =>
  listed(await answered(stripe().refunds.list(asked(stretch))), (refund) => ({
    ...toRefund(refund),
    createdAt: madeAt(refund),
  }))
