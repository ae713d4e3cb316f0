import '../../../test/stage.ts'

import { createHash } from 'node:crypto'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { cancelOrder } from '#app/domain/checkout/cancel.server.ts'
import { completeDueOrders, settle } from '#app/domain/checkout/complete.server.ts'
import { countDifferences, listDifferences } from '#app/domain/checkout/reconcile/differences.server.ts'
import { reconcile, spans } from '#app/domain/checkout/reconcile/rounds.server.ts'
import { refundOrder } from '#app/domain/checkout/refund.server.ts'
import { settleOnReturn } from '#app/domain/checkout/settle-on-return.server.ts'
import { refundDue } from '#app/domain/checkout/sweep.server.ts'
import { workInbox } from '#app/domain/checkout/webhook-inbox.server.ts'
import { receiveEvent } from '#app/domain/payments/events.server.ts'
import { listFlights } from '#app/domain/payments/flight-recorder.server.ts'
import { addSeconds, by } from '#app/lib/clock.ts'
import { db } from '#app/lib/db.server.ts'
import { armFailpoint, Killed } from '#app/lib/failpoints.ts'
import { newId } from '#app/lib/ids.ts'
import { sign } from '../../../../local/payments/webhooks.ts'
import type { Browser } from '../../../test/browser.ts'
import { logIn } from '../../../test/log-in.ts'
import {
  aMinuteLater,
  aMug,
  aPaidOrder,
  aPlacedOrder,
  guest,
  openForBusiness,
  statusOf,
} from '../../../test/shopping.ts'
import { atProvider, payOn, warehouse } from '../../../test/stage.ts'
import * as moneyMatch from './money-match.tsx'
import * as webhook from './webhook.tsx'

let staff: Browser
beforeAll(async () => {
  const id = newId()
  await db()('users').insert({ id, email: 'sam@example.com', name: 'Sam', role: 'support' })
  staff = await logIn(id)
})
beforeEach(async () => {
  await openForBusiness()
  warehouse.sell(aMug({ available: 500 }))
})

const post = (path: string, fields: Record<string, string>) =>
  fetch(`${process.env.STRIPE_API_URL}/v1/${path}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${process.env.STRIPE_SECRET_KEY}` },
    body: new URLSearchParams(fields),
  })
/** A refund that somebody makes in the provider's dashboard. */
const refundThere = async (orderId: string, amount: number) => {
  const payment = await db()('payments').where({ orderId }).first()
  await post('refunds', { payment_intent: payment.providerIntentId, amount: String(amount) })
}
const due = () => db()('reconcile_rounds').update({ nextAt: new Date(0), leaseUntil: null })
async function everyRound(): Promise<void> {
  await due()
  while ((await reconcile(by('system'))) > 0);
  // It writes down and wakes; the completer drives on.
  await completeDueOrders(guest(), 50)
}
const kinds = async () => (await listDifferences(addSeconds(new Date(), -86_400))).map(({ kind }) => kind).sort()
const tables = ['orders', 'payments', 'refunds', 'order_history', 'outbox', 'carts', 'invoices', 'audit_log']
/** A hash over all rows of all that decides money. */
async function state(): Promise<string> {
  const hash = createHash('sha256')
  for (const table of tables) {
    const { rows } = await db().raw(`SELECT to_jsonb(t) AS row FROM ${table} t ORDER BY t.id`)
    hash.update(JSON.stringify(rows))
  }
  return hash.digest('hex')
}
const lines = async () => (await db()('audit_log').orderBy('seq')).length

describe('the reconciler', () => {
  test('a payment and a dashboard refund whose webhooks were lost are written down within one round', async () => {
    const paid = await aPlacedOrder()
    await payOn(paid.paymentUrl)
    const refunded = await aPaidOrder()
    await refundThere(refunded.id, 500)
    await everyRound()
    expect(await statusOf(paid.id)).toBe('paid')
    expect(await db()('payments').where({ orderId: refunded.id }).first()).toMatchObject({ refundedMinor: 500 })
    const rounds = await db()('reconcile_rounds').where({ span: 'day' }).orderBy('list')
    expect(rounds.map(({ list, repaired }) => [list, repaired])).toEqual([
      ['intents', 0],
      ['pages', 1],
      ['refunds', 1],
    ])
    expect(spans.day).toEqual({ backSeconds: 25 * 3600, everySeconds: 300 })
    const level = await state()
    await everyRound()
    expect([await state(), await countDifferences()]).toEqual([level, 0])
  })

  test.each(['before_cursor_is_saved', 'after_cursor_is_saved'] as const)(
    'killed at %s: the next takes the round up and mends what is left, once',
    async (name) => {
      const order = await aPlacedOrder()
      await payOn(order.paymentUrl)
      await due()
      armFailpoint(name)
      await expect(reconcile(by('system'))).rejects.toThrow(Killed)
      // Its lease holds it for two minutes: nobody else reads that round meanwhile.
      const [held] = await db()('reconcile_rounds').whereNotNull('leaseToken')
      while ((await reconcile(by('system'))) > 0);
      expect(await db()('reconcile_rounds').where({ span: held.span, list: held.list }).first()).toMatchObject({
        leaseToken: held.leaseToken,
      })
      await everyRound()
      expect(await db()('reconcile_rounds').whereNotNull('leaseToken')).toEqual([])
      expect(await statusOf(order.id)).toBe('paid')
      expect(await db()('payments').where({ orderId: order.id })).toHaveLength(1)
    },
  )

  test('told to stop, a round is left after its page, and whoever comes next goes on where it stood', async () => {
    const page = {
      mode: 'payment',
      success_url: 'http://shop.test/',
      'line_items[0][quantity]': '1',
      'line_items[0][price_data][currency]': 'eur',
      'line_items[0][price_data][unit_amount]': '100',
      'line_items[0][price_data][product_data][name]': 'Of another shop',
    }
    const made = await Promise.all(Array.from({ length: 101 }, () => post('checkout/sessions', page)))
    expect(new Set(made.map(({ status }) => status))).toEqual(new Set([200]))
    const round = () => db()('reconcile_rounds').where({ span: 'day', list: 'pages' }).first()
    await db()('reconcile_rounds').update({ nextAt: addSeconds(new Date(), 3600), leaseUntil: null })
    await db()('reconcile_rounds')
      .where({ span: 'day', list: 'pages' })
      .update({ nextAt: new Date(0), startedAt: null, cursorAt: null })
    expect(await reconcile(by('system'), () => true)).toBe(1)
    expect(await round()).toMatchObject({ leaseToken: null, looked: 100, startedAt: expect.any(Date) })
    const { startedAt } = await round()
    expect(await reconcile(by('system'))).toBe(1)
    const done = await round()
    expect([done.startedAt, done.looked > 100, done.finishedAt >= startedAt]).toEqual([null, true, true])
  })

  test('two instances share the rounds; what the provider does not answer is tried again', async () => {
    await due()
    const taken = await Promise.all(Array.from({ length: 8 }, () => reconcile(by('system'))))
    expect(taken.reduce((sum, one) => sum + one)).toBe(6)
  })
})

describe('money match', () => {
  test('finds every mismatch and only those, shows each repair first, and is empty after them; twice changes nothing', async () => {
    await aPaidOrder()
    await aPlacedOrder()
    await everyRound()
    expect(await kinds()).toEqual([])
    await spoil()
    expect((await staff.post(moneyMatch, '/admin/money-match?days=1', { intent: 'look' })).status).toBe(303)
    const all = ['amount', 'mismatch', 'open_page', 'paid_here', 'paid_there', 'paid_there_unknown']
    expect(await kinds()).toEqual([...all, 'refund_amount', 'refund_here', 'refund_status', 'refund_there'])

    for (const one of await listDifferences(addSeconds(new Date(), -86_400))) {
      const before = [await state(), await lines()]
      const shown = await staff.get(moneyMatch, `/admin/money-match?days=1&show=${one.id}`)
      const { preview } = shown.data as { preview: { repair: string | null; changes: unknown[] } }
      expect([await state(), await lines()], `${one.kind}: looking changes nothing`).toEqual(before)
      const intent = preview.repair ? 'repair' : 'aside'
      expect(preview.changes.length > 0, `${one.kind} shows its effect`).toBe(intent === 'repair')
      const press = () => staff.post(moneyMatch, '/admin/money-match', { intent, id: one.id, note: 'Looked at it' })
      expect((await press()).status, one.kind).toBe(303)
      expect(await lines(), `${one.kind} writes one line`).toBe(Number(before[1]) + 1)
      const done = await state()
      await press()
      expect(await state(), `${one.kind} a second time`).toBe(done)
    }
    for (let round = 0; round < 2; round++) {
      await aMinuteLater()
      await completeDueOrders(guest(), 50)
      await refundDue(guest())
    }
    const level = await state()
    await staff.post(moneyMatch, '/admin/money-match?days=1', { intent: 'look' })
    await everyRound()
    expect([await kinds(), await countDifferences(), await state()]).toEqual([[], 0, level])
  })
})

test('money that does not fit and was given back in the dashboard: ended first, then it is written down', async () => {
  const order = await aPlacedOrder()
  await db()('payments').where({ orderId: order.id }).update({ amountMinor: 100 })
  await payOn(order.paymentUrl)
  await settle({ orderId: order.id }, guest())
  const { data } = await atProvider<{ data: { id: string }[] }>('payment_intents?limit=1')
  await post('refunds', { payment_intent: data[0]?.id ?? '' })
  const press = async (kind: string) => {
    const one = (await listDifferences(addSeconds(new Date(), -86_400))).find((found) => found.kind === kind)
    await staff.get(moneyMatch, `/admin/money-match?show=${one?.id}`)
    return (await staff.post(moneyMatch, '/admin/money-match', { intent: 'repair', id: one?.id ?? '' })).status
  }
  await staff.post(moneyMatch, '/admin/money-match', { intent: 'look' })
  expect(await press('refund_there')).toBe(409)
  expect(await press('mismatch')).toBe(303)
  await everyRound()
  expect([await statusOf(order.id), await kinds()]).toEqual(['cancelled', []])
  const payment = await db()('payments').where({ orderId: order.id }).first()
  expect(payment.refundedMinor).toBe(payment.capturedMinor)
})

/** One of each kind, at the provider or in our rows. */
async function spoil(): Promise<void> {
  const paidThere = await aPlacedOrder()
  await payOn(paidThere.paymentUrl)
  const unknown = await aPlacedOrder()
  await payOn(unknown.paymentUrl)
  await db()('payments').where({ orderId: unknown.id }).update({ providerSessionId: 'cs_other' })
  const paidHere = await aPaidOrder()
  await db()('payments').where({ orderId: paidHere.id }).update({ providerIntentId: 'pi_gone' })
  const amount = await aPaidOrder()
  await db()('payments').where({ orderId: amount.id }).update({ capturedMinor: 100 })
  const mismatch = await aPlacedOrder()
  await db()('payments').where({ orderId: mismatch.id }).update({ amountMinor: 100 })
  await payOn(mismatch.paymentUrl)
  await settle({ orderId: mismatch.id }, guest())
  const open = await aPlacedOrder()
  const page = await db()('payments').where({ orderId: open.id }).first()
  await db()('payments').where({ id: page.id }).update({ status: 'expired' })
  await cancelOrder({ orderId: open.id, reason: 'test' }, guest())
  const refunds = await Promise.all([aPaidOrder(), aPaidOrder(), aPaidOrder()])
  await Promise.all(
    refunds.map(({ id }) => refundOrder({ orderId: id, amountMinor: 300, reason: 'a scratch' }, guest())),
  )
  const [status, here, differs] = refunds.map(({ id }) => id)
  await db()('refunds').where({ orderId: status }).update({ status: 'pending' })
  await db()('payments').where({ orderId: status }).update({ refundedMinor: 0 })
  await db()('refunds').where({ orderId: differs }).update({ amountMinor: 299 })
  const there = await aPaidOrder()
  await refundThere(there.id, 200)
  // Missing there: ours names one that the provider never had, and what it has is another's.
  await db()('refunds').insert({
    ...(await db()('refunds').where({ orderId: here }).first()),
    id: newId(),
    idempotencyKey: 'spoilt',
    providerRefundId: 're_gone',
    lines: null,
  })
}

test('a payment that no order of ours knows is given back whole, once, whoever presses, and what that tells is none of ours', async () => {
  const order = await aPlacedOrder()
  await payOn(order.paymentUrl)
  await db()('payments').where({ orderId: order.id }).update({ providerSessionId: 'cs_lost' })
  const look = () => staff.post(moneyMatch, '/admin/money-match', { intent: 'look' })
  await look()
  const [one] = await listDifferences(addSeconds(new Date(), -86_400))
  expect(one).toMatchObject({ kind: 'paid_there_unknown' })
  const before = await lines()
  const shown = await staff.get(moneyMatch, `/admin/money-match?show=${one?.id}`)
  const { preview } = shown.data as { preview: { repair: string; changes: unknown[] } }
  expect(preview).toMatchObject({ repair: 'give_back', changes: [{ field: 'given back', after: '€40.90' }] })
  const press = () => staff.post(moneyMatch, '/admin/money-match', { intent: 'repair', id: one?.id ?? '' })
  const { data: intents } = await atProvider<{ data: { id: string; metadata: { order_id: string } }[] }>(
    'payment_intents?limit=5',
  )
  const intent = intents.find(({ metadata }) => metadata.order_id === order.id)?.id
  const refunds = async () => (await atProvider<{ data: object[] }>(`refunds?payment_intent=${intent}`)).data
  // Known in the last moment: nothing goes.
  await db()('payments').where({ orderId: order.id }).update({ providerIntentId: intent })
  expect((await press()).status).toBe(409)
  expect(await refunds()).toEqual([])
  await db()('payments').where({ orderId: order.id }).update({ providerIntentId: null })
  expect((await Promise.all([press(), press()])).map(({ status }) => status)).toEqual([303, 303])
  await press()
  expect(await refunds()).toMatchObject([{ amount: 4090, status: 'succeeded' }])
  expect((await lines()) - before).toBeGreaterThanOrEqual(1)
  expect(await db()('audit_log').orderBy('seq', 'desc').first()).toMatchObject({ action: 'money:repair' })
  await look()
  await everyRound()
  expect([await kinds(), await db()('refunds').where({ orderId: order.id })]).toEqual([[], []])
  const { data } = await atProvider<{
    data: { id: string; type: string; data: { object: { payment_intent?: string } } }[]
  }>('events?limit=10')
  const told = data.filter(({ type, data: of }) => /refund/.test(type) && of.object.payment_intent === intent)
  expect(told.length).toBeGreaterThan(0)
  for (const event of told) {
    const body = JSON.stringify(event)
    await receiveEvent(Buffer.from(body), sign(body, process.env.STRIPE_WEBHOOK_SECRET ?? ''))
  }
  await workInbox(guest(), 50)
  expect(
    await db()('stripe_events')
      .whereIn(
        'eventId',
        told.map(({ id }) => id),
      )
      .pluck('verdict'),
  ).toEqual(told.map(() => 'ignored'))
  // No page of it is asked for any more: what is spoilt here is not the next test's.
  await db()('orders').where({ id: order.id }).update({ nextAttemptAt: null })
})

describe('the flight recorder', () => {
  type Event = { id: string; type: string; data: { object: { metadata?: { order_id?: string } } } }
  const keep = async (event: unknown) => {
    const body = JSON.stringify(event)
    await receiveEvent(Buffer.from(body), sign(body, process.env.STRIPE_WEBHOOK_SECRET ?? ''))
  }
  const press = (id: string, intent: string) =>
    staff.post(webhook, `/admin/webhooks/${id}`, { intent }, { params: { id } })

  test('any kept event may be replayed: dry it writes nothing, the second time it is a duplicate and changes nothing', async () => {
    const order = await aPlacedOrder()
    await payOn(order.paymentUrl, '4000000000000002')
    await payOn(order.paymentUrl)
    await settleOnReturn({ orderId: order.id, sessionId: 'cs_x' }, guest())
    await refundThere(order.id, 250)
    const other = await aPlacedOrder()
    await post(
      `checkout/sessions/${(await db()('payments').where({ orderId: other.id }).first()).providerSessionId}/expire`,
      {},
    )
    const { data } = await atProvider<{ data: Event[] }>('events?limit=14')
    for (const event of data) await keep(event)
    const dry = await state()
    const verdicts: string[] = []
    for (const { id } of data) {
      const answer = await press(id, 'dry_run')
      verdicts.push((answer.data as { replay: { verdict: string } }).replay.verdict)
    }
    expect(await state()).toBe(dry)
    expect(verdicts).toContain('applied')
    for (const { id } of data) expect((await press(id, 'replay')).status).toBe(303)
    const done = await state()
    expect([await statusOf(order.id), await statusOf(other.id)]).toEqual(['paid', 'expired'])
    for (const { id } of data) {
      const again = await press(id, 'dry_run')
      expect((again.data as { replay: object }).replay, id).toMatchObject({ verdict: 'duplicate', changes: [] })
      await press(id, 'replay')
    }
    expect(await state()).toBe(done)
    await workInbox(guest(), 100)
    expect(await state()).toBe(done)
  })

  test('an order’s timeline tells what came in, with its verdict; nothing kept names a person or opens an order', async () => {
    const order = await aPlacedOrder()
    await settleOnReturn({ orderId: order.id, sessionId: null }, guest())
    await payOn(order.paymentUrl)
    await settleOnReturn({ orderId: order.id, sessionId: 'cs_test_1&token=secret' }, guest())
    const { data } = await atProvider<{ data: Event[] }>('events?limit=5')
    for (const event of data) await keep(event)
    await workInbox(guest(), 100)
    const flights = await listFlights(order.id)
    expect(flights.filter(({ eventId }) => !eventId).map(({ state: verdict }) => verdict)).toEqual([
      'waiting',
      'applied',
    ])
    expect(flights.find(({ what }) => what.endsWith('checkout.session.completed'))?.state).toBe('duplicate')
    const kept = JSON.stringify([await db()('stripe_events'), await db()('return_visits')])
    expect(kept).not.toMatch(/alice@example|token=|"Alice"/)
    const [page] = data
    const shown = await staff.get(webhook, `/admin/webhooks/${page?.id}`, { id: page?.id ?? '' })
    expect((shown.data as { event: { body: string } }).event.body).toContain('[redacted]')
  })
})
