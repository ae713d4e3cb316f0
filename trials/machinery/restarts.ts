// Postgres is restarted in each of its three ways, again and again, under visitors: nobody may hear of a fault, no process may
// end, and the first good answer follows soon after Postgres takes connections again.
import { Agent } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ChaosShop } from '../chaos/shop.ts'
import { type Ask, askOnce, type Hammering, type Heard, hammer } from './hammer.ts'

export type Restart = {
  how: 'SIGINT' | 'SIGQUIT' | 'SIGKILL'
  /** From Postgres taking connections to the first good answer of the slower storefront. */
  recoveryMs: number
}
export type RestartReport = { restarts: Restart[]; heard: Heard[]; deaths: [string, number][] }

const ways = ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const

/** Answers when a storefront first gives this page again, by performance.now(). */
async function firstGood(port: number, ask: Ask): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  for (const until = performance.now() + 60_000; performance.now() < until; ) {
    const heard = await askOnce(port, agent, ask)
    if (heard.status === 200) {
      agent.destroy()
      return heard.at
    }
    await sleep(25)
  }
  agent.destroy()
  return Number.POSITIVE_INFINITY
}

/** `rounds` times each way. `say` is told of each. */
export async function restartUnderVisitors(
  shop: ChaosShop,
  asks: readonly Ask[],
  { rounds, lanes, say }: { rounds: number; lanes: number; say: (line: string) => void },
): Promise<RestartReport> {
  const [first] = asks
  if (!first) throw new Error('nobody asks for anything')
  const restarts: Restart[] = []
  const visitors: Hammering = hammer(shop.storefronts, asks, lanes)
  await sleep(1_000)
  for (let round = 0; round < rounds; round++)
    for (const how of ways) {
      const accepts = await shop.restartPostgres(how, 300 + 400 * (round % 3))
      const good = await Promise.all(shop.storefronts.map((port) => firstGood(port, first)))
      const recoveryMs = Math.max(0, Math.max(...good) - accepts)
      restarts.push({ how, recoveryMs })
      say(`Postgres ${how}: the first good answer ${(recoveryMs / 1000).toFixed(2)} s after it took connections`)
      await sleep(400)
    }
  await visitors.stop()
  return { restarts, heard: visitors.heard, deaths: [...shop.processes.deaths] }
}

/** What no visitor may hear: an answer that is neither good nor “try again”, one without a time to try, silence. */
export const faultsIn = (heard: readonly Heard[]): Heard[] =>
  heard.filter(({ status, retryAfter }) => ![200, 303].includes(status) && !(status === 503 && retryAfter !== ''))
