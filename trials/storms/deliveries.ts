// Sends the provider's events again and again, correctly signed, many at once, in an order drawn from a seed. Also a
// process of its own (`deliveries.ts plan.json`), so that sending does not slow down whoever measures.
import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { sign } from '../../local/payments/webhooks.ts'
import { randomOf } from '../chaos/crowd.ts'

export type StormPlan = {
  /** The shop's webhook address. */
  url: string
  secret: string
  /** Bodies as the provider sends them. */
  bodies: string[]
  count: number
  atOnce: number
  /** At most so many; 0: as many as are answered. */
  perSecond: number
  seed: number
}
/** Answers by their status (`none`: no answer), how many said that the event was new, and how long it took. */
export type StormReport = { answers: Record<string, number>; fresh: number; seconds: number; p99Ms: number }

/** The value below which `share` (0 to 1) of them lie; 0 of nothing. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

/** So far from its turn an event may first be told: neighbours come in any order. */
const shuffledBy = 0.05

/**
 * What is told when, last first: every event about equally often. They happen evenly over the storm, as orders do; once an
 * event has happened its copies come at any time.
 */
function queueOf({ bodies, count, seed }: Pick<StormPlan, 'bodies' | 'count' | 'seed'>): string[] {
  const random = randomOf(seed)
  const told = Array.from({ length: count }, (_, at) => {
    const which = at % bodies.length
    const happens = which / bodies.length
    const isFirst = at < bodies.length
    return { body: bodies[which] ?? '', at: happens + random() * (isFirst ? shuffledBy : 1 - happens) }
  })
  return told.sort((a, b) => b.at - a.at).map(({ body }) => body)
}

/** Sends them all. A refusal for want of room (503) is sent again, as the provider does. */
export async function storm({ url, secret, atOnce, perSecond, ...plan }: StormPlan): Promise<StormReport> {
  const queue = queueOf(plan)
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce })
  const report: StormReport = { answers: {}, fresh: 0, seconds: 0, p99Ms: 0 }
  const times: number[] = []
  let sent = 0
  const started = performance.now()
  const lane = async () => {
    for (let body = queue.pop(); body !== undefined; body = queue.pop()) {
      if (perSecond > 0) await sleep(started + (sent++ * 1000) / perSecond - performance.now())
      const asked = performance.now()
      const { status, text } = await deliver(url, body, secret, agent)
      times.push(performance.now() - asked)
      report.answers[status] = (report.answers[status] ?? 0) + 1
      if (text.includes('"new":true')) report.fresh++
      if (status !== '200') queue.unshift(body)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
  agent.destroy()
  return { ...report, seconds: (performance.now() - started) / 1000, p99Ms: quantile(times, 0.99) }
}

function deliver(url: string, body: string, secret: string, agent: Agent): Promise<{ status: string; text: string }> {
  const headers = {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    'Stripe-Signature': sign(body, secret),
  }
  return new Promise((resolve) => {
    const asked = request(url, { method: 'POST', headers, agent }, (answer) => {
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', (chunk: string) => (text += chunk))
      answer.on('end', () => resolve({ status: String(answer.statusCode), text }))
      answer.on('error', () => resolve({ status: 'none', text }))
    })
    asked.on('error', () => resolve({ status: 'none', text: '' }))
    asked.end(body)
  })
}

/** All events the provider has, as it would send them, oldest first. */
export async function eventBodies(payments: string, secretKey: string): Promise<string[]> {
  const bodies: string[] = []
  for (let after = ''; ; ) {
    const query = new URLSearchParams({ limit: '100', ...(after && { starting_after: after }) })
    const answer = await fetch(`${payments}/v1/events?${query}`, { headers: { Authorization: `Bearer ${secretKey}` } })
    const { data, has_more } = (await answer.json()) as { data: { id: string }[]; has_more: boolean }
    bodies.push(...data.map((event) => JSON.stringify(event, null, 2)))
    after = data.at(-1)?.id ?? ''
    if (!has_more || !after) return bodies.reverse()
  }
}

if (process.argv[1] === import.meta.filename) {
  const plan = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as StormPlan
  console.log(JSON.stringify(await storm(plan)))
}
