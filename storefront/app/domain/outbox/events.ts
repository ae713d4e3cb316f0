// THE CONTRACT with the notifier: every event and its payload. An event carries everything its message says,
// so the notifier reads no other table. Pure: schemas and types only.
import { z } from 'zod'

/** Money amounts are integers in the currency's minor unit; `currency` is ISO 4217, upper case. */
const minor = z.int()

const orderLine = z.object({
  title: z.string(),
  variantTitle: z.string(),
  sku: z.string(),
  quantity: z.int().positive(),
  unitPriceMinor: minor,
  lineTotalMinor: minor,
  /** Path of the picture's stem below the shop's origin, e.g. `/media/mug-sage`; a size is `<stem>-320.webp`. */
  imageSrc: z.string().nullable(),
})

export const postalAddress = z.object({
  fullName: z.string(),
  company: z.string().nullable(),
  line1: z.string(),
  line2: z.string().nullable(),
  city: z.string(),
  region: z.string().nullable(),
  postcode: z.string().nullable(),
  country: z.string().length(2),
  phone: z.string().nullable(),
})
export type PostalAddress = z.infer<typeof postalAddress>

const pickupStore = z.object({
  name: z.string(),
  line1: z.string(),
  city: z.string(),
  phone: z.string().nullish(),
  /** The opening hours as people read them, one line a day or group of days. */
  hoursText: z.string().nullish(),
  /** IANA name; times in the mail are the store's. */
  timezone: z.string().nullish(),
})
export type PickupStore = z.infer<typeof pickupStore>

const orderSnapshot = z.object({
  number: z.string(),
  /** The order's secret link: whoever has it may see the order. */
  url: z.url(),
  placedAt: z.iso.datetime(),
  email: z.email(),
  phone: z.string().nullable(),
  currency: z.string().length(3),
  lines: z.array(orderLine).min(1),
  subtotalMinor: minor,
  discountMinor: minor,
  shippingMinor: minor,
  taxMinor: minor,
  includedTaxMinor: minor,
  totalMinor: minor,
  shippingAddress: postalAddress,
  shippingMethodName: z.string(),
  /** Since pickup exists; an event without it is a delivery paid by card. */
  fulfilment: z.enum(['delivery', 'pickup']).optional(),
  paymentMethod: z.enum(['card', 'in_store']).optional(),
  pickupStore: pickupStore.nullish(),
  couponCode: z.string().nullish(),
  invoiceUrl: z.url().nullish(),
  /** Until when the things are kept for an order that is paid at the counter. */
  holdUntil: z.iso.datetime().nullish(),
})
export type OrderSnapshot = z.infer<typeof orderSnapshot>

const pieces = z.array(
  z.object({ title: z.string(), variantTitle: z.string(), sku: z.string(), quantity: z.int().positive() }),
)

const parcel = z.object({
  parcelNo: z.int().positive(),
  carrier: z.string().nullable(),
  trackingNumber: z.string().nullable(),
  trackingUrl: z.string().nullable(),
  lines: pieces,
})

/** `reason` is what the shopper wrote, `note` what the shop answered. */
const orderReturn = {
  order: orderSnapshot,
  returnNumber: z.string(),
  lines: pieces,
  reason: z.string().nullish(),
  note: z.string().nullish(),
}

/** A link that holds a secret, good for `expiresMinutes` from when the event was written. */
const secretLink = { url: z.url(), expiresMinutes: z.int().positive().optional() }

/** What every message about somebody's review says; `url` is the product's page. */
const aboutReview = {
  email: z.email(),
  name: z.string(),
  productTitle: z.string(),
  url: z.url(),
  unsubscribeUrl: z.url().nullish(),
}

/** A thing kept in a store for somebody who comes and pays there. */
const storeReservation = z.object({
  number: z.string(),
  /** Its secret link: whoever has it may see the reservation, its code among it. */
  url: z.url(),
  title: z.string(),
  variantTitle: z.string(),
  sku: z.string(),
  imageSrc: z.string().nullable(),
  quantity: z.int().positive(),
  totalMinor: minor,
  currency: z.string().length(3),
  store: pickupStore,
})
const reservationEvent = { email: z.email(), name: z.string(), reservation: storeReservation }

/** By which channels the event's messages may go out; absent: by mail alone. Written by `append`, never by a producer. */
const channels = z.array(z.enum(['email', 'sms'])).optional()
const event = <T extends z.ZodRawShape>(shape: T) => z.object({ ...shape, channels })

export const eventSchemas = {
  'order.placed': event({ order: orderSnapshot }),
  'order.paid': event({ order: orderSnapshot, cardBrand: z.string().nullable(), cardLast4: z.string().nullable() }),
  'order.shipped': event({ order: orderSnapshot, parcel }),
  'order.delivered': event({ order: orderSnapshot }),
  'order.cancelled': event({ order: orderSnapshot, reason: z.string(), refundMinor: minor }),
  /** One for each refund that went through, so several for one order. */
  'order.refunded': event({
    order: orderSnapshot,
    refundMinor: minor,
    reason: z.string(),
    creditNoteUrl: z.url().nullish(),
    /** Where the money goes; absent: to the card. */
    paidBack: z.enum(['card', 'in_store']).optional(),
  }),
  'order.ready_for_pickup': event({
    order: orderSnapshot,
    store: pickupStore,
    /** What the shopper shows at the counter. */
    code: z.string(),
    collectBy: z.iso.datetime().nullable(),
  }),
  'order.return_requested': event(orderReturn),
  'order.return_approved': event({ ...orderReturn, instructions: z.string().nullish() }),
  'order.return_rejected': event(orderReturn),
  'order.return_received': event({ ...orderReturn, refundMinor: minor.nullish() }),
  /** Something staff write to the shopper about the order. */
  'order.note': event({ order: orderSnapshot, note: z.string().min(1) }),
  'reservation.held': event({
    ...reservationEvent,
    /** What the shopper shows at the counter. */
    code: z.string(),
    holdUntil: z.iso.datetime(),
  }),
  'reservation.lapsed': event(reservationEvent),
  /** The store cannot keep it. */
  'reservation.cancelled': event({ ...reservationEvent, reason: z.string() }),
  'account.welcome': event({ email: z.email(), name: z.string(), url: z.url() }),
  'account.verify_email': event({ email: z.email(), name: z.string(), ...secretLink }),
  'account.reset_password': event({ email: z.email(), name: z.string(), ...secretLink }),
  /** Somebody signed up with an address that has an account already. Its links hold no secret. */
  'account.exists': event({ email: z.email(), name: z.string(), loginUrl: z.url(), resetUrl: z.url() }),
  /** To the new address, before it counts. */
  'account.confirm_new_email': event({ email: z.email(), name: z.string(), ...secretLink }),
  /** To the old address, after it no longer counts. */
  'account.email_changed': event({ email: z.email(), name: z.string(), newEmail: z.email() }),
  'account.password_changed': event({ email: z.email(), name: z.string() }),
  'account.staff_invited': event({
    email: z.email(),
    name: z.string(),
    role: z.string(),
    invitedBy: z.string(),
    ...secretLink,
  }),
  'review.approved': event(aboutReview),
  /** `reason` is what staff say to the author. */
  'review.rejected': event({ ...aboutReview, reason: z.string() }),
  'review.replied': event({ ...aboutReview, reply: z.string() }),
  /** Some days after an order arrived, once. The links hold a secret, each good for one product; `&rating=1` … 5 may follow. */
  'review.requested': event({
    email: z.email(),
    name: z.string(),
    order: z.object({ number: z.string(), placedAt: z.iso.datetime() }),
    items: z.array(z.object({ productTitle: z.string(), imageSrc: z.string().nullable(), url: z.url() })).min(1),
    expiresDays: z.int().positive(),
    unsubscribeUrl: z.url().nullish(),
  }),
  /** To the shopkeeper. Written by catalog-api when a sale takes a place's stock to or below its threshold. */
  'stock.low': event({
    sku: z.string(),
    title: z.string(),
    variantTitle: z.string(),
    storeName: z.string(),
    onHand: z.int(),
    reserved: z.int(),
    threshold: z.int(),
  }),
} as const

export type EventTopic = keyof typeof eventSchemas
export type EventPayload<T extends EventTopic> = z.infer<(typeof eventSchemas)[T]>
export const eventTopics = Object.keys(eventSchemas) as EventTopic[]

/** Topics whose `url` holds a secret: it is scrubbed from the outbox once sent or expired, and never sent again by hand. */
export const secretTopics = [
  'account.verify_email',
  'account.reset_password',
  'account.confirm_new_email',
  'account.staff_invited',
] as const satisfies EventTopic[]
