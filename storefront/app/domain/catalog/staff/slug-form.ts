// A taken address, told beside the field where it was typed. Pure.
import { DomainError, isDomainError } from '#app/lib/errors.ts'

/** `error` with its words at the field `slug` when that is what it is about; anything else as it is. */
export function onSlugForm(error: unknown): unknown {
  if (!isDomainError(error, 'slug_taken')) return error
  return new DomainError(error.code, error.message, { ...error.extra, fields: { slug: [error.message] } })
}
