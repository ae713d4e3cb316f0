// order.return_*: the four letters of a return, from the wish to the parcel in our hands. Pure.
import type { EventPayload } from '../../../storefront/app/domain/outbox/events.ts'
import type { Block, MailDocument, Shop } from '../layout/document.ts'
import { money } from '../layout/format.ts'
import { becauseOrdered, hello, orderLink, pieceLines, remark } from '../layout/order-blocks.ts'

type Return = EventPayload<'order.return_requested'>
type Letter = Pick<MailDocument, 'subject' | 'preheader' | 'heading'> & { text: string; more: Block[]; list: string }

const letter = (event: Return, { text, more, list, ...rest }: Letter, shop: Shop): MailDocument => ({
  ...rest,
  eyebrow: `Return ${event.returnNumber} · Order ${event.order.number}`,
  blocks: [
    { kind: 'paragraph', text: `${hello(event.order)}, ${text}` },
    ...more,
    { kind: 'button', label: 'See your return', url: orderLink(event.order) },
    ...(event.lines.length > 0 ? [pieceLines(event.order, shop, list, event.lines)] : []),
  ],
  because: becauseOrdered(shop),
})

export const orderReturnRequested = (event: Return, shop: Shop): MailDocument =>
  letter(
    event,
    {
      subject: `We have your return request ${event.returnNumber}`,
      preheader: 'We will look at it and answer, usually within two working days.',
      heading: 'We have your request',
      text: 'you would like to return something. We look at every request ourselves and answer soon, usually within two working days. Please keep the things until then.',
      more: remark('You wrote', event.reason),
      list: 'What you would like to return',
    },
    shop,
  )

export const orderReturnApproved = (event: EventPayload<'order.return_approved'>, shop: Shop): MailDocument =>
  letter(
    event,
    {
      subject: `Your return ${event.returnNumber} is approved`,
      preheader: 'Please send it back; your money follows when it is here.',
      heading: 'Please send it back',
      text: `your return is approved. Pack the things well and put the number ${event.returnNumber} inside, so that we know whose they are. Your money goes back when they are here.`,
      more: [...remark('How to send it', event.instructions), ...remark('From us', event.note)],
      list: 'What to send',
    },
    shop,
  )

export const orderReturnRejected = (event: Return, shop: Shop): MailDocument =>
  letter(
    event,
    {
      subject: `About your return ${event.returnNumber}`,
      preheader: 'We cannot take it back, and here is why.',
      heading: 'We cannot take it back',
      text: 'we have looked at your request and cannot take these things back. Do you see it differently? Just reply: a person reads it.',
      more: remark('Why', event.note),
      list: 'What you wanted to return',
    },
    shop,
  )

export function orderReturnReceived(event: EventPayload<'order.return_received'>, shop: Shop): MailDocument {
  const refund = event.refundMinor ? money(event.refundMinor, event.order.currency) : null
  return letter(
    event,
    {
      subject: `Your return ${event.returnNumber} has arrived`,
      preheader: refund ? `${refund} goes back to you.` : 'We are checking it; your money follows.',
      heading: 'It is back with us',
      text: refund
        ? `your return has arrived and all is well. We are giving back ${refund}; a mail follows when it is on its way.`
        : 'your return has arrived. We are checking it and write again as soon as your money is on its way.',
      more: remark('From us', event.note),
      list: 'What arrived',
    },
    shop,
  )
}
