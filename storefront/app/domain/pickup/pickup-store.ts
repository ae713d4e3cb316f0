// A store as an order remembers it, and what its opening hours mean for pickup. Pure: time is handed in.
import type { Store } from '#app/domain/catalog/answers.ts'
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

const spansOf = (hours: Hours, weekday: number): string =>
  hours
    .filter((one) => one.weekday === weekday)
    .sort((a, b) => a.opens.localeCompare(b.opens))
    .map(({ opens, closes }) => `${opens}–${closes}`)
    .join(', ')

const weekMinutes = 7 * 24 * 60
const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))

/** Whether the store is open for an hour at least within `seconds` from `at`. Right to the hour over a change of clocks. */
export function opensWithin(
  { hours, timezone }: Pick<Store, 'hours' | 'timezone'>,
  at: Date,
  seconds: number,
): boolean {
  const now = minuteOfWeek(timezone, at)
  const until = seconds / 60
  return hours.some(({ weekday, opens, closes }) => {
    const begins = (weekday - 1) * 24 * 60 + minutesOf(opens)
    const ends = (weekday - 1) * 24 * 60 + minutesOf(closes)
    if (now >= begins && ends - now >= 60) return true
    return ((begins - now + weekMinutes) % weekMinutes) + 60 <= until
  })
}

function minuteOfWeek(timeZone: string, at: Date): number {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'long',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
  return weekdays.indexOf(parts.weekday ?? '') * 24 * 60 + minutesOf(`${parts.hour}:${parts.minute}`)
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
