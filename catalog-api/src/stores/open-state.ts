// Whether a store is open at a moment, told in the store's own time zone. Pure; knows no clock of its own.
import type { Store } from './schemas.ts'

type Hours = Store['hours']

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const formats = new Map<string, Intl.DateTimeFormat>()

/** Weekday (1 = Monday) and `HH:MM` of the moment `at` in `timezone`. */
export function localTime(timezone: string, at: Date): { weekday: number; clock: string } {
  const parts = Object.fromEntries(
    formatFor(timezone)
      .formatToParts(at)
      .map((part) => [part.type, part.value]),
  )
  return { weekday: weekdays.indexOf(parts.weekday ?? '') + 1, clock: `${parts.hour}:${parts.minute}` }
}

// Making a format costs a millisecond; there are few zones.
function formatFor(timeZone: string): Intl.DateTimeFormat {
  const made =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone,
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    })
  formats.set(timeZone, made)
  return made
}

/** Open now and until when, or when next: within the coming week, null when there are no hours at all. */
export function openState(hours: Hours, timezone: string, at: Date): Store['open'] {
  const { weekday, clock } = localTime(timezone, at)
  const current = hours.find((one) => one.weekday === weekday && one.opens <= clock && clock < one.closes)
  if (current) return { now: true, until: lastClosing(hours, current), next: null }
  return { now: false, until: null, next: nextOpening(hours, weekday, clock) }
}

/** 9–12 and 12–18 of a day are one stretch: open until 18. */
function lastClosing(hours: Hours, from: Hours[number]): string {
  const joined = hours.find((one) => one.weekday === from.weekday && one.opens === from.closes)
  return joined ? lastClosing(hours, joined) : from.closes
}

function nextOpening(hours: Hours, weekday: number, clock: string): Store['open']['next'] {
  const away = (one: Hours[number]) => {
    const days = (one.weekday - weekday + 7) % 7
    return days === 0 && one.opens <= clock ? 7 : days
  }
  const order = (a: Hours[number], b: Hours[number]) => away(a) - away(b) || a.opens.localeCompare(b.opens)
  const [next] = [...hours].sort(order)
  return next ? { weekday: next.weekday, opens: next.opens } : null
}
