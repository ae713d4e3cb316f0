// The rules' own errors: a closed union of codes; http/problem.ts gives each its status and title. Pure.

export const errorCodes = [
  'validation_failed',
  'malformed_json',
  'unsupported_media_type',
  'unauthorized',
  'forbidden',
  'not_found',
  'gone',
  'method_not_allowed',
  'conflict',
  'slug_taken',
  'sku_taken',
  'version_conflict',
  'out_of_stock',
  'reservation_mismatch',
  'reservation_released',
  'already_committed',
  'payload_too_large',
  'too_many_requests',
  'internal',
  'unavailable',
] as const
export type ErrorCode = (typeof errorCodes)[number]

/** A line of a basket that cannot be served: what was asked for and what could still be sold. */
export type Shortage = { sku: string; requested: number; available: number }

export type Extra = {
  /** Which inputs are wrong; `path` is dotted: `lines.0.sku`. */
  errors?: { path: string; message: string }[]
  shortages?: Shortage[]
}

/** A rule said no. `message` is the problem's `detail`: it must hold no secret and nothing of the machine. */
export class DomainError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly extra: Extra = {},
  ) {
    super(message)
    this.name = 'DomainError'
  }
}

export const notFound = (what: string): DomainError => new DomainError('not_found', `${what} was not found.`)

/** It was there for everybody once and will not come back. */
export const gone = (what: string): DomainError => new DomainError('gone', `${what} is no longer sold.`)

/** One wrong input that a schema cannot see by itself. */
export const invalid = (path: string, message: string): DomainError =>
  new DomainError('validation_failed', message, { errors: [{ path, message }] })
