// What an order keeps of how its total came about, beside its lines. Pure: shapes only, amounts in minor units.

export type ShippingChoice = {
  code: string
  name: string
  priceMinor: number
  minDays: number
  maxDays: number
  /** How the price came about (domain/shipping); orders of before have none. */
  arithmetic?: {
    baseMinor: number
    perKgMinor: number
    chargedKg: number
    grams: number
    freeFromMinor: number | null
    goodsMinor: number
  }
}
export type OrderTax = { name: string; basisPoints: number; included: boolean; taxMinor: number }
/** The coupon as it was claimed (domain/promotions). */
export type OrderCoupon = {
  code: string
  kind: 'percent' | 'fixed' | 'free_shipping'
  value: number
  label: string
  discountMinor: number
  freeShipping: boolean
  shippingOffMinor: number
}
