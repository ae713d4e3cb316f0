// `npm run trial:kills`: kill -9 at every named place and at random, of every process and of Postgres, under a crowd that
// keeps buying. Exits with 1 when anything was lost, doubled or broken. `--each N --random N --lanes N --seed N`
import { execFileSync } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { root } from '../../local/settings.ts'
import { failpoints as storefrontPoints } from '../../storefront/app/lib/failpoints.ts'
import { randomOf, sendCrowd } from './crowd.ts'
import { connectBoth, isSound, judge } from './judge.ts'
import { type ChaosShop, startChaosShop } from './shop.ts'

/** Passed by the road of each purchase, cancellation, refund and parcel. */
const catalogPoints = ['reserve_begun', 'reserve_lines_written', 'reserve_done', 'commit_begun', 'commit_done']
const releasePoints = ['release_begun', 'release_done']
const notifierPoints = [
  'event_claimed',
  'before_send',
  'after_send',
  'after_delivery_is_marked',
  'after_event_is_marked',
]
/** Counters and shelves are not where this crowd goes: crash.db.test.ts kills there. */
const elsewhere = ['after_handed_over', 'before_restock', 'after_restock', 'after_page_expired']

export const namedPoints: string[] = [
  ...storefrontPoints,
  ...catalogPoints,
  ...releasePoints,
  ...notifierPoints,
].filter((point) => !elsewhere.includes(point))

const numberOf = (text: string | undefined, usual: number): number => (text === undefined ? usual : Number(text))

export type KillPlan = { each: number; random: number; lanes: number; seed: number }

/** What happened, ready to be printed. */
export type KillReport = {
  orders: number
  refused: number
  gaveUp: number
  atPoints: number
  atRandom: number
  notReached: string[]
  verdict: Awaited<ReturnType<typeof judge>>
  faults: string[]
}

export async function killCampaign(shop: ChaosShop, plan: KillPlan, say: (line: string) => void): Promise<KillReport> {
  const random = randomOf(plan.seed)
  const crowd = await sendCrowd(shop, plan.lanes, random)
  const notReached: string[] = []
  let atPoints = 0
  for (let round = 1; round <= plan.each; round++)
    for (const point of namedPoints) {
      const reached = await killAt(shop, point)
      if (reached) atPoints++
      else notReached.push(point)
      say(`round ${round} of ${plan.each}: ${point}${reached ? '' : ' (nobody came by)'}`)
    }
  for (let count = 1; count <= plan.random; count++) {
    const victims = [...shop.processes.names(), 'postgres']
    const victim = victims[Math.floor(random() * victims.length)] ?? 'postgres'
    if (victim === 'postgres') await shop.killPostgres()
    else shop.processes.kill(victim)
    say(`random kill ${count} of ${plan.random}: ${victim}`)
    await sleep(300 + random() * 1500)
  }
  await Promise.all(shop.processes.names().map((name) => shop.processes.answers(name)))
  await crowd.leave()
  const verdict = await judge(shop, crowd.outcomes)
  const count = (kind: string) => crowd.outcomes.filter((outcome) => outcome.kind === kind).length
  return {
    orders: count('bought'),
    refused: count('refused'),
    gaveUp: count('gave up'),
    atPoints,
    atRandom: plan.random,
    notReached,
    verdict,
    faults: crowd.faults,
  }
}

/** Nobody waits five minutes: the reconciler's rounds are due at once. */
async function hastenRounds(shop: ChaosShop): Promise<void> {
  const { storefront, catalog } = await connectBoth(shop)
  await storefront.query('UPDATE reconcile_rounds SET next_at = now() WHERE lease_until IS NULL OR lease_until < now()')
  await Promise.all([storefront.end(), catalog.end()])
}

/** Arms the place and waits until somebody died there, and until all answer again. */
async function killAt(shop: ChaosShop, point: string): Promise<boolean> {
  if (point.includes('cursor')) await hastenRounds(shop)
  shop.arm(point)
  for (let waited = 0; waited < 45_000; waited += 50) {
    if (!shop.armed()) {
      await sleep(300)
      await Promise.all(shop.processes.names().map((name) => shop.processes.answers(name)))
      return true
    }
    await sleep(50)
  }
  shop.disarm()
  return false
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      each: { type: 'string' },
      random: { type: 'string' },
      lanes: { type: 'string' },
      seed: { type: 'string' },
    },
  })
  const plan = {
    each: numberOf(values.each, 5),
    random: numberOf(values.random, 300),
    lanes: numberOf(values.lanes, 4),
    seed: numberOf(values.seed, Date.now() % 1_000_000),
  }
  const commit = execFileSync('git', ['rev-parse', '--short=10', 'HEAD'], { cwd: root }).toString().trim()
  const shop = await startChaosShop(console.log)
  try {
    const report = await killCampaign(shop, plan, console.log)
    const { verdict } = report
    console.log(
      `\nseed ${plan.seed}, commit ${commit}: ${report.atPoints} kills at ${namedPoints.length} named places, ${report.atRandom} at random`,
    )
    console.log(`${report.orders} bought, ${report.refused} refused or walked away, ${report.gaveUp} gave up waiting`)
    console.log(
      `${verdict.lost.length} lost, ${verdict.doubled.length} doubled, ${verdict.broken.length} invariants broken, at rest ${verdict.restSeconds.toFixed(1)} s after the last kill`,
    )
    for (const line of [...verdict.lost, ...verdict.doubled, ...verdict.broken, ...new Set(report.faults)])
      console.log(line)
    if (report.notReached.length > 0) console.log(`nobody came by: ${report.notReached.join(', ')}`)
    process.exitCode = isSound(verdict) && report.faults.length === 0 ? 0 : 1
  } finally {
    await shop.stop()
  }
}

if (process.argv[1] === import.meta.filename) await main()
