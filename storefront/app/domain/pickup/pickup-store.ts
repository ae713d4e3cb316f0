// A store as an order remembers it, and what its opening hours mean for pickup. Pure: time is handed in.
import type { SpecialDay, Store } from '#app/domain/catalog/answers.ts'
import type { PostalAddress } from '#app/domain/outbox/events.ts'

export type PickupStore = {
  id: string
  slug: string
  name: string
  /** Without a person's name: `fullName` is the store's. */
  address: PostalAddress
  phone: string | null
  timezone: string
  /** One line a day or group of days, as people read them. */
  hoursText: string
}

type Hours = Store['hours']

export const pickupStoreOf = (store: Store): PickupStore => ({
  id: store.id,
  slug: store.slug,
  name: store.name,
  address: {
    fullName: store.name,
    company: null,
    line1: store.line1,
    line2: store.line2,
    city: store.city,
    region: store.region,
    postcode: store.postcode,
    country: store.country,
    phone: store.phone,
  },
  phone: store.phone,
  timezone: store.timezone,
  hoursText: hoursText(store.hours),
})

/** The order's address when it is collected: the store's, with the name of who comes. */
export const addressAtStore = (store: PickupStore, fullName: string): PostalAddress => ({
  ...store.address,
  fullName,
  company: store.name,
  phone: null,
})

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

/** `Monday to Friday 10:00–19:00`, days of the same hours together, days without hours left out; empty when unknown. */
export function hoursText(hours: Hours): string {
  const groups: { first: string; last: string; spans: string }[] = []
  for (const [index, name] of weekdays.entries()) {
    const spans = spansOf(hours, index + 1)
    const before = groups.at(-1)
    if (before?.spans === spans) before.last = name
    else groups.push({ first: name, last: name, spans })
  }
  return groups
    .filter(({ spans }) => spans !== '')
    .map(({ first, last, spans }) => `${first === last ? first : `${first} to ${last}`} ${spans}`)
    .join('\n')
}

/** The week's hours and, below, the days of the coming week that are not like them. */
export const hoursWithSpecialDays = (store: Pick<Store, 'hours' | 'specialDays' | 'today'>): string =>
  [hoursText(store.hours), specialText(store)].filter(Boolean).join('\n')

/** The days of the coming week that are not like every week: `Friday 25 December: closed, Christmas Day`. */
function specialText({ specialDays, today }: Pick<Store, 'specialDays' | 'today'>): string {
  const week = new Date(Date.parse(today) + 7 * 24 * 3_600_000).toISOString().slice(0, 10)
  return specialDays
    .filter(({ date }) => date <= week)
    .map((day) => `${dateWords(day.date)}: ${specialHours(day)}${day.note && `, ${day.note}`}`)
    .join('\n')
}

/** `2026-12-25` → `Friday 25 December`: a day of the store's calendar, not a moment. */
export function dateWords(date: string): string {
  const format = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' })
  return format.format(new Date(`${date}T00:00:00Z`)).replace(',', '')
}

export const specialHours = ({ hours }: Pick<SpecialDay, 'hours'>): string =>
  hours.length === 0 ? 'closed' : hours.map(({ opens, closes }) => `${opens}–${closes}`).join(', ')

const spansOf = (hours: Hours, weekday: number): string =>
  hours
    .filter((one) => one.weekday === weekday)
    .sort((a, b) => a.opens.localeCompare(b.opens))
    .map(({ opens, closes }) => `${opens}–${closes}`)
    .join(', ')

/**
 * Whether the store is open for an hour at least within `seconds` from `at`: by its own clock, holidays and changes of
 * clocks reckoned in. Open now counts while there is an hour left.
 */
export function opensWithin({ coming }: Pick<Store, 'coming'>, at: Date, seconds: number): boolean {
  const hour = 3_600_000
  const until = at.getTime() + seconds * 1000
  return coming.some(({ opens, closes }) => {
    const from = Math.max(Date.parse(opens), at.getTime())
    return Date.parse(closes) - from >= hour && from + hour <= until
  })
}

/** `Tuesday 24 November, 17:00` by the store's own clock. */
export function storeTime({ timezone }: { timezone: string }, at: Date): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: timezone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
  return `${parts.weekday} ${parts.day} ${parts.month}, ${parts.hour}:${parts.minute}`
}
