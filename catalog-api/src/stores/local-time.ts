// A store's own calendar and clock, and which moment they mean: also on the days when clocks are changed. Pure.

/** `2026-11-22`, 1 = Monday, `18:30` */
export type LocalTime = { date: string; weekday: number; clock: string }

const formats = new Map<string, Intl.DateTimeFormat>()

// Making a format costs a millisecond; there are few zones.
function formatFor(timeZone: string): Intl.DateTimeFormat {
  const made =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    })
  formats.set(timeZone, made)
  return made
}

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
const midnight = (date: string): number => Date.parse(`${date}T00:00:00Z`)

/** The weekday of a calendar date, 1 = Monday. */
export const weekdayOf = (date: string): number => new Date(midnight(date)).getUTCDay() || 7

/** The calendar date so many days later. */
export const laterDate = (date: string, days: number): string =>
  new Date(midnight(date) + days * dayMs).toISOString().slice(0, 10)

/** What the store's calendar and clock show at the moment `at`. */
export function localTime(timezone: string, at: Date): LocalTime {
  const parts = Object.fromEntries(
    formatFor(timezone)
      .formatToParts(at)
      .map((part) => [part.type, part.value]),
  )
  const date = `${parts.year}-${parts.month}-${parts.day}`
  return { date, weekday: weekdayOf(date), clock: `${parts.hour}:${parts.minute}` }
}

/** Minutes that the zone's clock is ahead of UTC at a moment. */
function offsetAt(timezone: string, ms: number): number {
  const { date, clock } = localTime(timezone, new Date(ms))
  return Math.round((Date.parse(`${date}T${clock}:00Z`) - Math.floor(ms / minuteMs) * minuteMs) / minuteMs)
}

const offsets = new Map<string, [before: number, after: number]>()

/** The offsets half a day before a date and half a day after it: the same but for days around a change of clocks. */
function offsetsAround(timezone: string, date: string): [before: number, after: number] {
  const key = `${timezone} ${date}`
  let known = offsets.get(key)
  if (!known) {
    known = [offsetAt(timezone, midnight(date) - dayMs), offsetAt(timezone, midnight(date) + 2 * dayMs)]
    if (offsets.size > 5_000) offsets.clear()
    offsets.set(key, known)
  }
  return known
}

/**
 * The moment at which the zone's clock shows `clock` (`HH:MM`, `24:00` is the next midnight) on `date`. Where clocks go
 * back it shows it twice: the `first` or the `last` time; where they go forward it never does: then the moment of the change.
 */
export function momentOf(timezone: string, date: string, clock: string, which: 'first' | 'last'): Date {
  if (clock === '24:00') return momentOf(timezone, laterDate(date, 1), '00:00', which)
  const wall = Date.parse(`${date}T${clock}:00Z`)
  const [before, after] = offsetsAround(timezone, date)
  if (before === after) return new Date(wall - before * minuteMs)
  const tries = [wall - before * minuteMs, wall - after * minuteMs].sort((a, b) => a - b)
  const shown = tries.filter((ms) => ms + offsetAt(timezone, ms) * minuteMs === wall)
  const found = which === 'first' ? shown[0] : shown.at(-1)
  return new Date(found ?? changeBetween(timezone, tries[0] ?? wall, tries[1] ?? wall))
}

/** The minute at which the offset changes between two moments that lie around the change. */
function changeBetween(timezone: string, low: number, high: number): number {
  const old = offsetAt(timezone, low)
  let [from, to] = [low, high]
  while (to - from > minuteMs) {
    const middle = from + Math.floor((to - from) / 2 / minuteMs) * minuteMs
    if (offsetAt(timezone, middle) === old) from = middle
    else to = middle
  }
  return to
}
