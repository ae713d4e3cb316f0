// Taking money with a test card: the charge, the intent's new state, and the events both owe.
// Never holds a card number: a payment method keeps the brand and the last four digits, as Stripe shows them.

import { invalid, StripeError, visible } from '../api/wire.ts'
import { newId, type Store, type Thing } from '../store.ts'
import { type CardBehaviour, cards, type Decline, numberOf } from './cards.ts'
import { emit } from './events.ts'

/** Stripe's smallest charge by currency, in minor units; 50 where not listed. */
const smallest: Record<string, number> = {
  gbp: 30,
  jpy: 50,
  sek: 300,
  nok: 300,
  dkk: 250,
  pln: 200,
  czk: 1500,
  huf: 17_500,
}
const largest = 99_999_999

/** Stripe's limits of a charge. @throws StripeError amount_too_small or amount_too_large */
export function checkAmount(amount: number, currency: string, param: string): void {
  const least = smallest[currency] ?? 50
  if (amount < least) {
    throw invalid(`Amount must be no less than ${least} ${currency} in the smallest unit.`, param, 'amount_too_small')
  }
  if (amount > largest) throw invalid(`Amount must be no more than ${largest}.`, param, 'amount_too_large')
}

export interface CardEntry {
  number: string
  expMonth: number
  expYear: number
  name: string | null
  email: string | null
}

/** The stored payment method of a card typed on the payment page. */
export function newMethod(store: Store, entry: CardEntry): Thing {
  const behaviour = cards[entry.number]
  return store.put({
    id: newId('pm_1'),
    object: 'payment_method',
    created: store.now(),
    billing_details: { address: null, email: entry.email, name: entry.name, phone: null },
    card: {
      brand: behaviour?.brand ?? 'visa',
      country: 'US',
      exp_month: entry.expMonth,
      exp_year: entry.expYear,
      funding: 'credit',
      last4: entry.number.slice(-4),
    },
    customer: null,
    livemode: false,
    metadata: {},
    type: 'card',
    _number: entry.number,
  })
}

/** The payment method an API call names: a stored one or one of Stripe's `pm_card_…`. @throws StripeError */
export function methodNamed(store: Store, name: string): Thing {
  const stored = store.find(name)
  if (stored?.object === 'payment_method') return stored
  const number = numberOf(name)
  if (!number) throw invalid(`No such PaymentMethod: '${name}'`, 'payment_method', 'resource_missing')
  const year = new Date().getUTCFullYear() + 1
  return newMethod(store, { number, expMonth: 8, expYear: year, name: null, email: null })
}

/** What the card of a payment method does. */
export function behaviourOf(method: Thing): CardBehaviour {
  return cards[String(method._number)] ?? { brand: 'visa', names: [] }
}

/** The card refused: the intent asks for another one. @returns the changed intent */
export function declineIntent(store: Store, intent: Thing, method: Thing, decline: Decline): Thing {
  const charge = store.put({
    ...chargeOf(store, intent, method),
    amount_captured: 0,
    captured: false,
    failure_code: decline.code,
    failure_message: decline.message,
    outcome: {
      network_status: 'declined_by_network',
      reason: decline.declineCode ?? decline.code,
      type: 'issuer_declined',
    },
    paid: false,
    status: 'failed',
  })
  return failIntent(store, intent, method, {
    type: 'card_error',
    code: decline.code,
    ...(decline.declineCode && { decline_code: decline.declineCode }),
    message: decline.message,
    charge: charge.id,
  })
}

/** The shopper (or the bank) refused the 3-D Secure step. @returns the changed intent */
export function failAuthentication(store: Store, intent: Thing, method: Thing): Thing {
  return failIntent(store, intent, method, {
    type: 'invalid_request_error',
    code: 'payment_intent_authentication_failure',
    message:
      'We are unable to authenticate your payment method. Please choose a different payment method and try again.',
  })
}

function failIntent(store: Store, intent: Thing, method: Thing, error: Record<string, unknown>): Thing {
  const failed = store.change(intent, {
    status: 'requires_payment_method',
    payment_method: null,
    next_action: null,
    latest_charge: error.charge ?? intent.latest_charge,
    last_payment_error: { ...error, payment_method: visible(method) },
  })
  const charge = error.charge ? store.find(String(error.charge)) : null
  if (charge) emit(store, 'charge.failed', charge)
  emit(store, 'payment_intent.payment_failed', failed)
  return failed
}

/** Takes the money: charge, balance transaction, succeeded intent, their events. @returns the changed intent */
export function succeedIntent(store: Store, intent: Thing, method: Thing): Thing {
  const draft = chargeOf(store, intent, method)
  const charge = store.put({
    ...draft,
    balance_transaction: moveBalance(store, 'charge', Number(intent.amount), String(intent.currency), draft.id).id,
  })
  const done = store.change(intent, {
    status: 'succeeded',
    amount_received: intent.amount,
    latest_charge: charge.id,
    payment_method: method.id,
    last_payment_error: null,
    next_action: null,
  })
  emit(store, 'charge.succeeded', charge)
  emit(store, 'payment_intent.succeeded', done)
  const reason = behaviourOf(method).dispute
  if (reason) dispute(store, charge, reason)
  return done
}

function chargeOf(store: Store, intent: Thing, method: Thing): Thing {
  const card = method.card as Record<string, unknown>
  return {
    id: newId('ch_3'),
    object: 'charge',
    created: store.now(),
    amount: intent.amount,
    amount_captured: intent.amount,
    amount_refunded: 0,
    balance_transaction: null,
    billing_details: method.billing_details,
    captured: true,
    currency: intent.currency,
    customer: null,
    description: intent.description,
    disputed: false,
    failure_code: null,
    failure_message: null,
    livemode: false,
    metadata: intent.metadata,
    outcome: {
      network_status: 'approved_by_network',
      risk_level: 'normal',
      seller_message: 'Payment complete.',
      type: 'authorized',
    },
    paid: true,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: {
      type: 'card',
      card: { ...card, three_d_secure: intent._challenged ? { result: 'authenticated' } : null },
    },
    receipt_email: intent.receipt_email,
    refunded: false,
    status: 'succeeded',
  }
}

/** Writes a line of the account's balance; a charge costs Stripe's usual fee. */
export function moveBalance(store: Store, type: string, amount: number, currency: string, source: string): Thing {
  const fee = type === 'charge' ? Math.round(amount * 0.015) + 25 : 0
  return store.put({
    id: newId('txn_3'),
    object: 'balance_transaction',
    created: store.now(),
    amount,
    available_on: store.now() + 172_800,
    currency,
    description: null,
    exchange_rate: null,
    fee,
    fee_details: fee
      ? [{ amount: fee, application: null, currency, description: 'Stripe processing fees', type: 'stripe_fee' }]
      : [],
    net: amount - fee,
    reporting_category: type,
    source,
    status: 'pending',
    type,
  })
}

function dispute(store: Store, charge: Thing, reason: string): void {
  store.change(charge, { disputed: true })
  const made = store.put({
    id: newId('du_1'),
    object: 'dispute',
    created: store.now(),
    amount: charge.amount,
    charge: charge.id,
    currency: charge.currency,
    evidence_details: { due_by: store.now() + 7 * 86_400, has_evidence: false, past_due: false, submission_count: 0 },
    is_charge_refundable: false,
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    reason,
    status: 'needs_response',
  })
  emit(store, 'charge.dispute.created', made)
}

/** The error of a declined API confirmation, with the intent beside it. */
export function declineError(intent: Thing): StripeError {
  const error = intent.last_payment_error as Record<string, unknown>
  const { type, message, ...more } = error
  const status = type === 'card_error' ? 402 : 400
  return new StripeError(status, String(type), String(message), { ...more, payment_intent: visible(intent) })
}
