// A notifier that is killed again and again while events are written: at its five named places by turns with random moments.
// Every event must arrive, and under one key only. The mail server of the trial counts; the databases tell the rest.
import { rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { freePorts } from '../../local/ports.ts'
import { freshDatabase } from '../../local/postgres/test-database.ts'
import { failpoints } from '../../notifier/src/lib/failpoints.ts'
import { newId } from '../../notifier/src/lib/ids.ts'
import { samples } from '../../notifier/src/messages/samples.ts'
import { startMailServer } from '../../notifier/test/mail-server.ts'
import { randomOf } from '../chaos/crowd.ts'
import { Processes } from '../chaos/processes.ts'

export type NotifierPlan = {
  kills: number
  eventsPerSecond: number
  seed: number
  /** Each place once and the rest at random; else places and random moments by turns. */
  eachPlaceOnce: boolean
  /** Leases of the dead end at once, as if a minute had passed; else they are waited for. */
  hasten: boolean
  /** Where logs and the failpoint's file lie. */
  folder: string
}

export type NotifierReport = {
  events: number
  atPoints: Record<string, number>
  atRandom: number
  mails: number
  /** Copies beyond the first that came under the same key: SMTP knows no keys, a mail program drops them. */
  copies: number
  lost: string[]
  doubled: string[]
  restSeconds: number
}

type Kept = { keys: Set<string>; copies: number }

export class NotifierTrial {
  private readonly expected = new Map<string, string>()
  private readonly arrived = new Map<string, Kept>()
  private readonly atPoints: Record<string, number> = {}
  private atRandom = 0
  private open = true

  private constructor(
    private readonly plan: NotifierPlan,
    private readonly client: pg.Client,
    private readonly processes: Processes,
    private readonly mailServer: Awaited<ReturnType<typeof startMailServer>>,
    private readonly close: () => Promise<void>,
  ) {}

  /** Its own databases (a Postgres for tests must run), mail server and notifier. */
  static async open(plan: NotifierPlan): Promise<NotifierTrial> {
    const [storefront, catalog] = await Promise.all([freshDatabase('storefront'), freshDatabase('catalog')])
    const mailServer = await startMailServer()
    const client = new pg.Client({ connectionString: storefront.url })
    await client.connect()
    const processes = new Processes(plan.folder)
    const { NOTIFIER_PORT } = await freePorts()
    const close = async () => {
      await processes.stop()
      await client.end()
      await mailServer.stop()
      await Promise.all([storefront.drop(), catalog.drop()])
    }
    const env = {
      PATH: process.env.PATH,
      NODE_ENV: 'test',
      LOG_LEVEL: 'warn',
      NOTIFIER_PORT,
      STOREFRONT_DATABASE_URL: storefront.url,
      CATALOG_DATABASE_URL: catalog.url,
      SERVICE_TOKEN_SECRET: 'k7Qm2xZ9pL4vT8wR1nB6yC3dF5gH0jKsAbCd',
      SMTP_HOST: '127.0.0.1',
      SMTP_PORT: String(mailServer.port),
      SMS_PROVIDER: 'none',
      FAILPOINTS_FILE: path.join(plan.folder, 'failpoint'),
    }
    const health = `http://127.0.0.1:${NOTIFIER_PORT}/health`
    await processes.start({ name: 'notifier', script: 'notifier/src/main.ts', env, health })
    return new NotifierTrial(plan, client, processes, mailServer, close)
  }

  /** Kills as often as planned, lets all come to rest, and counts. `say` hears of every kill. */
  async run(say: (line: string) => void = () => {}): Promise<NotifierReport> {
    const random = randomOf(this.plan.seed)
    try {
      const writing = this.writeEvents()
      for (let count = 1; count <= this.plan.kills; count++) {
        const point = this.placeOf(count)
        if (point) await this.killAt(point)
        else await this.killAtRandom(50 + random() * 550)
        if (this.plan.hasten) await this.endLeases()
        await this.processes.answers('notifier')
        this.readMails()
        say(
          `kill ${count} of ${this.plan.kills}: ${point ?? 'at random'}, ${this.arrived.size} of ${this.expected.size} arrived`,
        )
      }
      this.open = false
      await writing
      return await this.judge()
    } finally {
      this.open = false
      await this.close()
    }
  }

  private placeOf(count: number): string | undefined {
    if (this.plan.eachPlaceOnce) return failpoints[count - 1]
    return count % 2 === 1 ? failpoints[((count - 1) / 2) % failpoints.length] : undefined
  }

  private async writeEvents(): Promise<void> {
    while (this.open) {
      await this.append()
      await sleep(1000 / this.plan.eventsPerSecond)
    }
  }

  private async append(): Promise<void> {
    const id = newId()
    const email = `reader-${this.expected.size}@example.com`
    const sample = samples['order.paid']
    const payload = { ...sample, order: { ...sample.order, email } }
    this.expected.set(email, id)
    await this.client.query('INSERT INTO outbox (id, dedupe_key, topic, payload) VALUES ($1, $2, $3, $4)', [
      id,
      `trial:${id}`,
      'order.paid',
      JSON.stringify(payload),
    ])
  }

  private async killAt(point: string): Promise<void> {
    const file = path.join(this.plan.folder, 'failpoint')
    const before = this.processes.deaths.get('notifier') ?? 0
    writeFileSync(file, point)
    for (const end = Date.now() + 60_000; (this.processes.deaths.get('notifier') ?? 0) === before; await sleep(10)) {
      if (Date.now() < end) continue
      rmSync(file, { force: true })
      throw new Error(`nobody came by ${point} within a minute`)
    }
    this.atPoints[point] = (this.atPoints[point] ?? 0) + 1
  }

  private async killAtRandom(afterMs: number): Promise<void> {
    await sleep(afterMs)
    const before = this.processes.deaths.get('notifier') ?? 0
    this.processes.kill('notifier')
    while ((this.processes.deaths.get('notifier') ?? 0) === before) await sleep(10)
    this.atRandom++
  }

  private async endLeases(): Promise<void> {
    await this.client.query(
      `UPDATE outbox SET lease_until = now() - interval '1 second' WHERE lease_until > now() AND done_at IS NULL`,
    )
  }

  /** Takes what arrived out of the mail server: only reader and key are kept. */
  private readMails(): void {
    for (const { to, messageId } of this.mailServer.mails.splice(0)) {
      const reader = (Array.isArray(to) ? to[0] : to)?.value[0]?.address ?? ''
      const kept = this.arrived.get(reader) ?? { keys: new Set(), copies: -1 }
      kept.keys.add(messageId ?? '')
      kept.copies++
      this.arrived.set(reader, kept)
    }
  }

  private async judge(): Promise<NotifierReport> {
    const started = Date.now()
    const left = async () => {
      const { rows } = await this.client.query<{ n: number }>(
        'SELECT count(*)::int AS n FROM outbox WHERE done_at IS NULL',
      )
      return rows[0]?.n ?? 0
    }
    while ((await left()) > 0 && Date.now() - started < 120_000) {
      if (this.plan.hasten) await this.endLeases()
      await sleep(250)
    }
    const restSeconds = (Date.now() - started) / 1000
    this.readMails()
    const lost = [...this.expected.keys()].filter((email) => !this.arrived.has(email))
    const doubled = [...this.arrived].filter(([, { keys }]) => keys.size > 1).map(([email]) => email)
    return {
      events: this.expected.size,
      atPoints: this.atPoints,
      atRandom: this.atRandom,
      mails: this.arrived.size,
      copies: [...this.arrived.values()].reduce((sum, { copies }) => sum + copies, 0),
      lost: [...lost, ...(await this.unmarked())],
      doubled,
      restSeconds,
    }
  }

  /** Events that are not done, and done ones whose delivery is not written down as sent once. */
  private async unmarked(): Promise<string[]> {
    const { rows } = await this.client.query<{ id: string; what: string }>(
      `SELECT o.id, CASE WHEN o.parked_at IS NOT NULL THEN 'parked' WHEN o.done_at IS NULL THEN 'not done' ELSE 'no delivery' END AS what
       FROM outbox o LEFT JOIN deliveries d ON d.outbox_id = o.id AND d.status = 'sent'
       GROUP BY o.id HAVING o.done_at IS NULL OR count(d.id) <> 1`,
    )
    return rows.map(({ id, what }) => `event ${id}: ${what}`)
  }
}
