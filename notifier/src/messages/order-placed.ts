// order.placed: we have the order, the money is still to come. Short: the receipt follows with order.paid. Pure.
import type { EventPayload } from '../../../storefront/app/domain/outbox/events.ts'
import type { MailDocument, Shop } from '../layout/document.ts'
import { count, money } from '../layout/format.ts'
import { becauseOrdered, orderLines, orderLink, orderTotals, progress } from '../layout/order-blocks.ts'

export function orderPlaced({ order }: EventPayload<'order.placed'>, shop: Shop): MailDocument {
  const total = money(order.totalMinor, order.currency)
  const items = count(
    order.lines.reduce((sum, line) => sum + line.quantity, 0),
    'item',
  )
  return {
    subject: `Your order ${order.number} is waiting for payment`,
    preheader: `${items}, ${total}. Just paid? Then your confirmation is on its way.`,
    eyebrow: `Order ${order.number}`,
    heading: 'We have your order',
    blocks: [
      progress(1),
      {
        kind: 'paragraph',
        text: `Hello ${order.shippingAddress.fullName}, we are keeping your things for you while you pay. Have you just paid? Then you can leave this mail: your confirmation is on its way.`,
      },
      { kind: 'button', label: `Pay ${total} or see your order`, url: orderLink(order) },
      orderLines(order, shop),
      orderTotals(order, 'To pay'),
    ],
    because: becauseOrdered(shop),
  }
}
