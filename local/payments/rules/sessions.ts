// Checkout Sessions and their states: open → complete | expired, never back. A session is completed once.

import type { SessionCreate } from '../api/params.ts'
import { invalid, missing, refused } from '../api/wire.ts'
import { newId, type Store, type Thing } from '../store.ts'
import { type CardEntry, checkAmount, newMethod } from './charges.ts'
import { emit } from './events.ts'
import { attempt, getIntent, newIntent, voidIntent } from './intents.ts'

const shortest = 30 * 60
const longest = 24 * 3600
/** Stripe tells clocks apart by a little; so do we, lest a request sent in time be refused on arrival. */
const leeway = 60

/** `POST /v1/checkout/sessions`. @throws StripeError */
export function createSession(store: Store, params: SessionCreate, origin: string): Thing {
  const currencies = new Set(params.line_items.map((line) => line.price_data.currency))
  for (const option of params.shipping_options ?? []) currencies.add(option.shipping_rate_data.fixed_amount.currency)
  const [currency = 'eur'] = currencies
  if (currencies.size > 1) throw invalid('All prices on a Checkout Session must use the same currency.', 'line_items')
  const lines = params.line_items.map((line) => lineItem(line, currency))
  const subtotal = lines.reduce((sum, line) => sum + line.amount_total, 0)
  const rate = params.shipping_options?.[0]?.shipping_rate_data
  const shipping = rate?.fixed_amount.amount ?? 0
  if (subtotal + shipping > 0) checkAmount(subtotal + shipping, currency, 'line_items')
  const expires = expiry(store, params.expires_at)
  const id = newId('cs_test_', 58)
  return store.put({
    id,
    object: 'checkout.session',
    created: store.now(),
    allow_promotion_codes: false,
    amount_subtotal: subtotal,
    amount_total: subtotal + shipping,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    billing_address_collection: params.billing_address_collection ?? null,
    cancel_url: params.cancel_url ?? null,
    client_reference_id: params.client_reference_id ?? null,
    client_secret: null,
    collected_information: null,
    consent: null,
    currency,
    custom_fields: [],
    custom_text: {},
    customer: null,
    customer_creation: params.customer_creation ?? 'if_required',
    customer_details: params.customer_email
      ? { email: params.customer_email, name: null, phone: null, address: null }
      : null,
    customer_email: params.customer_email ?? null,
    discounts: [],
    expires_at: expires,
    invoice: null,
    livemode: false,
    locale: params.locale ?? null,
    metadata: params.metadata ?? {},
    mode: 'payment',
    payment_intent: null,
    payment_link: null,
    payment_method_types: ['card'],
    payment_status: subtotal + shipping === 0 ? 'no_payment_required' : 'unpaid',
    setup_intent: null,
    shipping_cost: rate
      ? { amount_subtotal: shipping, amount_tax: 0, amount_total: shipping, shipping_rate: null }
      : null,
    shipping_options: [],
    status: 'open',
    subscription: null,
    success_url: params.success_url,
    total_details: { amount_discount: 0, amount_shipping: shipping, amount_tax: 0 },
    ui_mode: 'hosted_page',
    url: `${origin}/pay/${id}`,
    _line_items: lines,
    _shipping_name: rate?.display_name ?? null,
    _intent_data: params.payment_intent_data ?? {},
  })
}

function lineItem(line: SessionCreate['line_items'][number], currency: string) {
  const { unit_amount, product_data, tax_behavior } = line.price_data
  const amount = unit_amount * line.quantity
  return {
    id: newId('li_1'),
    object: 'item',
    amount_discount: 0,
    amount_subtotal: amount,
    amount_tax: 0,
    amount_total: amount,
    currency,
    description: product_data.name,
    metadata: line.metadata ?? {},
    price: {
      id: newId('price_1'),
      object: 'price',
      active: false,
      currency,
      metadata: {},
      product: newId('prod_', 14),
      tax_behavior: tax_behavior ?? 'unspecified',
      type: 'one_time',
      unit_amount,
      unit_amount_decimal: String(unit_amount),
    },
    quantity: line.quantity,
    // for the payment page; Stripe keeps it on the product
    _description: product_data.description ?? null,
  }
}

function expiry(store: Store, asked: number | undefined): number {
  if (asked === undefined) return store.now() + longest
  const ahead = asked - store.now()
  if (ahead < shortest - leeway || ahead > longest + leeway) {
    throw invalid(
      'The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation.',
      'expires_at',
    )
  }
  return asked
}

/** The session of an id, expired if its time is over. @throws StripeError resource_missing */
export function getSession(store: Store, id: string): Thing {
  const session = store.find(id)
  if (session?.object !== 'checkout.session') throw missing('checkout.session', id)
  return session.status === 'open' && Number(session.expires_at) <= store.now() ? end(store, session) : session
}

/** `POST /v1/checkout/sessions/{id}/expire`. @throws StripeError unless the session is open */
export function expireSession(store: Store, id: string): Thing {
  const session = getSession(store, id)
  if (session.status === 'open') return end(store, session)
  throw refused(
    `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${session.status}.`,
  )
}

function end(store: Store, session: Thing): Thing {
  return store.transaction(() => {
    if (session.payment_intent) voidIntent(store, getIntent(store, String(session.payment_intent)), 'abandoned')
    const expired = store.change(session, { status: 'expired', url: null })
    emit(store, 'checkout.session.expired', expired)
    return expired
  })
}

/** Expires every open session whose time is over. */
export function expireDue(store: Store): void {
  for (const session of store.list('checkout.session')) {
    if (session.status === 'open' && Number(session.expires_at) <= store.now()) end(store, session)
  }
}

/**
 * The shopper presses Pay on an open session. @returns the session and the intent after the attempt; a session that is
 * not open any more is answered as it stands, with no attempt made.
 */
export function pay(
  store: Store,
  id: string,
  entry: CardEntry,
  origin: string,
): { session: Thing; intent: Thing | null } {
  return store.transaction(() => {
    const session = getSession(store, id)
    if (session.status !== 'open') return { session, intent: null }
    if (session.amount_total === 0) return { session: complete(store, session, entry), intent: null }
    const started = session.payment_intent
      ? getIntent(store, String(session.payment_intent))
      : newIntent(store, intentFields(session, entry))
    const linked = store.change(session, { payment_intent: started.id })
    const intent = attempt(store, started, newMethod(store, entry), `${origin}/challenge/${started.id}`)
    return { session: settleSession(store, linked, intent, entry), intent }
  })
}

function intentFields(session: Thing, entry: CardEntry): Partial<Thing> {
  const data = session._intent_data as Record<string, unknown>
  return {
    amount: session.amount_total,
    currency: session.currency,
    description: data.description ?? null,
    metadata: data.metadata ?? {},
    receipt_email: data.receipt_email ?? null,
    shipping: data.shipping ?? null,
    _session: session.id,
    _payer: { email: entry.email, name: entry.name },
  }
}

/** Completes the session when its intent has succeeded; else leaves it open. @returns the session */
export function settleSession(
  store: Store,
  session: Thing,
  intent: Thing,
  payer: Pick<CardEntry, 'email' | 'name'>,
): Thing {
  return session.status === 'open' && intent.status === 'succeeded' ? complete(store, session, payer) : session
}

function complete(store: Store, session: Thing, payer: Pick<CardEntry, 'email' | 'name'>): Thing {
  const done = store.change(session, {
    status: 'complete',
    payment_status: session.amount_total === 0 ? 'no_payment_required' : 'paid',
    customer_details: { address: null, email: payer.email ?? session.customer_email, name: payer.name, phone: null },
    url: null,
  })
  emit(store, 'checkout.session.completed', done)
  return done
}
