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
})
export type OrderSnapshot = z.infer<typeof orderSnapshot>

const parcel = z.object({
  parcelNo: z.int().positive(),
  carrier: z.string().nullable(),
  trackingNumber: z.string().nullable(),
  trackingUrl: z.string().nullable(),
  lines: z.array(
    z.object({ title: z.string(), variantTitle: z.string(), sku: z.string(), quantity: z.int().positive() }),
  ),
})

export const eventSchemas = {
  'order.placed': z.object({ order: orderSnapshot }),
  'order.paid': z.object({ order: orderSnapshot, cardBrand: z.string().nullable(), cardLast4: z.string().nullable() }),
  'order.shipped': z.object({ order: orderSnapshot, parcel }),
  'order.delivered': z.object({ order: orderSnapshot }),
  'order.cancelled': z.object({ order: orderSnapshot, reason: z.string(), refundMinor: minor }),
  'order.refunded': z.object({ order: orderSnapshot, refundMinor: minor, reason: z.string() }),
  'account.welcome': z.object({ email: z.email(), name: z.string(), url: z.url() }),
  /** To the shopkeeper. Written by catalog-api when a sale takes a place's stock to or below its threshold. */
  'stock.low': z.object({
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
