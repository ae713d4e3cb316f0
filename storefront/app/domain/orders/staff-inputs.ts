// What staff type into the forms of an order. Pure.

import { z } from 'zod'
import { tenders } from '#app/domain/pickup/pickup-rules.ts'
import { noCardNumber } from '#app/lib/card-number.ts'

const optional = (max: number) =>
  z
    .string()
    .trim()
    .max(max, `At most ${max} characters.`)
    .default('')
    .transform((text) => text || null)

export const deliverInput = z.object({ parcelNo: z.coerce.number('Which parcel?').int().min(1).max(1000) })

export const handOverInput = z.object({
  code: z.string().trim().min(1, 'Type the code that the shopper shows.').max(20, 'At most 20 characters.'),
  tender: z
    .enum(tenders, 'Cash or card?')
    .nullish()
    .transform((tender) => tender ?? null),
})

export const shipInput = z.object({
  /** The number the form was made for: a double click is one parcel. */
  parcelNo: z.coerce.number().int().min(1).max(1000),
  carrier: optional(60),
  trackingNumber: optional(80),
  trackingUrl: optional(500).refine(
    (url) => url === null || /^https:\/\/\S+$/.test(url),
    'The link has to start with https://',
  ),
})

export const cancelInput = z.object({
  reason: z
    .string()
    .trim()
    .min(1, 'Say why: the shopper reads it.')
    .max(300, 'At most 300 characters.')
    .refine(...noCardNumber),
})

export const refundInput = z.object({
  /** Made with the form: a double click gives back once. */
  formKey: z.string().regex(/^[\w-]{43}$/),
  amount: z.string().trim().min(1, 'How much?').max(20),
  reason: z
    .string()
    .trim()
    .min(1, 'Say why: the shopper reads it.')
    .max(300, 'At most 300 characters.')
    .refine(...noCardNumber),
})

/** The quantities of a parcel (`q:SKU` fields); undefined when the form has none, which means all that is left. */
export function parcelLinesOf(values: Record<string, string>): { sku: string; quantity: number }[] | undefined {
  const lines = Object.entries(values)
    .filter(([name]) => name.startsWith('q:'))
    .map(([name, typed]) => ({ sku: name.slice(2), quantity: /^\d{1,2}$/.test(typed) ? Number(typed) : 0 }))
  return lines.length > 0 ? lines.filter(({ quantity }) => quantity > 0) : undefined
}
