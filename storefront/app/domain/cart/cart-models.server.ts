// The tables carts and cart_items. Imported only inside this folder; others call the cart's verbs and queries.
import { Model } from 'objection'
import type { PostalAddress } from '#app/domain/outbox/events.ts'
import type { Fulfilment, PaymentMethod } from '#app/domain/pickup/pickup-rules.ts'

export type CartStatus = 'open' | 'checking_out' | 'ordered' | 'merged'

export class CartModel extends Model {
  static override tableName = 'carts'
  static override jsonAttributes = ['shippingAddress', 'billingAddress']
  declare id: string
  declare userId: string | null
  declare status: CartStatus
  /** Goes up by one with every change; a change names the version it was made for. */
  declare version: number
  declare currency: string
  declare email: string | null
  declare phone: string | null
  /** Leave for text messages about the order; null: not asked. */
  declare smsOptIn: boolean | null
  declare shippingAddress: PostalAddress | null
  declare billingAddress: PostalAddress | null
  declare shippingMethodCode: string | null
  declare fulfilment: Fulfilment
  /** Where it is picked up and who comes; kept when the shopper turns back to delivery. */
  declare pickupStoreId: string | null
  declare pickupName: string | null
  declare paymentMethod: PaymentMethod
  declare couponCode: string | null
  declare note: string | null
  declare mergedInto: string | null
  declare createdAt: Date
  declare updatedAt: Date
}

export class CartItemModel extends Model {
  static override tableName = 'cart_items'
  declare id: string
  declare cartId: string
  declare variantId: string
  declare sku: string
  declare quantity: number
  declare seenPriceMinor: number
  declare addedAt: Date
}
