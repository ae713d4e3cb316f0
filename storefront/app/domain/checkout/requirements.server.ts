// What must hold of the way an order is paid before there is one: the counter can wait for it, the card can be charged with
// it. Says no in the shopper's words, and changes nothing.
import type { Knex } from 'knex'
import type { Quote } from '#app/domain/cart/totals.ts'
import type { OrderDraft } from '#app/domain/orders/create.server.ts'
import { countUnpaidHolds } from '#app/domain/orders/pickup.server.ts'
import { whyNotByCard } from '#app/domain/payments/card-limits.ts'
import type { PaymentKind } from '#app/domain/payments/payment-status.ts'
import { mostUnpaidHolds } from '#app/domain/pickup/pickup-rules.ts'
import { DomainError } from '#app/lib/errors.ts'

/** Throws validation_failed when the quote cannot be paid in the way that was chosen. */
export function requirePayable(quote: Quote, by: { payBy?: PaymentKind }): void {
  if (quote.paymentMethod === 'in_store') requireCounter(quote, by)
  else requireCardTakes(quote)
}

/** What is paid at the counter can be held unpaid there, and is not paid in any other way. */
function requireCounter(quote: Quote, { payBy }: { payBy?: PaymentKind }): void {
  if (quote.inStoreProblem) throw incomplete('paymentMethod', `${quote.inStoreProblem} Please pay by card.`)
  if (payBy === 'intent') throw incomplete('paymentMethod', 'This cart is paid in the store. Choose to pay by card.')
}

/** What the provider would refuse is refused before there is an order. */
function requireCardTakes(quote: Quote): void {
  const why = whyNotByCard(quote)
  if (!why) return
  if (quote.fulfilment === 'pickup') throw incomplete('paymentMethod', `${why} Please pay in the store.`)
  throw new DomainError('validation_failed', `${why} Change your cart, or pick it up and pay in the store.`)
}

/** Holds that nobody pays for empty shelves: each person has a few at a time. */
export async function requireFewHolds(
  trx: Knex.Transaction,
  whose: Pick<OrderDraft, 'userId' | 'email'>,
): Promise<void> {
  if ((await countUnpaidHolds(trx, whose)) < mostUnpaidHolds) return
  throw incomplete(
    'paymentMethod',
    `${mostUnpaidHolds} orders already wait for you to pay them in a store. Collect one of them first, or pay this one by card.`,
  )
}

/** Something of the form is missing or wrong. */
export const incomplete = (field: string, message: string) =>
  new DomainError('validation_failed', message, { fields: { [field]: [message] } })
