// "Why this total?": a cart or an order as the steps of its arithmetic, from the facts alone, so that the same numbers
// come out when somebody does them again. Pure; it never reads a stored sum.
import { type Step, work } from '#app/domain/cart/explain/arithmetic.ts'
import { planTotal, type TotalFacts } from '#app/domain/cart/explain/plan.ts'

export type ExplainedTotals = {
  subtotalMinor: number
  discountMinor: number
  shippingMinor: number
  taxMinor: number
  includedTaxMinor: number
  totalMinor: number
}
export type Explanation = { currency: string; steps: Step[]; totals: ExplainedTotals }

/** All steps from the prices to the total. Throws RangeError for facts that no order may have. */
export function explainTotal(facts: TotalFacts): Explanation {
  const steps: Step[] = []
  for (const planned of planTotal(facts)) steps.push(work(planned, steps))
  const result = (id: string) => steps.find((step) => step.id === id)?.resultMinor ?? 0
  return {
    currency: facts.currency,
    steps,
    totals: {
      subtotalMinor: result('subtotal'),
      discountMinor: result('discount'),
      shippingMinor: result('shipping'),
      taxMinor: result('tax'),
      includedTaxMinor: result('included_tax'),
      totalMinor: result('total'),
    },
  }
}

/** Names of the sums that differ between an explanation and what is stored; empty when they agree. */
export const disagreements = (explained: ExplainedTotals, stored: ExplainedTotals): string[] =>
  (Object.keys(explained) as (keyof ExplainedTotals)[]).filter((name) => explained[name] !== stored[name])
