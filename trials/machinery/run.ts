// `npm run trial:machinery`: Postgres restarted under visitors, deploys under visitors, a LISTEN connection that goes silent.
// Exits with 1 when anybody heard of a fault. `--rounds N --deploys N --lanes N` (nothing in it is drawn, so there is no seed).
import { execFileSync } from 'node:child_process'
import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { root } from '../../local/settings.ts'
import { listWishes } from '../chaos/crowd.ts'
import { startChaosShop } from '../chaos/shop.ts'
import { type Heard, tally } from './hammer.ts'
import { cutOff, leaveAlone, leaveBehindBalancer, untilWell } from './leaving.ts'
import { faultsIn, restartUnderVisitors } from './restarts.ts'
import { silenceListening } from './silence.ts'
import { asksOfEverybody } from './visitors.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '10' },
    deploys: { type: 'string', default: '5' },
    lanes: { type: 'string', default: '4' },
  },
})
const [rounds, deploys, lanes] = [Number(values.rounds), Number(values.deploys), Number(values.lanes)]
let broken = 0

function tell(what: string, heard: readonly Heard[], wrong: readonly Heard[]): void {
  console.log(`${what}: ${heard.length} asked, ${tally(heard)}; ${wrong.length} faults`)
  const seen = new Set(
    wrong.map(
      ({ path, status, error, text }) =>
        `  ${status || error} ${path} ${/<h1[^>]*>([^<]*)/.exec(text)?.[1] ?? text.slice(0, 60)}`,
    ),
  )
  for (const line of seen) console.log(line)
  broken += wrong.length
}

const most = (numbers: readonly number[]): string => Math.max(...numbers).toFixed(2)

// As in production by default.
process.env.DRAIN_SECONDS = '5'
const commit = execFileSync('git', ['rev-parse', '--short=10', 'HEAD'], { cwd: root }).toString().trim()
const before = loadavg()[0]?.toFixed(1)
const shop = await startChaosShop(console.log)
try {
  const [wish] = await listWishes(shop)
  if (!wish) throw new Error('nothing is for sale')
  const asks = await asksOfEverybody(shop.storefronts[0] ?? 0, wish)
  console.log(`commit ${commit}, ${lanes} lanes at each storefront, ${asks.length} kinds of requests`)

  const restarted = await restartUnderVisitors(shop, asks, { rounds, lanes, say: console.log })
  tell(`${restarted.restarts.length} restarts of Postgres`, restarted.heard, faultsIn(restarted.heard))
  const slowest = restarted.restarts.map(({ recoveryMs }) => recoveryMs / 1000)
  console.log(
    `slowest first good answer ${most(slowest)} s after Postgres took connections; longest answer ${most(restarted.heard.map(({ ms }) => ms / 1000))} s`,
  )
  if (Math.max(...slowest) > 5) broken++
  for (const [name, times] of restarted.deaths) {
    console.log(`  ${name} ended ${times} times`)
    broken++
  }

  await untilWell(shop.storefronts, asks)
  const balanced = await leaveBehindBalancer(shop, asks, deploys, lanes)
  tell(`${deploys} deploys of both storefronts behind a balancer`, balanced.heard, [
    ...cutOff(balanced.heard),
    ...balanced.heard.filter(({ error, isFresh }) => isFresh && /^ECONN(REFUSED|RESET)$/.test(error)),
  ])
  const alone = await leaveAlone(shop, asks, deploys, lanes)
  tell(`${deploys} deploys of one storefront, asked directly`, alone.heard, cutOff(alone.heard))
  console.log(
    `a process was gone ${most([...balanced.seconds, ...alone.seconds])} s after SIGTERM at most, of which 5 s drain`,
  )

  const silent = await silenceListening(shop)
  console.log(`a LISTEN connection that went silent was replaced after ${silent.toFixed(1)} s`)
  if (silent > 16) broken++
  console.log(`load ${before} at the start, ${loadavg()[0]?.toFixed(1)} at the end`)
  process.exitCode = broken === 0 ? 0 : 1
} finally {
  await shop.stop()
}
