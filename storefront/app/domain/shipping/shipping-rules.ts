// What a way of delivery costs, when it is free, and when it arrives. Pure: a method in, money, dates and words out.
import { formatMoney } from '#app/lib/money.ts'

export type ShippingMethod = {
  code: string
  name: string
  description: string
  countries: string[]
  currency: string
  priceMinor: number
  /** The price covers this much; each started kilogram above it costs `pricePerKgMinor`. */
  includedGrams: number
  pricePerKgMinor: number
  /** Heavier parcels are not taken; null: any weight. */
  maxGrams: number | null
  /** Goods worth this much (after discounts) are delivered free; null: never. */
  freeFromMinor: number | null
  /** Working days. */
  minDays: number
  maxDays: number
}

/** A method as offered for one cart. */
export type OfferedShipping = {
  code: string
  name: string
  description: string
  countries: string[]
  priceMinor: number
  currency: string
  minDays: number
  maxDays: number
  /** "Free from €50.00: €8.00 to go", or null. */
  nudge: string | null
  /** "Takes up to 10 kg; your things weigh 12.4 kg.", or null: then it cannot be chosen. */
  tooHeavy: string | null
  arithmetic: ShippingArithmetic
}

/** What a delivery price was made of: enough to work it out again. Amounts in minor units. */
export type ShippingArithmetic = {
  baseMinor: number
  perKgMinor: number
  /** Started kilograms above what the base price covers. */
  chargedKg: number
  grams: number
  freeFromMinor: number | null
  /** Goods after discounts, to be compared with `freeFromMinor`. */
  goodsMinor: number
}

/** What is sent: its worth after discounts, and its weight. */
export type Contents = { goodsMinor: number; grams: number }

const isFree = (method: ShippingMethod, goodsMinor: number): boolean =>
  method.freeFromMinor !== null && goodsMinor >= method.freeFromMinor

/** `method` for these contents. */
export function offer(method: ShippingMethod, { goodsMinor, grams }: Contents): OfferedShipping {
  const arithmetic: ShippingArithmetic = {
    baseMinor: method.priceMinor,
    perKgMinor: method.pricePerKgMinor,
    chargedKg: method.pricePerKgMinor > 0 ? Math.ceil(Math.max(0, grams - method.includedGrams) / 1000) : 0,
    grams,
    freeFromMinor: method.freeFromMinor,
    goodsMinor,
  }
  return {
    code: method.code,
    name: method.name,
    description: method.description,
    countries: method.countries,
    priceMinor: shippingPrice(arithmetic),
    currency: method.currency,
    minDays: method.minDays,
    maxDays: method.maxDays,
    nudge: nudge(method, goodsMinor),
    tooHeavy: tooHeavy(method, grams),
    arithmetic,
  }
}

/** The price that the arithmetic comes to: free from its mark on, else the base and the started kilograms. */
export const shippingPrice = ({ baseMinor, perKgMinor, chargedKg, freeFromMinor, goodsMinor }: ShippingArithmetic) =>
  freeFromMinor !== null && goodsMinor >= freeFromMinor ? 0 : baseMinor + perKgMinor * chargedKg

/** `12400` → `12.4 kg`. */
export const kilograms = (grams: number): string =>
  `${new Intl.NumberFormat('en-IE', { maximumFractionDigits: 3 }).format(grams / 1000)} kg`

const tooHeavy = ({ maxGrams }: ShippingMethod, grams: number): string | null =>
  maxGrams !== null && grams > maxGrams
    ? `Takes up to ${kilograms(maxGrams)}; your things weigh ${kilograms(grams)}.`
    : null

function nudge(method: ShippingMethod, goodsMinor: number): string | null {
  if (method.freeFromMinor === null || (method.priceMinor === 0 && method.pricePerKgMinor === 0)) return null
  const money = (minor: number) => formatMoney(minor, method.currency)
  if (isFree(method, goodsMinor)) return `Free from ${money(method.freeFromMinor)}: you are there`
  return `Free from ${money(method.freeFromMinor)}: ${money(method.freeFromMinor - goodsMinor)} to go`
}

/** How far a cart is from free delivery; null when no method ever is free. */
export type FreeDelivery = { fromMinor: number; missingMinor: number }

/** The nearest mark of the offered ways of delivery. */
export const freeDeliveryOf = (offered: readonly OfferedShipping[], goodsMinor: number): FreeDelivery | null =>
  freeDelivery(
    offered.map(({ arithmetic }) => arithmetic),
    goodsMinor,
  )

export function freeDelivery(
  methods: readonly { freeFromMinor: number | null }[],
  goodsMinor: number,
): FreeDelivery | null {
  const marks = methods.flatMap((method) => (method.freeFromMinor === null ? [] : [method.freeFromMinor]))
  if (marks.length === 0) return null
  const fromMinor = Math.min(...marks)
  return { fromMinor, missingMinor: Math.max(0, fromMinor - goodsMinor) }
}

/** The day `days` working days (Monday to Friday) after `from`. */
export function addWorkingDays(from: Date, days: number): Date {
  const day = new Date(from)
  for (let left = days; left > 0; ) {
    day.setUTCDate(day.getUTCDate() + 1)
    if (day.getUTCDay() !== 0 && day.getUTCDay() !== 6) left -= 1
  }
  return day
}

/** "Tue 4 Aug – Thu 6 Aug", for an order placed at `at`. */
export function arrivalWords(method: { minDays: number; maxDays: number }, at: Date, locale = 'en-IE'): string {
  const format = new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' })
  const day = (days: number) => format.format(addWorkingDays(at, days)).replace(',', '')
  const [first, last] = [day(method.minDays), day(method.maxDays)]
  return first === last ? first : `${first} – ${last}`
}
