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

/** `2026-11-22T09:30:00Z`, a store's time zone → `Sunday 22 November, 09:30`; an unknown zone counts as UTC. */
export function dayAndTime(iso: string, timeZone: string | null | undefined): string {
  const options = { weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' } as const
  const at = new Date(iso)
  try {
    return new Intl.DateTimeFormat(locale, { ...options, timeZone: timeZone ?? 'UTC' }).format(at)
  } catch {
    return new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(at)
  }
}

/** `90` → `90 minutes`; `1440` → `24 hours`; `10080` → `7 days`. */
export function duration(minutes: number): string {
  if (minutes % 1440 === 0 && minutes > 1440) return count(minutes / 1440, 'day')
  return minutes % 60 === 0 ? count(minutes / 60, 'hour') : count(minutes, 'minute')
}

/** `1, 'item'` → `1 item`; `2, 'item'` → `2 items`. */
export const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`

/** One line without control characters or text-direction tricks: for subjects, names in headers and SMS. */
export const oneLine = (text: string): string =>
  text
    .replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim()

/** Each line of a text by itself, none of them empty. */
export const textLines = (text: string): string[] =>
  text
    .split(/\r\n|\r|\n/)
    .map(oneLine)
    .filter(Boolean)

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

/** `alice.martin@example.com` → `a…n@example.com`: enough for its owner to know it, too little for a stranger to use it. */
export function maskedEmail(email: string): string {
  const at = email.lastIndexOf('@')
  const name = email.slice(0, at)
  return `${name.charAt(0)}…${name.length > 2 ? name.slice(-1) : ''}${email.slice(at)}`
}
