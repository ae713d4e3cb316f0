// The storefront's own database: bounded pools, one for each kind of work, that survive a restart of Postgres, and transactions
// that are retried whole when Postgres says so. No network call may stand inside a transaction.
import { AsyncLocalStorage } from 'node:async_hooks'
import createKnex, { type Knex } from 'knex'
import { knexSnakeCaseMappers, Model } from 'objection'
import pg from 'pg'
import { env } from '#app/env.server.ts'
import type { By } from '#app/lib/clock.ts'
import { DomainError } from '#app/lib/errors.ts'
import { log } from '#app/lib/log.server.ts'

// bigint columns hold minor units and counts: exact in a double up to 2^53, an error beyond.
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new Error(`${text} does not fit a safe integer`)
  return value
})

type PoolRole = { name: string; max: number; statementTimeoutMs: number }

/**
 * The bulkheads: each kind of work has connections of its own, so that a storm of one starves no other. Pages and API ·
 * background work · webhooks, which must be kept whatever the pages do · the health check, which must not lie.
 */
const roles = {
  pages: { name: 'storefront', max: 10, statementTimeoutMs: 5_000 },
  jobs: { name: 'storefront-jobs', max: 8, statementTimeoutMs: 30_000 },
  webhooks: { name: 'storefront-webhooks', max: 3, statementTimeoutMs: 5_000 },
  health: { name: 'storefront-health', max: 1, statementTimeoutMs: 2_000 },
} satisfies Record<string, PoolRole>
type Bulkhead = keyof typeof roles

/** A knex instance on `url`; `acquire` gives up after 2 s so that a page answers 503 instead of hanging. */
export function connect(url: string, role: PoolRole): Knex {
  return createKnex({
    client: 'pg',
    connection: {
      connectionString: url,
      application_name: `highstreet-${role.name}`,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      connectionTimeoutMillis: 2_000,
      statement_timeout: role.statementTimeoutMs,
      options: '-c lock_timeout=2000',
      idle_in_transaction_session_timeout: 10_000,
    },
    pool: {
      min: 0,
      max: role.max,
      acquireTimeoutMillis: 2_000,
      // Without a listener on the client itself the process dies when Postgres restarts (node-postgres#2439).
      afterCreate: (client: pg.Client, done: (error: Error | null, client: pg.Client) => void) => {
        client.on('error', (error) => log.warn({ reason: error.message }, 'a database connection was lost'))
        done(null, client)
      },
    },
    // knex prints to the console by itself; what it says here is told again by whoever waited for the connection.
    log: {
      warn: (said: unknown) => log.debug({ said: String(said) }, 'knex'),
      error: (said: unknown) => log.debug({ said: String(said) }, 'knex'),
    },
    ...knexSnakeCaseMappers(),
  })
}

const pools = new Map<Bulkhead, Knex>()

function pool(of: Bulkhead): Knex {
  const open = pools.get(of) ?? connect(env().STOREFRONT_DATABASE_URL, roles[of])
  if (!pools.has(of)) pools.set(of, open)
  if (of === 'pages') Model.knex(open)
  return open
}

const inBulkhead = new AsyncLocalStorage<Bulkhead>()

/** Runs `work` with `db()` meaning the jobs' pool: background work uses the same verbs and takes no page's connection. */
export const onJobsPool = <T>(work: () => Promise<T>): Promise<T> => inBulkhead.run('jobs', work)

/** Runs `work` with `db()` meaning the webhooks' pool: neither pages nor background work can keep an event out. */
export const onWebhooksPool = <T>(work: () => Promise<T>): Promise<T> => inBulkhead.run('webhooks', work)

const rehearsed = new AsyncLocalStorage<Knex.Transaction>()

/**
 * Runs `work` in one transaction that is rolled back whatever comes of it: inside, db() and every transaction() mean that
 * one, so verbs show what they would do and nothing is written. No network call may stand in it.
 */
export async function rehearse<T>(work: () => Promise<T>): Promise<T> {
  const trx = await db().transaction()
  try {
    return await rehearsed.run(trx, work)
  } finally {
    await trx.rollback()
  }
}

/** The pool of pages and API, or of the bulkhead that this work runs in. */
export const db = (): Knex => rehearsed.getStore() ?? pool(inBulkhead.getStore() ?? 'pages')

/** The pool of background work: a storm of page views cannot starve it, nor the reverse. */
export const jobsDb = (): Knex => rehearsed.getStore() ?? pool('jobs')

/** Whether the database answers. Waits 2 s at most, and never for a page's connection. */
export const databaseAnswers = (): Promise<boolean> =>
  pool('health')
    .raw('select 1')
    .then(
      () => true,
      () => false,
    )

/** The same person, and the time by the database's clock: instances need not agree on it. */
export async function byDatabase(by: By, knex: Knex = db()): Promise<By> {
  const { rows } = await knex.raw<{ rows: { at: Date }[] }>('SELECT clock_timestamp() AS at')
  return { ...by, at: rows[0]?.at ?? by.at }
}

export async function closeDatabases(): Promise<void> {
  const open = [...pools.values()]
  pools.clear()
  await Promise.all(open.map((one) => one.destroy()))
}

const retryable = new Set(['40P01', '40001', '55P03'])
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Runs `work` in one READ COMMITTED transaction; deadlock, serialization failure and lock timeout repeat it whole, three times at most. */
export async function transaction<T>(work: (trx: Knex.Transaction) => Promise<T>, knex: Knex = db()): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await knex.transaction(work)
    } catch (error) {
      if (!retryable.has(sqlState(error)) || attempt === 3) throw error
      await pause(Math.random() * 50 * 2 ** attempt)
    }
  }
}

// Objection wraps what breaks a constraint; the database's own words are in `nativeError`.
const native = (error: unknown): Record<string, unknown> => {
  const own = error instanceof Error && 'nativeError' in error ? error.nativeError : error
  return typeof own === 'object' && own !== null ? (own as Record<string, unknown>) : {}
}
const sqlState = (error: unknown): string => String(native(error).code ?? '')

/** The name of the constraint `error` broke, or undefined: ask the database, not beforehand. */
export function brokenConstraint(error: unknown): string | undefined {
  if (!sqlState(error).startsWith('23')) return undefined
  const { constraint } = native(error)
  return constraint === undefined ? undefined : String(constraint)
}

// Nobody there, or the line was cut; Postgres starts, stops or takes no more; the disk or its memory is full; a row stayed locked
// or a statement took too long, also after whole repeats: another time it works.
const passing =
  /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EAI_AGAIN|ENOTFOUND|EHOSTUNREACH|ENETUNREACH|08...|53...|57P0.|57014|55P03|40001|40P01|25P03|25006)$/
const lostConnection =
  /Connection terminated|Connection ended|not queryable|timeout expired|timeout exceeded when trying to connect|Unable to acquire a connection/

/** Whether the database could not be reached, had no connection free or no room: answered 503, tried again later. */
export function isUnavailable(error: unknown): boolean {
  if (passing.test(sqlState(error))) return true
  return error instanceof Error && (error.constructor.name === 'KnexTimeoutError' || lostConnection.test(error.message))
}

export const unavailable = (): DomainError =>
  new DomainError('overloaded', 'The shop is catching its breath. Please try again in a moment.', {
    retryAfterSeconds: 5,
  })
