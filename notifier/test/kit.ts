// What the notifier's database tests share: two fresh databases, a mail server, notifiers over them, and waiting.
import pg from 'pg'
import { freshDatabase } from '../../local/postgres/test-database.ts'
import type { EventTopic } from '../../storefront/app/domain/outbox/events.ts'
import type { SourceName } from '../src/database.ts'
import { newId } from '../src/lib/ids.ts'
import { createLog } from '../src/lib/log.ts'
import { samples } from '../src/messages/samples.ts'
import { createNotifier, type Timing } from '../src/notifier.ts'
import { createSmtp } from '../src/transports/smtp.ts'
import type { SmsProvider } from '../src/transports/transport.ts'
import { startMailServer } from './mail-server.ts'

export const shop = {
  name: 'Highstreet',
  origin: 'http://localhost:5173',
  shopkeeperEmail: 'shopkeeper@highstreet.example',
}

export const smtpTo = (port: number) =>
  createSmtp({
    host: '127.0.0.1',
    port,
    secure: false,
    fromName: 'Highstreet',
    fromAddress: 'hello@highstreet.example',
  })

/** Asks until the answer is truthy; throws after `ms` with what was waited for. */
export async function until<T>(what: string, ask: () => T | Promise<T>, ms = 8_000): Promise<NonNullable<T>> {
  const end = Date.now() + ms
  for (;;) {
    const answer = await ask()
    if (answer) return answer
    if (Date.now() > end) throw new Error(`waited ${ms} ms in vain for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

export type OutboxRow = {
  id: string
  attempts: number
  lease_token: string | null
  lease_until: Date | null
  done_at: Date | null
  parked_at: Date | null
  last_error: string | null
  next_attempt_at: Date
  payload: Record<string, unknown>
}

/** Two databases, a mail server and a memory of SMS; `stop` ends all that was started through it. */
export async function startKit() {
  const [storefront, catalog] = await Promise.all([freshDatabase('storefront'), freshDatabase('catalog')])
  const pools = {
    storefront: new pg.Pool({ connectionString: storefront.url, max: 4 }),
    catalog: new pg.Pool({ connectionString: catalog.url, max: 4 }),
  }
  for (const pool of Object.values(pools)) pool.on('error', () => undefined)
  const mailServer = await startMailServer()
  const sms: { to: string; text: string; key: string }[] = []
  const smsProvider: SmsProvider = {
    async send(message, key) {
      sms.push({ to: message.to, text: message.text, key })
      return { messageId: key, answer: 'kept' }
    },
  }
  const running: { stop(): Promise<void> }[] = []
  const urls = { storefront: storefront.url, catalog: catalog.url }

  return {
    urls,
    pools,
    mailServer,
    mails: mailServer.mails,
    sms,
    /** A notifier over these databases that is not started. Polls once a minute, so that tests see what woke it. */
    notifier(
      timing: Timing = {},
      options: { port?: number; urls?: Record<SourceName, string>; quietFor?: () => number } = {},
    ) {
      const notifier = createNotifier({
        urls: options.urls ?? urls,
        carriers: {
          mail: smtpTo(options.port ?? mailServer.port),
          sms: smsProvider,
          shop,
          ...(options.quietFor && { quietFor: options.quietFor }),
        },
        log: createLog('silent'),
        timing: { pollMs: 60_000, probeMs: 60_000, graceMs: 3_000, ...timing },
      })
      running.push(notifier)
      return notifier
    },
    /** Writes an event as the shop does. */
    async append(topic: string, payload: unknown = samples[topic as EventTopic], name: SourceName = 'storefront') {
      const id = newId()
      await pools[name].query('INSERT INTO outbox (id, dedupe_key, topic, payload) VALUES ($1, $2, $3, $4)', [
        id,
        `test:${id}`,
        topic,
        JSON.stringify(payload),
      ])
      return id
    },
    async row(id: string, name: SourceName = 'storefront'): Promise<OutboxRow> {
      const { rows } = await pools[name].query<OutboxRow>('SELECT * FROM outbox WHERE id = $1', [id])
      if (!rows[0]) throw new Error(`no outbox row ${id}`)
      return rows[0]
    },
    async deliveries(id: string, name: SourceName = 'storefront') {
      const { rows } = await pools[name].query(
        'SELECT channel, status, attempts, provider_key, provider_message_id, sent_at FROM deliveries WHERE outbox_id = $1 ORDER BY channel',
        [id],
      )
      return rows
    },
    async stop() {
      await Promise.all(running.map((one) => one.stop().catch(() => undefined)))
      await mailServer.stop()
      await Promise.all(Object.values(pools).map((pool) => pool.end()))
      await Promise.all([storefront.drop(), catalog.drop()])
    },
  }
}

export type Kit = Awaited<ReturnType<typeof startKit>>
