// The notifier's connections to the two databases. It reads and writes only `outbox` and `deliveries`.
import pg from 'pg'
import type { Log } from './lib/log.ts'

/** @types/pg exports the class only as a value. */
export type Pool = InstanceType<typeof pg.Pool>

export type SourceName = 'storefront' | 'catalog'

/** A database whose outbox is drained. */
export type Source = { name: SourceName; url: string; pool: Pool }

/** Opens a small pool; it survives restarts of Postgres. The caller ends `pool`. */
export function openSource(name: SourceName, url: string, log: Log): Source {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'highstreet-notifier',
    max: 6,
    connectionTimeoutMillis: 2_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    // Answers lost on a half-open connection must not hang a worker for ever.
    query_timeout: 30_000,
    statement_timeout: 25_000,
    lock_timeout: 2_000,
    idle_in_transaction_session_timeout: 10_000,
  })
  // Without a listener an idle client's error (Postgres restarts) ends the process.
  pool.on('error', (error) => log.warn({ database: name, reason: error.message }, 'database connection lost'))
  return { name, url, pool }
}
