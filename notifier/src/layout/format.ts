// Amounts, days, countries and links as people read them. Pure.
import type { PostalAddress } from '../../../storefront/app/domain/outbox/events.ts'

// The shop's mails are in English; Ireland's is the English of the euro: €1,234.50, 22 November 2026.
const locale = 'en-IE'

/** `1299, 'EUR'` → `€12.99`; minor units by the currency's own exponent (1299 yen are JP¥1,299). */
export function money(minor: number, currency: string): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency })
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
}

/** `2026-11-22T09:30:00Z` → `22 November 2026` (UTC: the mail cannot know the reader's clock). */
export const day = (iso: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(iso))

/** `1, 'item'` → `1 item`; `2, 'item'` → `2 items`. */
export const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`

/** One line without control characters or text-direction tricks: for subjects, names in headers and SMS. */
export const oneLine = (text: string): string =>
  text
    .replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim()

/** The address when it is plain http(s), else null: nothing else may become a link. */
export function webLink(url: string | null): string | null {
  if (!url || !URL.canParse(url)) return null
  const parsed = new URL(url)
  return parsed.protocol === 'https:' || parsed.protocol === 'http:' ? parsed.href : null
}

/** Absolute address of a product picture, 320 pixels wide, or null. `imageSrc` is a stem like `/media/mug-sage`. */
export const picture = (origin: string, imageSrc: string | null): string | null =>
  imageSrc && /^\/(?![/\\])/.test(imageSrc) ? new URL(`${imageSrc}-320.webp`, origin).href : null

/** A reason as a person would write it: `out_of_stock` → `Out of stock`. */
export function sentence(text: string): string {
  const words = oneLine(/^[a-z]+(_[a-z]+)*$/.test(text) ? text.replaceAll('_', ' ') : text)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function countryName(code: string): string {
  try {
    return new Intl.DisplayNames([locale], { type: 'region' }).of(code.toUpperCase()) ?? code
  } catch {
    return code
  }
}

/** The lines of a postal address, as on a label. */
export const addressLines = (address: PostalAddress): string[] =>
  [
    address.fullName,
    address.company,
    address.line1,
    address.line2,
    [address.postcode, address.city].filter(Boolean).join(' '),
    address.region,
    countryName(address.country),
  ].filter((line): line is string => Boolean(line?.trim()))
