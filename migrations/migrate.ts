// Moves a database's schema forward and back, one runner at a time. Each migration runs in a transaction of its own.
// Never runs against a database that is newer than this checkout.
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import createKnex, { type Knex } from 'knex'
import pg, { type ClientBase } from 'pg'
import { appliedNames, type Database, MigrationError, migrationNames, migrationsFolder } from './databases.ts'

export { requireDurability, requireVersion } from './databases.ts'

/** One number for all runners: the advisory lock ends with its connection, so a killed run blocks nobody. */
const lockKey = 7_305_815_001

type Migration = { up: (knex: Knex) => Promise<void>; down: (knex: Knex) => Promise<void> }

/** Reads the folder instead of a list; loads TypeScript under tsx and under vitest alike. */
function sourceOf(which: Database): Knex.MigrationSource<string> {
  return {
    getMigrations: async () => migrationNames(which),
    getMigrationName: (name) => name,
    getMigration: async (name) => {
      const file = pathToFileURL(path.join(migrationsFolder(which), `${name}.ts`)).href
      return (await import(/* @vite-ignore */ file)) as Migration
    },
  }
}

/** Applies what is missing; the names applied, in order. @throws MigrationError, or the failing statement's error */
export function migrate(url: string, which: Database): Promise<string[]> {
  return withLock(url, async (knex) => {
    await refuseNewer(knex, which)
    const [, applied] = (await knex.migrate.latest({ migrationSource: sourceOf(which) })) as [number, string[]]
    return applied
  })
}

/** Takes back the last batch, or everything; the names taken back, in order. */
export function rollback(url: string, which: Database, everything = false): Promise<string[]> {
  return withLock(url, async (knex) => {
    await refuseNewer(knex, which)
    const config = { migrationSource: sourceOf(which) }
    const [, undone] = (await knex.migrate.rollback(config, everything)) as [number, string[]]
    return undone
  })
}

export interface Status {
  applied: string[]
  pending: string[]
  /** In the database but not in this checkout. */
  unknown: string[]
}

/** How a database stands against this checkout; needs no lock. */
export async function status(url: string, which: Database): Promise<Status> {
  const knex = connect(url)
  try {
    return await compare(knex, which)
  } finally {
    await knex.destroy()
  }
}

async function compare(knex: Knex, which: Database): Promise<Status> {
  const applied = await appliedNames(knex)
  const names = migrationNames(which)
  return {
    applied,
    pending: names.filter((name) => !applied.includes(name)),
    unknown: applied.filter((name) => !names.includes(name)),
  }
}

async function refuseNewer(knex: Knex, which: Database): Promise<void> {
  const { unknown } = await compare(knex, which)
  if (unknown.length === 0) return
  throw new MigrationError(
    `The ${which} database has migrations this checkout does not know (${unknown.join(', ')}). Update the checkout.`,
  )
}

function connect(url: string): Knex {
  const knex = createKnex({ client: 'pg', connection: url, pool: { min: 0, max: 2 } })
  return knex
}

async function withLock<T>(url: string, work: (knex: Knex) => Promise<T>): Promise<T> {
  const holder = new pg.Client({ connectionString: url, application_name: 'highstreet-migrations' })
  holder.on('error', () => undefined)
  await holder.connect()
  const knex = connect(url)
  try {
    await holder.query("SET lock_timeout = '120s'")
    await holder.query('SELECT pg_advisory_lock($1)', [lockKey])
    // We hold the real lock, so a set flag in knex's own table was left by a run that was killed.
    await knex.migrate.forceFreeMigrationsLock({ migrationSource: { ...emptySource } })
    return await work(knex)
  } finally {
    await knex.destroy()
    await holder.end()
  }
}

const emptySource: Knex.MigrationSource<string> = {
  getMigrations: async () => [],
  getMigrationName: (name) => name,
  getMigration: async () => ({ up: async () => undefined, down: async () => undefined }),
}

const oldestServer = 15

/**
 * Makes sure the database of the URL exists. @returns whether it was created
 * @throws MigrationError in one sentence when the server cannot be reached, refuses, or is too old
 */
export async function ensureDatabase(url: string): Promise<boolean> {
  const name = databaseOf(url)
  try {
    const version = await connected(url, serverVersion).catch((error: { code?: string }) => {
      if (error.code === '3D000') return null
      throw error
    })
    if (version !== null) return refuseOld(url, version)
    await connected(maintenanceOf(url), async (client) => {
      refuseOld(url, await serverVersion(client))
      await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)} ENCODING 'UTF8' TEMPLATE template0`)
    })
    return true
  } catch (error) {
    if (error instanceof MigrationError) throw error
    const { code, message } = error as { code?: string; message: string }
    if (code === '42P04') return false
    const why = code === 'ECONNREFUSED' ? 'nothing answers there' : message || code
    throw new MigrationError(`The Postgres of ${withoutPassword(url)} cannot be used: ${why}.`)
  }
}

async function serverVersion(client: ClientBase): Promise<number> {
  const { rows } = await client.query('SHOW server_version_num')
  return Math.floor(Number(rows[0].server_version_num) / 10_000)
}

function refuseOld(url: string, version: number): false {
  if (version >= oldestServer) return false
  throw new MigrationError(
    `The Postgres of ${withoutPassword(url)} is version ${version}; the shop needs ${oldestServer} or later.`,
  )
}

/** Drops the database of the URL with everything in it, ending its connections. */
export async function dropDatabase(url: string): Promise<void> {
  const name = databaseOf(url)
  await connected(maintenanceOf(url), (client) =>
    client.query(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`),
  )
}

function maintenanceOf(url: string): string {
  const maintenance = new URL(url)
  maintenance.pathname = '/postgres'
  return maintenance.href
}

async function connected<T>(url: string, work: (client: ClientBase) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return await work(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** The database a URL names. @throws MigrationError when it names none */
export function databaseOf(url: string): string {
  const name = URL.canParse(url) ? decodeURIComponent(new URL(url).pathname.slice(1)) : ''
  if (!name) throw new MigrationError('A database URL looks like postgres://user:password@host:5432/database.')
  return name
}

/** A URL that may be printed. */
export function withoutPassword(url: string): string {
  const shown = new URL(url)
  if (shown.password) shown.password = '***'
  return shown.href
}
