// THE TABLE of messages: which event says what to whom, by which channel. Pure: event in, messages out.
// SMS: a parcel on its way and an order ready to collect; whether one may be sent is the event's `channels` (deliver.ts).
import type { EventPayload, EventTopic, OrderSnapshot } from '../../../storefront/app/domain/outbox/events.ts'
import type { MailDocument, Shop } from '../layout/document.ts'
import { oneLine } from '../layout/format.ts'
import { renderHtml } from '../layout/render-html.ts'
import { renderText } from '../layout/render-text.ts'
import { accountConfirmNewEmail } from './account-confirm-new-email.ts'
import { accountEmailChanged } from './account-email-changed.ts'
import { accountExists } from './account-exists.ts'
import { accountPasswordChanged } from './account-password-changed.ts'
import { accountResetPassword } from './account-reset-password.ts'
import { accountStaffInvited } from './account-staff-invited.ts'
import { accountVerifyEmail } from './account-verify-email.ts'
import { accountWelcome } from './account-welcome.ts'
import { orderCancelled } from './order-cancelled.ts'
import { orderDelivered } from './order-delivered.ts'
import { orderNote } from './order-note.ts'
import { orderPaid } from './order-paid.ts'
import { orderPlaced } from './order-placed.ts'
import { orderReadyForPickup, orderReadyForPickupSms } from './order-ready-for-pickup.ts'
import { orderRefunded } from './order-refunded.ts'
import { orderReturnApproved, orderReturnReceived, orderReturnRejected, orderReturnRequested } from './order-returns.ts'
import { orderShipped, orderShippedSms } from './order-shipped.ts'
import { reservationCancelled, reservationHeld, reservationLapsed } from './reservations.ts'
import { reviewApproved } from './review-approved.ts'
import { reviewRejected } from './review-rejected.ts'
import { reviewReplied } from './review-replied.ts'
import { reviewRequested } from './review-requested.ts'
import { stockLow } from './stock-low.ts'

/** `unsubscribeUrl`: where this kind of mail is turned off; null for those that cannot be. */
export type Mail = {
  channel: 'email'
  to: string
  subject: string
  html: string
  text: string
  unsubscribeUrl: string | null
}
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
  unsubscribeUrl: document.unsubscribeUrl ?? null,
})

/** A text message to the order's telephone, when it has one. */
const asSms = (order: OrderSnapshot, text: string): Sms[] => {
  const to = phoneNumber(order.phone)
  return to ? [{ channel: 'sms', to, text }] : []
}

const messages: { [T in EventTopic]: (payload: EventPayload<T>, shop: Shop) => Message[] } = {
  'order.placed': (event, shop) => [asMail(event.order.email, orderPlaced(event, shop), shop)],
  'order.paid': (event, shop) => [asMail(event.order.email, orderPaid(event, shop), shop)],
  'order.shipped': (event, shop) => [
    asMail(event.order.email, orderShipped(event, shop), shop),
    ...asSms(event.order, orderShippedSms(event, shop)),
  ],
  'order.delivered': (event, shop) => [asMail(event.order.email, orderDelivered(event, shop), shop)],
  'order.cancelled': (event, shop) => [asMail(event.order.email, orderCancelled(event, shop), shop)],
  // An order that cost nothing ends without money: its cancellation has said all there is.
  'order.refunded': (event, shop) =>
    event.refundMinor > 0 ? [asMail(event.order.email, orderRefunded(event, shop), shop)] : [],
  'order.ready_for_pickup': (event, shop) => [
    asMail(event.order.email, orderReadyForPickup(event, shop), shop),
    ...asSms(event.order, orderReadyForPickupSms(event, shop)),
  ],
  'order.return_requested': (event, shop) => [asMail(event.order.email, orderReturnRequested(event, shop), shop)],
  'order.return_approved': (event, shop) => [asMail(event.order.email, orderReturnApproved(event, shop), shop)],
  'order.return_rejected': (event, shop) => [asMail(event.order.email, orderReturnRejected(event, shop), shop)],
  'order.return_received': (event, shop) => [asMail(event.order.email, orderReturnReceived(event, shop), shop)],
  'order.note': (event, shop) => [asMail(event.order.email, orderNote(event, shop), shop)],
  'account.verify_email': (event, shop) => [asMail(event.email, accountVerifyEmail(event, shop), shop)],
  'account.reset_password': (event, shop) => [asMail(event.email, accountResetPassword(event, shop), shop)],
  'account.exists': (event, shop) => [asMail(event.email, accountExists(event, shop), shop)],
  'account.confirm_new_email': (event, shop) => [asMail(event.email, accountConfirmNewEmail(event, shop), shop)],
  'account.email_changed': (event, shop) => [asMail(event.email, accountEmailChanged(event, shop), shop)],
  'account.password_changed': (event, shop) => [asMail(event.email, accountPasswordChanged(event, shop), shop)],
  'account.staff_invited': (event, shop) => [asMail(event.email, accountStaffInvited(event, shop), shop)],
  'review.approved': (event, shop) => [asMail(event.email, reviewApproved(event, shop), shop)],
  'review.rejected': (event, shop) => [asMail(event.email, reviewRejected(event, shop), shop)],
  'review.replied': (event, shop) => [asMail(event.email, reviewReplied(event, shop), shop)],
  'review.requested': (event, shop) => [asMail(event.email, reviewRequested(event, shop), shop)],
  'reservation.held': (event, shop) => [asMail(event.email, reservationHeld(event, shop), shop)],
  'reservation.lapsed': (event, shop) => [asMail(event.email, reservationLapsed(event, shop), shop)],
  'reservation.cancelled': (event, shop) => [asMail(event.email, reservationCancelled(event, shop), shop)],
  'account.welcome': (event, shop) => [asMail(event.email, accountWelcome(event, shop), shop)],
  'stock.low': (event, shop) => [asMail(shop.shopkeeperEmail, stockLow(event, shop), shop)],
}

/** All messages of one event whose payload has passed its schema. */
export const compose = <T extends EventTopic>(topic: T, payload: EventPayload<T>, shop: Shop): Message[] =>
  messages[topic](payload, shop)
