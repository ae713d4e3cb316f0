// The rules' own errors: a closed union of codes; http/problem.ts gives each its status and title. Pure.

export const errorCodes = [
  'not_found',
  'gone',
  'unauthorized',
  'forbidden',
  'csrf_failed',
  'validation_failed',
  'malformed_json',
  'unsupported_media_type',
  'method_not_allowed',
  'payload_too_large',
  'rate_limited',
  'illegal_transition',
  'out_of_stock',
  'cart_empty',
  'cart_changed',
  'cart_busy',
  'quote_changed',
  'shipping_unavailable',
  'email_taken',
  'wrong_credentials',
  'wrong_password',
  'session_expired',
  'refund_too_large',
  'payment_unavailable',
  'payment_mismatch',
  'payment_declined',
  'signature_invalid',
  'version_conflict',
  'slug_taken',
  'sku_taken',
  'conflict',
  'idempotency_mismatch',
  'idempotency_in_flight',
  'catalog_unavailable',
  'notifier_unavailable',
  'overloaded',
] as const
export type ErrorCode = (typeof errorCodes)[number]

/**
 * A rule said no. `message` is for the person in front of the page; `fields` names inputs (`{ email: ['…'] }`);
 * `details` is data the page may show (short lines, old and new total …) and must hold no secret.
 */
export class DomainError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly extra: {
      fields?: Record<string, string[]>
      details?: Record<string, unknown>
      retryAfterSeconds?: number
    } = {},
  ) {
    super(message)
    this.name = 'DomainError'
  }
}

export const notFound = (what: string): DomainError => new DomainError('not_found', `${what} was not found.`)

/** `isDomainError(error, 'out_of_stock')`: a rule's error, of that code when given. */
export const isDomainError = (error: unknown, code?: ErrorCode): error is DomainError =>
  error instanceof DomainError && (code === undefined || error.code === code)
