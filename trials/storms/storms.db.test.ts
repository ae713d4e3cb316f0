// The short editions of trial:timeouts and trial:storm: a few lost answers and a few hundred duplicates. No time is judged here.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readProvider } from '../audit/provider.ts'
import { type Goods, judge } from '../weather/season.ts'
import type { Stage } from '../weather/stage.ts'
import { eventBodies, storm } from './deliveries.ts'
import { countEffects } from './effects.ts'
import { calls, type Losses, loseAnswers, openLossyStage, plansFor } from './lost-answers.ts'

let stage: Stage
let losses: Losses
let goods: Goods
const plans = plansFor(1)
const shoppers = plans.length

beforeAll(async () => {
  const opened = await openLossyStage(plans)
  stage = opened.stage
  losses = opened.losses
  goods = await stage.shop.stockUp(1_000)
})
afterAll(() => stage.close())

test('a call whose answer got lost after the work was done has its effect once, here, in the warehouse and at the provider', async () => {
  const { broken, lost } = await loseAnswers(stage, losses, goods, shoppers)
  expect(broken).toEqual([])
  expect([...lost.keys()].sort()).toEqual([...calls].sort())
}, 120_000)

test('webhooks that come by hundreds, many at once and each many times, have one effect each', async () => {
  await stage.control('config', { webhooks: { dropped: true } })
  const orders = await Promise.all([1, 2, 3].map(() => payUnheard()))
  const before = new Set((await stage.shop.db()('stripe_events').select('eventId')).map(({ eventId }) => eventId))
  const bodies = (await eventBodies(stage.payments, process.env.STRIPE_SECRET_KEY ?? '')).filter(
    (body) => !before.has((JSON.parse(body) as { id: string }).id),
  )
  const secret = process.env.STRIPE_WEBHOOK_SECRET ?? ''
  const plan = { url: stage.door, secret, bodies, count: 300, atOnce: 20, perSecond: 0, seed: 1 }
  const { answers, fresh } = await storm(plan)
  expect(answers['200']).toBe(300)
  expect(fresh).toBe(bodies.length)
  while ((await stage.shop.workInbox(stage.shop.by('system'))) > 0);
  while ((await stage.shop.completeDueOrders(stage.shop.by('system'))) > 0);
  const provider = await readProvider(stage.payments, process.env.STRIPE_SECRET_KEY ?? '')
  const rows = await stage.shop.db()('orders').whereIn('id', orders).select('status')
  expect(rows.map(({ status }) => status)).toEqual(['paid', 'paid', 'paid'])
  expect(await countEffects(stage, provider, orders)).toEqual([])
  expect(await judge(stage)).toEqual([])
}, 120_000)

/** Paid at the provider; nobody comes back and no event has come yet. Answers the order. */
async function payUnheard(): Promise<string> {
  const { shop } = stage
  const order = await shop.orderOf(await shop.order(goods, 1, 1))
  if (!order) throw new Error('no order')
  const { paymentUrl } = await shop.resumePayment({ id: order.id }, shop.by())
  const card = { email: 'alice@example.com', number: '4242424242424242', expiry: '12 / 39', cvc: '123', name: 'Alice' }
  const answer = await fetch(paymentUrl ?? '', { method: 'POST', body: new URLSearchParams(card), redirect: 'manual' })
  await answer.body?.cancel()
  return order.id
}
