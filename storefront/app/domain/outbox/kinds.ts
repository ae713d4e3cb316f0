// What each message is called, what kind it is and by which channels it can go: read by the outbox, the preferences and
// the pages alike. Pure.
import type { EventTopic } from '#app/domain/outbox/events.ts'

/** `transactional`: an order or an account needs it told, it cannot be turned off. `shop`: to the shopkeeper. */
export type MessageKind = 'transactional' | 'reviews' | 'news' | 'shop'

/** Kinds a reader can turn off, with the words of the preferences page. */
export const optionalKinds = {
  reviews: {
    label: 'Your reviews',
    hint: 'What becomes of a review of yours, and after an order one question how you like what you bought.',
  },
  news: { label: 'News', hint: 'What is new in the shop. At most once a month.' },
} as const satisfies Partial<Record<MessageKind, { label: string; hint: string }>>
export type OptionalKind = keyof typeof optionalKinds
export const isOptionalKind = (kind: string): kind is OptionalKind => Object.hasOwn(optionalKinds, kind)

type Topic = {
  /** What the message is, in a few words that stand alone in a list. */
  label: string
  kind: MessageKind
  /** Can also be told in a text message. */
  sms?: true
}

export const topics: Record<EventTopic, Topic> = {
  'order.placed': { label: 'We have your order', kind: 'transactional' },
  'order.paid': { label: 'Your order is confirmed', kind: 'transactional' },
  'order.shipped': { label: 'Your parcel is on its way', kind: 'transactional', sms: true },
  'order.delivered': { label: 'Your order has arrived', kind: 'transactional' },
  'order.cancelled': { label: 'Your order is cancelled', kind: 'transactional' },
  'order.refunded': { label: 'Your refund', kind: 'transactional' },
  'order.ready_for_pickup': { label: 'Your order is ready to collect', kind: 'transactional', sms: true },
  'order.return_requested': { label: 'We have your return request', kind: 'transactional' },
  'order.return_approved': { label: 'Your return is approved', kind: 'transactional' },
  'order.return_rejected': { label: 'About your return', kind: 'transactional' },
  'order.return_received': { label: 'Your return has arrived', kind: 'transactional' },
  'order.note': { label: 'A message about your order', kind: 'transactional' },
  'reservation.held': { label: 'Reserved in a store', kind: 'transactional' },
  'reservation.lapsed': { label: 'Your reservation has lapsed', kind: 'transactional' },
  'reservation.cancelled': { label: 'A store cancels a reservation', kind: 'transactional' },
  'account.welcome': { label: 'Welcome', kind: 'transactional' },
  'account.verify_email': { label: 'Confirm your e-mail address', kind: 'transactional' },
  'account.reset_password': { label: 'Choose a new password', kind: 'transactional' },
  'account.exists': { label: 'You already have an account', kind: 'transactional' },
  'account.confirm_new_email': { label: 'Confirm your new e-mail address', kind: 'transactional' },
  'account.email_changed': { label: 'Your e-mail address was changed', kind: 'transactional' },
  'account.password_changed': { label: 'Your password was changed', kind: 'transactional' },
  'account.staff_invited': { label: 'An invitation to work here', kind: 'transactional' },
  'review.approved': { label: 'Your review is published', kind: 'reviews' },
  'review.rejected': { label: 'Your review was not published', kind: 'reviews' },
  'review.replied': { label: 'We replied to your review', kind: 'reviews' },
  'review.requested': { label: 'How do you like it?', kind: 'reviews' },
  'stock.low': { label: 'Low stock', kind: 'shop' },
}

/** A topic's words; a topic this program does not know is shown as it is. */
export const topicLabel = (topic: string): string =>
  Object.hasOwn(topics, topic) ? topics[topic as EventTopic].label : topic
