// Delivers the queued events to the webhook endpoints: signed, at least once, with exponential back-off, for three days.
// Forgets nothing over a restart; the queue lives in the store.
import { createHmac } from 'node:crypto'
import { visible } from './api/wire.ts'
import type { Store, Thing } from './store.ts'
import { Sky } from './weather.ts'

const giveUpAfter = 3 * 86_400_000
const answerWithin = 10_000
const atOnce = 20

export class Webhooks {
  private readonly store: Store
  private readonly sky: Sky
  /** How long each event of a shuffled queue waits, in ms. */
  private readonly whims = new Map<string, number>()
  private readonly underWay = new Map<string, Promise<void>>()
  private stopped = false

  constructor(store: Store, sky: Sky = new Sky()) {
    this.store = store
    this.sky = sky
  }

  /** Starts what is due. Called by the server's clock and right after each request. */
  deliverDue(): void {
    const { dropped, delayMs } = this.sky.weather.webhooks
    if (this.stopped || dropped) return
    for (const delivery of this.store.list('_delivery').reverse()) {
      if (this.underWay.size >= atOnce) return
      if (this.underWay.has(delivery.id) || Number(delivery.next_at) + delayMs + this.whimOf(delivery) > Date.now())
        continue
      const sending = this.send(delivery).finally(() => this.underWay.delete(delivery.id))
      this.underWay.set(delivery.id, sending)
    }
  }

  /** Sends everything that is queued once, due or not, one after the other; in any order when it is shuffled. */
  async deliverAll(): Promise<number> {
    const queue = this.store.list('_delivery').reverse()
    if (this.sky.weather.webhooks.shuffled) shuffle(queue, this.sky.webhooks)
    for (const { id } of queue) {
      const delivery = this.store.find(id)
      if (delivery && !this.underWay.has(id)) await this.send(delivery)
    }
    return queue.length
  }

  private whimOf({ id }: Thing): number {
    if (!this.sky.weather.webhooks.shuffled) return 0
    const whim = this.whims.get(id) ?? this.sky.webhooks() * 1_500
    this.whims.set(id, whim)
    return whim
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
    this.whims.delete(delivery.id)
    const { duplicates, misSigned } = this.sky.weather.webhooks
    if (delivery.attempts === 0 && this.sky.losesEvent()) return this.store.remove(delivery.id)
    const secret = Number(delivery.attempts) < misSigned ? 'whsec_of_somebody_else' : String(endpoint._secret)
    let answer = ''
    for (let copy = 0; copy <= duplicates; copy += 1) answer = await post(endpoint, event, secret)
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

/** In place (Fisher–Yates). */
function shuffle<T>(list: T[], random: () => number): void {
  for (let at = list.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1))
    ;[list[at], list[other]] = [list[other] as T, list[at] as T]
  }
}

async function post(endpoint: Thing, event: Thing, secret: string): Promise<string> {
  const body = JSON.stringify(visible(event), null, 2)
  try {
    const response = await fetch(String(endpoint.url), {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'stripe-signature': sign(body, secret),
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
