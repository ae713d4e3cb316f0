// The database commands: migrate, rollback, status, dump, reset. Works on the configured Postgres or the embedded one,
// also beside a running shop. Never drops a database that is not on this machine unless told so in full.
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { findRunningPostgres, PostgresError, startPostgres } from '../local/postgres/postgres.ts'
import { type Database, databaseNames, databases, MigrationError, migrationsFolder, urlVariables } from './databases.ts'
import { dump } from './dump.ts'
import { dropDatabase, ensureDatabase, migrate, rollback, status, withoutPassword } from './migrate.ts'

const usage = `Usage: node --import tsx migrations/cli.ts <command> [storefront|catalog]
  migrate            apply what is missing
  rollback [--all]   take back the last batch, or everything
  status             what is applied and what is pending
  dump               write migrations/*/schema.sql from the migrations
  reset [--yes-drop-remote-data]   drop, make and migrate anew`

type Urls = Record<Database, string>
type Work = (url: string, which: Database) => Promise<void>

const say = (line: string) => process.stdout.write(`${line}\n`)
const flags = process.argv.slice(2).filter((word) => word.startsWith('--'))
const [command = '', only] = process.argv.slice(2).filter((word) => !word.startsWith('--'))

const works: Record<string, Work> = {
  migrate: async (url, which) => {
    await ensureDatabase(url)
    const applied = await migrate(url, which)
    say(`${which}: ${applied.length ? `applied ${applied.join(', ')}` : 'up to date'}`)
  },
  rollback: async (url, which) => {
    const undone = await rollback(url, which, flags.includes('--all'))
    say(`${which}: ${undone.length ? `took back ${undone.join(', ')}` : 'nothing to take back'}`)
  },
  status: async (url, which) => {
    await ensureDatabase(url)
    const { applied, pending, unknown } = await status(url, which)
    for (const name of applied) say(`${which}  ${unknown.includes(name) ? 'unknown' : 'applied'}  ${name}`)
    for (const name of pending) say(`${which}  pending  ${name}`)
    if (applied.length + pending.length === 0) say(`${which}  empty`)
  },
  reset: async (url, which) => {
    const remote = !['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname)
    if ((remote || process.env.NODE_ENV === 'production') && !flags.includes('--yes-drop-remote-data')) {
      throw new MigrationError(
        `reset would drop everything in ${withoutPassword(url)}. Add --yes-drop-remote-data if you mean it.`,
      )
    }
    await dropDatabase(url)
    await ensureDatabase(url)
    const applied = await migrate(url, which)
    say(`${which}: made anew with ${applied.length} migrations; npm run db:seed or npm start fills it`)
  },
}

async function main(): Promise<void> {
  const env = path.resolve(import.meta.dirname, '..', '.env')
  if (existsSync(env)) process.loadEnvFile(env)
  if (only && !databases.includes(only as Database)) throw new MigrationError(usage)
  const chosen = only ? [only as Database] : [...databases]
  if (command === 'dump') return withThrowAwayPostgres(chosen)
  const work = works[command]
  if (!work) throw new MigrationError(usage)
  await withUrls(async (urls) => {
    for (const which of chosen) await work(urls[which], which)
  })
}

async function withUrls(use: (urls: Urls) => Promise<void>): Promise<void> {
  const configured = databases.map((which) => process.env[urlVariables[which]] || null)
  const dataDir = path.resolve(import.meta.dirname, '..', process.env.DATA_DIR || '.data', 'postgres')
  const running = configured.every(Boolean) ? null : findRunningPostgres(dataDir)
  const started = configured.every(Boolean) || running ? null : await startPostgres({ dataDir })
  const embedded = started?.urlFor ?? running
  const urls = Object.fromEntries(
    databases.map((which, index) => [which, configured[index] ?? embedded?.(databaseNames[which]) ?? '']),
  ) as Urls
  try {
    await use(urls)
  } finally {
    await started?.stop()
  }
}

async function withThrowAwayPostgres(chosen: Database[]): Promise<void> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'highstreet-dump-'))
  const postgres = await startPostgres({ dataDir, settings: { fsync: 'off' } })
  try {
    for (const which of chosen) {
      const url = postgres.urlFor(`dump_${which}`)
      await ensureDatabase(url)
      await migrate(url, which)
      const file = path.join(migrationsFolder(which), 'schema.sql')
      await writeFile(file, await dump(url))
      say(`${which}: wrote ${path.relative(process.cwd(), file)}`)
    }
  } finally {
    await postgres.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

main().catch((error: unknown) => {
  const known = error instanceof MigrationError || error instanceof PostgresError
  process.stderr.write(`${known ? error.message : error instanceof Error ? error.stack : String(error)}\n`)
  process.exitCode = 1
})
