// What differs between the quote a shopper saw and today's: shown side by side when the seal is broken. Pure. What was
// seen comes back from the browser, so it is only ever shown, never charged.
import { z } from 'zod'
import type { Quote } from '#app/domain/cart/totals.ts'
import { formatMoney } from '#app/lib/money.ts'

const amount = z.int().min(0).max(Number.MAX_SAFE_INTEGER)

export const seenQuote = z.object({
  totalMinor: amount,
  shippingMinor: amount,
  taxMinor: amount,
  lines: z
    .array(z.object({ sku: z.string().max(64), title: z.string().max(200), quantity: amount, unitPriceMinor: amount }))
    .max(100),
})
export type SeenQuote = z.infer<typeof seenQuote>

/** What a form keeps of the quote it shows. */
export const seenOf = (quote: Quote): SeenQuote => ({
  totalMinor: quote.totalMinor,
  shippingMinor: quote.shippingMinor,
  taxMinor: quote.taxMinor,
  lines: quote.lines.map(({ sku, title, quantity, unitPriceMinor }) => ({ sku, title, quantity, unitPriceMinor })),
})

export type QuoteChange = { what: string; before: string; after: string }

/** The differences in words, the total last and always. */
export function changesSince(seen: SeenQuote, now: Quote): QuoteChange[] {
  const money = (minor: number) => formatMoney(minor, now.currency)
  const changes: QuoteChange[] = lineChanges(seen, now, money)
  const add = (what: string, before: number, after: number) => {
    if (before !== after) changes.push({ what, before: money(before), after: money(after) })
  }
  add('Delivery', seen.shippingMinor, now.shippingMinor)
  add('Tax', seen.taxMinor, now.taxMinor)
  changes.push({ what: 'Total', before: money(seen.totalMinor), after: money(now.totalMinor) })
  return changes
}

function lineChanges(seen: SeenQuote, now: Quote, money: (minor: number) => string): QuoteChange[] {
  const told = (line: { quantity: number; unitPriceMinor: number } | undefined) =>
    line ? `${line.quantity} × ${money(line.unitPriceMinor)}` : 'not in the cart'
  const titles = new Map([...seen.lines, ...now.lines].map(({ sku, title }) => [sku, title]))
  return [...titles].flatMap(([sku, title]) => {
    const before = told(seen.lines.find((line) => line.sku === sku))
    const after = told(now.lines.find((line) => line.sku === sku))
    return before === after ? [] : [{ what: title, before, after }]
  })
}
