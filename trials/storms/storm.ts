// `npm run trial:storm -- --deliveries 10000`: a storm of duplicate webhooks over a whole shop while shoppers load pages. One
// effect each; the 99th percentile of a page under the storm is at most three times its calm value of the same run.
// `--orders N --at-once N --per-second N` (0: as fast as they are answered) `--pages-per-second N --calm-seconds N --seed N`. Exits with 1 when one of both is not so.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { runNode } from '../../local/children.ts'
import { root } from '../../local/settings.ts'
import { Buyer } from '../chaos/buyer.ts'
import { listWishes } from '../chaos/crowd.ts'
import { connectBoth, judge } from '../chaos/judge.ts'
import { type ChaosShop, startChaosShop } from '../chaos/shop.ts'
import { eventBodies, quantile, type StormPlan, type StormReport } from './deliveries.ts'
import { lookAtPages } from './pages.ts'

const usual = {
  deliveries: '10000',
  orders: '40',
  'at-once': '20',
  'per-second': '300',
  'pages-per-second': '15',
  'calm-seconds': '30',
  seed: '1',
}
/** How much longer a page may take under the storm. */
const allowed = 3

const { values } = parseArgs({
  options: Object.fromEntries(
    Object.entries(usual).map(([name, value]) => [name, { type: 'string' as const, default: value }]),
  ),
})
const number = (name: keyof typeof usual) => Number(values[name])

/** Orders that are paid at the provider while no event reaches the shop and nobody comes back. */
async function payUnheard(shop: ChaosShop, count: number): Promise<void> {
  await fetch(`${shop.payments}/_test/config`, {
    method: 'POST',
    body: JSON.stringify({ webhooks: { dropped: true } }),
  })
  const wishes = await listWishes(shop)
  for (let at = 0; at < count; at++) {
    const buyer = new Buyer(shop.storefronts[0] ?? 0, `storm-${at}`)
    const placed = await buyer.order(wishes[at % wishes.length] ?? wishes[0] ?? { sku: '', slug: '' })
    if ('refused' in placed) throw new Error(placed.refused)
    const card = { email: buyer.email, number: '4242424242424242', expiry: '12 / 39', cvc: '123', name: 'Carla Berg' }
    const answer = await fetch(placed.payAt, { method: 'POST', body: new URLSearchParams(card), redirect: 'manual' })
    await answer.body?.cancel()
  }
}

/** The storm, sent by a process of its own. */
async function send(plan: StormPlan, env: ChaosShop['env']): Promise<StormReport> {
  const folder = mkdtempSync(path.join(tmpdir(), 'highstreet-storm-'))
  const file = path.join(folder, 'plan.json')
  writeFileSync(file, JSON.stringify(plan))
  const child = runNode(['trials/storms/deliveries.ts', file], { env, output: 'pipe' })
  let said = ''
  child.stdout?.on('data', (chunk: Buffer) => {
    said += chunk
  })
  child.stderr?.pipe(process.stderr)
  await new Promise((resolve) => child.once('close', resolve))
  rmSync(folder, { recursive: true })
  return JSON.parse(said) as StormReport
}

/** What is not there exactly once. */
async function countEffects(shop: ChaosShop, bodies: number, orders: number): Promise<string[]> {
  const { storefront, catalog } = await connectBoth(shop)
  const one = async (sql: string) => Number((await storefront.query(sql)).rows[0]?.n)
  const found: [what: string, times: number, right: number][] = [
    ['events kept', await one('SELECT count(*) AS n FROM stripe_events'), bodies],
    [
      'orders paid',
      await one(
        `SELECT count(*) AS n FROM orders WHERE number IS NOT NULL AND status = 'paid' AND email LIKE 'storm-%'`,
      ),
      orders,
    ],
    [
      'times an order was paid',
      await one(
        `SELECT count(*) AS n FROM order_history h JOIN orders o ON o.id = h.order_id WHERE o.email LIKE 'storm-%' AND h.kind = 'status' AND h.to_status = 'paid'`,
      ),
      orders,
    ],
    [
      'confirmations written',
      await one(
        `SELECT count(*) AS n FROM outbox m JOIN orders o ON m.dedupe_key = 'order.paid:' || o.id WHERE o.email LIKE 'storm-%'`,
      ),
      orders,
    ],
    [
      'invoices',
      await one(`SELECT count(*) AS n FROM invoices i JOIN orders o ON o.id = i.order_id WHERE o.email LIKE 'storm-%'`),
      orders,
    ],
  ]
  await Promise.all([storefront.end(), catalog.end()])
  return found.flatMap(([what, times, right]) => (times === right ? [] : [`${what}: ${times}, not ${right}`]))
}

async function main(): Promise<void> {
  const commit = execFileSync('git', ['rev-parse', '--short=10', 'HEAD'], { cwd: root }).toString().trim()
  const shop = await startChaosShop(console.log)
  try {
    const orders = number('orders')
    await payUnheard(shop, orders)
    const bodies = await eventBodies(shop.payments, shop.env.STRIPE_SECRET_KEY ?? '')
    const wishes = await listWishes(shop)
    const paths = ['/', '/search?q=mug', ...wishes.slice(0, 6).map(({ slug }) => `/p/${slug}`)]
    const origin = `http://127.0.0.1:${shop.storefronts[0]}`
    const look = (until: Promise<unknown>) => lookAtPages(origin, paths, number('pages-per-second'), until)
    await look(sleep(5_000))
    const calm = await look(sleep(number('calm-seconds') * 1000))
    const sending = send(
      {
        url: `${origin}/api/payments/webhook`,
        secret: shop.env.STRIPE_WEBHOOK_SECRET ?? '',
        bodies,
        count: number('deliveries'),
        atOnce: number('at-once'),
        perSecond: number('per-second'),
        seed: number('seed'),
      },
      shop.env,
    )
    const stormy = await look(sending)
    const report = await sending
    await fetch(`${shop.payments}/_test/config`, { method: 'POST', body: '{}' })
    const verdict = await judge(shop, [], () => [])
    const broken = [...(await countEffects(shop, bodies.length, orders)), ...verdict.broken, ...verdict.doubled]
    const [before, under] = [quantile(calm.milliseconds, 0.99), quantile(stormy.milliseconds, 0.99)]
    const answers = Object.entries(report.answers).map(([status, count]) => `${count} × ${status}`)
    console.log(`\nseed ${values.seed}, commit ${commit}`)
    console.log(
      `${number('deliveries')} deliveries of ${bodies.length} events in ${report.seconds.toFixed(1)} s (${answers.join(', ')}), new ${report.fresh}, p99 of a delivery ${report.p99Ms.toFixed(0)} ms`,
    )
    console.log(
      `pages calm:  ${calm.milliseconds.length}, median ${quantile(calm.milliseconds, 0.5).toFixed(0)} ms, p99 ${before.toFixed(0)} ms, ${calm.faults.length} faults`,
    )
    console.log(
      `pages storm: ${stormy.milliseconds.length}, median ${quantile(stormy.milliseconds, 0.5).toFixed(0)} ms, p99 ${under.toFixed(0)} ms, ${stormy.faults.length} faults`,
    )
    const ratio = under / before
    console.log(`p99 under the storm is ${ratio.toFixed(2)} × its calm value, ${allowed} × is allowed`)
    for (const line of [...broken, ...new Set([...calm.faults, ...stormy.faults])]) console.log(`  ${line}`)
    console.log(broken.length === 0 ? 'one effect each' : `${broken.length} effects are wrong`)
    process.exitCode = broken.length + calm.faults.length + stormy.faults.length === 0 && ratio <= allowed ? 0 : 1
  } finally {
    await shop.stop()
  }
}

await main()
