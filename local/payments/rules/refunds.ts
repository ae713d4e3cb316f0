// Refunds: never more than was charged, and for two test cards later than they were asked for.

import type { RefundCreate } from '../api/params.ts'
import { invalid, missing, refused } from '../api/wire.ts'
import { newId, type Store, type Thing } from '../store.ts'
import { behaviourOf, moveBalance } from './charges.ts'
import { emit } from './events.ts'

/** `POST /v1/refunds`. @throws StripeError when the charge cannot give that much back */
export function createRefund(store: Store, params: RefundCreate, settleSeconds: number): Thing {
  const charge = chargeNamed(store, params)
  const left = Number(charge.amount_captured) - Number(charge.amount_refunded)
  if (charge.status !== 'succeeded') throw refused(`Charge ${charge.id} has not succeeded and cannot be refunded.`)
  if (left === 0) throw refused(`Charge ${charge.id} has already been refunded.`, 'charge_already_refunded')
  const amount = params.amount ?? left
  if (amount < 1) throw invalid('Invalid positive integer', 'amount', 'parameter_invalid_integer')
  if (amount > left) {
    throw refused(
      `Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`,
      undefined,
      'amount',
    )
  }
  const method = store.find(String(charge.payment_method))
  const behaviour = method ? behaviourOf(method).refund : undefined
  const id = newId('re_3')
  const refund = store.put({
    id,
    object: 'refund',
    created: store.now(),
    amount,
    balance_transaction: moveBalance(store, 'refund', -amount, String(charge.currency), id).id,
    charge: charge.id,
    currency: charge.currency,
    destination_details: {
      card: { reference_status: 'pending', reference_type: 'acquirer_reference_number', type: 'refund' },
      type: 'card',
    },
    metadata: params.metadata ?? {},
    payment_intent: charge.payment_intent,
    reason: params.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: behaviour === 'pending' ? 'pending' : 'succeeded',
    transfer_reversal: null,
    ...(behaviour
      ? { _then: behaviour === 'pending' ? 'succeeded' : 'failed', _then_at: store.now() + settleSeconds }
      : {}),
  })
  const given = giveBack(store, charge, amount)
  emit(store, 'refund.created', refund)
  emit(store, 'charge.refunded', given)
  return refund
}

function chargeNamed(store: Store, params: RefundCreate): Thing {
  if (params.payment_intent && params.charge) {
    throw invalid('You may only specify one of these parameters: payment_intent, charge.', 'charge')
  }
  if (params.charge) {
    const charge = store.find(params.charge)
    if (charge?.object !== 'charge') throw missing('charge', params.charge)
    return charge
  }
  if (!params.payment_intent) throw invalid('One of the following params should be provided: payment_intent, charge.')
  const intent = store.find(params.payment_intent)
  if (intent?.object !== 'payment_intent') throw missing('payment_intent', params.payment_intent)
  const charge = store.find(String(intent.latest_charge))
  if (intent.status !== 'succeeded' || !charge) {
    throw refused(`This PaymentIntent (${intent.id}) does not have a successful charge to refund.`, 'resource_missing')
  }
  return charge
}

function giveBack(store: Store, charge: Thing, amount: number): Thing {
  const refunded = Number(charge.amount_refunded) + amount
  return store.change(charge, { amount_refunded: refunded, refunded: refunded === Number(charge.amount_captured) })
}

/** Moves on the refunds of the slow test cards whose time has come. */
export function settleDue(store: Store): void {
  for (const refund of store.list('refund')) {
    if (!refund._then || Number(refund._then_at) > store.now()) continue
    store.transaction(() => (refund._then === 'failed' ? failRefund(store, refund) : succeedRefund(store, refund)))
  }
}

function succeedRefund(store: Store, refund: Thing): void {
  emit(store, 'refund.updated', store.change(refund, { status: 'succeeded', _then: null }))
}

function failRefund(store: Store, refund: Thing): void {
  const charge = store.find(String(refund.charge))
  const amount = Number(refund.amount)
  const failed = store.change(refund, {
    status: 'failed',
    failure_reason: 'lost_or_stolen_card',
    failure_balance_transaction: moveBalance(store, 'refund_failure', amount, String(refund.currency), refund.id).id,
    _then: null,
  })
  if (charge) giveBack(store, charge, -amount)
  emit(store, 'refund.updated', failed)
  emit(store, 'refund.failed', failed)
}

/** `POST /v1/refunds/{id}/cancel`. @throws StripeError unless it waits for the customer */
export function cancelRefund(store: Store, refund: Thing): Thing {
  if (refund.status !== 'requires_action') {
    throw refused(`You can only cancel a refund with a status of requires_action; this one is ${refund.status}.`)
  }
  const canceled = store.change(refund, { status: 'canceled' })
  emit(store, 'refund.updated', canceled)
  return canceled
}
