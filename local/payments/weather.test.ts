// The stand-in's bad weather: what was done stays done, whatever becomes of the answer, and the same seed is the same day.
import { createServer } from 'node:http'
import Stripe from 'stripe'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Payments, startPayments } from './server.ts'
import type { Asked } from './weather.ts'

const webhookSecret = 'whsec_test_secret'
let payments: Payments
let stripe: Stripe
/** Deliveries in their order: the event's type, or "refused" for a signature that is not ours. */
let delivered: string[]
const server = createServer((request, response) => {
  let body = ''
  request.on('data', (chunk) => {
    body += chunk
  })
  request.on('end', () => {
    try {
      const signature = String(request.headers['stripe-signature'])
      delivered.push(stripe.webhooks.constructEvent(body, signature, webhookSecret).type)
      response.writeHead(200).end()
    } catch {
      delivered.push('refused')
      response.writeHead(400).end()
    }
  })
})

beforeEach(async () => {
  delivered = []
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const webhookUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/hook`
  payments = await startPayments({ webhookSecret, webhookUrl })
  const { hostname, port } = new URL(payments.url)
  stripe = new Stripe('sk_test_1', { host: hostname, port: Number(port), protocol: 'http', maxNetworkRetries: 0 })
})
afterEach(async () => {
  await payments.stop()
  await new Promise((resolve) => server.close(resolve))
})

const control = (path: string, body: Asked = {}) =>
  fetch(`${payments.url}/_test/${path}`, { method: 'POST', body: JSON.stringify(body) })
const open = (key: string) =>
  stripe.checkout.sessions.create(
    {
      mode: 'payment',
      line_items: [{ price_data: { currency: 'eur', unit_amount: 1800, product_data: { name: 'Mug' } }, quantity: 1 }],
      success_url: 'http://shop.test/return',
    },
    { idempotencyKey: key },
  )
const sessions = async () => (await stripe.checkout.sessions.list()).data.length

describe('in bad weather', () => {
  test('an answer that is 500 or never comes has done its work: the same key finds it', async () => {
    await control('config', { api: { failing: { next: 1 } } })
    await expect(open('a')).rejects.toMatchObject({ statusCode: 500 })
    // A line that is cut is tried once more by Stripe's client itself.
    await control('config', { api: { hanging: { next: 2 }, hangMs: 20 } })
    await expect(open('b')).rejects.toThrow(/connection/i)
    expect(await sessions()).toBe(2)
    await Promise.all([open('a'), open('b')])
    expect(await sessions()).toBe(2)
  })

  test('events are lost, come in another order, doubled, and first with a wrong signature; the same seed is the same', async () => {
    const aDay = async (asked: Asked) => {
      await control('config', { ...asked, webhooks: { dropped: true, ...asked.webhooks } })
      delivered = []
      const session = await open(String(Math.random()))
      const typed = { email: 'a@example.com', number: '4242424242424242', expiry: '12 / 39', cvc: '123', name: 'A' }
      await fetch(session.url ?? '', { method: 'POST', body: new URLSearchParams(typed), redirect: 'manual' })
      await control('deliver')
      await control('deliver')
      return delivered
    }
    const calm = [
      'payment_intent.created',
      'charge.succeeded',
      'payment_intent.succeeded',
      'checkout.session.completed',
    ]
    const inOrder = await aDay({})
    expect([...inOrder].sort()).toEqual([...calm].sort())
    const shuffled = await aDay({ seed: 3, webhooks: { shuffled: true } })
    expect(shuffled).not.toEqual(inOrder)
    expect([...shuffled].sort()).toEqual([...calm].sort())
    expect(await aDay({ seed: 3, webhooks: { shuffled: true } })).toEqual(shuffled)
    expect(await aDay({ webhooks: { lost: 1 } })).toEqual([])
    expect(await aDay({ webhooks: { duplicates: 1 } })).toHaveLength(8)
    const wrong = await aDay({ webhooks: { misSigned: 1 } })
    expect(wrong).toEqual([...Array(4).fill('refused'), ...inOrder])
  })

  test('a shopper who has paid may not be sent back', async () => {
    await control('config', { pages: { lostRedirects: { next: 1 } } })
    const session = await open('c')
    const typed = { email: 'a@example.com', number: '4242424242424242', expiry: '12 / 39', cvc: '123', name: 'A' }
    const pay = () => fetch(session.url ?? '', { method: 'POST', body: new URLSearchParams(typed), redirect: 'manual' })
    const stranded = await pay()
    expect([stranded.status, stranded.headers.get('location')]).toEqual([200, null])
    expect((await stripe.checkout.sessions.retrieve(session.id)).payment_status).toBe('paid')
    expect((await pay()).headers.get('location')).toBe('http://shop.test/return')
  })
})
