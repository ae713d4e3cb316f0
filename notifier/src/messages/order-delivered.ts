// order.delivered: it has arrived, or was collected. Pure.
import type { EventPayload } from '../../../storefront/app/domain/outbox/events.ts'
import type { MailDocument, Shop } from '../layout/document.ts'
import {
  becauseOrdered,
  deliveryFacts,
  documentFacts,
  hello,
  isPickup,
  orderLines,
  orderLink,
  orderTotals,
  progress,
} from '../layout/order-blocks.ts'

export function orderDelivered({ order }: EventPayload<'order.delivered'>, shop: Shop): MailDocument {
  const collected = isPickup(order)
  return {
    subject: collected ? `You have collected your order ${order.number}` : `Your order ${order.number} has arrived`,
    preheader: 'We hope you like it. Something not right? Just reply.',
    eyebrow: `Order ${order.number}`,
    heading: collected ? 'Thank you for coming by' : 'It has arrived',
    blocks: [
      progress(order, 'arrived'),
      {
        kind: 'paragraph',
        text: `${hello(order)}, your order has been ${collected ? 'collected' : 'delivered'}. We hope you like it. If something is missing or not right, just reply and we will put it right.`,
      },
      { kind: 'button', label: 'See your order', url: orderLink(order) },
      orderLines(order, shop),
      orderTotals(order, 'Total paid'),
      {
        kind: 'facts',
        facts: [...deliveryFacts(order), ...documentFacts('Invoice', 'Your invoice', order.invoiceUrl)],
      },
    ],
    because: becauseOrdered(shop),
  }
}
