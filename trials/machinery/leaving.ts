// Deploys under visitors: storefronts and catalog-apis are asked to end (SIGTERM) one after the other while everybody keeps
// asking and nobody asks twice. Behind a balancer no request fails; without one, none that a process had taken.
import { Agent } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ChaosShop } from '../chaos/shop.ts'
import { startBalancer } from './balancer.ts'
import { type Ask, askOnce, type Heard, hammer } from './hammer.ts'

export type Leaving = { heard: Heard[]; seconds: number[] }

/** Waits until everything is answered: a breaker that opened while a database was away stays so for some seconds. */
export async function untilWell(ports: readonly number[], asks: readonly Ask[]): Promise<void> {
  const agent = new Agent()
  const isWell = async () => {
    for (const port of ports)
      for (const ask of asks) {
        const { status } = await askOnce(port, agent, ask)
        if (status === 0 || status >= 500) return false
      }
    return true
  }
  for (const until = Date.now() + 60_000; !(await isWell()); await sleep(500))
    if (Date.now() > until) throw new Error('The shop is not well again a minute after its databases were.')
}

async function deploy(shop: ChaosShop, name: string): Promise<number> {
  const from = performance.now()
  await shop.processes.leave(name)
  const seconds = (performance.now() - from) / 1000
  await shop.processes.answers(name)
  // The balancer looks again before the next one goes.
  await sleep(600)
  return seconds
}

/** Both storefronts in turn, `rounds` times, behind a balancer. */
export async function leaveBehindBalancer(
  shop: ChaosShop,
  asks: readonly Ask[],
  rounds: number,
  lanes: number,
): Promise<Leaving> {
  const balancer = await startBalancer(shop.storefronts)
  const visitors = hammer([balancer.port], asks, lanes)
  const seconds: number[] = []
  await sleep(500)
  for (let round = 0; round < rounds; round++)
    for (const name of ['storefront 1', 'storefront 2']) seconds.push(await deploy(shop, name))
  await visitors.stop()
  await balancer.stop()
  return { heard: visitors.heard, seconds }
}

/** The first storefront alone, asked directly on kept connections: who is refused a connection was never taken. */
export async function leaveAlone(
  shop: ChaosShop,
  asks: readonly Ask[],
  rounds: number,
  lanes: number,
): Promise<Leaving> {
  const visitors = hammer(shop.storefronts.slice(0, 1), asks, lanes)
  const seconds: number[] = []
  await sleep(500)
  for (let round = 0; round < rounds; round++) seconds.push(await deploy(shop, 'storefront 1'))
  await visitors.stop()
  return { heard: visitors.heard, seconds }
}

/**
 * Requests that came to nothing though they were taken. A refused connection was never taken, nor was one that stood in the
 * kernel's line when the door was shut: node cannot hand that line on, and the kernel resets who stands in it.
 */
export const cutOff = (heard: readonly Heard[]): Heard[] =>
  heard.filter(({ status, error, isFresh }) =>
    status === 0 ? error !== 'ECONNREFUSED' && !(isFresh && error === 'ECONNRESET') : status >= 500,
  )
