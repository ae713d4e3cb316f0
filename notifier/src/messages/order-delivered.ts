// order.delivered: it has arrived. Pure.
import type { EventPayload } from '../../../storefront/app/domain/outbox/events.ts'
import type { MailDocument, Shop } from '../layout/document.ts'
import { becauseOrdered, deliveryFacts, orderLines, orderLink, orderTotals, progress } from '../layout/order-blocks.ts'

export function orderDelivered({ order }: EventPayload<'order.delivered'>, shop: Shop): MailDocument {
  return {
    subject: `Your order ${order.number} has arrived`,
    preheader: 'We hope you like it. Something not right? Just reply.',
    eyebrow: `Order ${order.number}`,
    heading: 'It has arrived',
    blocks: [
      progress(4),
      {
        kind: 'paragraph',
        text: `Hello ${order.shippingAddress.fullName}, your order has been delivered. We hope you like it. If something is missing or not right, just reply and we will put it right.`,
      },
      { kind: 'button', label: 'See your order', url: orderLink(order) },
      orderLines(order, shop),
      orderTotals(order, 'Total paid'),
      { kind: 'facts', facts: deliveryFacts(order) },
    ],
    because: becauseOrdered(shop),
  }
}
