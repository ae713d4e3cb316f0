// What staff type into the form of a refund by line. Pure.

import { z } from 'zod'
import { noCardNumber } from '#app/lib/card-number.ts'
import { DomainError } from '#app/lib/errors.ts'
import { parseMoney } from '#app/lib/money.ts'

export const refundLinesInput = z.object({
  /** Made with the form: a double click gives back once. */
  formKey: z.string('Please load the page again.').regex(/^[\w-]{43}$/, 'Please load the page again.'),
  shipping: z.string().trim().max(20, 'An amount like 4.90.').default(''),
  reason: z
    .string('Say why: the shopper reads it.')
    .trim()
    .min(1, 'Say why: the shopper reads it.')
    .max(300, 'At most 300 characters.')
    .refine(...noCardNumber),
})

/** The amount typed for delivery in minor units; nothing typed is 0. Throws validation_failed. */
export function shippingOf(typed: string, currency: string): number {
  const minor = typed === '' ? 0 : parseMoney(typed, currency)
  if (minor === null) throw wrong('shipping', 'An amount like 4.90.')
  return minor
}

/** The lines of the form (`q:<sku>` pieces, `d:<sku>` what becomes of the goods); those with no pieces are left out. Throws validation_failed. */
export function refundLinesOf(values: Record<string, string>): { sku: string; quantity: number; restock: boolean }[] {
  return Object.entries(values).flatMap(([name, typed]) => {
    if (!name.startsWith('q:') || !typed.trim()) return []
    const sku = name.slice(2)
    if (!/^\d{1,2}$/.test(typed.trim())) throw wrong(name, 'A whole number, please.')
    const quantity = Number(typed)
    return quantity > 0 ? [{ sku, quantity, restock: values[`d:${sku}`] === 'restock' }] : []
  })
}

const wrong = (field: string, message: string) =>
  new DomainError('validation_failed', message, { fields: { [field]: [message] } })
