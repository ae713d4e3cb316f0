// From a stored order to the facts its total is explained from. Pure. Orders of before kept neither the tax of their
// delivery nor the names of their taxes: the first is found again from what the sums leave over.
import type { TotalFacts } from '#app/domain/cart/explain/plan.ts'
import type { ExplainedTotals } from '#app/domain/cart/explain/total.ts'
import { taxOf } from '#app/domain/cart/totals.ts'
import type { AppliedCoupon } from '#app/domain/promotions/coupon-rules.ts'
import type { ShippingArithmetic } from '#app/domain/shipping/shipping-rules.ts'
import type { TaxRule } from '#app/domain/tax/tax-rules.ts'

type Line = {
  sku: string
  title: string
  variantTitle: string
  quantity: number
  unitPriceMinor: number
  discountMinor: number
  taxName: string
  taxBasisPoints: number
  taxMinor: number
  taxIncluded: boolean
}

/** What an order (or a quote) keeps of its money. */
export type KeptOrder = ExplainedTotals & {
  currency: string
  lines: readonly Line[]
  coupon: AppliedCoupon | null
  shippingMethod: { name: string; arithmetic?: ShippingArithmetic | null } | null
  shippingTax: TaxRule | null
}

/** The facts of a quote or an order. */
export function factsOf(order: KeptOrder): TotalFacts {
  const { shippingMethod, coupon } = order
  return {
    currency: order.currency,
    lines: order.lines.map((line) => ({
      sku: line.sku,
      title: [line.title, line.variantTitle].filter(Boolean).join(' · '),
      quantity: line.quantity,
      unitPriceMinor: line.unitPriceMinor,
      discountMinor: line.discountMinor,
      taxName: line.taxName,
      taxBasisPoints: line.taxBasisPoints,
      taxIncluded: line.taxIncluded,
    })),
    coupon: coupon && {
      code: coupon.code,
      kind: coupon.kind,
      value: coupon.value,
      label: coupon.label,
      freeShipping: coupon.freeShipping,
    },
    shipping: shippingMethod && {
      name: shippingMethod.name,
      arithmetic: shippingMethod.arithmetic ?? null,
      priceMinor: order.shippingMinor,
      tax: order.shippingTax ?? taxLeftOver(order),
    },
  }
}

/** The rule among the order's own that makes the delivery's tax what the sums leave over; null when there was none. */
function taxLeftOver(order: KeptOrder): TaxRule | null {
  const ofLines = (included: boolean) =>
    order.lines.filter((line) => line.taxIncluded === included).reduce((sum, line) => sum + line.taxMinor, 0)
  const left = { true: order.includedTaxMinor - ofLines(true), false: order.taxMinor - ofLines(false) }
  const rules = order.lines.map(
    (line): TaxRule => ({ name: line.taxName, basisPoints: line.taxBasisPoints, included: line.taxIncluded }),
  )
  const fits = (rule: TaxRule) => {
    const tax = taxOf(order.shippingMinor, rule)
    return rule.included ? left.true === tax && left.false === 0 : left.false === tax && left.true === 0
  }
  return (
    rules.find(fits) ??
    standardRates.map((basisPoints) => ({ name: '', basisPoints, included: left.true > 0 })).find(fits) ??
    null
  )
}

/** Standard rates of the countries that were delivered to before orders kept the tax of their delivery. */
const standardRates = [2300, 1900, 2000, 2100, 2200, 2500, 1700, 2550]
