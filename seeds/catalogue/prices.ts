// What the variants of a product cost before: since it went on sale, in a sale that came and went, and since it was
// reduced. The trigger of `variants` writes the first row, from `createdAt`; these are the rows around it. Pure.
import type { PlannedProduct, PlannedVariant } from './plan.ts'

const day = 24 * 3600 * 1000
export type PastPrice = { since: Date; priceMinor: number }

type Reducible = Pick<PlannedVariant, 'compareAtMinor'>

/** When the present price began: on the first day, or when it was reduced. */
export function pricedSince({ ageDays }: PlannedProduct, { compareAtMinor }: Reducible, today: Date): Date {
  const days = compareAtMinor === null ? ageDays + 5 : reducedDays(ageDays)
  return new Date(today.getTime() - days * day)
}

/** The prices before the present one, oldest first; none for what was never reduced. */
export function pastPrices(product: PlannedProduct, variant: PlannedVariant, today: Date): PastPrice[] {
  const { priceMinor, compareAtMinor } = variant
  if (compareAtMinor === null) return []
  const { ageDays, record } = product
  const reduced = reducedDays(ageDays)
  const at = (days: number) => new Date(today.getTime() - days * day)
  const first = { since: at(ageDays), priceMinor: compareAtMinor }
  // Some had a long weekend at a price between, which the thirty days before the reduction still remember.
  if (ageDays < reduced + 25 || record.slug.length % 3 !== 0) return [first]
  const between = Math.round((priceMinor + compareAtMinor) / 2 / 100) * 100 || priceMinor
  return [
    first,
    { since: at(reduced + 20), priceMinor: between },
    { since: at(reduced + 17), priceMinor: compareAtMinor },
  ]
}

const reducedDays = (ageDays: number): number => Math.min(9, ageDays / 2)
