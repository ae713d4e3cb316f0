// order.placed: we have the order, the money is still to come: on the payment page, or at the store's counter.
// Short: the receipt follows with order.paid. Pure.
import type { EventPayload } from '../../../storefront/app/domain/outbox/events.ts'
import type { MailDocument, Shop } from '../layout/document.ts'
import { count, dayAndTime, money } from '../layout/format.ts'
import {
  becauseOrdered,
  deliveryFacts,
  hello,
  isPaidInStore,
  orderLines,
  orderLink,
  orderTotals,
  progress,
} from '../layout/order-blocks.ts'

type Placed = EventPayload<'order.placed'>

/** Paid when it is collected: nothing to do now but to wait for the next mail. */
function toPayInStore({ order }: Placed, shop: Shop): MailDocument {
  const total = money(order.totalMinor, order.currency)
  const store = order.pickupStore?.name ?? 'the store'
  const until = order.holdUntil ? dayAndTime(order.holdUntil, order.pickupStore?.timezone) : null
  return {
    subject: `Your order ${order.number} is reserved at ${store}`.slice(0, 78),
    preheader: `${until ? `Kept for you until ${until}. ` : ''}You pay ${total} when you collect it.`,
    eyebrow: `Order ${order.number}`,
    heading: 'We are keeping it for you',
    blocks: [
      progress(order, 'ordered'),
      {
        kind: 'paragraph',
        text: `${hello(order)}, your things are reserved at ${store}. There is nothing to pay now: you pay ${total} at the counter. We will write again with your collection code when it is ready: please come only then.`,
      },
      ...(until
        ? [{ kind: 'note' as const, text: `Kept for you until ${until}. After that the things go back on the shelf.` }]
        : []),
      { kind: 'button', label: 'See your order', url: orderLink(order) },
      { kind: 'facts', facts: deliveryFacts(order) },
      orderLines(order, shop),
      orderTotals(order, 'To pay at the counter'),
    ],
    because: becauseOrdered(shop),
  }
}

export function orderPlaced(event: Placed, shop: Shop): MailDocument {
  const { order } = event
  if (isPaidInStore(order)) return toPayInStore(event, shop)
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
      progress(order, 'ordered'),
      {
        kind: 'paragraph',
        text: `${hello(order)}, we are keeping your things for you while you pay. Have you just paid? Then you can leave this mail: your confirmation is on its way.`,
      },
      { kind: 'button', label: `Pay ${total} or see your order`, url: orderLink(order) },
      orderLines(order, shop),
      orderTotals(order, 'To pay'),
    ],
    because: becauseOrdered(shop),
  }
}
