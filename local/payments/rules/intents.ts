// Payment intents and their states: requires_payment_method → requires_confirmation → (requires_action) → succeeded.
// The one place that decides what a card attempt leads to, for the API and for the payment page alike.

import type { IntentCreate } from '../api/params.ts'
import { missing, refused } from '../api/wire.ts'
import { newId, type Store, type Thing } from '../store.ts'
import { behaviourOf, checkAmount, declineIntent, failAuthentication, methodNamed, succeedIntent } from './charges.ts'
import { emit } from './events.ts'

/** The fields of a new intent; its creation is told to the world. */
export function newIntent(store: Store, fields: Partial<Thing>): Thing {
  const id = newId('pi_3')
  const intent = store.put({
    id,
    object: 'payment_intent',
    created: store.now(),
    amount: 0,
    amount_capturable: 0,
    amount_received: 0,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: 'automatic_async',
    client_secret: `${id}_secret_${newId('', 25)}`,
    confirmation_method: 'automatic',
    currency: 'eur',
    customer: null,
    description: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    metadata: {},
    next_action: null,
    payment_method: null,
    payment_method_options: {},
    payment_method_types: ['card'],
    processing: null,
    receipt_email: null,
    shipping: null,
    status: 'requires_payment_method',
    _session: null,
    _return_url: null,
    ...fields,
  })
  emit(store, 'payment_intent.created', intent)
  return intent
}

/** `POST /v1/payment_intents`. @throws StripeError */
export function createIntent(store: Store, params: IntentCreate, origin: string): Thing {
  checkAmount(params.amount, params.currency, 'amount')
  if (params.confirm && !params.payment_method) {
    throw refused(
      'You must provide a payment_method when confirm is true.',
      'payment_intent_unexpected_state',
      'confirm',
    )
  }
  const method = params.payment_method ? methodNamed(store, params.payment_method) : null
  const intent = newIntent(store, {
    amount: params.amount,
    currency: params.currency,
    automatic_payment_methods: params.automatic_payment_methods ?? null,
    description: params.description ?? null,
    metadata: params.metadata ?? {},
    payment_method: method?.id ?? null,
    receipt_email: params.receipt_email ?? null,
    shipping: params.shipping ?? null,
    status: method ? 'requires_confirmation' : 'requires_payment_method',
    _return_url: params.return_url ?? null,
  })
  return params.confirm && method ? attempt(store, intent, method, `${origin}/challenge/${intent.id}`) : intent
}

/** `POST /v1/payment_intents/{id}/confirm`. @throws StripeError when the state forbids it */
export function confirmIntent(
  store: Store,
  intent: Thing,
  params: { payment_method?: string | undefined; return_url?: string | undefined },
  origin: string,
): Thing {
  if (intent._session) {
    throw refused(
      `${intent.id} was created by a Checkout Session and cannot be confirmed directly.`,
      'payment_intent_unexpected_state',
    )
  }
  if (!['requires_payment_method', 'requires_confirmation', 'requires_action'].includes(String(intent.status))) {
    throw refused(
      `You cannot confirm this PaymentIntent because it has already ${intent.status === 'canceled' ? 'been canceled' : 'succeeded after being previously confirmed'}.`,
      'payment_intent_unexpected_state',
    )
  }
  const name = params.payment_method ?? intent.payment_method
  if (typeof name !== 'string') {
    throw refused(
      'You cannot confirm this PaymentIntent because it is missing a payment method.',
      'payment_intent_unexpected_state',
    )
  }
  const ready = params.return_url ? store.change(intent, { _return_url: params.return_url }) : intent
  return attempt(store, ready, methodNamed(store, name), `${origin}/challenge/${intent.id}`)
}

/**
 * One try with a card: succeeded, asking for 3-D Secure (`requires_action`), or back to `requires_payment_method` with
 * `last_payment_error`. Never throws for a decline.
 */
export function attempt(store: Store, intent: Thing, method: Thing, challengeUrl: string): Thing {
  const card = behaviourOf(method)
  if (card.challenge) {
    const asking = store.change(intent, {
      status: 'requires_action',
      payment_method: method.id,
      next_action: { type: 'redirect_to_url', redirect_to_url: { url: challengeUrl, return_url: intent._return_url } },
    })
    emit(store, 'payment_intent.requires_action', asking)
    return asking
  }
  return finish(store, intent, method)
}

/** The end of the 3-D Secure step. An intent that no longer asks for it is answered as it stands. */
export function answerChallenge(store: Store, intent: Thing, accepted: boolean): Thing {
  const method = store.find(String(intent.payment_method))
  if (intent.status !== 'requires_action' || !method) return intent
  if (!accepted) return failAuthentication(store, intent, method)
  return finish(store, store.change(intent, { _challenged: true }), method)
}

function finish(store: Store, intent: Thing, method: Thing): Thing {
  const { decline } = behaviourOf(method)
  return decline ? declineIntent(store, intent, method, decline) : succeedIntent(store, intent, method)
}

/** `POST /v1/payment_intents/{id}/cancel`. @throws StripeError when the state forbids it */
export function cancelIntent(store: Store, intent: Thing, reason: string | null): Thing {
  if (intent._session) {
    throw refused(
      'You cannot cancel PaymentIntents that were created by Checkout. Expire the Checkout Session instead.',
      'payment_intent_unexpected_state',
    )
  }
  return voidIntent(store, intent, reason)
}

/** Cancels whatever made the intent; used by an expiring session. @throws StripeError when it is already final */
export function voidIntent(store: Store, intent: Thing, reason: string | null): Thing {
  if (intent.status === 'succeeded' || intent.status === 'canceled') {
    throw refused(
      `You cannot cancel this PaymentIntent because it has a status of ${intent.status}.`,
      'payment_intent_unexpected_state',
    )
  }
  const canceled = store.change(intent, {
    status: 'canceled',
    canceled_at: store.now(),
    cancellation_reason: reason,
    next_action: null,
  })
  emit(store, 'payment_intent.canceled', canceled)
  return canceled
}

/** `GET /v1/payment_intents/search`: conditions on metadata and status joined by AND. @throws StripeError */
export function matchesSearch(thing: Thing, query: string): boolean {
  const conditions = query.split(/\s+AND\s+/i)
  return conditions.every((condition) => {
    const parts = /^(status|currency|metadata\[["']([^"']+)["']\]):["']([^"']*)["']$/.exec(condition.trim())
    if (!parts) throw refused(`The query "${query}" is not understood.`, undefined, 'query')
    const [, field = '', key, value] = parts
    return key ? (thing.metadata as Record<string, string>)[key] === value : thing[field] === value
  })
}

/** The intent of an id. @throws StripeError resource_missing */
export function getIntent(store: Store, id: string): Thing {
  const intent = store.find(id)
  if (intent?.object !== 'payment_intent') throw missing('payment_intent', id)
  return intent
}

/** The intent's error as the payment page tells it: the field and the words. */
export function attemptError(intent: Thing, method: Thing | null): { field: string; message: string } | null {
  const error = intent.last_payment_error as { message?: string; code?: string } | null
  if (!error || intent.status !== 'requires_payment_method') return null
  const field =
    error.code === 'payment_intent_authentication_failure' ? 'number' : method && behaviourOf(method).decline?.field
  return { field: field ?? 'number', message: error.message ?? 'Your card was declined.' }
}

/** The payment method the last try used, as the error remembers it. */
export function lastMethod(store: Store, intent: Thing): Thing | null {
  const error = intent.last_payment_error as { payment_method?: { id?: string } } | null
  return error?.payment_method?.id ? store.find(error.payment_method.id) : null
}
