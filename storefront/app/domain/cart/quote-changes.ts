// What differs between the quote a shopper saw and today's: shown side by side when the seal is broken. Pure. A quote is
// told as a list of parts, each a name and words; what was seen travels with the form and is signed with the seal.
import { z } from 'zod'
import type { Quote } from '#app/domain/cart/totals.ts'
import type { PostalAddress } from '#app/domain/outbox/events.ts'
import { percentWords } from '#app/domain/promotions/coupon-rules.ts'
import { formatMoney } from '#app/lib/money.ts'

/** One thing a quote says: a key that stays the same, its name and its words. Short, for a form field holds them all. */
export const quotePart = z.tuple([z.string().max(80), z.string().max(100), z.string().max(400)])
export type QuotePart = z.infer<typeof quotePart>

type Told = Omit<Quote, 'hash'>
const short = (text: string, most = 60): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text)

/** A quote in words, the total last. */
export function partsOf(quote: Told): QuotePart[] {
  const money = (minor: number) => formatMoney(minor, quote.currency)
  const lines = quote.lines.map((line): QuotePart => {
    const off = line.discountMinor > 0 ? ` − ${money(line.discountMinor)}` : ''
    return [`line ${line.sku}`, short(line.title), `${line.quantity} × ${money(line.unitPriceMinor)}${off}`]
  })
  const taxes = quote.taxRows.map((row): QuotePart => {
    const name = `${row.name} ${percentWords(row.basisPoints)}${row.included ? ', included' : ''}`
    return [`tax ${name}`, name, money(row.taxMinor)]
  })
  return [
    ...lines,
    ['coupon', 'Coupon', quote.coupon ? `${quote.coupon.code}: ${quote.coupon.label}` : 'none'],
    ['discount', 'Discount', money(quote.discountMinor)],
    ['method', 'Way of delivery', quote.shippingMethod?.name ?? 'not chosen'],
    ['shipping', 'Delivery', money(quote.shippingMinor)],
    ...taxes,
    ['address', 'Delivery address', addressWords(quote.shippingAddress)],
    ['billing', 'Billing address', quote.billingAddress ? addressWords(quote.billingAddress) : 'the same'],
    ['contact', 'Contact', [quote.email, quote.phone].filter(Boolean).join(', ')],
    ['payment', 'Payment', quote.paymentMethod === 'in_store' ? 'in the store' : 'by card'],
    ['total', 'Total', money(quote.totalMinor)],
  ]
}

const addressWords = (address: PostalAddress | null): string => {
  if (!address) return notKnown
  const { fullName, company, line1, line2, postcode, city, region, country, phone } = address
  const words = [fullName, company, line1, line2, postcode, city, region, country, phone].filter(Boolean).join(', ')
  return short(words, 300)
}

/** Stands where nobody can say what was seen. */
export const notKnown = 'not known'

export type QuoteChange = { what: string; before: string; after: string }

/** The differences in words, the total last and always. Without `seen` only what is so now. */
export function changesSince(seen: QuotePart[] | null, now: Told): QuoteChange[] {
  const today = partsOf(now)
  const keys = new Map([...(seen ?? []), ...today].map(([key, name]) => [key, name]))
  const find = (parts: readonly QuotePart[], key: string) => parts.find(([known]) => known === key)?.[2]
  const missing = (key: string) => (key.startsWith('line ') ? 'not in the cart' : '–')
  const changes = [...keys].flatMap(([key, what]): QuoteChange[] => {
    const before = seen ? (find(seen, key) ?? missing(key)) : notKnown
    const after = find(today, key) ?? missing(key)
    return key !== 'total' && (before === after || !seen) ? [] : [{ what, before, after }]
  })
  const isTotal = ({ what }: QuoteChange) => what === 'Total'
  return [...changes.filter((change) => !isTotal(change)), ...changes.filter(isTotal)]
}
