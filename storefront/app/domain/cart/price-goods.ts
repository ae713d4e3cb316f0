// A cart's lines with its coupon taken off, and its delivery. Pure: the same arithmetic for the cart's page, the quote
// and the order. It never asks whether there is stock.
import { type LineInput, priceLine, type QuoteLine, type ShippingInput } from '#app/domain/cart/totals.ts'
import {
  type AppliedCoupon,
  type Coupon,
  couponLabel,
  lineDiscounts,
  whyNot,
} from '#app/domain/promotions/coupon-rules.ts'
import type { OfferedShipping } from '#app/domain/shipping/shipping-rules.ts'
import type { TaxRule } from '#app/domain/tax/tax-rules.ts'

/** The code on the cart, what is known of it (null: nothing), and when. */
export type CouponWish = {
  code: string | null
  wish: { coupon: Coupon; usedByCustomer: number } | null
  currency: string
  at: Date
}

export type PricedGoods = {
  lines: QuoteLine[]
  /** After discounts. */
  goodsMinor: number
  coupon: AppliedCoupon | null
  couponProblem: string | null
}

/** Prices the lines with the coupon when it applies; says why when it does not. */
export function priceGoods(inputs: readonly LineInput[], { code, wish, currency, at }: CouponWish): PricedGoods {
  const gross = inputs.map(({ quantity, unitPriceMinor }) => quantity * unitPriceMinor)
  const occasion = { goodsMinor: sum(gross), currency, at }
  const problem = wish ? whyNot(wish.coupon, { ...occasion, usedByCustomer: wish.usedByCustomer }) : null
  const applies = wish && !problem ? wish.coupon : null
  const discounts = applies ? lineDiscounts(applies, gross) : gross.map(() => 0)
  const lines = inputs.map((line, index) => priceLine({ ...line, discountMinor: discounts[index] ?? 0 }))
  return {
    lines,
    goodsMinor: sum(lines.map(({ lineTotalMinor }) => lineTotalMinor)),
    coupon: applies && apply(applies, sum(discounts)),
    couponProblem: code && !wish ? `${code} is not known any more.` : problem,
  }
}

const apply = ({ code, kind, value, currency }: Coupon, discountMinor: number): AppliedCoupon => ({
  code,
  kind,
  value,
  label: couponLabel({ kind, value, currency }),
  discountMinor,
  freeShipping: kind === 'free_shipping',
  shippingOffMinor: 0,
})

/** What delivery costs with the coupon, and the coupon with what it took off the delivery. */
export function priceShipping(
  method: Pick<OfferedShipping, 'priceMinor'> | undefined,
  coupon: AppliedCoupon | null,
  tax: TaxRule,
): { shipping: ShippingInput | null; coupon: AppliedCoupon | null } {
  if (!method) return { shipping: null, coupon }
  const shippingOffMinor = coupon?.freeShipping ? method.priceMinor : 0
  return {
    shipping: { priceMinor: method.priceMinor - shippingOffMinor, tax },
    coupon: coupon && { ...coupon, shippingOffMinor },
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
