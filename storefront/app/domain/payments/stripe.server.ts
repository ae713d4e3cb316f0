// The only importer of 'stripe': pages, refunds and events (intents: stripe-intents.server.ts). It answers in our own small
// shapes and never decides anything. Never log a URL of a payment page, a key or a payload from here.
import Stripe from 'stripe'
import type { RefundStatus } from '#app/domain/payments/payment-status.ts'
import {
  type ProviderDispute,
  type ProviderRefund,
  ProviderRefused,
  type ProviderSession,
  type SessionInput,
  type VerifiedEvent,
} from '#app/domain/payments/provider.ts'
import { env } from '#app/env.server.ts'

let client: Stripe | undefined

/** The client, for this file and stripe-intents.server.ts; nobody else calls it. */
export function stripe(): Stripe {
  if (client) return client
  const api = env().STRIPE_API_URL ? new URL(env().STRIPE_API_URL ?? '') : undefined
  client = new Stripe(env().STRIPE_SECRET_KEY, {
    apiVersion: '2026-10-28.endive',
    // One try, so that the deadline is the whole of it: whoever asks repeats it, under the key that stands in our rows.
    maxNetworkRetries: 0,
    timeout: env().TRIAL_DEADLINE_MS ?? 20_000,
    telemetry: false,
    appInfo: { name: 'Highstreet' },
    ...(api && {
      host: api.hostname,
      port: Number(api.port || (api.protocol === 'https:' ? 443 : 80)),
      protocol: api.protocol === 'https:' ? ('https' as const) : ('http' as const),
    }),
  })
  return client
}

/** Whether our key is one for real money: events of the other mode are none of ours. */
export const isLiveMode = (): boolean => /^(sk|rk)_live_/.test(env().STRIPE_SECRET_KEY)

/** The answer of a call; a definite no becomes ProviderRefused, everything else (no answer) stays what it is. */
export async function answered<T>(call: Promise<T>): Promise<T> {
  try {
    return await call
  } catch (error) {
    // 409: the same key is being worked on right now. That is no answer, least of all a no.
    if (error instanceof Stripe.errors.StripeError && error.statusCode === 409) throw error
    if (error instanceof Stripe.errors.StripeInvalidRequestError || error instanceof Stripe.errors.StripeCardError)
      throw new ProviderRefused(error.message, error.code ?? 'invalid_request')
    throw error
  }
}

/**
 * Whether our key may not do this, today and tomorrow. No ProviderRefused: it says nothing about the thing itself, so nobody
 * may conclude that a page was never made or a refund failed. A key that is refused altogether (401) is no word at all.
 */
export const isForbidden = (error: unknown): boolean => error instanceof Stripe.errors.StripePermissionError

/** A repeated 500 under one key is stored by Stripe and answered for ever: only another key gets further. */
export const isStoredFailure = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeAPIError && error.statusCode === 500

/** Opens a payment page. The same input gives the same page (key `order/<id>/session/<attempt>`). Throws ProviderRefused. */
export async function createSession(input: SessionInput): Promise<ProviderSession> {
  const metadata = { order_id: input.orderId, payment_id: input.paymentId, order_number: input.orderNumber }
  const session = await answered(
    stripe().checkout.sessions.create(
      {
        mode: 'payment',
        // Only what is paid at once: a hold cannot wait days for a bank transfer.
        allowed_payment_method_types: ['card'],
        client_reference_id: input.orderId,
        customer_email: input.email,
        metadata,
        // A session's metadata does not reach its payment intent by itself.
        payment_intent_data: { metadata, description: `Order ${input.orderNumber}` },
        line_items: input.lines.map((line) => ({
          quantity: line.quantity,
          price_data: {
            currency: input.currency.toLowerCase(),
            unit_amount: line.unitAmountMinor,
            product_data: { name: line.name, ...(line.imageUrl && { images: [line.imageUrl] }) },
          },
        })),
        expires_at: Math.floor(input.expiresAt.getTime() / 1000),
        success_url: input.successUrl,
        cancel_url: input.cancelUrl,
      },
      { idempotencyKey: `order/${input.orderId}/session/${input.attempt}` },
    ),
  )
  return toSession(session)
}

/** The session as it is now, with the card that paid it. Throws ProviderRefused when there is none of that id. */
export const retrieveSession = async (id: string): Promise<ProviderSession> =>
  toSession(await answered(stripe().checkout.sessions.retrieve(id, { expand: ['payment_intent.latest_charge'] })))

/** Makes the page unpayable and answers what it became: `complete` when the shopper was faster. */
export async function expireSession(id: string): Promise<ProviderSession> {
  try {
    return toSession(await answered(stripe().checkout.sessions.expire(id)))
  } catch (error) {
    // Only open sessions can be expired; what it is instead decides.
    if (error instanceof ProviderRefused) return retrieveSession(id)
    throw error
  }
}

/** The ids of the sessions that belong to a payment intent: one, or none. */
export async function listSessionsOfIntent(intentId: string): Promise<string[]> {
  const page = await answered(stripe().checkout.sessions.list({ payment_intent: intentId, limit: 10 }))
  return page.data.map(({ id }) => id)
}

/** Gives money back; the same row gives one refund (key `refund/<row id>`). Throws ProviderRefused. */
export async function createRefund(row: {
  id: string
  orderId: string
  intentId: string
  amountMinor: number
  idempotencyKey: string
}): Promise<ProviderRefund> {
  const refund = await answered(
    stripe().refunds.create(
      {
        payment_intent: row.intentId,
        amount: row.amountMinor,
        metadata: { refund_id: row.id, order_id: row.orderId },
      },
      { idempotencyKey: row.idempotencyKey },
    ),
  )
  return toRefund(refund)
}

export const retrieveRefund = async (id: string): Promise<ProviderRefund> =>
  toRefund(await answered(stripe().refunds.retrieve(id)))

/** Every refund of a payment, also those made in Stripe's dashboard. */
export async function listRefunds(intentId: string): Promise<ProviderRefund[]> {
  const page = await answered(stripe().refunds.list({ payment_intent: intentId, limit: 100 }))
  return page.data.map(toRefund)
}

/** A dispute as it is now. Throws ProviderRefused when there is none of that id. */
export async function retrieveDispute(id: string): Promise<ProviderDispute> {
  const dispute = await answered(stripe().disputes.retrieve(id))
  const due = dispute.evidence_details.due_by
  return {
    id: dispute.id,
    intentId: idOf(dispute.payment_intent),
    status: dispute.status,
    reason: dispute.reason,
    amountMinor: dispute.amount,
    currency: dispute.currency.toUpperCase(),
    evidenceDueAt: due ? new Date(due * 1000) : null,
    openedAt: new Date(dispute.created * 1000),
  }
}

/**
 * The event in `rawBody`, when its signature (HMAC-SHA256 over time and raw bytes, at most 300 s old) is by one of our
 * secrets; null otherwise. Nothing is parsed before that.
 */
export async function verifyEvent(rawBody: Buffer, signature: string): Promise<VerifiedEvent | null> {
  for (const secret of env().STRIPE_WEBHOOK_SECRET) {
    try {
      const event = await stripe().webhooks.constructEventAsync(rawBody, signature, secret, 300)
      const object = event.data.object as unknown as VerifiedEvent['object']
      const payload = JSON.parse(rawBody.toString('utf8')) as Record<string, unknown>
      return { id: event.id, type: event.type, livemode: event.livemode, object, payload }
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeSignatureVerificationError)) return null
    }
  }
  return null
}

export const idOf = (value: string | { id: string } | null | undefined): string | null =>
  typeof value === 'string' ? value : (value?.id ?? null)

export function toSession(session: Stripe.Checkout.Session): ProviderSession {
  const intent = session.payment_intent
  const charge = intent && typeof intent === 'object' ? intent.latest_charge : null
  const card = charge && typeof charge === 'object' ? charge.payment_method_details?.card : null
  return {
    id: session.id,
    url: session.url,
    status: session.status === 'complete' ? 'complete' : session.status === 'expired' ? 'expired' : 'open',
    isPaid: session.payment_status === 'paid' || session.payment_status === 'no_payment_required',
    amountMinor: session.amount_total ?? 0,
    currency: (session.currency ?? '').toUpperCase(),
    orderId: session.metadata?.order_id ?? session.client_reference_id,
    paymentId: session.metadata?.payment_id ?? null,
    intentId: idOf(intent),
    cardBrand: card?.brand ?? null,
    cardLast4: card?.last4 ?? null,
    expiresAt: new Date(session.expires_at * 1000),
  }
}

export function toRefund(refund: Stripe.Refund): ProviderRefund {
  return {
    id: refund.id,
    status: (refund.status ?? 'pending') as RefundStatus,
    amountMinor: refund.amount,
    currency: refund.currency.toUpperCase(),
    intentId: idOf(refund.payment_intent),
    refundId: refund.metadata?.refund_id ?? null,
    failureReason: refund.failure_reason ?? null,
  }
}
