// Whether a store is open at a moment and when it opens next, told in the store's own time zone: weekly hours, and the
// days with hours of their own. Pure; knows no clock of its own.
import { laterDate, localTime, momentOf, weekdayOf } from './local-time.ts'
import type { OpenState, SpecialDay, Store } from './schemas.ts'

export type Schedule = { hours: Store['hours']; specialDays?: readonly SpecialDay[]; timezone: string }
type Span = { opens: string; closes: string }
/** A stretch of time in which the store is open without a break. */
export type OpenStretch = { opens: Date; closes: Date }

/** However long it stays closed: after so many days nobody waits. */
const horizonDays = 62
/** Stretches that begin within so many days are told, for whoever reckons with opening hours. */
const toldDays = 4

/** The hours of one date, earliest first; empty when closed. */
export function hoursOn({ hours, specialDays = [] }: Schedule, date: string): Span[] {
  const special = specialDays.find((one) => one.date === date)
  const spans = special ? special.hours : hours.filter(({ weekday }) => weekday === weekdayOf(date))
  return [...spans].sort((a, b) => a.opens.localeCompare(b.opens))
}

/** Stretches that end after `at`, in their order, until `enough` of them says so; what touches is one, over midnight too. */
function stretches(schedule: Schedule, at: Date, enough: (found: OpenStretch[]) => boolean): OpenStretch[] {
  const today = localTime(schedule.timezone, at).date
  const found: OpenStretch[] = []
  for (let day = -1; day <= horizonDays && !enough(found); day++) {
    const date = laterDate(today, day)
    for (const span of hoursOn(schedule, date)) {
      const opens = momentOf(schedule.timezone, date, span.opens, 'first')
      const closes = momentOf(schedule.timezone, date, span.closes, 'last')
      const last = found.at(-1)
      if (!last || opens > last.closes) found.push({ opens, closes })
      else if (closes > last.closes) last.closes = closes
    }
    while (found[0] && found[0].closes <= at && day >= 0) found.shift()
  }
  return found.filter(({ closes }) => closes > at)
}

/** The stretches of the coming days, the present one first; when there is none, the next one whenever it comes. */
export function comingStretches(schedule: Schedule, at: Date): OpenStretch[] {
  const until = at.getTime() + toldDays * 24 * 3_600_000
  return stretches(schedule, at, (found) => (found.at(-1)?.opens.getTime() ?? 0) > until).filter(
    ({ opens }, index) => index === 0 || opens.getTime() <= until,
  )
}

/** Open now and until when, or when next: within two months, null when there are no hours at all. */
export function openState(schedule: Schedule, at: Date, coming = comingStretches(schedule, at)): OpenState {
  const [first] = coming
  const { timezone } = schedule
  if (!first) return { now: false, until: null, next: null }
  if (first.opens <= at) {
    // Around the clock, as far as one can see.
    if (first.closes.getTime() - at.getTime() > 8 * 24 * 3_600_000) return { now: true, until: null, next: null }
    return { now: true, until: localTime(timezone, first.closes).clock, next: null }
  }
  const { date, weekday, clock } = localTime(timezone, first.opens)
  return { now: false, until: null, next: { date, weekday, opens: clock } }
}
