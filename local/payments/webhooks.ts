// Delivers the queued events to the webhook endpoints: signed, at least once, with exponential back-off, for three days.
// Forgets nothing over a restart; the queue lives in the store.
import { createHmac } from 'node:crypto'
import { visible } from './api/wire.ts'
import type { Store, Thing } from './store.ts'

const giveUpAfter = 3 * 86_400_000
const answerWithin = 10_000
const atOnce = 20

/** What a test may do to deliveries. */
export interface Weather {
  delayMs: number
  /** How many times more than once each event is sent. */
  duplicates: number
  /** Nothing is sent while true; the queue keeps it. */
  dropped: boolean
}

export class Webhooks {
  weather: Weather = { delayMs: 0, duplicates: 0, dropped: false }
  private readonly store: Store
  private readonly underWay = new Map<string, Promise<void>>()
  private stopped = false

  constructor(store: Store) {
    this.store = store
  }

  /** Starts what is due. Called by the server's clock and right after each request. */
  deliverDue(): void {
    if (this.stopped || this.weather.dropped) return
    for (const delivery of this.store.list('_delivery').reverse()) {
      if (this.underWay.size >= atOnce) return
      if (this.underWay.has(delivery.id) || Number(delivery.next_at) + this.weather.delayMs > Date.now()) continue
      const sending = this.send(delivery).finally(() => this.underWay.delete(delivery.id))
      this.underWay.set(delivery.id, sending)
    }
  }

  /** Waits until the deliveries of one kind of event about one object had their first answer, at most `ms`. */
  async waitFor(type: string, objectId: string, ms: number): Promise<void> {
    this.deliverDue()
    const waited = this.store.list('_delivery').filter((delivery) => {
      const event = this.store.find(String(delivery.event))
      const data = event?.data as { object: { id: string } } | undefined
      return delivery.type === type && data?.object.id === objectId
    })
    const answers = waited.map((delivery) => this.underWay.get(delivery.id)).filter(Boolean)
    await Promise.race([Promise.all(answers), new Promise((resolve) => setTimeout(resolve, ms).unref())])
  }

  /** Starts nothing more and waits for what is under way, at most two seconds. */
  async stop(): Promise<void> {
    this.stopped = true
    const patience = new Promise((resolve) => setTimeout(resolve, 2_000).unref())
    await Promise.race([Promise.all(this.underWay.values()), patience])
  }

  private async send(delivery: Thing): Promise<void> {
    const event = this.store.find(String(delivery.event))
    const endpoint = this.store.find(String(delivery.endpoint))
    if (!event || !endpoint) return this.store.remove(delivery.id)
    let answer = ''
    for (let copy = 0; copy <= this.weather.duplicates; copy += 1) answer = await post(endpoint, event)
    if (this.stopped && answer !== 'HTTP 200') return
    this.note(delivery, event, answer)
  }

  private note(delivery: Thing, event: Thing, answer: string): void {
    const delivered = /^HTTP 2/.test(answer)
    const attempts = Number(delivery.attempts) + 1
    const tooOld = Date.now() - Number(delivery.created) * 1000 > giveUpAfter
    this.store.transaction(() => {
      this.store.put({
        ...event,
        pending_webhooks: Math.max(0, Number(event.pending_webhooks) - (delivered ? 1 : 0)),
        _last_answer: answer,
      })
      if (delivered || tooOld) this.store.remove(delivery.id)
      else this.store.change(delivery, { attempts, answer, next_at: Date.now() + backOff(attempts) })
    })
  }
}

/** 0.5 s, 1 s, 2 s … at most a minute, each with a little chance so that retries do not march in step. */
function backOff(attempts: number): number {
  return Math.min(60_000, 250 * 2 ** attempts) * (0.8 + Math.random() * 0.4)
}

async function post(endpoint: Thing, event: Thing): Promise<string> {
  const body = JSON.stringify(visible(event), null, 2)
  try {
    const response = await fetch(String(endpoint.url), {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'stripe-signature': sign(body, String(endpoint._secret)),
        'user-agent': 'Stripe/1.0 (+local stand-in)',
      },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(answerWithin),
    })
    await response.body?.cancel()
    return `HTTP ${response.status}`
  } catch (error) {
    const { cause, message } = error as Error & { cause?: { code?: string } }
    return cause?.code ?? message
  }
}

/** The `Stripe-Signature` of a body sent now; several secrets by comma give several signatures, as while rotating. */
export function sign(body: string, secrets: string, at = Math.floor(Date.now() / 1000)): string {
  const signatures = secrets
    .split(',')
    .map((secret) => `v1=${createHmac('sha256', secret.trim()).update(`${at}.${body}`).digest('hex')}`)
  return [`t=${at}`, ...signatures].join(',')
}
