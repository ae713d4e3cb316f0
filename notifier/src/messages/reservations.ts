// reservation.held, .lapsed, .cancelled: a thing kept in a store for the reader, with the code for the counter. Pure.
import type { EventPayload } from '../../../storefront/app/domain/outbox/events.ts'
import type { Block, MailDocument, Shop } from '../layout/document.ts'
import { dayAndTime, money, oneLine, picture, sentence } from '../layout/format.ts'
import { storeFacts } from '../layout/order-blocks.ts'
import { buttonTo } from './account-letter.ts'

type Held = EventPayload<'reservation.held'>
type Reservation = Held['reservation']

const thing = (reservation: Reservation, shop: Shop): Block => ({
  kind: 'lines',
  title: 'Reserved',
  lines: [
    {
      title: reservation.title,
      variantTitle: reservation.variantTitle,
      sku: reservation.sku,
      quantity: reservation.quantity,
      amount: money(reservation.totalMinor, reservation.currency),
      pictureUrl: picture(shop.origin, reservation.imageSrc),
    },
  ],
})

const because = (shop: Shop): string => `You get this mail because this was reserved at ${shop.name} with your address.`
const pieces = ({ quantity, title }: Reservation): string =>
  quantity === 1 ? oneLine(title) : `${quantity} pieces of ${oneLine(title)}`

export function reservationHeld({ name, reservation, code, holdUntil }: Held, shop: Shop): MailDocument {
  const { store } = reservation
  const end = dayAndTime(holdUntil, store.timezone)
  return {
    subject: `Reserved for you until ${end}`,
    preheader: `At ${oneLine(store.name)}. Bring the code in this mail and pay there.`,
    eyebrow: `Reservation ${reservation.number}`,
    heading: 'It is kept for you',
    blocks: [
      {
        kind: 'paragraph',
        text: `Hello ${oneLine(name)}, ${oneLine(store.name)} keeps ${pieces(reservation)} for you until ${end} (the time there). Show this code at the counter and pay ${money(reservation.totalMinor, reservation.currency)}, by card or cash.`,
      },
      { kind: 'code', label: 'Your code', code: oneLine(code) },
      { kind: 'facts', facts: [{ label: 'Kept until', lines: [end] }, ...storeFacts(store)] },
      buttonTo('See your reservation', reservation.url),
      thing(reservation, shop),
      { kind: 'note', text: 'Changed your mind? Let it go on that page: somebody else may be glad of it.' },
    ],
    because: because(shop),
  }
}

export const reservationLapsed = (
  { name, reservation }: EventPayload<'reservation.lapsed'>,
  shop: Shop,
): MailDocument => ({
  subject: `Your reservation ${reservation.number} has lapsed`,
  preheader: `Its time is over: ${oneLine(reservation.title)} is on the shelf again.`,
  eyebrow: `Reservation ${reservation.number}`,
  heading: 'It is on the shelf again',
  blocks: [
    {
      kind: 'paragraph',
      text: `Hello ${oneLine(name)}, the time of your reservation at ${oneLine(reservation.store.name)} is over, so ${pieces(reservation)} went back on the shelf. The code is good for nothing any more, and there is nothing to pay. You can reserve it again while there is some.`,
    },
    buttonTo('See your reservation', reservation.url),
    thing(reservation, shop),
  ],
  because: because(shop),
})

export const reservationCancelled = (
  { name, reservation, reason }: EventPayload<'reservation.cancelled'>,
  shop: Shop,
): MailDocument => ({
  subject: `${oneLine(reservation.store.name)} cannot keep your reservation`.slice(0, 78),
  preheader: `We are sorry: ${oneLine(reservation.title)} is not kept for you any more.`,
  eyebrow: `Reservation ${reservation.number}`,
  heading: 'We cannot keep it for you',
  blocks: [
    {
      kind: 'paragraph',
      text: `Hello ${oneLine(name)}, we are sorry: ${oneLine(reservation.store.name)} cannot keep ${pieces(reservation)} for you. The code is good for nothing any more, and there is nothing to pay.`,
    },
    ...(reason.trim() ? [{ kind: 'note' as const, text: `What the store says: ${sentence(reason)}` }] : []),
    buttonTo('See your reservation', reservation.url),
    thing(reservation, shop),
    { kind: 'facts', facts: storeFacts(reservation.store) },
  ],
  because: because(shop),
})
