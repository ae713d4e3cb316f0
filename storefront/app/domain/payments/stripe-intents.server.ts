// Payment intents at Stripe: for clients that draw their own payment form, and whatever is asked about an intent. The
// client is stripe.server.ts's. Never log a client secret.
import {
  type IntentInput,
  type ProviderIntent,
  type ProviderRefund,
  ProviderRefused,
  type ProviderSession,
  refundOfUnknown,
} from '#app/domain/payments/provider.ts'
import { answered, expireSession, idOf, retrieveSession, stripe, toRefund } from '#app/domain/payments/stripe.server.ts'

type Intent = Omit<Awaited<ReturnType<ReturnType<typeof stripe>['paymentIntents']['retrieve']>>, 'lastResponse'>

/** Tells our own intents from those that Stripe makes for its pages. */
const ours = 'client_form'

/** Opens an intent. The same input gives the same intent (key `order/<id>/intent/<attempt>`). Throws ProviderRefused. */
export async function createIntent(input: IntentInput): Promise<ProviderSession> {
  const intent = await answered(
    stripe().paymentIntents.create(
      {
        amount: input.amountMinor,
        currency: input.currency.toLowerCase(),
        // Only what is paid at once: a hold cannot wait days for a bank transfer.
        allowed_payment_method_types: ['card'],
        description: `Order ${input.orderNumber}`,
        receipt_email: input.email,
        metadata: {
          order_id: input.orderId,
          payment_id: input.paymentId,
          order_number: input.orderNumber,
          paid_by: ours,
          expires_at: String(Math.floor(input.expiresAt.getTime() / 1000)),
        },
      },
      { idempotencyKey: `order/${input.orderId}/intent/${input.attempt}` },
    ),
  )
  return toSession(intent)
}

/** The intent as the client's form needs it. Throws ProviderRefused when there is none of that id. */
export const retrieveIntent = async (id: string): Promise<ProviderIntent> =>
  toIntent(await answered(stripe().paymentIntents.retrieve(id)))

/**
 * One try with a payment method that the client made (`pm_…`). A declined card is an answer (`decline`), not an error.
 * The same key is the same try. Throws ProviderRefused for a method or a state that Stripe does not take.
 */
export async function confirmIntent(
  id: string,
  { paymentMethod, returnUrl, key }: { paymentMethod: string; returnUrl: string; key: string },
): Promise<ProviderIntent> {
  try {
    const params = { payment_method: paymentMethod, return_url: returnUrl }
    return toIntent(await answered(stripe().paymentIntents.confirm(id, params, { idempotencyKey: key })))
  } catch (error) {
    if (!(error instanceof ProviderRefused)) throw error
    const intent = await retrieveIntent(id)
    if (intent.decline || intent.status === 'succeeded') return intent
    throw error
  }
}

/** What is paid on, page or intent, as it is now. Throws ProviderRefused when there is none of that id. */
export const retrievePayable = async (id: string): Promise<ProviderSession> =>
  isIntentId(id)
    ? toSession(await answered(stripe().paymentIntents.retrieve(id, { expand: ['latest_charge'] })))
    : retrieveSession(id)

/** Makes a page or an intent unpayable and answers what it became: paid when the shopper was faster. */
export async function endPayable(id: string): Promise<ProviderSession> {
  if (!isIntentId(id)) return expireSession(id)
  try {
    return toSession(await answered(stripe().paymentIntents.cancel(id, { cancellation_reason: 'abandoned' })))
  } catch (error) {
    // What is paid or cancelled already cannot be cancelled; what it is decides.
    if (error instanceof ProviderRefused) return retrievePayable(id)
    throw error
  }
}

/**
 * Gives back all that is left of a payment that we do not know. The same intent gives one refund (key `unknown/<intent>`).
 * Throws ProviderRefused.
 */
export const giveBackUnknown = async (intentId: string): Promise<ProviderRefund> =>
  toRefund(
    await answered(
      stripe().refunds.create(
        { payment_intent: intentId, metadata: { refund_id: refundOfUnknown } },
        { idempotencyKey: `unknown/${intentId}` },
      ),
    ),
  )

/** Why a payment intent's last try failed, in the bank's words; null when it did not. */
export const findDecline = async (intentId: string): Promise<ProviderIntent['decline']> =>
  declineOf(await answered(stripe().paymentIntents.retrieve(intentId)))

const isIntentId = (id: string): boolean => id.startsWith('pi_')

function declineOf({ last_payment_error: error }: Intent): ProviderIntent['decline'] {
  if (!error) return null
  return { code: error.decline_code ?? error.code ?? 'declined', message: error.message ?? 'The card was declined.' }
}

const toIntent = (intent: Intent): ProviderIntent => ({
  id: intent.id,
  clientSecret: intent.client_secret ?? '',
  status: intent.status as ProviderIntent['status'],
  amountMinor: intent.amount,
  currency: intent.currency.toUpperCase(),
  nextUrl: intent.next_action?.redirect_to_url?.url ?? null,
  decline: intent.status === 'requires_payment_method' ? declineOf(intent) : null,
})

/** An intent in the words of a page, so that one road settles both. Of an intent we did not make, no order is known. */
export function toSession(intent: Intent): ProviderSession {
  const charge = intent.latest_charge
  const card = charge && typeof charge === 'object' ? charge.payment_method_details?.card : null
  const isMine = intent.metadata?.paid_by === ours
  return {
    id: intent.id,
    url: null,
    status:
      intent.status === 'canceled'
        ? 'expired'
        : intent.status === 'succeeded' || intent.status === 'processing'
          ? 'complete'
          : 'open',
    isPaid: intent.status === 'succeeded',
    amountMinor: intent.status === 'succeeded' ? intent.amount_received : intent.amount,
    currency: intent.currency.toUpperCase(),
    orderId: isMine ? (intent.metadata.order_id ?? null) : null,
    paymentId: intent.metadata?.payment_id ?? null,
    intentId: idOf(intent),
    cardBrand: card?.brand ?? null,
    cardLast4: card?.last4 ?? null,
    expiresAt: new Date(Number(intent.metadata?.expires_at ?? 0) * 1000),
  }
}
