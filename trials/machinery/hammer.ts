// Clients that ask without a pause and never a second time, on connections that they keep: what they hear is what a visitor
// would. Judges nothing.
import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

export type Ask = { path: string; method?: 'GET' | 'POST'; body?: string; headers?: Record<string, string> }
/** `status` 0: no answer came, `error` says why; `isFresh`: it was the connection's first. Times by performance.now(). */
export type Heard = {
  path: string
  status: number
  error: string
  isFresh: boolean
  retryAfter: string
  text: string
  at: number
  ms: number
}

/** One request on the agent's connections. Never throws. */
export function askOnce(port: number, agent: Agent, { path, method = 'GET', body, headers = {} }: Ask): Promise<Heard> {
  const from = performance.now()
  return new Promise((resolve) => {
    const heard = (status: number, more: Partial<Heard> = {}): Heard => {
      const at = performance.now()
      return {
        path,
        status,
        error: '',
        isFresh: !asked.reusedSocket,
        retryAfter: '',
        text: '',
        at,
        ms: at - from,
        ...more,
      }
    }
    const length = body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) }
    const asked = request({ port, agent, path, method, headers: { ...headers, ...length } }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('error', (error: NodeJS.ErrnoException) => resolve(heard(0, { error: error.code ?? error.message })))
      answer.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        resolve(heard(answer.statusCode ?? 0, { retryAfter: answer.headers['retry-after'] ?? '', text }))
      })
    })
    asked.setTimeout(30_000, () => asked.destroy(Object.assign(new Error('no answer'), { code: 'no answer in 30 s' })))
    asked.on('error', (error: NodeJS.ErrnoException) => resolve(heard(0, { error: error.code ?? error.message })))
    asked.end(body)
  })
}

export type Hammering = { heard: Heard[]; stop: () => Promise<void> }

/** `lanes` clients a port, each with one kept connection, ask these in turn until stopped. */
export function hammer(ports: readonly number[], asks: readonly Ask[], lanes: number, pauseMs = 0): Hammering {
  const heard: Heard[] = []
  let stopped = false
  const lane = async (port: number, first: number) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    for (let turn = first; !stopped; turn++) {
      const ask = asks[turn % asks.length]
      if (ask) heard.push(await askOnce(port, agent, ask))
      // Refused connections come back at once: nobody learns from a thousand of them.
      if (heard.at(-1)?.status === 0) await sleep(20)
      if (pauseMs > 0) await sleep(pauseMs)
    }
    agent.destroy()
  }
  const all = ports.flatMap((port) => Array.from({ length: lanes }, (_, number) => lane(port, number)))
  return {
    heard,
    stop: async () => {
      stopped = true
      await Promise.all(all)
    },
  }
}

/** How often each status (or failure) was heard, most frequent first. */
export function tally(heard: readonly Heard[]): string {
  const counts = new Map<string, number>()
  for (const { status, error } of heard) {
    const word = status === 0 ? error : String(status)
    counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([word, count]) => `${word} × ${count}`)
    .join(', ')
}
