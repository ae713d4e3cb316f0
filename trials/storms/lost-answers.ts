// Six remote calls whose answers get lost after the work was done: each shopper loses the answers of one of them, once or as
// often as a library repeats it by itself, and everybody's effects are counted at the end. The workers run as in the shop.
import { setTimeout as sleep } from 'node:timers/promises'
import { readProvider } from '../audit/provider.ts'
import { type Goods, judge } from '../weather/season.ts'
import { type Line, openStage, type Stage } from '../weather/stage.ts'
import { countEffects } from './effects.ts'
import { type Asked, layLine } from './line.ts'

export const calls = ['reserve', 'commit', 'release', 'session create', 'session expire', 'refund create'] as const
export type Call = (typeof calls)[number]
/** Whose answers are lost, and how many of them. */
export type Plan = { call: Call; times: number }

/** The storefront's deadline for every call in this trial. */
export const deadlineMs = 2_000
const inLine = 16

/** Which of the six calls this is, and the order or session it is about. */
function callOf({ method, path, body }: Asked): { call: Call; about: string } | null {
  if (method !== 'POST') return null
  const stock = /^\/inventory\/(reserve|commit|release)$/.exec(path)?.[1]
  if (stock) return { call: stock as Call, about: (JSON.parse(body) as { ref: string }).ref }
  const form = new URLSearchParams(body)
  if (path === '/v1/checkout/sessions') return { call: 'session create', about: form.get('client_reference_id') ?? '' }
  if (path === '/v1/refunds') return { call: 'refund create', about: form.get('metadata[order_id]') ?? '' }
  const session = /^\/v1\/checkout\/sessions\/(\w+)\/expire$/.exec(path)?.[1]
  return session ? { call: 'session expire', about: session } : null
}

/** What the lines do, and what they have done. */
export class Losses {
  readonly lost = new Map<Call, number>()
  private readonly plans = new Map<string, Plan>()
  private readonly orderOfSession = new Map<string, string>()
  private readonly taken = new Map<string, number>()

  /** `waiting`: one plan a shopper, given to orders as they first come by. */
  constructor(private readonly waiting: Plan[]) {}

  planOf = (orderId: string): Plan | undefined => this.plans.get(orderId)

  loses = (asked: Asked, answer: { status: number; body: string }): boolean => {
    const known = callOf(asked)
    if (!known || answer.status >= 300) return false
    const { call, about } = known
    if (call === 'session create') this.orderOfSession.set((JSON.parse(answer.body) as { id: string }).id, about)
    const orderId = call === 'session expire' ? (this.orderOfSession.get(about) ?? '') : about
    const next = this.plans.get(orderId) ?? this.waiting.shift()
    if (!next) return false
    this.plans.set(orderId, next)
    const before = this.taken.get(orderId) ?? 0
    if (next.call !== call || before >= next.times) return false
    this.taken.set(orderId, before + 1)
    this.lost.set(call, (this.lost.get(call) ?? 0) + 1)
    return true
  }
}

/** The stage with lines that lose answers. */
export async function openLossyStage(waiting: Plan[]): Promise<{ stage: Stage; losses: Losses }> {
  process.env.TRIAL_DEADLINE_MS = String(deadlineMs)
  const losses = new Losses(waiting)
  const through = (target: string): Promise<Line> => layLine(target, losses.loses)
  return { stage: await openStage(through), losses }
}

/** So many shoppers for each call, by turns; the provider's library repeats a call twice by itself, so some lose three. */
export const plansFor = (each: number): Plan[] =>
  Array.from({ length: each }, (_, round) =>
    calls.map((call) => ({ call, times: round % 2 === 0 ? 1 : /session|refund/.test(call) ? 3 : 2 })),
  ).flat()

export type Report = { shoppers: number; lost: Map<Call, number>; broken: string[]; seconds: number }

/** Sends `count` shoppers through the shop and answers what was lost, and every effect that is not there exactly once. */
export async function loseAnswers(stage: Stage, losses: Losses, goods: Goods, count: number): Promise<Report> {
  const started = performance.now()
  const stop = stage.shop.startWorkers()
  const orders: string[] = []
  let next = 0
  const lane = async () => {
    while (next++ < count) orders.push(await shop(stage, losses, goods))
  }
  try {
    await Promise.all(Array.from({ length: Math.min(inLine, count) }, lane))
    await atRest(stage)
  } finally {
    await stop()
  }
  const provider = await readProvider(stage.payments, process.env.STRIPE_SECRET_KEY ?? '')
  const broken = [...(await countEffects(stage, provider, orders)), ...(await judge(stage))]
  return { shoppers: count, lost: losses.lost, broken, seconds: (performance.now() - started) / 1000 }
}

/** One shopper: orders, then pays or walks away, as the plan needs it. Answers the order. */
async function shop(stage: Stage, losses: Losses, goods: Goods): Promise<string> {
  const verbs = stage.shop
  const order = await insist(async () => (await verbs.orderOf(await verbs.order(goods, 1, 1))) ?? null)
  const url = await insist(async () => (await verbs.resumePayment({ id: order.id }, verbs.by())).paymentUrl)
  const plan = losses.planOf(order.id)
  if (plan?.call === 'release' || plan?.call === 'session expire') {
    await verbs.cancelOrder({ orderId: order.id, reason: 'Changed my mind' }, verbs.by())
    return order.id
  }
  const card = { email: 'alice@example.com', number: '4242424242424242', expiry: '12 / 39', cvc: '123', name: 'Alice' }
  const answer = await fetch(url, { method: 'POST', body: new URLSearchParams(card), redirect: 'manual' })
  await answer.body?.cancel()
  const back = new URL(answer.headers.get('location') ?? stage.payments)
  await verbs.settleOnReturn({ orderId: order.id, sessionId: back.searchParams.get('session_id') }, verbs.by())
  if (plan?.call !== 'refund create') return order.id
  const give = { orderId: order.id, amountMinor: 150, reason: 'A scratch', formKey: `form-${order.id}` }
  await insist(() => verbs.refundOrder(give, verbs.by('staff:x')))
  return order.id
}

/** Again until it works, as people press again; at most two minutes. */
async function insist<T>(work: () => Promise<T | null>): Promise<T> {
  for (const end = Date.now() + 120_000; ; await sleep(250)) {
    try {
      const done = await work()
      if (done) return done
    } catch (error) {
      if (Date.now() > end) throw error
    }
    if (Date.now() > end) throw new Error('nothing to pay on within two minutes')
  }
}

const unfinished = `
  SELECT 1 FROM orders WHERE status NOT IN ('paid', 'cancelled') OR release_pending
  UNION ALL SELECT 1 FROM refunds WHERE status = 'pending'
  UNION ALL SELECT 1 FROM stripe_events WHERE processed_at IS NULL`

/** The workers do what is left; nobody waits longer than two minutes. */
async function atRest({ shop: { db } }: Stage): Promise<void> {
  for (const end = Date.now() + 120_000; Date.now() < end; await sleep(200)) {
    const { rows } = await db().raw<{ rows: unknown[] }>(`${unfinished} LIMIT 1`)
    if (rows.length === 0) return
  }
}
