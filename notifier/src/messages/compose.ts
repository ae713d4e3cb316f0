// THE TABLE of messages: which event says what to whom, by which channel. Pure: event in, messages out.
// SMS: only order.shipped, and only when the shopper left a telephone number with the order.
import type { EventPayload, EventTopic } from '../../../storefront/app/domain/outbox/events.ts'
import type { MailDocument, Shop } from '../layout/document.ts'
import { oneLine } from '../layout/format.ts'
import { renderHtml } from '../layout/render-html.ts'
import { renderText } from '../layout/render-text.ts'
import { accountWelcome } from './account-welcome.ts'
import { orderCancelled } from './order-cancelled.ts'
import { orderDelivered } from './order-delivered.ts'
import { orderPaid } from './order-paid.ts'
import { orderPlaced } from './order-placed.ts'
import { orderRefunded } from './order-refunded.ts'
import { orderShipped, orderShippedSms } from './order-shipped.ts'
import { stockLow } from './stock-low.ts'

export type Mail = { channel: 'email'; to: string; subject: string; html: string; text: string }
type Sms = { channel: 'sms'; to: string; text: string }
export type Message = Mail | Sms

/** `+49 (30) 123-456` → `+4930123456`, or null when it is no telephone number. */
export function phoneNumber(typed: string | null): string | null {
  const digits = (typed ?? '').replace(/[\s().\-/]/g, '')
  return /^\+?\d{6,15}$/.test(digits) ? digits : null
}

/** A document as a mail to one address; the subject is one line whatever the event held. */
const asMail = (to: string, document: MailDocument, shop: Shop): Mail => ({
  channel: 'email',
  to,
  subject: oneLine(document.subject),
  html: renderHtml(document, shop),
  text: renderText(document, shop),
})

const shippedSms = (event: EventPayload<'order.shipped'>, shop: Shop): Sms[] => {
  const to = phoneNumber(event.order.phone)
  return to ? [{ channel: 'sms', to, text: orderShippedSms(event, shop) }] : []
}

const messages: { [T in EventTopic]: (payload: EventPayload<T>, shop: Shop) => Message[] } = {
  'order.placed': (event, shop) => [asMail(event.order.email, orderPlaced(event, shop), shop)],
  'order.paid': (event, shop) => [asMail(event.order.email, orderPaid(event, shop), shop)],
  'order.shipped': (event, shop) => [
    asMail(event.order.email, orderShipped(event, shop), shop),
    ...shippedSms(event, shop),
  ],
  'order.delivered': (event, shop) => [asMail(event.order.email, orderDelivered(event, shop), shop)],
  'order.cancelled': (event, shop) => [asMail(event.order.email, orderCancelled(event, shop), shop)],
  'order.refunded': (event, shop) => [asMail(event.order.email, orderRefunded(event, shop), shop)],
  'account.welcome': (event, shop) => [asMail(event.email, accountWelcome(event, shop), shop)],
  'stock.low': (event, shop) => [asMail(shop.shopkeeperEmail, stockLow(event, shop), shop)],
}

/** All messages of one event whose payload has passed its schema. */
export const compose = <T extends EventTopic>(topic: T, payload: EventPayload<T>, shop: Shop): Message[] =>
  messages[topic](payload, shop)
