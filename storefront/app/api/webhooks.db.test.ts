import '../../test/stage.ts'
import { createHmac } from 'node:crypto'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { webhooks } from '#app/api/webhooks.ts'
import { completeDueOrders } from '#app/domain/checkout/complete.server.ts'
import { refundOrder } from '#app/domain/checkout/refund.server.ts'
import { refundDue } from '#app/domain/checkout/sweep.server.ts'
import { workInbox } from '#app/domain/checkout/webhook-inbox.server.ts'
import { startWorkers } from '#app/domain/checkout/workers.server.ts'
import { claimOrder, putDown } from '#app/domain/orders/work.server.ts'
import { ProviderRefused } from '#app/domain/payments/provider.ts'
import { countFailingEvents } from '#app/domain/payments/staff-lists.server.ts'
import { stripe } from '#app/domain/payments/stripe.server.ts'
import { addSeconds } from '#app/lib/clock.ts'
import { db } from '#app/lib/db.server.ts'
import { newId } from '#app/lib/ids.ts'
import * as paymentsPage from '#app/routes/admin/payments.tsx'
import * as webhookPage from '#app/routes/admin/webhooks.tsx'
import { logIn } from '../../test/log-in.ts'
import {
  aMinuteLater,
  aPaidOrder,
  aPlacedOrder,
  guest,
  openForBusiness,
  statusOf,
  topicsOf,
} from '../../test/shopping.ts'
import { atProvider, payOn, warehouse } from '../../test/stage.ts'

type Event = {
  id: string
  type: string
  livemode: boolean
  data: { object: { id: string; metadata?: { order_id?: string } | null; payment_intent?: string } }
}

const app = webhooks()
const secret = process.env.STRIPE_WEBHOOK_SECRET ?? ''
beforeEach(openForBusiness)
beforeEach(async () => {
  await db()('stripe_events').delete()
})

const sign = (body: string, { key = secret, at = Math.floor(Date.now() / 1000) } = {}) =>
  `t=${at},v1=${createHmac('sha256', key).update(`${at}.${body}`).digest('hex')}`
const post = (body: string, signature?: string) =>
  app.request('/payments/webhook', {
    method: 'POST',
    body,
    headers: { 'Content-Type': 'application/json', ...(signature !== undefined && { 'Stripe-Signature': signature }) },
  })
const deliver = async (event: Event): Promise<number> => {
  const body = JSON.stringify(event)
  return (await post(body, sign(body))).status
}
/** What the provider would send about an order, oldest first. */
const eventsOf = async (orderId: string, type?: string): Promise<Event[]> => {
  const { data } = await atProvider<{ data: Event[] }>('events?limit=100')
  const mine = data.filter((event) => event.data.object.metadata?.order_id === orderId)
  return mine.filter((event) => type === undefined || event.type === type).reverse()
}
const verdictOf = async (event: Event | undefined) =>
  (
    await db()('stripe_events')
      .where({ eventId: event?.id ?? '' })
      .first()
  )?.verdict
const workAll = async () => {
  await aMinuteLater()
  await workInbox(guest(), 100)
  await completeDueOrders(guest(), 100)
}

test('whoever watches the shop is told what waits and how the books were compared, on a port of its own', async () => {
  const order = await aPlacedOrder()
  await payOn(order.paymentUrl)
  const [event] = await eventsOf(order.id, 'checkout.session.completed')
  if (event) expect(await deliver(event)).toBe(200)
  const { serveMetrics } = await import('#server/metrics.ts')
  const { server, stop } = serveMetrics(0)
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as { port: number }
  const ask = async () => (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
  expect(await ask()).toContain('storefront_work_waiting{work="webhooks"} 1')
  await workAll()
  const text = await ask()
  expect(text).toContain('storefront_work_waiting{work="webhooks"} 0')
  expect(text).toMatch(/storefront_reconcile_looked\{\S*list="refunds"/)
  expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(404)
  await stop()
})

describe('the door for webhooks', () => {
  const event = (more: Partial<Event> = {}): Event => ({
    id: `evt_${newId()}`,
    type: 'checkout.session.completed',
    livemode: false,
    data: { object: { id: 'cs_test_none' } },
    ...more,
  })

  test('a signed event is kept and answered; twenty copies of it are one', async () => {
    const one = JSON.stringify(event())
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(one, sign(one))))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    expect(await db()('stripe_events')).toHaveLength(1)
    const told = await Promise.all(answers.map(async (answer) => ((await answer.json()) as { new: boolean }).new))
    expect(told.filter(Boolean)).toHaveLength(1)
  })

  const body = JSON.stringify(event())
  const now = Math.floor(Date.now() / 1000)
  test.each([
    ['no signature', undefined],
    ['an empty signature', ''],
    ['a signature without a time', sign(body).replace(/t=\d+,/, '')],
    ['another key', sign(body, { key: 'whsec_wrong_0123456789abcdefghijklmno' })],
    ['a signature of another body', sign(`${body} `)],
    ['one from ten minutes ago', sign(body, { at: now - 600 })],
    ['an unknown scheme only', sign(body).replace('v1=', 'v0=')],
    ['nonsense', 't=abc,v1=zz'],
  ])('%s is refused with 400 and nothing is kept', async (_, signature) => {
    const answer = await post(body, signature)
    expect(answer.status).toBe(400)
    expect(answer.headers.get('Content-Type')).toBe('application/problem+json')
    expect(await answer.json()).toMatchObject({ code: 'signature_invalid' })
    expect(await db()('stripe_events')).toEqual([])
  })

  test('a body that was changed by one letter is refused', async () => {
    expect((await post(body.replace('completed', 'completeD'), sign(body))).status).toBe(400)
  })

  test('more than 256 kB is refused, whatever its length claims to be', async () => {
    const big = JSON.stringify({ ...event(), padding: 'x'.repeat(300_000) })
    expect((await post(big, sign(big))).status).toBe(413)
    expect(await db()('stripe_events')).toEqual([])
  })

  test('other methods are not taken', async () => {
    expect((await app.request('/payments/webhook')).status).toBe(405)
  })

  test('an event of live mode is kept and ignored by a test shop', async () => {
    const order = await aPlacedOrder()
    await payOn(order.paymentUrl)
    const [completed] = await eventsOf(order.id, 'checkout.session.completed')
    if (!completed) throw new Error('no event')
    const live = { ...completed, livemode: true }
    expect(await deliver(live)).toBe(200)
    await workInbox(guest(), 100)
    expect(await verdictOf(live)).toBe('ignored')
    expect(await statusOf(order.id)).toBe('awaiting_payment')
  })
})

function newLock(): { opened: Promise<void>; open: () => void } {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { opened, open }
}

describe('the workers', () => {
  test('take up what was kept by themselves, and stop when told', async () => {
    const order = await aPlacedOrder()
    await payOn(order.paymentUrl)
    const [completed] = await eventsOf(order.id, 'checkout.session.completed')
    if (!completed) throw new Error('no event')
    const stop = startWorkers()
    try {
      await deliver(completed)
      await expect.poll(() => statusOf(order.id), { timeout: 8_000 }).toBe('paid')
    } finally {
      await stop()
    }
    const late = { ...completed, id: `${completed.id}_late` }
    await deliver(late)
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    expect(await verdictOf(late)).toBeNull()
  })

  test('a call that hangs holds up nobody else’s order, and stopping waits for it alone', async () => {
    const [slow, other] = [await aPlacedOrder(), await aPlacedOrder()]
    // The reconciler would make good what the inbox does not do.
    await db()('reconcile_rounds').update({ nextAt: addSeconds(new Date(), 3600) })
    const hung = newLock()
    const call = globalThis.fetch
    const commits: string[] = []
    vi.spyOn(globalThis, 'fetch').mockImplementation(async (...asked) => {
      const request = new Request(...asked)
      if (!request.url.endsWith('/inventory/commit')) return call(request)
      const body = await request.clone().text()
      commits.push(body)
      if (body.includes(slow.id)) await hung.opened
      return call(request)
    })
    const stop = startWorkers()
    try {
      for (const order of [slow, other]) {
        await payOn(order.paymentUrl)
        for (const event of await eventsOf(order.id, 'checkout.session.completed')) await deliver(event)
        if (order === slow) await expect.poll(() => commits.length, { timeout: 8_000 }).toBe(1)
      }
      await expect.poll(() => statusOf(other.id), { timeout: 8_000 }).toBe('paid')
      expect(await statusOf(slow.id)).toBe('payment_received')
    } finally {
      const stopped = stop()
      hung.open()
      await stopped
      vi.restoreAllMocks()
    }
    expect(await statusOf(slow.id)).toBe('paid')
  })
})

describe('working through events', () => {
  test('a payment: the order is paid; the same news by another event changes nothing', async () => {
    const order = await aPlacedOrder()
    await payOn(order.paymentUrl)
    const [completed] = await eventsOf(order.id, 'checkout.session.completed')
    if (!completed) throw new Error('no event')
    const twin = { ...completed, id: `${completed.id}_twin` }
    expect(await deliver(completed)).toBe(200)
    expect(await statusOf(order.id)).toBe('awaiting_payment')
    await workAll()
    expect(await statusOf(order.id)).toBe('paid')
    expect(await deliver(twin)).toBe(200)
    await workAll()
    expect([await verdictOf(completed), await verdictOf(twin)]).toEqual(['applied', 'duplicate'])
    expect(await topicsOf(order.id)).toEqual(['order.placed', 'order.paid'])
  })

  test('no event waits for an order that is busy or a catalogue that hangs: it is written down, the completer goes on', async () => {
    const [busy, other] = [await aPlacedOrder(), await aPlacedOrder()]
    for (const order of [busy, other]) {
      await payOn(order.paymentUrl)
      for (const event of await eventsOf(order.id, 'checkout.session.completed')) await deliver(event)
    }
    const lease = await claimOrder(busy.id)
    warehouse.calls.length = 0
    expect(await workInbox(guest(), 10)).toBe(2)
    expect(await db()('stripe_events').select('verdict')).toEqual([{ verdict: 'applied' }, { verdict: 'applied' }])
    expect([await statusOf(busy.id), await statusOf(other.id)]).toEqual(['payment_received', 'payment_received'])
    expect(warehouse.calls).toEqual([])
    await completeDueOrders(guest())
    expect([await statusOf(busy.id), await statusOf(other.id)]).toEqual(['payment_received', 'paid'])
    if (lease) await putDown(lease, 300)
    await completeDueOrders(guest())
    expect(await statusOf(busy.id)).toBe('paid')
  })

  test('all of an order’s events, backwards and doubled, end in the same state', async () => {
    const order = await aPlacedOrder()
    await payOn(order.paymentUrl, '4000000000000002')
    await payOn(order.paymentUrl)
    const events = (await eventsOf(order.id)).reverse()
    expect(events.length).toBeGreaterThan(2)
    for (const event of events) await deliver(event)
    for (const event of events) await deliver({ ...event, id: `${event.id}_again` })
    await workAll()
    expect(await statusOf(order.id)).toBe('paid')
    expect(await topicsOf(order.id)).toEqual(['order.placed', 'order.paid'])
    expect(await db()('stripe_events').whereNull('processed_at')).toEqual([])
    expect(await db()('payments').where({ orderId: order.id })).toMatchObject([{ status: 'succeeded' }])
  })

  test('an event’s own words are not believed: a forged “paid” of an unpaid page changes nothing', async () => {
    const order = await aPlacedOrder()
    const { providerSessionId } = await db()('payments').where({ orderId: order.id }).first()
    const page = await atProvider<{ id: string; metadata: { order_id: string } }>(
      `checkout/sessions/${providerSessionId}`,
    )
    const paid = { ...page, status: 'complete', payment_status: 'paid', payment_intent: 'pi_forged' }
    const forged = {
      id: 'evt_forged',
      type: 'checkout.session.completed',
      livemode: false,
      data: { object: paid },
    }
    await deliver(forged)
    await workAll()
    expect(await statusOf(order.id)).toBe('awaiting_payment')
    expect(await verdictOf(forged)).toBe('stale')
  })

  test('a declined card is written on the timeline, and the order still waits', async () => {
    const order = await aPlacedOrder()
    await payOn(order.paymentUrl, '4000000000009995')
    const [declined] = await eventsOf(order.id, 'payment_intent.payment_failed')
    if (!declined) throw new Error('no event')
    await deliver(declined)
    await workAll()
    expect(await statusOf(order.id)).toBe('awaiting_payment')
    expect(await db()('payments').where({ orderId: order.id }).first()).toMatchObject({
      status: 'open',
      failureCode: 'insufficient_funds',
    })
    const rows = await db()('order_history').where({ orderId: order.id, kind: 'payment' })
    expect(rows).toMatchObject([{ message: 'The card was declined', isPublic: true }])
  })

  test('news of an order we do not know yet waits, and is used as soon as the order is there', async () => {
    const order = await aPlacedOrder()
    await payOn(order.paymentUrl)
    const [completed] = await eventsOf(order.id, 'checkout.session.completed')
    if (!completed) throw new Error('no event')
    // The order's own rows, gone and back: as if another instance were still about to commit them.
    const hidden = newId()
    await db().raw(`UPDATE payments SET provider_session_id = 'hidden' WHERE order_id = ?`, [order.id])
    await db().raw('ALTER TABLE orders DISABLE TRIGGER ALL; ALTER TABLE payments DISABLE TRIGGER ALL')
    await db()('orders').where({ id: order.id }).update({ id: hidden })
    await deliver(completed)
    await workAll()
    expect(await verdictOf(completed)).toBeNull()
    expect(await db()('stripe_events').where({ eventId: completed.id }).first()).toMatchObject({
      processedAt: null,
      attempts: 1,
      lastError: 'its order is not known yet',
    })
    await db()('orders').where({ id: hidden }).update({ id: order.id })
    await db().raw('ALTER TABLE orders ENABLE TRIGGER ALL; ALTER TABLE payments ENABLE TRIGGER ALL')
    await db().raw('UPDATE payments SET provider_session_id = ? WHERE order_id = ?', [
      completed.data.object.id,
      order.id,
    ])
    await workAll()
    expect(await verdictOf(completed)).toBe('applied')
    expect(await statusOf(order.id)).toBe('paid')
  })

  test('events of other things on the account are kept and ignored', async () => {
    const foreign = { id: 'evt_other', type: 'invoice.paid', livemode: false, data: { object: { id: 'in_1' } } }
    await deliver(foreign)
    await workAll()
    expect(await verdictOf(foreign)).toBe('ignored')
  })

  test('news of things the provider itself does not know is asked about once, never for ever', async () => {
    const order = await aPlacedOrder()
    const about = (type: string, id: string): Event => ({
      id: `evt_${newId()}`,
      type,
      livemode: false,
      data: { object: { id, metadata: { order_id: order.id } } },
    })
    const told = [
      about('checkout.session.completed', 'cs_test_none'),
      about('payment_intent.succeeded', 'pi_none'),
      about('payment_intent.payment_failed', 'pi_none'),
      about('refund.updated', 're_none'),
      about('charge.dispute.created', 'dp_none'),
    ]
    for (const event of told) await deliver(event)
    expect(await workInbox(guest(), 3)).toBe(3)
    expect(await workInbox(guest(), 10)).toBe(2)
    expect(await Promise.all(told.map(verdictOf))).toEqual(told.map(() => 'ignored'))
    expect(await statusOf(order.id)).toBe('awaiting_payment')
  })

  test('news that the provider refuses to tell us of is closed as failed, for staff to see; a key that is out of order is not', async () => {
    const order = await aPlacedOrder()
    const { errors } = stripe().constructor as unknown as {
      errors: Record<'StripePermissionError' | 'StripeAuthenticationError', new (raw: object) => Error>
    }
    const about = async (error: Error) => {
      const object = { id: 're_1', metadata: { order_id: order.id } }
      const event = { id: `evt_${newId()}`, type: 'refund.updated', livemode: false, data: { object } }
      vi.spyOn(stripe().refunds, 'retrieve').mockRejectedValueOnce(error)
      await deliver(event)
      await workInbox(guest(), 10)
      vi.restoreAllMocks()
      return db()('stripe_events').where({ eventId: event.id }).first('verdict', 'lastError')
    }
    const said = { message: 'no', type: 'invalid_request_error' } as const
    expect(await about(new ProviderRefused('Unknown version', 'invalid_request'))).toEqual({
      verdict: 'failed',
      lastError: 'the provider refuses: Unknown version',
    })
    expect(await about(new errors.StripePermissionError({ ...said, statusCode: 403 }))).toEqual({
      verdict: 'failed',
      lastError: 'our key may not read this at the provider',
    })
    expect(await about(new errors.StripeAuthenticationError({ ...said, statusCode: 401 }))).toMatchObject({
      verdict: null,
    })
  })

  test.each(['refund.created', 'charge.refunded'])(
    'a %s that names no order and comes before its payment waits, and is used when that is known',
    async (type) => {
      const order = await aPaidOrder()
      const { providerIntentId } = await db()('payments').where({ orderId: order.id }).first()
      const answer = await fetch(`${process.env.STRIPE_API_URL}/v1/refunds`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${process.env.STRIPE_SECRET_KEY}` },
        body: new URLSearchParams({ payment_intent: providerIntentId, amount: '200' }),
      })
      const refund = (await answer.json()) as { id: string; charge: string }
      const id = type === 'refund.created' ? refund.id : refund.charge
      const told = {
        id: `evt_${newId()}`,
        type,
        livemode: false,
        data: { object: { id, payment_intent: providerIntentId } },
      }
      const knowing = (intent: string) =>
        db()('payments').where({ orderId: order.id }).update({ providerIntentId: intent })
      await knowing('pi_hidden')
      await deliver(told)
      await workAll()
      expect(await verdictOf(told)).toBeNull()
      await knowing(providerIntentId)
      await workAll()
      expect(await verdictOf(told)).toBe('applied')
      expect(await db()('payments').where({ orderId: order.id }).first()).toMatchObject({ refundedMinor: 200 })
    },
  )

  test('one call to the provider is one try: its deadline is the whole time that it may take', () => {
    expect(stripe().getMaxNetworkRetries()).toBe(0)
  })

  test('an event that was ignored or does not get through can be tried again by staff, one that did its work cannot', async () => {
    const order = await aPlacedOrder()
    await payOn(order.paymentUrl)
    const [paid] = await eventsOf(order.id, 'checkout.session.completed')
    if (!paid) throw new Error('the provider tells of no payment')
    await deliver(paid)
    await db()('stripe_events')
      .where({ eventId: paid.id })
      .update({ processedAt: new Date(), verdict: 'ignored', lastError: 'the provider knows nothing under that id' })
    const userId = newId()
    await db()('users').insert({ id: userId, email: `${userId}@example.com`, name: 'Sam', role: 'support' })
    const browser = await logIn(userId)
    const press = () => browser.post(webhookPage, '/admin/webhooks', { intent: 'retry', eventId: paid.id })
    expect((await press()).status).toBe(303)
    await workAll()
    expect([await verdictOf(paid), await statusOf(order.id)]).toEqual(['applied', 'paid'])
    expect((await press()).status).toBe(409)
    expect(await db()('audit_log').where({ subject: `event:${paid.id}` })).toHaveLength(1)
    const listed = await browser.get(webhookPage, `/admin/webhooks?q=${order.number}&status=applied`)
    expect(listed.data).toMatchObject({ items: [{ eventId: paid.id, orderNumber: order.number }], total: 1 })
    const payments = await browser.get(paymentsPage, `/admin/payments?q=${order.number.toLowerCase()}`)
    expect(payments.data).toMatchObject({ items: [{ orderNumber: order.number, status: 'succeeded' }], total: 1 })
    expect(await countFailingEvents()).toBe(0)
  })

  test('a refund made in the provider’s dashboard gets a row here, and the order follows', async () => {
    const order = await aPaidOrder()
    const { providerIntentId } = await db()('payments').where({ orderId: order.id }).first()
    await fetch(`${process.env.STRIPE_API_URL}/v1/refunds`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${process.env.STRIPE_SECRET_KEY}` },
      body: new URLSearchParams({ payment_intent: providerIntentId }),
    })
    const { data } = await atProvider<{ data: Event[] }>('events?limit=20')
    const news = data.filter(
      ({ type, data: { object } }) => /refund/.test(type) && object.payment_intent === providerIntentId,
    )
    expect(news.length).toBeGreaterThan(0)
    for (const event of news) await deliver(event)
    await workAll()
    expect(await db()('refunds').where({ orderId: order.id })).toMatchObject([
      { status: 'succeeded', amountMinor: 4090, requestedBy: 'stripe' },
    ])
    expect(await statusOf(order.id)).toBe('refunded')
  })

  test('news of our own refund changes nothing that is known', async () => {
    const order = await aPaidOrder()
    await refundOrder({ orderId: order.id, amountMinor: 500, reason: 'Scratch' }, guest())
    const { data } = await atProvider<{ data: Event[] }>('events?limit=10')
    for (const event of data.filter(({ type }) => /refund/.test(type))) await deliver(event)
    await workAll()
    await refundDue(guest())
    expect(await db()('refunds').where({ orderId: order.id })).toMatchObject([
      { status: 'succeeded', amountMinor: 500 },
    ])
    expect((await topicsOf(order.id)).filter((topic) => topic === 'order.refunded')).toHaveLength(1)
  })

  test('a page that expired ends its order; goods and cart are free again', async () => {
    const order = await aPlacedOrder()
    const { providerSessionId } = await db()('payments').where({ orderId: order.id }).first()
    await fetch(`${process.env.STRIPE_API_URL}/v1/checkout/sessions/${providerSessionId}/expire`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${process.env.STRIPE_SECRET_KEY}` },
    })
    const [expired] = await eventsOf(order.id, 'checkout.session.expired')
    if (!expired) throw new Error('no event')
    await deliver(expired)
    await workAll()
    expect(await statusOf(order.id)).toBe('expired')
    expect(await db()('carts').where({ id: order.cartId }).first()).toMatchObject({ status: 'open' })
  })
})
