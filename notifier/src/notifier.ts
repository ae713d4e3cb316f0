// The whole worker put together: both outboxes drained and listened to, the mail server watched. Reads no settings.
import type { Source, SourceName } from './database.ts'
import { openSource } from './database.ts'
import type { Carriers } from './deliver.ts'
import { type Drain, startDrain } from './drain.ts'
import type { KnownEvent } from './event.ts'
import type { Log } from './lib/log.ts'
import { pause } from './lib/pause.ts'
import { type Listener, startListening } from './listen.ts'
import { createMetrics } from './metrics.ts'
import { retryNow } from './outbox.ts'
import { sendNow } from './send-now.ts'
import type { MailTransport } from './transports/transport.ts'

/** Milliseconds; the defaults are the shop's constants, tests shorten them. */
export type Timing = {
  pollMs?: number
  heartbeatMs?: number
  heartbeatTimeoutMs?: number
  probeMs?: number
  graceMs?: number
}

type NotifierOptions = {
  urls: Record<SourceName, string>
  carriers: Carriers
  log: Log
  timing?: Timing
}

export type Notifier = ReturnType<typeof createNotifier>

/** While the mail server is down asks now and then; once it is back, what waited for it is due at once. */
async function watchMail(mail: MailTransport, onBack: () => Promise<void>, everyMs: number, signal: AbortSignal) {
  let wasDown = !(await mail.probe())
  while (!signal.aborted) {
    await pause(everyMs, signal)
    if (signal.aborted) return
    const isUp = mail.state().state === 'down' ? await mail.probe() : true
    if (isUp && wasDown) await onBack().catch(() => undefined)
    wasDown = !isUp
  }
}

/** Opens the pools; nothing runs before `start`. Lambda uses it without starting. */
export function createNotifier({ urls, carriers, log, timing = {} }: NotifierOptions) {
  const sources: Record<SourceName, Source> = {
    storefront: openSource('storefront', urls.storefront, log),
    catalog: openSource('catalog', urls.catalog, log),
  }
  const all = Object.values(sources)
  const metrics = createMetrics(all)
  const parts = { carriers, log, metrics }
  const drains = new Map<SourceName, Drain>()
  const listeners = new Map<SourceName, Listener>()
  const stopping = new AbortController()

  async function afterOutage(): Promise<void> {
    for (const source of all) {
      const due = await retryNow(source.pool, 'mail server unreachable')
      log.info({ database: source.name, due }, 'mail server is back')
      drains.get(source.name)?.wake()
    }
  }

  return {
    sources,
    metrics,
    mail: carriers.mail,
    drainState: (name: SourceName) => drains.get(name)?.state() ?? { lastDrainAt: null, error: null },
    isListening: (name: SourceName) => listeners.get(name)?.isListening() ?? false,
    sendNow: (event: KnownEvent, dedupeKey: string) => sendNow(sources, event, dedupeKey, parts),
    wake: (name: SourceName) => drains.get(name)?.wake(),
    start(): void {
      for (const source of all) {
        const drain = startDrain(source, parts, timing.pollMs)
        drains.set(source.name, drain)
        listeners.set(
          source.name,
          startListening({
            name: source.name,
            url: source.url,
            onNudge: drain.wake,
            log,
            ...(timing.heartbeatMs ? { heartbeatMs: timing.heartbeatMs } : {}),
            ...(timing.heartbeatTimeoutMs ? { timeoutMs: timing.heartbeatTimeoutMs } : {}),
          }),
        )
      }
      void watchMail(carriers.mail, afterOutage, timing.probeMs ?? 5_000, stopping.signal)
    },
    /** Claims nothing more, lets what is on its way end, frees every lease, closes everything. */
    async stop(): Promise<void> {
      stopping.abort()
      await Promise.all([...listeners.values()].map((listener) => listener.stop()))
      const drained = Promise.all([...drains.values()].map((drain) => drain.stop()))
      await Promise.race([drained, pause(timing.graceMs ?? 15_000)])
      // What is still on its way fails now and gives its lease back.
      carriers.mail.close()
      await drained
      await Promise.all(all.map((source) => source.pool.end()))
    },
  }
}
