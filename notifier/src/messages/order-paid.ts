// order.paid: the confirmation and receipt. Pure.
import type { EventPayload } from '../../../storefront/app/domain/outbox/events.ts'
import type { MailDocument, Shop } from '../layout/document.ts'
import { day, money, sentence } from '../layout/format.ts'
import {
  becauseOrdered,
  deliveryFacts,
  documentFacts,
  hello,
  isPaidInStore,
  isPickup,
  orderLines,
  orderLink,
  orderTotals,
  progress,
} from '../layout/order-blocks.ts'

/** `visa`, `4242` → `Visa ending in 4242`; without digits only the brand, without either `Card`. */
const card = (brand: string | null, last4: string | null): string =>
  `${brand ? sentence(brand) : 'Card'}${last4 ? ` ending in ${last4}` : ''}`

type Paid = EventPayload<'order.paid'>

const paidWith = ({ order, cardBrand, cardLast4 }: Paid): string =>
  isPaidInStore(order) ? 'At the counter' : card(cardBrand, cardLast4)

/** What has happened and what comes next. */
function news(order: Paid['order']): { preheader: string; text: string } {
  const paid = `${money(order.totalMinor, order.currency)} paid.`
  if (isPaidInStore(order))
    return { preheader: `${paid} This is your receipt.`, text: 'you have paid at the counter. This is your receipt.' }
  if (isPickup(order))
    return {
      preheader: `${paid} We will write again when you can collect it.`,
      text: 'your payment has arrived and we are getting your order ready. We will write again with your collection code as soon as it waits at the counter: please come only then.',
    }
  return {
    preheader: `${paid} We will write again when it leaves.`,
    text: 'your payment has arrived and we are packing your order. We will write again with the tracking link as soon as it leaves us.',
  }
}

export function orderPaid(event: Paid, shop: Shop): MailDocument {
  const { order } = event
  const { preheader, text } = news(order)
  return {
    subject: `Thank you for your order ${order.number}`,
    preheader,
    eyebrow: `Order ${order.number}`,
    heading: 'Thank you for your order',
    blocks: [
      progress(order, 'paid'),
      { kind: 'paragraph', text: `${hello(order)}, ${text}` },
      { kind: 'button', label: 'See your order', url: orderLink(order) },
      orderLines(order, shop),
      orderTotals(order, 'Total paid'),
      {
        kind: 'facts',
        facts: [
          ...deliveryFacts(order),
          { label: 'Ordered on', lines: [day(order.placedAt)] },
          { label: 'Paid with', lines: [paidWith(event)] },
          ...documentFacts('Invoice', 'Your invoice', order.invoiceUrl),
        ],
      },
    ],
    because: becauseOrdered(shop),
  }
}
