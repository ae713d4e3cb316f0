// One seed: its weather, its shoppers, its workers, in an order that the seed decides; then calm, rest, and the judgement of
// all invariants over both databases and the provider's books.
import pg from 'pg'
import { seeded } from '../../local/payments/weather.ts'
import { askAll } from '../audit/audit.ts'
import { readProvider } from '../audit/provider.ts'
import { bringTogether } from '../audit/world.ts'
import { moodOf, Shopper, type Step } from './shoppers.ts'
import type { Stage } from './stage.ts'

export type Goods = Awaited<ReturnType<Stage['shop']['stockUp']>>

export type SeasonReport = { seed: number; moods: string[]; broken: string[] }

/** Plays one seed and answers what broke; the stage is left at rest for the next. */
export async function playSeed(stage: Stage, goods: Goods, seed: number): Promise<SeasonReport> {
  const random = seeded(seed)
  const moods = Array.from({ length: 3 + Math.floor(random() * 3) }, () => moodOf(random))
  await stage.control('config', weatherOf(seed, random))
  const waiting = moods.map((mood) => new Shopper(stage, goods, random).steps(mood))
  const workers = workersOf(stage)
  while (waiting.some((steps) => steps.length > 0)) {
    const open = waiting.filter((steps) => steps.length > 0)
    const step = open[Math.floor(random() * open.length)]?.shift() as Step
    const worker = workers[Math.floor(random() * workers.length)] as Step
    // Sometimes a worker comes by at the same moment, sometimes after, sometimes not.
    const when = random()
    await Promise.all([step(), when < 0.25 ? quietly(worker) : null])
    if (when > 0.6) await quietly(worker)
  }
  // What is still queued meets this weather too; only then it is calm.
  await stage.control('deliver')
  await stage.control('config', { webhooks: { dropped: true } })
  const left = await comeToRest(stage)
  return { seed, moods, broken: [...left, ...(await judge(stage))] }
}

/** Events wait for the workers of the season, so that the seed decides when they arrive. */
const weatherOf = (seed: number, random: () => number) => ({
  seed,
  webhooks: {
    dropped: true,
    duplicates: random() < 0.4 ? 1 : 0,
    shuffled: random() < 0.7,
    // In a quarter of all seasons no event ever arrives.
    lost: random() < 0.25 ? 1 : random() < 0.5 ? random() * 0.8 : 0,
    misSigned: Math.floor(random() * 3),
  },
  api: {
    failing: { odds: random() * 0.12 },
    hanging: { next: random() < 0.3 ? 2 : 0, odds: random() * 0.06 },
    hangMs: 10,
  },
  pages: { lostRedirects: { odds: random() * 0.6 } },
})

const workersOf = ({ shop, control }: Stage): Step[] => [
  () => control('deliver'),
  async () => {
    await control('deliver')
    await shop.workInbox(shop.by('system'))
  },
  () => shop.workInbox(shop.by('system')),
  () => shop.completeDueOrders(shop.by('system')),
  () => shop.refundDue(shop.by('system')),
  () => makeDue(shop.db),
]

/** In bad weather a worker's round may fail; the next one goes on. */
const quietly = (work: Step): Promise<unknown> => work().catch(() => undefined)

/** As if minutes had passed: what waits for another try is due, leases of the living stay. */
async function makeDue(db: Stage['shop']['db']): Promise<void> {
  await db().raw('UPDATE orders SET next_attempt_at = now() WHERE next_attempt_at IS NOT NULL AND lease_until IS NULL')
  await db().raw('UPDATE refunds SET next_attempt_at = now() WHERE next_attempt_at IS NOT NULL')
  await db().raw('UPDATE stripe_events SET next_attempt_at = now() WHERE processed_at IS NULL')
}

const unfinished = `
  SELECT 'order ' || number || ' is ' || status AS what FROM orders
    WHERE status IN ('placing', 'reserved', 'awaiting_payment', 'payment_received', 'refund_due') OR release_pending
  UNION ALL SELECT 'event ' || event_id || ' ' || coalesce(last_error, '') FROM stripe_events WHERE processed_at IS NULL
  UNION ALL SELECT 'refund ' || id FROM refunds WHERE status = 'pending'`

/** The weather is calm: whoever is still undecided walks away, and the workers run until nothing is left to do. */
async function comeToRest({ shop, control }: Stage): Promise<string[]> {
  const { db } = shop
  const by = shop.by('system')
  for (let round = 0; ; round++) {
    await control('deliver')
    await db().raw('UPDATE orders SET lease_until = NULL, lease_token = NULL WHERE lease_until IS NOT NULL')
    await makeDue(db)
    while ((await shop.completeDueOrders(by, 20)) > 0);
    while ((await shop.workInbox(by)) > 0);
    await shop.refundDue(by)
    await shop.sweep(by)
    await db()('reconcile_rounds')
      .where({ span: 'day' })
      .update({ nextAt: new Date(0), leaseUntil: null })
    while ((await shop.reconcile(by)) > 0);
    for (const { id } of await db()('orders').where({ status: 'awaiting_payment' }).select('id'))
      await shop.cancelOrder({ orderId: id, reason: 'Undecided' }, by)
    const { rows } = await db().raw<{ rows: { what: string }[] }>(unfinished)
    if (rows.length === 0) return []
    if (round === 8) return rows.map(({ what }) => `not at rest: ${what}`)
  }
}

/** What happened on the stage so far, in one line. */
export async function tell({ shop }: Stage): Promise<string> {
  const { rows } = await shop.db().raw<{ rows: { what: string }[] }>(`
    SELECT string_agg(n || ' ' || what, ', ') AS what FROM (
      SELECT what, n FROM (SELECT 'orders ' || status AS what, count(*) AS n FROM orders GROUP BY 1 ORDER BY 1) o
      UNION ALL SELECT 'refunds', count(*) FROM refunds
      UNION ALL SELECT 'payments in excess', count(*) FROM payments WHERE status = 'succeeded_duplicate'
      UNION ALL SELECT 'events ' || coalesce(verdict, 'waiting'), count(*) FROM stripe_events GROUP BY 1
      UNION ALL SELECT 'came back ' || verdict, count(*) FROM return_visits GROUP BY 1
    ) told`)
  return rows[0]?.what ?? ''
}

/** What of the invariants is broken now that all is at rest, a line each. */
export async function judge(stage: Stage): Promise<string[]> {
  const connect = async (connectionString: string) => {
    const client = new pg.Client({ connectionString })
    await client.connect()
    return client
  }
  const world = { storefront: await connect(stage.urls.storefront), catalog: await connect(stage.urls.catalog) }
  try {
    // Messages are the notifier's: here they are taken for sent.
    for (const client of [world.storefront, world.catalog])
      await client.query('UPDATE outbox SET done_at = now() WHERE done_at IS NULL')
    const provider = await readProvider(stage.payments, process.env.STRIPE_SECRET_KEY ?? '')
    await world.storefront.query(`SET audit.patience = '0'`)
    await bringTogether(world, provider)
    const findings = await askAll(world, true)
    const broken = findings.flatMap(({ id, rule, rows }) => rows.map((row) => `${id}. ${rule}: ${JSON.stringify(row)}`))
    const { rows } = await world.storefront.query<{ what: string }>(money)
    return [...broken, ...rows.map(({ what }) => what)]
  } finally {
    await Promise.all([world.storefront.end(), world.catalog.end()])
  }
}

/** One paid order a cart at most; what the provider kept of each order is what the shop sold it for, less refunds. */
const money = `
  WITH there AS (
    SELECT i.order_id, sum(i.received_minor)::bigint - coalesce(sum(r.given), 0)::bigint AS kept
    FROM pr_intents i LEFT JOIN (SELECT intent_id, sum(amount_minor) AS given FROM pr_refunds
      WHERE status NOT IN ('failed', 'canceled') GROUP BY 1) r ON r.intent_id = i.id
    WHERE i.status = 'succeeded' GROUP BY 1
  ), here AS (
    SELECT p.order_id, sum(p.captured_minor - p.refunded_minor)::bigint AS kept FROM payments p GROUP BY 1
  )
  SELECT 'order ' || o.number || ' (' || o.status || '): kept ' || coalesce(t.kept, 0) || ' there, ' || h.kept || ' here' AS what
    FROM orders o JOIN here h ON h.order_id = o.id LEFT JOIN there t ON t.order_id = o.id
    WHERE coalesce(t.kept, 0) <> h.kept OR (o.status IN ('cancelled', 'expired', 'refunded') AND h.kept <> 0)
       OR (o.status IN ('paid', 'fulfilling', 'fulfilled') AND h.kept <> o.total_minor - (
         SELECT coalesce(sum(r.amount_minor), 0) FROM refunds r JOIN payments p ON p.id = r.payment_id
         WHERE r.order_id = o.id AND r.status = 'succeeded' AND p.status = 'succeeded'))
  UNION ALL
  SELECT 'cart ' || cart_id || ' has ' || count(*) || ' paid orders' FROM orders
    WHERE status IN ('paid', 'fulfilling', 'fulfilled') GROUP BY cart_id HAVING count(*) > 1`
