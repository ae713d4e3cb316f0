// The ONE error table: each rule's code has its HTTP status and a title. Pages, problem+json and OpenAPI read it;
// a new code without a row does not compile.
import type { ErrorCode } from '#app/lib/errors.ts'

export const problems: Record<ErrorCode, { status: number; title: string }> = {
  not_found: { status: 404, title: 'Not found' },
  gone: { status: 410, title: 'No longer here' },
  unauthorized: { status: 401, title: 'Please log in' },
  forbidden: { status: 403, title: 'Not allowed' },
  csrf_failed: { status: 403, title: 'This form has expired' },
  validation_failed: { status: 422, title: 'Please check what you entered' },
  malformed_json: { status: 400, title: 'The JSON could not be read' },
  unsupported_media_type: { status: 415, title: 'This kind of content is not taken here' },
  method_not_allowed: { status: 405, title: 'This method is not allowed here' },
  payload_too_large: { status: 413, title: 'That is too much at once' },
  rate_limited: { status: 429, title: 'Too many tries' },
  illegal_transition: { status: 409, title: 'This is no longer possible' },
  out_of_stock: { status: 409, title: 'Not enough in stock' },
  cart_empty: { status: 409, title: 'The cart is empty' },
  cart_changed: { status: 409, title: 'The cart has changed' },
  cart_busy: { status: 409, title: 'The cart is being paid for' },
  quote_changed: { status: 409, title: 'The total has changed' },
  shipping_unavailable: { status: 409, title: 'No delivery to this address' },
  email_taken: { status: 409, title: 'This e-mail address has an account' },
  wrong_credentials: { status: 422, title: 'E-mail or password is wrong' },
  wrong_password: { status: 422, title: 'The password is wrong' },
  session_expired: { status: 401, title: 'Please log in again' },
  refund_too_large: { status: 409, title: 'More than can be refunded' },
  payment_unavailable: { status: 503, title: 'Payment is not available right now' },
  payment_mismatch: { status: 409, title: 'The payment does not match the order' },
  payment_declined: { status: 402, title: 'The card was declined' },
  signature_invalid: { status: 400, title: 'The signature is not valid' },
  version_conflict: { status: 409, title: 'Somebody changed this meanwhile' },
  slug_taken: { status: 409, title: 'This address is taken' },
  sku_taken: { status: 409, title: 'This SKU is taken' },
  conflict: { status: 409, title: 'This cannot be done now' },
  idempotency_mismatch: { status: 422, title: 'This Idempotency-Key was used for another request' },
  idempotency_in_flight: { status: 409, title: 'This request is being worked on' },
  notifier_unavailable: { status: 503, title: 'Messages cannot be shown right now' },
  catalog_unavailable: { status: 503, title: 'Products are not available right now' },
  overloaded: { status: 503, title: 'The shop is very busy' },
}

/** What a page gets back when a form was refused: enough to show it again as it was typed. Holds no secret. */
export type FormProblem = {
  code: ErrorCode
  message: string
  fields: Record<string, string[]>
  values: Record<string, string>
  intent: string
  details?: Record<string, unknown>
}

/** Picks the FormProblem out of a page's action data, when it has one (for `intent`, when given). */
export function problemOf(actionData: unknown, intent?: string): FormProblem | undefined {
  if (typeof actionData !== 'object' || actionData === null || !('problem' in actionData)) return undefined
  const problem = actionData.problem as FormProblem
  return intent === undefined || problem.intent === intent ? problem : undefined
}
