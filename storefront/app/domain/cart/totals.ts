// What a cart costs: lines in, money out. Pure; integers in minor units only; it must never round twice nor read a
// price from anywhere but its input. Tax is rounded once per line by lib/money.ts; totals are sums of printed numbers.
import type { PostalAddress } from '#app/domain/outbox/events.ts'
import type { Fulfilment, PaymentMethod } from '#app/domain/pickup/pickup-rules.ts'
import type { PickupStore } from '#app/domain/pickup/pickup-store.ts'
import type { AppliedCoupon } from '#app/domain/promotions/coupon-rules.ts'
import type { ShippingArithmetic } from '#app/domain/shipping/shipping-rules.ts'
import type { TaxRule } from '#app/domain/tax/tax-rules.ts'
import { includedTax, portion } from '#app/lib/money.ts'

export type QuoteLine = {
  variantId: string
  productId: string
  productSlug: string
  sku: string
  title: string
  variantTitle: string
  /** Stem of the picture's path, `/media/<key>`; a size is `<stem>-320.webp`. */
  imageSrc: string | null
  quantity: number
  unitPriceMinor: number
  /** Taken off the whole line. */
  discountMinor: number
  /** `quantity × unit price − discount`, before tax that comes on top. */
  lineTotalMinor: number
  taxName: string
  taxBasisPoints: number
  taxMinor: number
  taxIncluded: boolean
}

/** A line before arithmetic. */
export type LineInput = Omit<
  QuoteLine,
  'lineTotalMinor' | 'taxName' | 'taxBasisPoints' | 'taxMinor' | 'taxIncluded'
> & {
  tax: TaxRule
}

export type ShippingInput = { priceMinor: number; tax: TaxRule }

/** One printed tax row: all that is taxed by one rule. */
export type TaxRow = TaxRule & { taxMinor: number }

export type Totals = {
  subtotalMinor: number
  discountMinor: number
  shippingMinor: number
  /** Tax that comes on top, of goods and shipping. */
  taxMinor: number
  /** Tax contained in the prices, of goods and shipping: told, never added. */
  includedTaxMinor: number
  /** `subtotal − discount + shipping + tax on top`. */
  totalMinor: number
  taxRows: TaxRow[]
  /** The tax of the delivery alone; null without delivery. It is part of `taxRows`. */
  shippingTax: TaxRow | null
}

export type QuotedShipping = {
  code: string
  name: string
  /** What is charged, after a free-delivery coupon. */
  priceMinor: number
  minDays: number
  maxDays: number
  /** How the price before any coupon came about. */
  arithmetic: ShippingArithmetic
}

export type Quote = Totals & {
  cartId: string
  cartVersion: number
  currency: string
  lines: QuoteLine[]
  shippingMethod: QuotedShipping | null
  /** At pickup the store's, with the name of who comes. */
  shippingAddress: PostalAddress | null
  billingAddress: PostalAddress | null
  email: string | null
  phone: string | null
  /** The coupon that applies; null when there is none, or when `couponProblem` says why it does not. */
  coupon: AppliedCoupon | null
  couponProblem: string | null
  /** What the goods weigh. */
  grams: number
  /** Which version of which coupon the order claims. */
  couponClaim: { couponId: string; version: number } | null
  fulfilment: Fulfilment
  /** Where it is picked up; null for a delivery, or when that store hands out no orders any more. */
  pickupStore: PickupStore | null
  /** Why it cannot be picked up there now: the order is refused until another store is chosen. */
  pickupProblem: string | null
  paymentMethod: PaymentMethod
  /** Why it cannot be paid at the counter; null when it can, or is a delivery. */
  inStoreProblem: string | null
  /** SHA-256 over everything that decides money and delivery. */
  hash: string
}

/** Tax of `amountMinor` under `tax`: the part inside it, or the part that comes on top. */
export const taxOf = (amountMinor: number, tax: TaxRule): number =>
  tax.included ? includedTax(amountMinor, tax.basisPoints) : portion(amountMinor, tax.basisPoints)

/** Works out one line. Throws RangeError for numbers no cart may hold. */
export function priceLine({ tax, ...line }: LineInput): QuoteLine {
  const grossMinor = line.quantity * line.unitPriceMinor
  if (!Number.isInteger(line.quantity) || line.quantity < 1 || line.quantity > 99)
    throw new RangeError(`a line of ${line.quantity} pieces`)
  if (!Number.isSafeInteger(grossMinor) || line.unitPriceMinor < 0)
    throw new RangeError(`a unit price of ${line.unitPriceMinor}`)
  if (!Number.isInteger(line.discountMinor) || line.discountMinor < 0 || line.discountMinor > grossMinor)
    throw new RangeError(`a discount of ${line.discountMinor} on ${grossMinor}`)
  const lineTotalMinor = grossMinor - line.discountMinor
  return {
    ...line,
    lineTotalMinor,
    taxName: tax.name,
    taxBasisPoints: tax.basisPoints,
    taxMinor: taxOf(lineTotalMinor, tax),
    taxIncluded: tax.included,
  }
}

/** Adds up priced lines and shipping: every printed sum is the sum of the printed numbers above it. */
export function addUp(lines: readonly QuoteLine[], shipping: ShippingInput | null): Totals {
  const subtotalMinor = sum(lines.map((line) => line.lineTotalMinor + line.discountMinor))
  const discountMinor = sum(lines.map((line) => line.discountMinor))
  const shippingMinor = shipping?.priceMinor ?? 0
  const shippingTax = shipping && { ...shipping.tax, taxMinor: taxOf(shipping.priceMinor, shipping.tax) }
  const taxRows = collectTaxes(lines, shippingTax)
  const taxMinor = sum(taxRows.filter((row) => !row.included).map((row) => row.taxMinor))
  return {
    subtotalMinor,
    discountMinor,
    shippingMinor,
    taxMinor,
    includedTaxMinor: sum(taxRows.filter((row) => row.included).map((row) => row.taxMinor)),
    totalMinor: subtotalMinor - discountMinor + shippingMinor + taxMinor,
    taxRows,
    shippingTax,
  }
}

function collectTaxes(lines: readonly QuoteLine[], shippingTax: TaxRow | null): TaxRow[] {
  const parts: TaxRow[] = lines.map((line) => ({
    name: line.taxName,
    basisPoints: line.taxBasisPoints,
    included: line.taxIncluded,
    taxMinor: line.taxMinor,
  }))
  if (shippingTax) parts.push(shippingTax)
  const rows = new Map<string, TaxRow>()
  for (const part of parts) {
    const key = `${part.included} ${part.basisPoints} ${part.name}`
    const row = rows.get(key)
    if (row) row.taxMinor += part.taxMinor
    else rows.set(key, { ...part })
  }
  return [...rows.values()].filter((row) => row.basisPoints > 0).sort((a, b) => b.basisPoints - a.basisPoints)
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
