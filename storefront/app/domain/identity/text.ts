// What people type into a line of text: names, streets, phone numbers. Pure; every pattern is linear and runs after
// the length was checked.
import { z } from 'zod'
import { noCardNumber } from '#app/lib/card-number.ts'

// Control, format and line-breaking characters have no place in one line; they would end up in mails and labels.
const oneLine = /^[^\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]*$/u

const tidy = (text: string): string => text.normalize('NFC').trim().replace(/\s+/g, ' ')

const untidied = (max: number) => z.string('Enter some text.').max(max * 4, `At most ${max} characters.`)

/** A required line of at most `max` characters; `missing` is said when it is empty. */
export const line = (max: number, missing: string) =>
  untidied(max)
    .refine((text) => oneLine.test(text), 'Use plain text on one line.')
    .transform(tidy)
    .pipe(
      z
        .string()
        .min(1, missing)
        .max(max, `At most ${max} characters.`)
        .refine(...noCardNumber),
    )

const optional = (max: number) =>
  untidied(max)
    .nullish()
    .refine((text) => oneLine.test(text ?? ''), 'Use plain text on one line.')
    .transform((text) => tidy(text ?? ''))
    .pipe(z.string().max(max, `At most ${max} characters.`))
    .transform((text) => text || null)

/** A line that may be left out; empty is null. */
export const optionalLine = (max: number) => optional(max).refine(...noCardNumber)

/** A person's name. Links are refused: the name opens our mails, and anyone can sign up with anyone's address. */
export const personName = line(120, 'Enter your name.').refine(
  (name) => !/:\/\/|www\./i.test(name),
  'Enter a name without a link.',
)

/** A phone number as digits with an optional leading +, or null when left out. */
export const optionalPhone = optional(40).transform((typed, context) => {
  if (typed === null) return null
  const digits = typed.replace(/[\s().\-/]/g, '')
  if (/^\+?\d{5,15}$/.test(digits)) return digits
  context.addIssue({ code: 'custom', message: 'Enter a phone number like +353 1 234 5678, or leave it empty.' })
  return z.NEVER
})
