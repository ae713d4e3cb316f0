// An order as its owner sees it: shapes only, shared by queries and pages. Amounts in minor units of `currency`.

import type { OrderCoupon, OrderTax, ShippingChoice } from '#app/domain/orders/order-money.ts'
import type { OrderStatus } from '#app/domain/orders/order-status.ts'
import type { PostalAddress } from '#app/domain/outbox/events.ts'
import type { Fulfilment, PaymentMethod } from '#app/domain/pickup/pickup-rules.ts'
import type { PickupStore } from '#app/domain/pickup/pickup-store.ts'

export type TimelineEntry = {
  at: Date
  kind: 'status' | 'payment' | 'refund' | 'parcel' | 'message' | 'note' | 'webhook'
  message: string
  status: OrderStatus | null
}

export type ParcelView = {
  parcelNo: number
  status: 'packing' | 'shipped' | 'delivered'
  carrier: string | null
  trackingNumber: string | null
  trackingUrl: string | null
  lines: { sku: string; title: string; variantTitle: string; quantity: number }[]
  shippedAt: Date | null
  deliveredAt: Date | null
}

/** Where an order is collected and how far that is. */
export type PickupView = {
  store: PickupStore
  isPaidThere: boolean
  readyAt: Date | null
  collectBy: Date | null
  collectedAt: Date | null
}

/** An order as its owner sees it. Amounts in minor units of `currency`. */
export type OrderView = {
  id: string
  number: string
  token: string
  status: OrderStatus
  statusLabel: string
  placedAt: Date
  email: string
  phone: string | null
  currency: string
  lines: {
    sku: string
    productSlug: string
    title: string
    variantTitle: string
    imageSrc: string | null
    quantity: number
    unitPriceMinor: number
    /** Taken off the whole line; with its tax below: what "Why this total?" needs. */
    discountMinor: number
    lineTotalMinor: number
    taxName: string
    taxBasisPoints: number
    taxMinor: number
    taxIncluded: boolean
  }[]
  coupon: OrderCoupon | null
  /** Null in orders of before. */
  shippingTax: OrderTax | null
  subtotalMinor: number
  discountMinor: number
  shippingMinor: number
  taxMinor: number
  includedTaxMinor: number
  totalMinor: number
  refundedMinor: number
  /** What went back, oldest first; without `lines` it was an amount. */
  refunds: {
    id: string
    at: Date
    amountMinor: number
    lines: { sku: string; quantity: number; amountMinor: number }[] | null
    shippingMinor: number
  }[]
  shippingAddress: PostalAddress
  billingAddress: PostalAddress
  shippingMethod: Pick<ShippingChoice, 'name' | 'minDays' | 'maxDays' | 'arithmetic'>
  note: string | null
  fulfilment: Fulfilment
  paymentMethod: PaymentMethod
  /** `code`: what is shown at the counter, once it lies ready. Null for a delivery. */
  pickup: (PickupView & { code: string | null }) | null
  timeline: TimelineEntry[]
  parcels: ParcelView[]
  /** Pieces given back before they were sent: they do not come any more. */
  cancelledPieces: number
  payment: {
    cardBrand: string | null
    cardLast4: string | null
    /** How it was paid at a counter; null for a card online. */
    tender: 'cash' | 'card' | null
    declined: string | null
    payableUntil: Date | null
  } | null
  cancelRequested: boolean
  can: { pay: boolean; cancel: boolean }
}

export type OrderSummary = {
  number: string
  status: OrderStatus
  statusLabel: string
  placedAt: Date
  currency: string
  totalMinor: number
  itemCount: number
  images: { src: string; title: string }[]
}
