// The shop's two databases and the migrations each has. Light on purpose: every process imports this at start.
// Never connects on its own; the caller hands in its connection.
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Knex } from 'knex'

export const databases = ['storefront', 'catalog'] as const
export type Database = (typeof databases)[number]

/** The names the databases have where none is configured. */
export const databaseNames: Record<Database, string> = {
  storefront: 'ecom_identity_commerce',
  catalog: 'ecom_catalog_fulfillment',
}

/** The variable that names each database's URL. */
export const urlVariables: Record<Database, string> = {
  storefront: 'STOREFRONT_DATABASE_URL',
  catalog: 'CATALOG_DATABASE_URL',
}

/** A sentence for the person at the terminal: the database and the program do not fit together. */
export class MigrationError extends Error {
  override name = 'MigrationError'
}

/** The folder with the migrations of one database; found upwards, so that a bundle may hold this file. */
export function migrationsFolder(which: Database): string {
  let at = path.dirname(fileURLToPath(import.meta.url))
  for (;;) {
    for (const candidate of [path.join(at, which), path.join(at, 'migrations', which)]) {
      if (existsSync(path.join(candidate, 'schema.sql')) || hasMigrations(candidate)) return candidate
    }
    const parent = path.dirname(at)
    if (parent === at)
      throw new MigrationError(`The migrations of ${which} cannot be found. Run from a whole checkout.`)
    at = parent
  }
}

function hasMigrations(folder: string): boolean {
  return existsSync(folder) && readdirSync(folder).some(isMigration)
}

function isMigration(file: string): boolean {
  return /^\d{3}_[a-z0-9_]+\.ts$/.test(file)
}

/** Names of one database's migrations in order, without ending: `001_identity`. */
export function migrationNames(which: Database): string[] {
  const files = readdirSync(migrationsFolder(which)).filter(isMigration).sort()
  return files.map((file) => file.slice(0, -'.ts'.length))
}

/**
 * Checks that a database has every migration this program knows. A newer database is fine: an older program must run
 * on a newer schema while a deploy goes on.
 * @throws MigrationError naming what is missing and what to do
 */
export async function requireVersion(knex: Knex, which: Database): Promise<void> {
  const applied = new Set(await appliedNames(knex))
  const missing = migrationNames(which).filter((name) => !applied.has(name))
  if (missing.length === 0) return
  throw new MigrationError(`The ${which} database lacks ${missing.join(', ')}. Run: npm run db:migrate`)
}

const durable = ['fsync', 'full_page_writes', 'synchronous_commit']

/**
 * Checks that the server keeps what it has confirmed when its machine fails: an order that was answered must be there after
 * a power cut. Only throw-away servers of tests may be asked to forget.
 * @throws MigrationError naming the setting
 */
export async function requireDurability(knex: Knex, which: Database): Promise<void> {
  const { rows } = await knex.raw<{ rows: { name: string }[] }>(
    `SELECT name FROM pg_settings WHERE name = ANY (?) AND setting = 'off' ORDER BY name`,
    [durable],
  )
  if (rows.length === 0) return
  const off = rows.map(({ name }) => name).join(', ')
  throw new MigrationError(
    `The Postgres of the ${which} database may forget what it has confirmed (${off} = off). Turn that on and restart it.`,
  )
}

/** Names of the migrations a database has, in the order they ran; none when it was never migrated. */
export async function appliedNames(knex: Knex): Promise<string[]> {
  const known = await knex.raw("SELECT to_regclass('knex_migrations') IS NOT NULL AS present")
  if (!known.rows[0].present) return []
  const rows = await knex.raw('SELECT name FROM knex_migrations ORDER BY id')
  return rows.rows.map((row: { name: string }) => row.name)
}
