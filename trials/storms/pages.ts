// Shoppers who look at pages at a steady pace, whether the shop is quick or slow: what they wait is measured from the moment
// they meant to come. Reads only.
import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

export type Looked = { milliseconds: number[]; faults: string[] }

/** Asks `paths` by turns, `perSecond` of them, until `until` is over. Resolves when the last answer is there. */
export async function lookAtPages(
  origin: string,
  paths: readonly string[],
  perSecond: number,
  until: Promise<unknown>,
): Promise<Looked> {
  const looked: Looked = { milliseconds: [], faults: [] }
  const agent = new Agent({ keepAlive: true })
  const waiting = new Set<Promise<void>>()
  let over = false
  void until.finally(() => {
    over = true
  })
  const started = performance.now()
  for (let at = 0; !over; at++) {
    const due = started + (at * 1000) / perSecond
    await sleep(Math.max(0, due - performance.now()))
    const path = paths[at % paths.length] ?? '/'
    const asking: Promise<void> = ask(`${origin}${path}`, agent)
      .then((status) => {
        looked.milliseconds.push(performance.now() - due)
        if (status !== 200) looked.faults.push(`${status} ${path}`)
      })
      .finally(() => waiting.delete(asking))
    waiting.add(asking)
  }
  await Promise.all(waiting)
  agent.destroy()
  return looked
}

function ask(url: string, agent: Agent): Promise<number> {
  return new Promise((resolve) => {
    const asked = request(url, { agent, headers: { Accept: 'text/html' } }, (answer) => {
      answer.resume()
      answer.on('end', () => resolve(answer.statusCode ?? 0))
      answer.on('error', () => resolve(0))
    })
    asked.on('error', () => resolve(0))
    asked.end()
  })
}
