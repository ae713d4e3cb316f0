// A store as its form sends it. Hours are typed one line a weekday: "10:00-12:30, 14:00-19:00", empty when closed; days that
// are different one line a day: "2026-12-24 10:00-13:00 Christmas Eve", "2026-12-25 closed Christmas Day". Pure.
import { z } from 'zod'
import type { SpecialDay } from '#app/domain/catalog/answers.ts'
import { DomainError } from '#app/lib/errors.ts'

export const weekdayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const
export const storeServices: Record<string, string> = {
  click_and_collect: 'Click and collect (shoppers may pick orders up here)',
  gift_wrap: 'Gift wrapping',
  repairs: 'Repairs',
  cafe: 'Café',
  wheelchair_access: 'Step-free entrance',
}

const line = (max: number, missing: string) => z.string().trim().min(1, missing).max(max, `At most ${max} characters.`)
const maybe = (max: number) =>
  z
    .string()
    .trim()
    .max(max, `At most ${max} characters.`)
    .default('')
    .transform((text) => text || null)
const degrees = (limit: number, example: string) =>
  z
    .string()
    .trim()
    .regex(/^-?\d{1,3}([.,]\d{1,12})?$/, `Degrees, like ${example}.`)
    .transform((typed) => Number(typed.replace(',', '.')))
    .refine((value) => Math.abs(value) <= limit, `Between -${limit} and ${limit}.`)

const form = z.object({
  name: line(120, 'Give the store a name.'),
  kind: z.enum(['shop', 'warehouse'], 'A shop or a warehouse?'),
  status: z.enum(['open', 'closed']).default('open'),
  line1: line(120, 'Which street?'),
  line2: maybe(120),
  city: line(80, 'Which town?'),
  region: maybe(80),
  postcode: maybe(20),
  country: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z]{2}$/, 'Two letters, like IE.'),
  latitude: degrees(90, '53.3419'),
  longitude: degrees(180, '-6.263'),
  timezone: line(60, 'Which time zone?').refine(isTimeZone, 'A time zone, like Europe/Dublin.'),
  phone: maybe(40),
  email: z.union([
    z
      .literal('')
      .default('')
      .transform(() => null),
    z.email('An e-mail address, like dublin@example.com.').max(254),
  ]),
  shipsOrders: z.literal('on').optional(),
  allocationPriority: z
    .string()
    .regex(/^\d{1,5}$/, 'A whole number, like 100.')
    .transform(Number)
    .pipe(z.int().max(10_000, 'At most 10,000.')),
})

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }) !== undefined
  } catch {
    return false
  }
}

type Hours = { weekday: number; opens: string; closes: string }[]
export type StoreInput = Omit<z.infer<typeof form>, 'shipsOrders'> & {
  shipsOrders: boolean
  services: string[]
  hours: Hours
  specialDays: SpecialDay[]
}

const span = /^([01]?\d|2[0-3])[:.]([0-5]\d)\s*[-–]\s*([01]?\d|2[0-4])[:.]([0-5]\d)$/
const clock = (hour = '', minute = '') => `${hour.padStart(2, '0')}:${minute}`

/** "10-12" is no span, "10:00-12:30, 14:00–19:00" are two; null when it cannot be read or makes no sense. */
export function hoursOf(typed: string, weekday: number): Hours | null {
  const parts = typed.split(/[,;]/).flatMap((part) => part.trim() || [])
  const hours: Hours = []
  for (const part of parts) {
    const found = span.exec(part)
    if (!found) return null
    const one = { weekday, opens: clock(found[1], found[2]), closes: clock(found[3], found[4]) }
    if (one.closes <= one.opens || one.closes > '24:00') return null
    hours.push(one)
  }
  hours.sort((a, b) => a.opens.localeCompare(b.opens))
  return hours.every((one, at) => at === 0 || (hours[at - 1]?.closes ?? '') <= one.opens) ? hours : null
}

const dayLine = /^(\d{4}-\d{2}-\d{2})\s+(closed|[\d:.\s,;–-]*\d)(?:\s+(.*))?$/i
const mostDays = 200

/** `2026-02-30` is no day. */
const isDay = (date: string): boolean => {
  const at = Date.parse(`${date}T00:00:00Z`)
  return Number.isFinite(at) && new Date(at).toISOString().startsWith(date)
}

/** The days that are different, as they are typed; the text says which line cannot be read. */
export function specialDaysOf(typed: string): SpecialDay[] | string {
  const lines = typed
    .slice(0, 20_000)
    .split(/\r?\n/)
    .flatMap((line) => line.trim() || [])
  if (lines.length > mostDays) return `At most ${mostDays} days.`
  const days = new Map<string, SpecialDay>()
  for (const line of lines) {
    const [, date = '', what = '', note = ''] = dayLine.exec(line) ?? []
    const hours = what.toLowerCase() === 'closed' ? [] : what && hoursOf(what, 0)
    const wrong = `“${line.slice(0, 60)}”: like 2026-12-24 10:00-13:00 Christmas Eve, or 2026-12-25 closed Christmas Day.`
    if (!isDay(date) || !Array.isArray(hours) || hours.length > 4 || note.length > 80 || /\p{C}/u.test(note))
      return wrong
    if (days.has(date)) return `${date} is there twice.`
    days.set(date, { date, note: note.trim(), hours: hours.map(({ opens, closes }) => ({ opens, closes })) })
  }
  return [...days.values()].sort((a, b) => a.date.localeCompare(b.date))
}

/** Days as they are typed, one a line. */
export const specialDaysText = (days: readonly SpecialDay[]): string =>
  days
    .map(({ date, note, hours }) => {
      const spans = hours.map(({ opens, closes }) => `${opens}-${closes}`).join(', ')
      return [date, spans || 'closed', note].filter(Boolean).join(' ')
    })
    .join('\n')

/** A store's hours of one weekday as they are typed. */
export const hoursText = (hours: Hours, weekday: number): string =>
  hours
    .filter((one) => one.weekday === weekday)
    .map(({ opens, closes }) => `${opens}-${closes}`)
    .join(', ')

/** The store a form describes; throws validation_failed with a message a field. */
export function storeInputOf(values: Record<string, string>): StoreInput {
  const fields: Record<string, string[]> = {}
  const main = form.safeParse(values)
  if (!main.success) for (const issue of main.error.issues) fields[String(issue.path[0])] ??= [issue.message]
  const hours = weekdayNames.flatMap((name, index) => {
    const read = hoursOf(values[`hours${index + 1}`] ?? '', index + 1)
    if (!read) fields[`hours${index + 1}`] = [`${name}: like 10:00-19:00, or 10:00-12:30, 14:00-19:00.`]
    return read ?? []
  })
  const specialDays = specialDaysOf(values.specialDays ?? '')
  if (typeof specialDays === 'string') fields.specialDays = [specialDays]
  const services = Object.keys(storeServices).filter((service) => values[`service_${service}`] === 'on')
  const other = (values.otherServices ?? '').split(/[\s,]+/).flatMap((word) => word.trim() || [])
  if (other.length > 10 || other.some((word) => !/^[a-z][a-z0-9_]{0,39}$/.test(word)))
    fields.otherServices = ['Small letters, digits and _, with commas between.']
  if (!main.success || typeof specialDays === 'string' || Object.keys(fields).length > 0)
    throw new DomainError('validation_failed', 'Please check what you entered.', { fields })
  const { shipsOrders, ...rest } = main.data
  return {
    ...rest,
    shipsOrders: shipsOrders === 'on',
    services: [...new Set([...services, ...other])],
    hours,
    specialDays,
  }
}
