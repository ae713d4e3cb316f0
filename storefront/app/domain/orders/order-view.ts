// An order as its owner sees it: shapes only, shared by queries and pages. Amounts in minor units of `currency`.
import type { OrderStatus } from '#app/domain/orders/order-status.ts'
import type { PostalAddress } from '#app/domain/outbox/events.ts'

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
    lineTotalMinor: number
  }[]
  subtotalMinor: number
  discountMinor: number
  shippingMinor: number
  taxMinor: number
  includedTaxMinor: number
  totalMinor: number
  refundedMinor: number
  shippingAddress: PostalAddress
  billingAddress: PostalAddress
  shippingMethod: { name: string; minDays: number; maxDays: number }
  note: string | null
  timeline: TimelineEntry[]
  parcels: ParcelView[]
  payment: {
    cardBrand: string | null
    cardLast4: string | null
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
