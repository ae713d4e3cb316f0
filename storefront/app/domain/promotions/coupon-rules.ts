// What a coupon takes off, and why it does not apply. Pure: a coupon and a cart in, amounts and words out. It never takes
// off more than there is, and the parts it takes off the lines add up to what it takes off the whole.
import { spread } from '#app/domain/promotions/spread.ts'
import { formatMoney, portion } from '#app/lib/money.ts'

export const couponKinds = ['percent', 'fixed', 'free_shipping'] as const
export type CouponKind = (typeof couponKinds)[number]

export type Coupon = {
  id: string
  code: string
  description: string
  kind: CouponKind
  /** percent: basis points; fixed: minor units of `currency`; free_shipping: 0. */
  value: number
  currency: string
  startsAt: Date | null
  endsAt: Date | null
  /** Goods must be worth this much, before any discount. */
  minimumMinor: number | null
  limitTotal: number | null
  limitPerCustomer: number | null
  /** Uses claimed within `limitTotal` now. */
  used: number
  active: boolean
  version: number
}

/** Upper case without spaces: how codes are kept, and how typed ones are looked up. */
export const canonicalCode = (typed: string): string => typed.normalize('NFKC').replace(/\s+/g, '').toUpperCase()

export const codeShape = /^[A-Z0-9][A-Z0-9_-]{2,39}$/

/** What it gives, in words: `10% off`, `€5.00 off`, `Free delivery`. */
export function couponLabel({ kind, value, currency }: Pick<Coupon, 'kind' | 'value' | 'currency'>): string {
  if (kind === 'free_shipping') return 'Free delivery'
  return kind === 'fixed' ? `${formatMoney(value, currency)} off` : `${percentWords(value)} off`
}

/** `1000` → `10%`, `1250` → `12.5%`. */
export const percentWords = (basisPoints: number): string => `${basisPoints / 100}%`

export type CouponOccasion = {
  /** Goods before discounts. */
  goodsMinor: number
  currency: string
  at: Date
  /** How often this customer has used it; 0 while nobody knows who it is. */
  usedByCustomer: number
}

const day = new Intl.DateTimeFormat('en-IE', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })

/** Why the code can never be used on this cart as things are, whatever is put in; null when it can. */
export function whyClosed(coupon: Coupon, { at, currency, usedByCustomer }: CouponOccasion): string | null {
  if (!coupon.active) return `${coupon.code} is not in use any more.`
  if (coupon.currency !== currency) return `${coupon.code} is for orders in ${coupon.currency}.`
  if (coupon.startsAt && at < coupon.startsAt) return `${coupon.code} starts on ${day.format(coupon.startsAt)}.`
  if (coupon.endsAt && at >= coupon.endsAt) return `${coupon.code} ended on ${day.format(coupon.endsAt)}.`
  if (coupon.limitTotal !== null && coupon.used >= coupon.limitTotal) return `${coupon.code} is used up.`
  if (coupon.limitPerCustomer !== null && usedByCustomer >= coupon.limitPerCustomer)
    return coupon.limitPerCustomer === 1
      ? `${coupon.code} can be used once per customer, and you have used it.`
      : `${coupon.code} can be used ${coupon.limitPerCustomer} times per customer, and you have.`
  return null
}

/** Why the coupon does not apply to this cart now, and how far off it is; null when it applies. */
export function whyNot(coupon: Coupon, occasion: CouponOccasion): string | null {
  const closed = whyClosed(coupon, occasion)
  if (closed) return closed
  const missing = (coupon.minimumMinor ?? 0) - occasion.goodsMinor
  if (missing <= 0) return null
  const money = (minor: number) => formatMoney(minor, coupon.currency)
  return `${coupon.code} needs goods for ${money(coupon.minimumMinor ?? 0)}: spend ${money(missing)} more.`
}

/**
 * What the coupon takes off each line, given the lines' amounts before discount. Percent: rounded half away from zero
 * once a line. Fixed: divided by largest remainder, at most all of the goods. Free delivery takes nothing off goods.
 */
export function lineDiscounts(coupon: Pick<Coupon, 'kind' | 'value'>, grossMinor: readonly number[]): number[] {
  if (coupon.kind === 'free_shipping') return grossMinor.map(() => 0)
  if (coupon.kind === 'percent') return grossMinor.map((gross) => portion(gross, coupon.value))
  const goods = grossMinor.reduce((sum, gross) => sum + gross, 0)
  return spread(Math.min(coupon.value, goods), grossMinor)
}

/** A coupon as a quote and an order keep it. */
export type AppliedCoupon = {
  code: string
  kind: CouponKind
  value: number
  label: string
  /** Off the goods. */
  discountMinor: number
  freeShipping: boolean
  /** Off the delivery. */
  shippingOffMinor: number
}
