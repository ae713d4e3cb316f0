// order.paid: the confirmation and receipt. Pure.
import type { EventPayload } from '../../../storefront/app/domain/outbox/events.ts'
import type { MailDocument, Shop } from '../layout/document.ts'
import { day, money, sentence } from '../layout/format.ts'
import { becauseOrdered, deliveryFacts, orderLines, orderLink, orderTotals, progress } from '../layout/order-blocks.ts'

/** `visa`, `4242` → `Visa ending in 4242`; without digits only the brand, without either `Card`. */
const card = (brand: string | null, last4: string | null): string =>
  `${brand ? sentence(brand) : 'Card'}${last4 ? ` ending in ${last4}` : ''}`

export function orderPaid({ order, cardBrand, cardLast4 }: EventPayload<'order.paid'>, shop: Shop): MailDocument {
  return {
    subject: `Thank you for your order ${order.number}`,
    preheader: `${money(order.totalMinor, order.currency)} paid. We will write again when it leaves.`,
    eyebrow: `Order ${order.number}`,
    heading: 'Thank you for your order',
    blocks: [
      progress(2),
      {
        kind: 'paragraph',
        text: `Hello ${order.shippingAddress.fullName}, your payment has arrived and we are packing your order. We will write again with the tracking link as soon as it leaves us.`,
      },
      { kind: 'button', label: 'See your order', url: orderLink(order) },
      orderLines(order, shop),
      orderTotals(order, 'Total paid'),
      {
        kind: 'facts',
        facts: [
          ...deliveryFacts(order),
          { label: 'Ordered on', lines: [day(order.placedAt)] },
          { label: 'Paid with', lines: [card(cardBrand, cardLast4)] },
        ],
      },
    ],
    because: becauseOrdered(shop),
  }
}
