// The least a card can be charged: below it the provider refuses, so the shopper hears it before an order is placed. Pure.
import { formatMoney } from '#app/lib/money.ts'

/** Stripe's smallest charges in minor units; of a currency that is not listed the provider decides. */
const smallest: Record<string, number> = { EUR: 50, USD: 50, GBP: 30, CHF: 50, DKK: 250, NOK: 300, SEK: 300, PLN: 200 }

/** Why a card cannot pay this total; null when it can, or when there is nothing to pay. */
export function whyNotByCard({ totalMinor, currency }: { totalMinor: number; currency: string }): string | null {
  const least = smallest[currency] ?? 0
  if (totalMinor === 0 || totalMinor >= least) return null
  return `A card cannot be charged less than ${formatMoney(least, currency)}.`
}
