// LISTEN "outbox" on a connection of its own. A notification only nudges: the outbox table is the truth.
// Survives restarts of Postgres and notices a half-open connection: after each reconnect it LISTENs and nudges at once.
import net from 'node:net'
import pg from 'pg'
import type { Log } from './lib/log.ts'
import { backOff, pause } from './lib/pause.ts'

export type Listener = { isListening(): boolean; stop(): Promise<void> }

type ListenOptions = {
  name: string
  /** A direct address: LISTEN does not pass a transaction-pooling PgBouncer. */
  url: string
  onNudge: () => void
  log: Log
  /** Together they bound how long a dead connection goes unnoticed: 10 s + 5 s. */
  heartbeatMs?: number
  timeoutMs?: number
}

function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

/** One connection's life: returns when `signal` aborts, throws when the connection is lost. */
async function session(options: Required<ListenOptions>, signal: AbortSignal, onListening: () => void): Promise<void> {
  // The socket is ours, so that a half-open one can be dropped without waiting for the other side's goodbye.
  const socket = new net.Socket()
  const client = new pg.Client({
    connectionString: options.url,
    application_name: 'highstreet-notifier-listen',
    connectionTimeoutMillis: options.timeoutMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    stream: () => socket,
  })
  const lost = new Promise<never>((_, reject) => {
    client.on('error', reject)
    client.on('end', () => reject(new Error('connection ended')))
  })
  lost.catch(() => undefined)
  client.on('notification', options.onNudge)
  try {
    await client.connect()
    await within(options.timeoutMs, client.query('LISTEN outbox'))
    onListening()
    // What was written while nobody listened.
    options.onNudge()
    while (!signal.aborted) {
      await Promise.race([pause(options.heartbeatMs, signal), lost])
      if (signal.aborted) break
      const alive = client.query("SELECT 1 FROM pg_listening_channels() AS channel WHERE channel = 'outbox'")
      alive.catch(() => undefined)
      const { rowCount } = await within(options.timeoutMs, Promise.race([alive, lost]))
      if (!rowCount) throw new Error('the connection no longer listens')
    }
    await within(1_000, client.end()).catch(() => undefined)
  } finally {
    socket.destroy()
  }
}

/** Listens until `stop`, reconnecting with back-off for as long as it takes. */
export function startListening(given: ListenOptions): Listener {
  const options = { heartbeatMs: 10_000, timeoutMs: 5_000, ...given }
  const stopping = new AbortController()
  let listening = false

  async function run(): Promise<void> {
    let failures = 0
    while (!stopping.signal.aborted) {
      try {
        await session(options, stopping.signal, () => {
          if (failures > 0) options.log.info({ database: options.name }, 'listening again')
          failures = 0
          listening = true
        })
      } catch (error) {
        const reason = (error as Error).message
        if (failures === 0) options.log.warn({ database: options.name, reason }, 'not listening, will reconnect')
        failures += 1
      } finally {
        listening = false
      }
      if (failures > 0) await pause(backOff(failures, 250, 5_000), stopping.signal)
    }
  }
  const running = run()

  return {
    isListening: () => listening,
    async stop() {
      stopping.abort()
      await running
    },
  }
}
