// What the tables of payments, refunds, events, coupons and documents never hold.
import { ids } from '../../audit/sound-shop.ts'
import type { TableRule } from '../guard.ts'
import { id, set, sf, twin } from './shape.ts'

const aPayment = { id, attempt: 2, status: 'failed', provider_session_id: 'cs_2', provider_intent_id: 'pi_2' }
const noMoney = { captured_minor: 0, refunded_minor: 0 }
const aRefund = { id, idempotency_key: 'k2', provider_refund_id: 're_2' }

export const moneyNever: TableRule[] = [
  sf(
    'payments',
    'payments_one_live_per_order',
    'two ways to pay open at once',
    `${twin('payments', { ...aPayment, ...noMoney, status: 'open' })}; ${twin('payments', { ...aPayment, ...noMoney, id: ids.outbox, attempt: 3, status: 'new', provider_session_id: 'cs_3', provider_intent_id: 'pi_3' })}`,
  ),
  sf(
    'payments',
    'payments_one_effective_per_order',
    'an order paid twice',
    twin('payments', { ...aPayment, status: 'succeeded' }),
  ),
  sf(
    'payments',
    'payments_one_per_attempt',
    'two attempts of one number',
    twin('payments', { ...aPayment, ...noMoney, attempt: 1 }),
  ),
  sf(
    'payments',
    'payments_one_per_session',
    'one page that pays two orders',
    twin('payments', { ...aPayment, ...noMoney, provider_session_id: 'cs_1' }),
  ),
  sf(
    'payments',
    'payments_one_per_intent',
    'one charge that pays two orders',
    twin('payments', { ...aPayment, ...noMoney, provider_intent_id: 'pi_1' }),
  ),
  sf(
    'payments',
    'payments_amount_is_positive',
    'a payment of nothing',
    twin('payments', { ...aPayment, ...noMoney, amount_minor: 0 }),
  ),
  sf(
    'payments',
    'payments_captured_in_range',
    'more taken than was asked for',
    set('payments', `status = 'failed', captured_minor = amount_minor + 1`),
  ),
  sf(
    'payments',
    'payments_refunded_in_range',
    'more given back than was taken',
    set('payments', 'refunded_minor = captured_minor + 1'),
  ),
  sf(
    'payments',
    'payments_status_known',
    'a payment in a status nobody knows',
    twin('payments', { ...aPayment, ...noMoney, status: 'maybe' }),
  ),
  sf('refunds', 'refunds_one_per_key', 'two refunds of one key', twin('refunds', { ...aRefund, idempotency_key: 'k' })),
  sf(
    'refunds',
    'refunds_one_per_provider_refund',
    'one refund of the provider twice',
    twin('refunds', { ...aRefund, provider_refund_id: 're_1' }),
  ),
  sf(
    'refunds',
    'refunds_amount_is_positive',
    'a refund that takes money',
    twin('refunds', { ...aRefund, amount_minor: -1 }),
  ),
  sf('stripe_events', 'stripe_events_pkey', 'one event of the provider twice', twin('stripe_events', {})),
  sf(
    'stripe_events',
    'stripe_events_processed_have_a_verdict',
    'an event that was handled without a verdict',
    set('stripe_events', 'verdict = NULL'),
  ),
  sf('coupons', 'coupons_used_within_limit', 'a coupon beyond its limit', set('coupons', 'used = limit_total + 1')),
  sf('coupon_uses', 'coupon_uses_one_per_order', 'two uses of coupons for one order', twin('coupon_uses', { id })),
  sf(
    'invoices',
    'invoices_one_per_sequence',
    'two documents of one place in their series',
    twin('invoices', { id, number: 'CN-2026-000009', kind: 'withdrawal' }, `kind = 'credit_note'`),
  ),
  sf(
    'invoices',
    'invoices_one_per_number',
    'two documents of one number',
    twin('invoices', { id, sequence: 2, kind: 'withdrawal' }, `kind = 'credit_note'`),
  ),
  sf(
    'invoices',
    'invoices_one_of_a_kind_per_refund',
    'two credit notes of one refund',
    twin('invoices', { id, sequence: 2, number: 'CN-2026-000002' }, `kind = 'credit_note'`),
  ),
  sf(
    'invoices',
    'invoices_one_invoice_per_order',
    'two invoices of one order',
    twin('invoices', { id, sequence: 2, number: 'INV-2026-000002' }, `kind = 'invoice'`),
  ),
  sf('invoices', 'invoices_are_append_only', 'a changed invoice', set('invoices', 'total_minor = 1')),
  sf(
    'money_differences',
    'money_differences_one_of_a_kind',
    'one difference told twice',
    twin('money_differences', { id }),
  ),
  sf('returns', 'returns_one_per_form', 'two returns of one form', twin('returns', { id, number: 'RT-BBBB-BBBB' })),
  sf(
    'returns',
    'returns_move_only_along_edges',
    'a return that skips its inspection',
    set('returns', `status = 'refunded', received_at = now()`),
  ),
]
