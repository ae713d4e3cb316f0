// Brings both databases up for a start: embedded Postgres where no URL is given, migrated, seeded when empty.
// Never seeds in production and never drops anything.
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { databaseNames, databases, MigrationError, urlVariables } from '../migrations/databases.ts'
import { ensureDatabase, migrate, status } from '../migrations/migrate.ts'
import { runNode } from './children.ts'
import { type Postgres, PostgresError, startPostgres } from './postgres/postgres.ts'
import { type Settings, StartError } from './settings.ts'

/** Starts the embedded Postgres if a database needs it, and puts the URLs into the settings' environment. */
export async function openPostgres(settings: Settings): Promise<Postgres | null> {
  const needed = databases.filter((which) => settings.embedded[which])
  if (needed.length === 0) return null
  const postgres = await startPostgres({ dataDir: path.join(settings.dataDir, 'postgres') }).catch(asStartError)
  for (const which of needed) settings.env[urlVariables[which]] = postgres.urlFor(databaseNames[which])
  return postgres
}

/** Asks the configured Postgres servers first: no build is worth starting without them. @throws StartError */
export async function requireReachable({ env, embedded }: Settings): Promise<void> {
  for (const which of databases) {
    if (!embedded[which]) await ensureDatabase(env[urlVariables[which]] ?? '').catch(asStartError)
  }
}

/** Creates and migrates both databases. @returns the names of the migrations applied now */
export async function migrateAll({ env }: Settings): Promise<string[]> {
  const applied = await Promise.all(
    databases.map(async (which) => {
      const url = env[urlVariables[which]] ?? ''
      const created = await ensureDatabase(url)
      // Looking first spares a warm start the lock and the migrations' modules.
      if (!created && (await isCurrent(url, which))) return []
      return migrate(url, which)
    }),
  ).catch(asStartError)
  return applied.flat()
}

async function isCurrent(url: string, which: (typeof databases)[number]): Promise<boolean> {
  const { pending, unknown } = await status(url, which)
  return pending.length === 0 && unknown.length === 0
}

/** Whether there is nothing to sell or nobody to sell it, or an earlier seeding was broken off. */
export async function needsSeeds({ env, dataDir }: Settings): Promise<boolean> {
  if (existsSync(markerOf(dataDir))) return true
  const [products, users] = await Promise.all([
    hasRows(env.CATALOG_DATABASE_URL, 'products'),
    hasRows(env.STOREFRONT_DATABASE_URL, 'users'),
  ]).catch(asStartError)
  return !products || !users
}

async function hasRows(url: string | undefined, table: 'products' | 'users'): Promise<boolean> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    const { rows } = await client.query(`SELECT EXISTS (SELECT 1 FROM ${table}) AS some_rows`)
    return rows[0].some_rows
  } finally {
    await client.end()
  }
}

/** Runs the seeds with their progress bar in this terminal, or silently. @throws StartError when they fail */
export async function seed(
  { env, dataDir }: Settings,
  quiet: boolean,
  signal?: AbortSignal,
  flags: string[] = [],
): Promise<void> {
  writeFileSync(markerOf(dataDir), '', { mode: 0o600 })
  const child = runNode(['seeds/cli.ts', ...flags], { env, output: quiet ? 'pipe' : 'inherit', signal })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-800)
    })
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  if (code !== 0)
    throw new StartError(`The shop could not be filled with its seeds. Try: npm run db:seed\n${said.trim()}`.trim())
  rmSync(markerOf(dataDir), { force: true })
}

/** Stands while seeding, so that a seeding that was broken off is done again. */
function markerOf(dataDir: string): string {
  return path.join(dataDir, 'seeding')
}

function asStartError(error: unknown): never {
  if (error instanceof MigrationError || error instanceof PostgresError) throw new StartError(error.message)
  throw error
}
