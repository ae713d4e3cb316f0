// An event's body without what nobody needs to keep: who paid, where they live, secrets, and links that open an order.
// Ids, amounts, states and our own metadata stay. Pure.

const personal =
  /^(name|email|phone|address|receipt_email|customer_email|customer_details|billing_details|shipping|shipping_details|client_secret|fingerprint|network_transaction_id|authorization_code|receipt_url|.*_url|url|iin|exp_month|exp_year)$/
const struck = '[redacted]'

/** A copy with the values of such names struck out, at any depth. What is null stays null: nothing was there. */
export function redactPayload(payload: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(payload).map(([name, value]) => [
      name,
      personal.test(name) && value !== null ? struck : inner(value),
    ]),
  )
}

function inner(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inner)
  return value !== null && typeof value === 'object' ? redactPayload(value as Record<string, unknown>) : value
}
