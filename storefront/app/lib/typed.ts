// What staff type into forms of settings, as numbers: amounts, percents, whole numbers, moments. Pure; an empty field of
// the `maybe…` kind is null, never zero.
import { z } from 'zod'
import { currencyExponent, parseMoney } from '#app/lib/money.ts'

type Read<T> = (typed: string) => T | null

/** A field read by `read`; null from it is answered with `message`. */
const field = <T>(read: Read<T>, message: string) =>
  z
    .string(message)
    .max(100, message)
    .transform((typed, context): T => {
      const value = read(typed.trim())
      if (value !== null) return value
      context.addIssue({ code: 'custom', message })
      return z.NEVER
    })

/** As `field`, but an empty or missing one is null. */
const maybe = <T>(read: Read<T>, message: string) =>
  z
    .string(message)
    .max(100, message)
    .default('')
    .transform((typed, context): T | null => {
      if (typed.trim() === '') return null
      const value = read(typed.trim())
      if (value !== null) return value
      context.addIssue({ code: 'custom', message })
      return z.NEVER
    })

const amount = 'An amount like 12.50.'
export const money = (currency: string) => field((typed) => parseMoney(typed, currency), amount)
export const maybeMoney = (currency: string) => maybe((typed) => parseMoney(typed, currency), amount)

/** `12.50` for an amount's form field; empty for null. */
export function typedMoney(minor: number | null, currency: string): string {
  const digits = currencyExponent(currency)
  return minor === null ? '' : (minor / 10 ** digits).toFixed(digits)
}

/** `12.5` → 1250 basis points. At most 100 %, two decimals. */
export const readPercent: Read<number> = (typed) => {
  const match = /^(\d{1,3})(?:[.,](\d{1,2}))?\s*%?$/.exec(typed)
  const points = match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0') || '0') : Number.NaN
  return points <= 10_000 ? points : null
}
export const percent = field(readPercent, 'A percentage from 0 to 100, like 12.5.')
export const typedPercent = (basisPoints: number): string => String(basisPoints / 100)

const whole =
  (least: number, most: number): Read<number> =>
  (typed) =>
    /^\d{1,9}$/.test(typed) && Number(typed) >= least && Number(typed) <= most ? Number(typed) : null
export const count = (least: number, most: number) =>
  field(whole(least, most), `A whole number from ${least} to ${most}.`)
export const maybeCount = (least: number, most: number) =>
  maybe(whole(least, most), `A whole number from ${least} to ${most}.`)

/** Kilograms as typed ("2", "2.5") in grams. */
const readKilograms: Read<number> = (typed) => {
  const match = /^(\d{1,5})(?:[.,](\d{1,3}))?$/.exec(typed)
  return match ? Number(match[1]) * 1000 + Number((match[2] ?? '').padEnd(3, '0') || '0') : null
}
const weight = 'A weight in kilograms, like 2.5.'
export const kilograms = field(readKilograms, weight)
export const maybeKilograms = maybe(readKilograms, weight)
export const typedKilograms = (grams: number | null): string => (grams === null ? '' : String(grams / 1000))

/** A `datetime-local` field, taken as UTC. */
export const maybeMoment = maybe((typed) => {
  if (!/^20\d\d-\d\d-\d\dT\d\d:\d\d$/.test(typed)) return null
  const moment = new Date(`${typed}:00Z`)
  return Number.isNaN(moment.getTime()) ? null : moment
}, 'A day and a time.')
export const typedMoment = (moment: Date | string | null): string =>
  moment === null ? '' : new Date(moment).toISOString().slice(0, 16)

/** A checkbox: ticked or not sent. */
export const ticked = z
  .literal('on')
  .optional()
  .transform((value) => value === 'on')
