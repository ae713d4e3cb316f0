// order.shipped: a parcel left; what is in it and where to follow it. As mail and as SMS. Pure.
import type { EventPayload } from '../../../storefront/app/domain/outbox/events.ts'
import type { Fact, MailDocument, Shop } from '../layout/document.ts'
import { oneLine, webLink } from '../layout/format.ts'
import { becauseOrdered, deliveryFacts, hello, orderLink, pieceLines, progress } from '../layout/order-blocks.ts'

type Shipped = EventPayload<'order.shipped'>

function trackingFacts({ parcel }: Shipped): Fact[] {
  const facts: Fact[] = []
  if (parcel.carrier) facts.push({ label: 'Carrier', lines: [parcel.carrier] })
  if (parcel.trackingNumber) facts.push({ label: 'Tracking number', lines: [parcel.trackingNumber] })
  return facts
}

const countUnits = (lines: { quantity: number }[]): number => lines.reduce((sum, line) => sum + line.quantity, 0)

export function orderShipped(event: Shipped, shop: Shop): MailDocument {
  const { order, parcel } = event
  const tracking = webLink(parcel.trackingUrl)
  const isAll = countUnits(parcel.lines) === countUnits(order.lines)
  return {
    subject: isAll
      ? `Your order ${order.number} is on its way`
      : `A parcel of your order ${order.number} is on its way`,
    preheader: `${parcel.carrier ? `With ${parcel.carrier}` : 'It left us today'}: follow it to your door.`,
    eyebrow: `Order ${order.number}`,
    heading: isAll ? 'It is on its way' : `Parcel ${parcel.parcelNo} is on its way`,
    blocks: [
      progress(order, 'on_its_way'),
      {
        kind: 'paragraph',
        text: isAll
          ? `${hello(order)}, your order has left us${parcel.carrier ? ` with ${parcel.carrier}` : ''}.`
          : `${hello(order)}, a parcel has left us${parcel.carrier ? ` with ${parcel.carrier}` : ''}. What is not in it comes separately; your order's page shows it all.`,
      },
      { kind: 'button', label: tracking ? 'Follow your parcel' : 'See your order', url: tracking ?? orderLink(order) },
      pieceLines(order, shop, 'In this parcel', parcel.lines),
      {
        kind: 'facts',
        facts: [
          ...deliveryFacts(order),
          ...trackingFacts(event),
          ...(tracking ? [{ label: 'Your order', lines: [`See order ${order.number}`], url: orderLink(order) }] : []),
        ],
      },
    ],
    because: becauseOrdered(shop),
  }
}

/** The same in one short line; the tracking link where there is one, else the order's own. */
export const orderShippedSms = ({ order, parcel }: Shipped, shop: Shop): string =>
  oneLine(
    `${shop.name}: order ${order.number} is on its way${parcel.carrier ? ` with ${parcel.carrier}` : ''}. ${webLink(parcel.trackingUrl) ?? orderLink(order)}`,
  )
