// order.ready_for_pickup: it lies at the counter; where, until when, and what to show. As mail and as SMS. Pure.
import type { EventPayload } from '../../../storefront/app/domain/outbox/events.ts'
import type { MailDocument, Shop } from '../layout/document.ts'
import { dayAndTime, money, oneLine } from '../layout/format.ts'
import {
  becauseOrdered,
  hello,
  isPaidInStore,
  orderLines,
  orderLink,
  progress,
  storeFacts,
} from '../layout/order-blocks.ts'

type Ready = EventPayload<'order.ready_for_pickup'>

export function orderReadyForPickup(event: Ready, shop: Shop): MailDocument {
  const { order, store, code, collectBy } = event
  const until = collectBy ? dayAndTime(collectBy, store.timezone) : null
  const toPay = isPaidInStore(order) ? `Please bring ${money(order.totalMinor, order.currency)}, by card or cash. ` : ''
  return {
    subject: `Your order ${order.number} is ready to collect`,
    preheader: `${oneLine(store.name)}${until ? `, until ${until}` : ''}. Bring the code in this mail.`,
    eyebrow: `Order ${order.number}`,
    heading: 'It is ready for you',
    blocks: [
      progress(order, 'on_its_way'),
      {
        kind: 'paragraph',
        text: `${hello(order)}, your order waits for you at ${oneLine(store.name)}. ${toPay}Show this code at the counter, on a screen or on paper.`,
      },
      { kind: 'code', label: 'Your collection code', code: oneLine(code) },
      {
        kind: 'facts',
        facts: [...(until ? [{ label: 'Collect by', lines: [until] }] : []), ...storeFacts(store)],
      },
      { kind: 'button', label: 'See your order', url: orderLink(order) },
      orderLines(order, shop),
    ],
    because: becauseOrdered(shop),
  }
}

/** The same in one short line, the code first: it is what the reader needs at the counter. */
export const orderReadyForPickupSms = ({ order, store, code, collectBy }: Ready, shop: Shop): string =>
  oneLine(
    `${shop.name}: code ${code} collects order ${order.number} at ${store.name}${collectBy ? `, until ${dayAndTime(collectBy, store.timezone)}` : ''}. ${orderLink(order)}`,
  )
