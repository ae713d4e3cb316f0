// The tables orders, order_items, order_history and parcels. Imported only inside this folder.
import { Model } from 'objection'
import type { OrderCoupon, OrderTax, ShippingChoice } from '#app/domain/orders/order-money.ts'
import type { OrderStatus } from '#app/domain/orders/order-status.ts'
import type { PostalAddress } from '#app/domain/outbox/events.ts'
import type { Fulfilment, PaymentMethod } from '#app/domain/pickup/pickup-rules.ts'
import type { PickupStore } from '#app/domain/pickup/pickup-store.ts'

export type ParcelLine = { sku: string; title: string; variantTitle: string; quantity: number }

export class Order extends Model {
  static override tableName = 'orders'
  static override jsonAttributes = [
    'shippingAddress',
    'billingAddress',
    'shippingMethod',
    'shippingTax',
    'coupon',
    'pickupStore',
  ]
  declare id: string
  declare number: string
  declare checkoutKey: string
  declare cartId: string
  declare userId: string | null
  declare email: string
  declare phone: string | null
  /** Text messages about this order were asked for. */
  declare smsOptIn: boolean
  declare status: OrderStatus
  declare currency: string
  declare subtotalMinor: number
  declare discountMinor: number
  declare shippingMinor: number
  declare taxMinor: number
  declare includedTaxMinor: number
  declare totalMinor: number
  declare quoteHash: string
  declare shippingAddress: PostalAddress
  declare billingAddress: PostalAddress
  declare shippingMethod: ShippingChoice
  declare fulfilment: Fulfilment
  declare pickupStore: PickupStore | null
  declare paymentMethod: PaymentMethod
  /** When it lay at the counter, until when it is kept there, when it was handed over. */
  declare readyAt: Date | null
  declare collectBy: Date | null
  declare collectedAt: Date | null
  declare shippingTax: OrderTax | null
  declare coupon: OrderCoupon | null
  declare note: string | null
  declare accessTokenHash: Buffer
  declare cancelReason: string | null
  declare cancelRequestedAt: Date | null
  declare holdUntil: Date | null
  declare releasePending: boolean
  declare nextAttemptAt: Date | null
  declare attempts: number
  declare leaseToken: string | null
  declare leaseUntil: Date | null
  declare lastError: string | null
  /** When its buyer is asked for reviews; null before it arrived and once that is done. */
  declare reviewRequestAt: Date | null
  declare placedAt: Date
  declare paidAt: Date | null
  declare updatedAt: Date
}

export class OrderItem extends Model {
  static override tableName = 'order_items'
  declare id: string
  declare orderId: string
  declare position: number
  declare variantId: string
  declare productId: string
  declare productSlug: string
  declare sku: string
  declare title: string
  declare variantTitle: string
  declare imageSrc: string | null
  declare quantity: number
  declare unitPriceMinor: number
  declare discountMinor: number
  declare lineTotalMinor: number
  /** Empty in orders of before. */
  declare taxName: string
  declare taxBasisPoints: number
  declare taxMinor: number
  declare taxIncluded: boolean
}

export type HistoryKind = 'status' | 'payment' | 'refund' | 'parcel' | 'message' | 'note' | 'webhook'

export class OrderHistory extends Model {
  static override tableName = 'order_history'
  static override jsonAttributes = ['details']
  declare id: string
  declare seq: number
  declare orderId: string
  declare kind: HistoryKind
  declare fromStatus: OrderStatus | null
  declare toStatus: OrderStatus | null
  declare actor: string
  declare message: string
  declare details: Record<string, unknown>
  declare isPublic: boolean
  declare createdAt: Date
}

export class Parcel extends Model {
  static override tableName = 'parcels'
  static override jsonAttributes = ['lines']
  declare id: string
  declare orderId: string
  declare parcelNo: number
  declare status: 'packing' | 'shipped' | 'delivered'
  declare carrier: string | null
  declare trackingNumber: string | null
  declare trackingUrl: string | null
  declare lines: ParcelLine[]
  declare fulfillmentId: string | null
  declare requestedBy: string
  declare createdAt: Date
  declare shippedAt: Date | null
  declare deliveredAt: Date | null
}
