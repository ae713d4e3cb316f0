// Watches the shop while it is ill-treated: how long each order stays unfinished, and every mail that arrives. Memory is
// bounded by what is unfinished and by one line a mail; it reads and changes nothing.
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { urlVariables } from '../../migrations/databases.ts'
import type { ChaosShop } from './shop.ts'

/** Orders that the shop itself has to move on; what waits for the shopper's card is none of them. */
export const movingOrders = `
  SELECT number, status, lease_token::text AS token, attempts FROM orders
    WHERE status IN ('placing', 'reserved', 'payment_received', 'refund_due') OR (release_pending AND status <> 'refunded')
       OR (cancel_requested_at IS NOT NULL AND status = 'awaiting_payment')`

type Row = { number: string; status: string; token: string | null; attempts: number }
/** `inHand`: taken up and not hit since. */
type Seen = { since: number; token: string | null; attempts: number; inHand: boolean; hitAt: number }
/** A step that failed this soon after a kill failed by it. */
const afterMs = 10_000
type Mail = { to: string; subject: string; messageId: string }

export class Watch {
  private readonly moving = new Map<string, Seen>()
  private readonly mails = new Map<string, Set<string>>()
  private readonly overdue = new Map<string, string>()
  private lastKill = 0
  private open = true
  private readonly running: Promise<void>
  /** The longest an order was unfinished, and the longest since the last kill that hit it, in seconds. */
  longest = { unfinished: 0, sinceHit: 0 }

  constructor(
    private readonly shop: ChaosShop,
    private readonly withinSeconds: number,
  ) {
    this.running = this.watch()
  }

  /** Told by whoever kills: orders that somebody has in hand now may have to wait for a lease to end. */
  killed(): void {
    this.lastKill = Date.now()
    for (const seen of this.moving.values()) this.hit(seen, seen.inHand)
  }

  /** Orders that were not final in time, a sentence each. */
  late = (): string[] => [...this.overdue.values()]

  /** Messages that reached somebody under two keys: a copy that was sent again bears the same Message-ID. */
  doubledMails(): string[] {
    return [...this.mails].filter(([, ids]) => ids.size > 1).map(([mail, ids]) => `${mail} came under ${ids.size} keys`)
  }

  mailCount = (): number => this.mails.size

  async stop(): Promise<void> {
    this.open = false
    await this.running
    await this.readMails()
  }

  private async watch(): Promise<void> {
    for (let round = 0; this.open; round++) {
      await this.lookAtOrders().catch(() => undefined)
      if (round % 3 === 0) await this.readMails()
      await sleep(1_000)
    }
  }

  private async lookAtOrders(): Promise<void> {
    const before = Date.now()
    const client = new pg.Client({
      connectionString: this.shop.env[urlVariables.storefront],
      connectionTimeoutMillis: 2_000,
    })
    client.on('error', () => undefined)
    try {
      await client.connect()
      const { rows } = await client.query<Row>(movingOrders)
      this.compare(rows, before)
    } finally {
      await client.end().catch(() => undefined)
    }
  }

  private compare(rows: Row[], now: number): void {
    const left = new Set(this.moving.keys())
    for (const { number, status, token, attempts } of rows) {
      left.delete(number)
      const seen = this.moving.get(number) ?? { since: now, token: null, attempts, inHand: false, hitAt: now }
      const isTakenUp = token !== null && token !== seen.token
      if (isTakenUp) seen.inHand = true
      // A kill since our last look may have hit the new hand already.
      this.hit(seen, isTakenUp && this.lastKill > now - 1_500)
      this.hit(seen, attempts > seen.attempts && this.lastKill > now - afterMs)
      Object.assign(seen, { token: token ?? seen.token, attempts })
      this.moving.set(number, seen)
      const seconds = this.measure(seen, now)
      if (seconds > this.withinSeconds)
        this.overdue.set(number, `${number} is ${status}, not final ${seconds.toFixed(0)} s after it was hit last`)
    }
    for (const number of left) {
      const seen = this.moving.get(number)
      if (seen) this.measure(seen, now)
      this.moving.delete(number)
    }
  }

  private hit(seen: Seen, really: boolean): void {
    if (!really) return
    seen.inHand = false
    seen.hitAt = this.lastKill
  }

  /** Seconds since a kill hit the order last: whoever had it in hand, or the step that failed by it. */
  private measure({ since, hitAt }: Seen, now: number): number {
    const seconds = (now - Math.max(hitAt, since)) / 1000
    this.longest.unfinished = Math.max(this.longest.unfinished, (now - since) / 1000)
    this.longest.sinceHit = Math.max(this.longest.sinceHit, seconds)
    return seconds
  }

  private async readMails(): Promise<void> {
    const answer = await fetch(`${this.shop.inbox}/api/messages`, { signal: AbortSignal.timeout(5_000) }).catch(
      () => null,
    )
    const { items } = ((await answer?.json().catch(() => null)) ?? { items: [] }) as { items: Mail[] }
    for (const { to, subject, messageId } of items) {
      const mail = `${to} · ${subject}`
      this.mails.set(mail, (this.mails.get(mail) ?? new Set()).add(messageId))
    }
  }
}
