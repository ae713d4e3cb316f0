// The least and the most a card can be charged: beyond it the provider refuses, so the shopper hears it before an order is
// placed. Pure.
import { formatMoney } from '#app/lib/money.ts'

/** Stripe's smallest charges in minor units; of a currency that is not listed the provider decides. */
const smallest: Record<string, number> = { EUR: 50, USD: 50, GBP: 30, CHF: 50, DKK: 250, NOK: 300, SEK: 300, PLN: 200 }

/** Eight digits, whatever the currency. */
const largest = 99_999_999

/** Why a card cannot pay this total; null when it can, or when there is nothing to pay. */
export function whyNotByCard({ totalMinor, currency }: { totalMinor: number; currency: string }): string | null {
  if (totalMinor > largest) return `A card cannot be charged more than ${formatMoney(largest, currency)} at once.`
  const least = smallest[currency] ?? 0
  if (totalMinor === 0 || totalMinor >= least) return null
  return `A card cannot be charged less than ${formatMoney(least, currency)}.`
}
