// What the forms of a return hold. Pure: fields to values; whether the values fit the order, the verbs say.

import { z } from 'zod'
import { type ReturnReason, returnReasons } from '#app/domain/returns/return-status.ts'
import { noCardNumber } from '#app/lib/card-number.ts'
import { DomainError } from '#app/lib/errors.ts'

/** Made with a form, so that sending it twice is sending it once. */
const formKey = z.string('Please load the page again.').regex(/^[\w-]{43}$/, 'Please load the page again.')
const optionalText = (max: number) =>
  z
    .string()
    .trim()
    .max(max, `At most ${max} characters.`)
    .refine(...noCardNumber)
    .default('')
    .transform((text) => text || null)

const quantity = z
  .string()
  .trim()
  .regex(/^\d{1,2}$/, 'A whole number, please.')
  .transform(Number)
const reason = z.enum(returnReasons, 'Choose a reason.')

export const requestInput = z.object({ formKey, note: optionalText(1000) })

/** The lines of the form (`q:<sku>` pieces, `r:<sku>` why); those with no pieces are left out. Throws validation_failed. */
export function requestedLines(
  values: Record<string, string>,
): { sku: string; quantity: number; reason: ReturnReason }[] {
  return lineFields(values).flatMap(([sku, typed]) => {
    const pieces = read(quantity, `q:${sku}`, typed)
    if (pieces === 0) return []
    return [{ sku, quantity: pieces, reason: read(reason, `r:${sku}`, values[`r:${sku}`]) }]
  })
}

export const returnNumber = z.object({ returnNumber: z.string('Which return?').max(40) })
export const approveInput = returnNumber.extend({ note: optionalText(1000) })
export const rejectInput = returnNumber.extend({
  note: z
    .string('Say why: the shopper reads it.')
    .trim()
    .min(1, 'Say why: the shopper reads it.')
    .max(1000)
    .refine(...noCardNumber),
})

/** What came of each line (`q:<sku>` pieces, `d:<sku>` what becomes of them). Throws validation_failed. */
export function receivedLines(values: Record<string, string>): { sku: string; quantity: number; restock: boolean }[] {
  return lineFields(values).map(([sku, typed]) => ({
    sku,
    quantity: read(quantity, `q:${sku}`, typed),
    restock:
      read(z.enum(['restock', 'write_off'], 'Choose what becomes of it.'), `d:${sku}`, values[`d:${sku}`]) ===
      'restock',
  }))
}

/** `q:` fields that hold something, by SKU. */
const lineFields = (values: Record<string, string>): [sku: string, typed: string][] =>
  Object.entries(values).flatMap(([name, typed]) =>
    name.startsWith('q:') && typed.trim() ? [[name.slice(2), typed]] : [],
  )

function read<Schema extends z.ZodType>(schema: Schema, field: string, typed: unknown): z.output<Schema> {
  const parsed = schema.safeParse(typed)
  if (parsed.success) return parsed.data
  const message = parsed.error.issues[0]?.message ?? 'Please check this.'
  throw new DomainError('validation_failed', 'Please check what you entered.', { fields: { [field]: [message] } })
}
