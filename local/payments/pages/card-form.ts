// What a shopper types on the payment page, checked as Stripe's page checks it. Pure.

import { cards, passesLuhn } from '../rules/cards.ts'
import type { CardEntry } from '../rules/charges.ts'

export const fields = ['email', 'number', 'expiry', 'cvc', 'name'] as const
export type Field = (typeof fields)[number]
export type Typed = Record<Field, string>
export type Errors = Partial<Record<Field, string>>

export const nothingTyped: Typed = { email: '', number: '', expiry: '', cvc: '', name: '' }

/** The form's values, trimmed and cut to sane lengths. */
export function readForm(form: FormData): Typed {
  const entries = fields.map((field) => [
    field,
    String(form.get(field) ?? '')
      .trim()
      .slice(0, 200),
  ])
  return Object.fromEntries(entries) as Typed
}

/** The card to try, or what is wrong with the fields. @param now milliseconds since 1970 */
export function checkForm(typed: Typed, now: number): { entry: CardEntry } | { errors: Errors } {
  const digits = typed.number.replace(/[\s-]/g, '')
  const card = cards[digits]
  const expiry = readExpiry(typed.expiry)
  const errors: Errors = {}
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(typed.email)) errors.email = 'Enter an e-mail address like name@example.com.'
  if (!digits) errors.number = 'Enter the card number.'
  else if (!/^\d+$/.test(digits) || !passesLuhn(digits)) errors.number = 'Your card number is invalid.'
  else if (!card) errors.number = 'Your card was declined: this is a test, and only test cards are accepted.'
  if (!expiry) errors.expiry = 'Enter the date as month and year, like 12 / 34.'
  else if (isPast(expiry, now)) errors.expiry = "Your card's expiration date is in the past."
  const cvcLength = card?.brand === 'amex' ? 4 : 3
  if (!new RegExp(`^\\d{3,${cvcLength}}$`).test(typed.cvc))
    errors.cvc = `Enter the ${cvcLength} digits of the security code.`
  if (!typed.name) errors.name = 'Enter the name on the card.'
  if (Object.keys(errors).length > 0 || !expiry) return { errors }
  return {
    entry: { number: digits, expMonth: expiry.month, expYear: expiry.year, name: typed.name, email: typed.email },
  }
}

function readExpiry(text: string): { month: number; year: number } | null {
  const parts = /^(\d{1,2})\s*[/ -]?\s*(\d{2}|\d{4})$/.exec(text)
  if (!parts) return null
  const month = Number(parts[1])
  const year = Number(parts[2]) + (parts[2]?.length === 2 ? 2000 : 0)
  return month >= 1 && month <= 12 ? { month, year } : null
}

function isPast({ month, year }: { month: number; year: number }, now: number): boolean {
  const today = new Date(now)
  return year * 12 + month < today.getUTCFullYear() * 12 + today.getUTCMonth() + 1
}

/** A form ready to be sent with a test card, for the hints' buttons. */
export function filledWith(typed: Typed, number: string, now: number): Typed {
  const year = (new Date(now).getUTCFullYear() + 4) % 100
  const cvc = cards[number]?.brand === 'amex' ? '1234' : '123'
  return {
    ...typed,
    number: number.replace(/(.{4})(?=.)/g, '$1 '),
    expiry: `12 / ${year}`,
    cvc,
    name: typed.name || 'Test Shopper',
  }
}
