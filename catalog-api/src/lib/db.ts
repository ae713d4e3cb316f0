// The catalogue's own database: a bounded pool that survives a restart of Postgres, and transactions that are
// repeated whole when Postgres says so. No network call may stand inside a transaction.
import createKnex, { type Knex } from 'knex'
import { knexSnakeCaseMappers, Model } from 'objection'
import pg from 'pg'
import type { Logger } from './log.ts'

// bigint columns hold minor units and counts: exact in a double up to 2^53, an error beyond.
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new Error(`${text} does not fit a safe integer`)
  return value
})

export type Trx = Knex | Knex.Transaction

let pool: Knex | undefined

/** Opens the process's pool; `acquire` gives up after 2 s so that a call answers 503 instead of hanging. */
export function openDatabase(url: string, options: { log?: Logger; max?: number } = {}): Knex {
  pool = createKnex({
    client: 'pg',
    connection: {
      connectionString: url,
      application_name: 'highstreet-catalog-api',
      keepAlive: true,
      connectionTimeoutMillis: 2_000,
      statement_timeout: 5_000,
      idle_in_transaction_session_timeout: 10_000,
      options: '-c lock_timeout=2000',
    },
    pool: {
      min: 0,
      max: options.max ?? 10,
      acquireTimeoutMillis: 2_000,
      // Without a listener on the client itself the process dies when Postgres restarts (node-postgres#2439).
      afterCreate: (client: pg.Client, done: (error: Error | null, client: pg.Client) => void) => {
        client.on('error', (error) => options.log?.warn({ reason: error.message }, 'a database connection was lost'))
        done(null, client)
      },
    },
    // knex prints to the console by itself; what it says here is told again by whoever waited for the connection.
    log: {
      warn: (said: unknown) => options.log?.debug({ said: String(said) }, 'knex'),
      error: (said: unknown) => options.log?.debug({ said: String(said) }, 'knex'),
    },
    ...knexSnakeCaseMappers(),
  })
  Model.knex(pool)
  return pool
}

/** The pool. Throws when the process has not opened it yet. */
export function db(): Knex {
  if (!pool) throw new Error('openDatabase was not called')
  return pool
}

export async function closeDatabase(): Promise<void> {
  await pool?.destroy()
  pool = undefined
}

/**
 * Runs one statement with named bindings (`:name`) and gives its rows with camelCase keys. `sql` is a constant of the
 * program; whatever comes from outside is bound.
 */
export async function select<Row>(trx: Trx, sql: string, bindings: Record<string, unknown> = {}): Promise<Row[]> {
  const { rows } = (await trx.raw(sql, bindings as Knex.RawBinding)) as { rows: Record<string, unknown>[] }
  return rows.map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [camel(key), value])) as Row)
}

const camel = (key: string) => key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())

const retryable = new Set(['40P01', '40001', '55P03'])
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Runs `work` in one READ COMMITTED transaction; deadlock, serialization failure and lock timeout repeat it whole, three times at most. */
export async function transaction<T>(work: (trx: Knex.Transaction) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db().transaction(work)
    } catch (error) {
      if (!retryable.has(sqlState(error)) || attempt > 3) throw error
      await pause(Math.random() * 50 * 2 ** attempt)
    }
  }
}

/** Objection wraps what Postgres says; the driver's own error is inside. */
const native = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'nativeError' in error ? error.nativeError : error

const field = (error: unknown, name: 'code' | 'constraint'): string => {
  const own = native(error) as { code?: unknown; constraint?: unknown } | null | undefined
  return String(own?.[name] ?? '')
}
const sqlState = (error: unknown): string => field(error, 'code')

/** The name of the constraint `error` broke, or undefined: ask the database, not beforehand. */
export const brokenConstraint = (error: unknown): string | undefined =>
  sqlState(error).startsWith('23') ? field(error, 'constraint') : undefined

// Lost connections, a server that starts or stops, no free connection, locks and statements that took too long.
const absent = new Set(
  'ECONNREFUSED ECONNRESET EPIPE ETIMEDOUT EAI_AGAIN ENOTFOUND 57P01 57P02 57P03 53300 08000 08003 08006 08001 55P03 57014 25P03'.split(
    ' ',
  ),
)

/** Whether the database could not be reached or had no time: answered 503, tried again later. */
export function isUnavailable(error: unknown): boolean {
  if (absent.has(sqlState(error))) return true
  const own = native(error)
  if (!(own instanceof Error)) return false
  return (
    own.constructor.name === 'KnexTimeoutError' ||
    /Connection terminated|timeout expired|Connection ended|not queryable|timeout exceeded when trying to connect/.test(
      own.message,
    )
  )
}
