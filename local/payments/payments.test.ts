// The stand-in seen by the official Stripe client: what works with it must work with Stripe.
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Stripe from 'stripe'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Payments, type PaymentsOptions, startPayments } from './server.ts'

const webhookSecret = 'whsec_test_secret'
const running: (() => Promise<unknown>)[] = []
let payments: Payments
let stripe: Stripe

async function start(options: PaymentsOptions = {}): Promise<void> {
  const server = await startPayments({ webhookSecret, refundSettleSeconds: 0, ...options })
  running.push(() => server.stop())
  payments = server
  stripe = clientOf(server.url)
}

function clientOf(url: string, key = 'sk_test_123'): Stripe {
  const { hostname, port } = new URL(url)
  return new Stripe(key, { host: hostname, port: Number(port), protocol: 'http', maxNetworkRetries: 0 })
}

beforeEach(() => start())
afterEach(async () => {
  for (const stop of running.splice(0).reverse()) await stop()
})

function order(more: Partial<Stripe.Checkout.SessionCreateParams> = {}): Stripe.Checkout.SessionCreateParams {
  const price = (name: string, unit_amount: number) => ({ currency: 'eur', unit_amount, product_data: { name } })
  return {
    mode: 'payment',
    line_items: [
      { price_data: price('Stoneware mug, Sage', 1800), quantity: 2 },
      { price_data: price('Delivery', 490), quantity: 1 },
    ],
    client_reference_id: 'order-1',
    customer_email: 'alice@example.com',
    metadata: { order_id: 'order-1' },
    payment_intent_data: { metadata: { order_id: 'order-1' } },
    success_url: 'http://shop.test/return?session_id={CHECKOUT_SESSION_ID}',
    cancel_url: 'http://shop.test/checkout',
    ...more,
  }
}

const card = (number: string) => ({ email: 'alice@example.com', number, expiry: '12 / 39', cvc: '123', name: 'Alice' })

function submit(url: string, fields: Record<string, string>): Promise<Response> {
  return fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' })
}

async function paid(number = '4242424242424242') {
  const session = await stripe.checkout.sessions.create(order())
  const response = await submit(session.url as string, card(number))
  const after = await stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent.latest_charge'] })
  return { session: after, response, intent: after.payment_intent as Stripe.PaymentIntent }
}

async function failure(work: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  return work.then(
    () => expect.fail('it should have been refused'),
    (error) => error,
  )
}

describe('a checkout session', () => {
  test('is made with its lines, and shown without the fields only the stand-in knows', async () => {
    const session = await stripe.checkout.sessions.create(order({ expand: ['line_items'] }))
    expect(session).toMatchObject({
      object: 'checkout.session',
      status: 'open',
      payment_status: 'unpaid',
      amount_total: 4090,
      currency: 'eur',
    })
    expect(session.line_items?.data.map((line) => [line.description, line.quantity, line.amount_total])).toEqual([
      ['Stoneware mug, Sage', 2, 3600],
      ['Delivery', 1, 490],
    ])
    expect(session.payment_intent).toBeNull()
    expect(Object.keys(session).filter((name) => name.startsWith('_'))).toEqual([])
    const lines = await stripe.checkout.sessions.listLineItems(session.id, { limit: 1 })
    expect([lines.data.length, lines.has_more]).toEqual([1, true])
  })

  test('is paid with a good card and sends the shopper back to the shop', async () => {
    const { session, response, intent } = await paid()
    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toBe(`http://shop.test/return?session_id=${session.id}`)
    expect(session).toMatchObject({ status: 'complete', payment_status: 'paid', url: null })
    expect(session.customer_details).toMatchObject({ email: 'alice@example.com', name: 'Alice' })
    expect(intent).toMatchObject({ status: 'succeeded', amount_received: 4090, metadata: { order_id: 'order-1' } })
    const charge = intent.latest_charge as Stripe.Charge
    expect(charge.payment_method_details?.card).toMatchObject({ brand: 'visa', last4: '4242' })
  })

  test('is paid once, however often the form is sent', async () => {
    const { session, intent } = await paid()
    const again = await submit(`${payments.url}/pay/${session.id}`, card('4242424242424242'))
    expect(again.status).toBe(303)
    expect((await stripe.charges.list({ payment_intent: intent.id })).data).toHaveLength(1)
  })

  test.each([
    ['4000000000000002', 'card_declined', 'Your card was declined.'],
    ['4000000000009995', 'card_declined', 'insufficient funds'],
    ['4000000000000069', 'expired_card', 'Your card has expired.'],
    ['4000000000000127', 'incorrect_cvc', 'security code is incorrect'],
    ['4000000000000119', 'processing_error', 'An error occurred while processing'],
  ])('stays open when card %s is refused with %s, and can be paid with another', async (number, code, words) => {
    const { session, response, intent } = await paid(number)
    expect(response.status).toBe(402)
    const page = (await response.text()).replaceAll('&#39;', "'")
    expect(page).toContain(words)
    expect(page).toContain(`value="${number}"`)
    expect(session.status).toBe('open')
    expect(intent.status).toBe('requires_payment_method')
    expect(intent.last_payment_error?.code).toBe(code)
    expect((await submit(session.url as string, card('5555555555554444'))).status).toBe(303)
    expect((await stripe.checkout.sessions.retrieve(session.id)).payment_intent).toBe(intent.id)
  })

  test('refuses numbers that are no cards, real cards, and dates in the past, keeping what was typed', async () => {
    const session = await stripe.checkout.sessions.create(order())
    const wrong = await submit(session.url as string, { ...card('4242424242424241'), expiry: '01/20', name: '' })
    const page = await wrong.text()
    expect(wrong.status).toBe(422)
    expect(page).toContain('Your card number is invalid.')
    expect(page).toContain('expiration date is in the past')
    expect(page).toContain('value="4242424242424241"')
    const real = await submit(session.url as string, card('4539578763621486'))
    expect(await real.text()).toContain('only test cards are accepted')
  })

  test('fills the form by a button, without JavaScript', async () => {
    const session = await stripe.checkout.sessions.create(order())
    const page = await (await submit(session.url as string, { fill: '4242424242424242' })).text()
    expect(page).toContain('value="4242 4242 4242 4242"')
    expect(page).not.toContain('<script')
  })

  test('asks for 3-D Secure: accepted it is paid, refused it can be tried again', async () => {
    const { response, session } = await paid('4000002500003155')
    const challenge = new URL(response.headers.get('location') as string, payments.url).href
    expect(await (await fetch(challenge)).text()).toContain('Is it you?')
    const refused = await submit(challenge, { answer: 'refuse' })
    const back = new URL(refused.headers.get('location') as string, payments.url).href
    expect(await (await fetch(back)).text()).toContain('unable to authenticate')
    const second = await submit(`${payments.url}/pay/${session.id}`, card('4000000000003220'))
    const accepted = await submit(new URL(second.headers.get('location') as string, payments.url).href, {
      answer: 'accept',
    })
    expect(accepted.headers.get('location')).toContain(session.id)
    expect((await stripe.checkout.sessions.retrieve(session.id)).payment_status).toBe('paid')
  })

  test('lives 30 minutes to 24 hours, then expires by itself', async () => {
    const soon = Math.floor(Date.now() / 1000) + 600
    expect((await failure(stripe.checkout.sessions.create(order({ expires_at: soon })))).param).toBe('expires_at')
    const session = await stripe.checkout.sessions.create(order({ expires_at: soon + 1200 }))
    await fetch(`${payments.url}/_test/clock`, { method: 'POST', body: JSON.stringify({ addSeconds: 1801 }) })
    expect((await stripe.checkout.sessions.retrieve(session.id)).status).toBe('expired')
    const late = await submit(`${payments.url}/pay/${session.id}`, card('4242424242424242'))
    expect(late.status).toBe(410)
    expect(await late.text()).toContain('You have not been charged')
  })

  test('can be expired while open only', async () => {
    const open = await stripe.checkout.sessions.create(order())
    expect((await stripe.checkout.sessions.expire(open.id)).status).toBe('expired')
    const { session } = await paid()
    expect((await failure(stripe.checkout.sessions.expire(session.id))).message).toContain('status of complete')
  })

  test('owns its intent: that cannot be cancelled or confirmed directly', async () => {
    const { intent } = await paid('4000000000000002')
    expect((await failure(stripe.paymentIntents.cancel(intent.id))).message).toContain('created by Checkout')
    const confirm = stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' })
    expect((await failure(confirm)).code).toBe('payment_intent_unexpected_state')
  })

  test('refuses amounts Stripe would refuse, unknown parameters and missing ones, naming them', async () => {
    const tiny = { currency: 'eur', unit_amount: 20, product_data: { name: 'Pin' } }
    const small = await failure(
      stripe.checkout.sessions.create(order({ line_items: [{ price_data: tiny, quantity: 1 }] })),
    )
    expect(small.code).toBe('amount_too_small')
    const odd = { ...order(), colour: 'red' } as Stripe.Checkout.SessionCreateParams
    expect(await failure(stripe.checkout.sessions.create(odd))).toMatchObject({
      code: 'parameter_unknown',
      param: 'colour',
      statusCode: 400,
    })
    const { success_url: _, ...without } = order()
    expect(await failure(stripe.checkout.sessions.create(without))).toMatchObject({
      code: 'parameter_missing',
      param: 'success_url',
    })
  })
})

describe('refunds', () => {
  test('give back in parts, never more than was paid', async () => {
    const { intent } = await paid()
    const first = await stripe.refunds.create({
      payment_intent: intent.id,
      amount: 1000,
      reason: 'requested_by_customer',
    })
    expect(first.status).toBe('succeeded')
    const tooMuch = await failure(stripe.refunds.create({ payment_intent: intent.id, amount: 3091 }))
    expect(tooMuch.message).toContain('greater than unrefunded amount')
    await stripe.refunds.create({ payment_intent: intent.id })
    const none = await failure(stripe.refunds.create({ payment_intent: intent.id }))
    expect(none.code).toBe('charge_already_refunded')
    const charge = await stripe.charges.retrieve((intent.latest_charge as Stripe.Charge).id)
    expect([charge.amount_refunded, charge.refunded]).toEqual([4090, true])
    expect((await stripe.refunds.list({ payment_intent: intent.id })).data).toHaveLength(2)
  })

  test('may be slow, and may fail after they seemed to succeed', async () => {
    const slow = await paid('4000000000007726')
    const pending = await stripe.refunds.create({ payment_intent: slow.intent.id })
    expect(pending.status).toBe('pending')
    const doomed = await paid('4000000000005126')
    const refund = await stripe.refunds.create({ payment_intent: doomed.intent.id })
    expect(refund.status).toBe('succeeded')
    await expect
      .poll(async () => (await stripe.refunds.retrieve(pending.id)).status, { timeout: 3000 })
      .toBe('succeeded')
    await expect.poll(async () => (await stripe.refunds.retrieve(refund.id)).status, { timeout: 3000 }).toBe('failed')
    const charge = await stripe.charges.retrieve((doomed.intent.latest_charge as Stripe.Charge).id)
    expect(charge.amount_refunded).toBe(0)
  })
})

describe('payment intents made by the API', () => {
  test('are confirmed with a test card, declined with an error, or ask for 3-D Secure', async () => {
    const make = (payment_method: string) =>
      stripe.paymentIntents.create({
        amount: 2500,
        currency: 'EUR',
        payment_method,
        confirm: true,
        return_url: 'http://shop.test/done',
      })
    expect((await make('pm_card_visa')).status).toBe('succeeded')
    const declined = await failure(make('pm_card_chargeDeclined'))
    expect(declined).toMatchObject({
      type: 'StripeCardError',
      statusCode: 402,
      code: 'card_declined',
      decline_code: 'generic_decline',
    })
    const asking = await make('pm_card_threeDSecure2Required')
    expect(asking.status).toBe('requires_action')
    const accepted = await submit(asking.next_action?.redirect_to_url?.url as string, { answer: 'accept' })
    expect(accepted.headers.get('location')).toContain('redirect_status=succeeded')
    expect((await stripe.paymentIntents.retrieve(asking.id)).status).toBe('succeeded')
  })

  test('can be cancelled until they have succeeded, and found by their metadata', async () => {
    const intent = await stripe.paymentIntents.create({
      amount: 2500,
      currency: 'eur',
      metadata: { order_id: 'order-7' },
    })
    const found = await stripe.paymentIntents.search({
      query: "metadata['order_id']:'order-7' AND status:'requires_payment_method'",
    })
    expect(found.data.map((each) => each.id)).toEqual([intent.id])
    expect((await stripe.paymentIntents.cancel(intent.id)).status).toBe('canceled')
    expect(
      (await failure(stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' }))).statusCode,
    ).toBe(400)
  })
})

describe('the wire', () => {
  test('gives the first answer again for an idempotency key, and refuses it for other parameters', async () => {
    const key = { idempotencyKey: 'order/1/session/1' }
    const first = await stripe.checkout.sessions.create(order(), key)
    const again = await stripe.checkout.sessions.create(order(), key)
    expect(again.id).toBe(first.id)
    expect(again.lastResponse.headers['idempotent-replayed']).toBe('true')
    const other = await failure(stripe.checkout.sessions.create(order({ client_reference_id: 'order-2' }), key))
    expect(other).toMatchObject({ type: 'StripeIdempotencyError', statusCode: 400 })
    expect((await stripe.checkout.sessions.list()).data).toHaveLength(1)
  })

  test('a request refused for its shape may be mended and sent with the same key', async () => {
    const key = { idempotencyKey: 'order/1/session/2' }
    await failure(stripe.checkout.sessions.create(order({ success_url: 'nowhere' }), key))
    expect((await stripe.checkout.sessions.create(order(), key)).status).toBe('open')
  })

  test('wants a secret key of the test kind, and the configured one where there is one', async () => {
    expect((await failure(clientOf(payments.url, 'sk_live_1').charges.list())).type).toBe('StripeAuthenticationError')
    await start({ secretKey: 'sk_test_mine' })
    expect((await failure(clientOf(payments.url).charges.list())).statusCode).toBe(401)
    expect((await clientOf(payments.url, 'sk_test_mine').charges.list()).data).toEqual([])
  })

  test('lists page by page, newest first, by time, and answers request ids', async () => {
    for (let made = 0; made < 3; made += 1)
      await stripe.checkout.sessions.create(order({ client_reference_id: `order-${made}` }))
    const first = await stripe.checkout.sessions.list({ limit: 2 })
    expect(first.data.map((session) => session.client_reference_id)).toEqual(['order-2', 'order-1'])
    expect(first.has_more).toBe(true)
    expect(first.lastResponse.requestId).toMatch(/^req_/)
    const all = await stripe.checkout.sessions.list({ limit: 2 }).autoPagingToArray({ limit: 10 })
    expect(all).toHaveLength(3)
    expect(
      (await stripe.checkout.sessions.list({ created: { gte: Math.floor(Date.now() / 1000) + 60 } })).data,
    ).toEqual([])
    expect(await failure(stripe.checkout.sessions.retrieve('cs_test_none'))).toMatchObject({
      code: 'resource_missing',
      statusCode: 404,
    })
    const odd = stripe.checkout.sessions.retrieve(first.data[0]?.id as string, { expand: ['colour'] })
    expect((await failure(odd)).message).toContain('cannot be expanded')
  })
})

describe('webhooks', () => {
  async function receiver(answers: number[] = []) {
    const events: Stripe.Event[] = []
    const server: Server = createServer((request, response) => {
      let body = ''
      request.on('data', (chunk) => {
        body += chunk
      })
      request.on('end', () => {
        const event = stripe.webhooks.constructEvent(body, request.headers['stripe-signature'] as string, webhookSecret)
        const status = answers.shift() ?? 200
        if (status === 200) events.push(event)
        response.writeHead(status).end()
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    running.push(() => new Promise((resolve) => server.close(resolve)))
    const address = server.address()
    return { events, url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/hook` }
  }

  const types = (events: Stripe.Event[]) => events.map((event) => event.type).sort()

  test('are signed, and the one of a completed session arrives before the shopper is back', async () => {
    const { events, url } = await receiver()
    await start({ webhookUrl: url })
    const { session } = await paid()
    const completed = events.find((event) => event.type === 'checkout.session.completed')
    expect(completed?.data.object).toMatchObject({ id: session.id, payment_status: 'paid' })
    await expect
      .poll(() => types(events))
      .toEqual(['charge.succeeded', 'checkout.session.completed', 'payment_intent.created', 'payment_intent.succeeded'])
  })

  test('are tried again until they are answered well', async () => {
    const { events, url } = await receiver([500, 503])
    await start({ webhookUrl: url })
    const session = await stripe.checkout.sessions.create(order())
    await stripe.checkout.sessions.expire(session.id)
    await expect.poll(() => types(events), { timeout: 8000 }).toEqual(['checkout.session.expired'])
  })

  test('can be registered by the API for chosen events, with a secret of their own', async () => {
    const endpoint = await stripe.webhookEndpoints.create({
      url: 'http://127.0.0.1:1/hook',
      enabled_events: ['refund.created'],
    })
    expect(endpoint.secret).toMatch(/^whsec_/)
    expect((await stripe.webhookEndpoints.list()).data[0]).not.toHaveProperty('secret')
    expect((await stripe.webhookEndpoints.del(endpoint.id)).deleted).toBe(true)
  })

  test('wait in the queue over a restart, with everything else that was remembered', async () => {
    const dataDir = await mkdtemp(path.join(tmpdir(), 'highstreet-payments-'))
    running.push(() => rm(dataDir, { recursive: true }))
    const { events, url } = await receiver()
    const first = await startPayments({ dataDir, webhookSecret, webhookUrl: url })
    stripe = clientOf(first.url)
    await fetch(`${first.url}/_test/config`, { method: 'POST', body: JSON.stringify({ webhooks: { dropped: true } }) })
    const key = { idempotencyKey: 'order/9/session/1' }
    const session = await stripe.checkout.sessions.create(order(), key)
    await stripe.checkout.sessions.expire(session.id)
    await first.stop()
    expect(events).toEqual([])
    await start({ dataDir, webhookUrl: url })
    await expect.poll(() => types(events), { timeout: 3000 }).toEqual(['checkout.session.expired'])
    expect((await stripe.checkout.sessions.retrieve(session.id)).status).toBe('expired')
    expect((await stripe.checkout.sessions.create(order(), key)).id).toBe(session.id)
    expect((await stripe.events.list({ type: 'checkout.session.expired' })).data).toHaveLength(1)
  })
})
