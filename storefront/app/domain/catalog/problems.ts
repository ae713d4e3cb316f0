// Turns catalog-api's problem+json into the shop's own errors. Pure. What the person cannot mend (a refused token, an
// unknown code) is told as "unavailable", never with the other side's words.
import { z } from 'zod'
import { DomainError, type ErrorCode } from '#app/lib/errors.ts'

const problem = z.object({
  code: z.string(),
  detail: z.string().optional(),
  errors: z
    .array(z.object({ path: z.union([z.string(), z.array(z.union([z.string(), z.number()]))]), message: z.string() }))
    .optional(),
  shortages: z.array(z.object({ sku: z.string(), requested: z.int(), available: z.int() })).optional(),
})

/** What `out_of_stock` carries in `details.shortages`. */
export type Shortage = { sku: string; requested: number; available: number }

const known: Record<string, { code: ErrorCode; message: string }> = {
  validation_failed: { code: 'validation_failed', message: 'Please check the marked fields.' },
  not_found: { code: 'not_found', message: 'This was not found.' },
  gone: { code: 'gone', message: 'We no longer sell this.' },
  conflict: { code: 'conflict', message: 'This does not fit what is already there.' },
  slug_taken: { code: 'slug_taken', message: 'Another page already has this address.' },
  sku_taken: { code: 'sku_taken', message: 'Another variant already has this SKU.' },
  version_conflict: {
    code: 'version_conflict',
    message: 'Somebody else changed this in the meantime. Please look again.',
  },
  out_of_stock: { code: 'out_of_stock', message: 'Some of this is no longer available in that quantity.' },
  reservation_mismatch: { code: 'conflict', message: 'Other goods are already held for this order.' },
  reservation_released: { code: 'conflict', message: 'The goods are no longer held for this order.' },
  already_committed: { code: 'conflict', message: 'The goods of this order are already sold.' },
  too_many_requests: { code: 'overloaded', message: 'The shop is very busy. Please try again in a moment.' },
}

export const catalogUnavailable = (): DomainError =>
  new DomainError('catalog_unavailable', 'Our catalogue cannot be reached at the moment. Please try again shortly.', {
    retryAfterSeconds: 5,
  })

/** Whether the body of a 500 is catalog-api's own: a proxy before it, or a process that is dying, words it otherwise. */
export const isOwnFault = (body: unknown): boolean => {
  const parsed = problem.safeParse(body)
  return parsed.success && parsed.data.code === 'internal'
}

/** The shop's error for an answer of 4xx; `details.reason` keeps catalog-api's own code. Null: nothing we know. */
export function fromProblem(body: unknown): DomainError | null {
  const parsed = problem.safeParse(body)
  const match = parsed.success ? known[parsed.data.code] : undefined
  if (!parsed.success || !match) return null
  const { code, detail, errors, shortages } = parsed.data
  const fields: Record<string, string[]> = {}
  for (const { path, message } of errors ?? []) {
    const name = typeof path === 'string' ? path : path.join('.')
    fields[name] = [...(fields[name] ?? []), message]
  }
  const told = match.code === 'conflict' && code === 'conflict' && detail ? detail : match.message
  return new DomainError(match.code, told, {
    ...(errors ? { fields } : {}),
    details: { reason: code, ...(shortages ? { shortages } : {}) },
  })
}
