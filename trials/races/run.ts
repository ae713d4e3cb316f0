// `npm run trial:races`: buyers for units over two catalog-apis, then tabs, double clicks, coupons, refunds, log-ins and the
// last unit through a whole shop of two storefronts. Exits with 1 when a promise broke.
// `--rounds 20 --seed N --only units,baskets,tabs,clicks,coupons,refunds,logins,last`
import { execFileSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { root } from '../../local/settings.ts'
import { randomOf } from '../chaos/crowd.ts'
import { connectBoth, judge } from '../chaos/judge.ts'
import { type ChaosShop, startChaosShop } from '../chaos/shop.ts'
import { Watch } from '../chaos/watch.ts'
import type { Arena, ShopRace } from './arena.ts'
import { type Catalogue, callerOf } from './catalogue.ts'
import { doubleClicks, lastUnit, logIns, twoTabs } from './checkout-races.ts'
import { couponInTotal, couponPerCustomer, refunds } from './money-races.ts'
import { Shelf } from './shelf.ts'
import { StockRaces } from './stock-races.ts'

const sizes = [
  [200, 1],
  [200, 20],
  [50, 49],
  [300, 300],
] as const

const shopRaces: Record<string, { what: string; race: ShopRace }[]> = {
  tabs: [{ what: 'two tabs on one cart', race: twoTabs }],
  clicks: [{ what: 'eight presses of one button', race: doubleClicks }],
  coupons: [
    { what: 'a code for three and twelve buyers', race: couponInTotal },
    { what: 'a code once a customer and six browsers', race: couponPerCustomer },
  ],
  refunds: [{ what: 'four shopkeepers and one payment', race: refunds }],
  logins: [{ what: 'four log-ins and one cart', race: logIns }],
  last: [{ what: 'eight shoppers and the last unit', race: lastUnit }],
}
const names = ['units', 'baskets', ...Object.keys(shopRaces)]

type Plan = { rounds: number; seed: number; only: string[] }

function planOf(): Plan {
  const { values } = parseArgs({
    options: { rounds: { type: 'string', default: '20' }, seed: { type: 'string' }, only: { type: 'string' } },
  })
  const only = values.only?.split(',') ?? names
  const unknown = only.filter((name) => !names.includes(name))
  if (unknown.length > 0) throw new Error(`--only: ${unknown.join(', ')}; there are ${names.join(', ')}.`)
  return { rounds: Number(values.rounds), seed: Number(values.seed ?? Date.now() % 1_000_000), only }
}

/** Plays a race so many rounds; says in one line what came of it. */
async function play(what: string, rounds: number, race: () => Promise<string[]>): Promise<string[]> {
  const started = performance.now()
  const broken: string[] = []
  for (let round = 1; round <= rounds; round++)
    broken.push(...(await race()).map((line) => `${what}, round ${round}: ${line}`))
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`${what} × ${rounds}: ${broken.length === 0 ? 'held' : 'BROKEN'} (${seconds} s)`)
  for (const line of broken) console.log(`  ${line}`)
  return broken
}

async function raceForStock(catalogue: Catalogue, { rounds, only }: Plan, random: () => number): Promise<string[]> {
  const races = await StockRaces.open(catalogue)
  const broken: string[] = []
  try {
    // Processes that have just started meet a few before they meet hundreds; what is sold must be right for these too.
    if (only.includes('units')) broken.push(...(await races.race(40, 10, random)).broken)
    for (const [buyers, units] of only.includes('units') ? sizes : []) {
      const what = `${buyers} buyers for ${units} units`
      broken.push(...(await play(what, rounds, async () => (await races.race(buyers, units, random)).broken)))
    }
    if (only.includes('baskets'))
      broken.push(
        ...(await play(
          '60 baskets of two articles in opposite order for 40',
          rounds,
          async () => (await races.raceBaskets(60, 40, random)).broken,
        )),
      )
    const deadlocks = await races.deadlocks()
    console.log(`${deadlocks} deadlocks in the catalogue's database`)
    return deadlocks === 0 ? broken : [...broken, `${deadlocks} deadlocks`]
  } finally {
    await races.close()
  }
}

async function raceInShop(shop: ChaosShop, catalogue: Catalogue, plan: Plan, random: () => number): Promise<string[]> {
  const watch = new Watch(shop, 90)
  const world = await connectBoth(shop)
  const shelf = new Shelf(callerOf(catalogue), world.catalog)
  const ask: Arena['ask'] = async (sql, values) => (await world.storefront.query(sql, values)).rows
  const arena: Arena = { shop, shelf, ask, random, outcomes: [], faults: [] }
  const broken: string[] = []
  try {
    for (const [name, races] of Object.entries(shopRaces))
      for (const { what, race } of plan.only.includes(name) ? races : [])
        broken.push(...(await play(what, plan.rounds, () => race(arena))))
  } finally {
    await Promise.all([world.storefront.end(), world.catalog.end()])
  }
  await watch.stop()
  const verdict = await judge(shop, arena.outcomes, () => watch.doubledMails())
  console.log(
    `${verdict.lost.length} lost, ${verdict.doubled.length} doubled, ${verdict.broken.length} invariants broken, ${arena.faults.length} faults`,
  )
  const judged = [...watch.late(), ...verdict.lost, ...verdict.doubled, ...verdict.broken, ...new Set(arena.faults)]
  for (const line of judged) console.log(`  ${line}`)
  return [...broken, ...judged]
}

async function main(): Promise<void> {
  const plan = planOf()
  const random = randomOf(plan.seed)
  const commit = execFileSync('git', ['rev-parse', '--short=10', 'HEAD'], { cwd: root }).toString().trim()
  const shop = await startChaosShop(console.log)
  try {
    const catalogue = {
      urls: shop.catalogs.map((port) => `http://127.0.0.1:${port}`),
      secret: shop.env.SERVICE_TOKEN_SECRET ?? '',
      databaseUrl: shop.env.CATALOG_DATABASE_URL ?? '',
    }
    const broken = [
      ...(await raceForStock(catalogue, plan, random)),
      ...(await raceInShop(shop, catalogue, plan, random)),
    ]
    console.log(`\nseed ${plan.seed}, commit ${commit}: ${broken.length === 0 ? 'every promise held' : 'BROKEN'}`)
    process.exitCode = broken.length === 0 ? 0 : 1
  } finally {
    await shop.stop()
  }
}

await main()
