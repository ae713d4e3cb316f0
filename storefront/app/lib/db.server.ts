// The storefront's own database: bounded pools that survive a restart of Postgres, and transactions that are retried
// whole when Postgres says so. No network call may stand inside a transaction.
import { AsyncLocalStorage } from 'node:async_hooks'
import createKnex, { type Knex } from 'knex'
import { knexSnakeCaseMappers, Model } from 'objection'
import pg from 'pg'
import { env } from '#app/env.server.ts'
import { DomainError } from '#app/lib/errors.ts'
import { log } from '#app/lib/log.server.ts'

// bigint columns hold minor units and counts: exact in a double up to 2^53, an error beyond.
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new Error(`${text} does not fit a safe integer`)
  return value
})

type PoolRole = { name: string; max: number; statementTimeoutMs: number }

/** A knex instance on `url`; `acquire` gives up after 2 s so that a page answers 503 instead of hanging. */
export function connect(url: string, role: PoolRole): Knex {
  return createKnex({
    client: 'pg',
    connection: {
      connectionString: url,
      application_name: `highstreet-${role.name}`,
      keepAlive: true,
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
    ...knexSnakeCaseMappers(),
  })
}

let pages: Knex | undefined
let jobs: Knex | undefined

const inJobs = new AsyncLocalStorage<true>()

/** Runs `work` with `db()` meaning the jobs' pool: background work uses the same verbs and takes no page's connection. */
export const onJobsPool = <T>(work: () => Promise<T>): Promise<T> => inJobs.run(true, work)

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

/** The pool of pages and API. */
export function db(): Knex {
  const rehearsal = rehearsed.getStore()
  if (rehearsal) return rehearsal
  if (inJobs.getStore()) return jobsDb()
  pages ??= connect(env().STOREFRONT_DATABASE_URL, { name: 'storefront', max: 10, statementTimeoutMs: 5_000 })
  Model.knex(pages)
  return pages
}

/** The pool of webhooks and background work: a storm of page views cannot starve it, nor the reverse. */
export function jobsDb(): Knex {
  const rehearsal = rehearsed.getStore()
  if (rehearsal) return rehearsal
  jobs ??= connect(env().STOREFRONT_DATABASE_URL, { name: 'storefront-jobs', max: 5, statementTimeoutMs: 30_000 })
  return jobs
}

export async function closeDatabases(): Promise<void> {
  await Promise.all([pages?.destroy(), jobs?.destroy()])
  pages = jobs = undefined
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

/** Whether the database could not be reached or had no connection free: answered 503, tried again later. */
export function isUnavailable(error: unknown): boolean {
  const code = sqlState(error)
  const name = error instanceof Error ? error.constructor.name : ''
  return (
    ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', '57P01', '57P02', '57P03', '53300', '08006', '08001'].includes(
      code,
    ) ||
    name === 'KnexTimeoutError' ||
    (error instanceof Error &&
      /Connection terminated|Connection ended|not queryable|timeout exceeded when trying to connect/.test(
        error.message,
      ))
  )
}

export const unavailable = (): DomainError =>
  new DomainError('overloaded', 'The shop is catching its breath. Please try again in a moment.', {
    retryAfterSeconds: 5,
  })
