// The downloadable explanation: the steps and the sums they come to, beside the stored ones. Whoever has the file can do
// the arithmetic again (`npm run explain -- file.json`). Pure; it names no person.
import type { Step } from '#app/domain/cart/explain/arithmetic.ts'
import { factsOf, type KeptOrder } from '#app/domain/cart/explain/order-facts.ts'
import { disagreements, type ExplainedTotals, explainTotal } from '#app/domain/cart/explain/total.ts'
import { currencyExponent } from '#app/lib/money.ts'

export type TotalDocument = {
  document: 'highstreet.total'
  version: 1
  /** `order HS-…` or `cart`. */
  of: string
  currency: string
  /** Digits after the decimal point: amounts are integers in minor units. */
  exponent: number
  steps: Step[]
  explained: ExplainedTotals
  stored: ExplainedTotals
  /** Sums that differ between the two; empty. */
  disagreements: string[]
}

/** The document of an order or a quote. */
export function documentOf(of: string, order: KeptOrder): TotalDocument {
  const { steps, totals } = explainTotal(factsOf(order))
  const { subtotalMinor, discountMinor, shippingMinor, taxMinor, includedTaxMinor, totalMinor } = order
  const stored = { subtotalMinor, discountMinor, shippingMinor, taxMinor, includedTaxMinor, totalMinor }
  return {
    document: 'highstreet.total',
    version: 1,
    of,
    currency: order.currency,
    exponent: currencyExponent(order.currency),
    steps,
    explained: totals,
    stored,
    disagreements: disagreements(totals, stored),
  }
}
