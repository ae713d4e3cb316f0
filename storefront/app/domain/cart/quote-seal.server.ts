// The seal of a quote: what the shopper saw, signed, so that the order is made of exactly that or not at all. The form
// carries it; whoever alters it, or what it was shown with, is answered like somebody whose total has changed.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { type QuotePart, quotePart } from '#app/domain/cart/quote-changes.ts'
import type { Quote } from '#app/domain/cart/totals.ts'
import { env } from '#app/env.server.ts'

type Sealed = Omit<Quote, 'hash'>

// Goes up when the digest's parts change: a form sealed before a new release is shown again instead of misread.
const version = 'v1'

/** SHA-256 over everything that decides money and delivery, in an order of its own. 64 hex digits. */
export function digestOf(quote: Sealed): string {
  const lines = quote.lines.map(({ imageSrc: _image, productSlug: _slug, ...line }) => Object.entries(line).sort())
  const { arithmetic: _, ...method } = quote.shippingMethod ?? { arithmetic: null }
  const parts = {
    cartId: quote.cartId,
    currency: quote.currency,
    lines,
    amounts: [quote.subtotalMinor, quote.discountMinor, quote.shippingMinor, quote.taxMinor, quote.includedTaxMinor],
    totalMinor: quote.totalMinor,
    taxRows: quote.taxRows,
    shippingTax: quote.shippingTax,
    shippingMethod: Object.entries(method).sort(),
    coupon: quote.coupon,
    addresses: [quote.shippingAddress, quote.billingAddress].map((address) => Object.entries(address ?? {}).sort()),
    contact: [quote.email, quote.phone],
    pickup: [quote.fulfilment, quote.pickupStore?.id ?? null, quote.paymentMethod],
  }
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}

const macOf = (key: string, hash: string, seen: string): string =>
  createHmac('sha256', key).update(`quote\0${version}\0${hash}\0${seen}`).digest('base64url')

/** `v1.<digest>.<signature>` of a quote's digest and of `seen`, the words it was shown with. */
export const sealQuote = (hash: string, seen = ''): string =>
  `${version}.${hash}.${macOf(env().SESSION_SECRET[0] ?? '', hash, seen)}`

/** The digest inside a seal of ours, by any of the session secrets; null for a forged, altered or outdated one. */
export function openSeal(seal: string, seen = ''): string | null {
  const match = /^(v\d+)\.([0-9a-f]{64})\.([\w-]{43})$/.exec(seal)
  if (!match || match[1] !== version) return null
  const [, , hash = '', mac = ''] = match
  const given = Buffer.from(mac)
  const isOurs = env().SESSION_SECRET.some((key) => timingSafeEqual(Buffer.from(macOf(key, hash, seen)), given))
  return isOurs ? hash : null
}

const seenParts = z.array(quotePart).max(200)

/** What a sealed form showed, or null when the seal does not belong to it: then it is not even shown. */
export function readSeen(seal: string, seen: string): QuotePart[] | null {
  if (!openSeal(seal, seen)) return null
  const parsed = seenParts.safeParse(JSON.parse(seen))
  return parsed.success ? parsed.data : null
}
