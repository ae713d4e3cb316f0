// Fresh, migrated databases for tests: each a copy of a template built once for the test run.
// Never touches the shop's own data.
import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg, { type ClientBase } from 'pg'
import { type Database, databases, migrationNames, migrationsFolder } from '../../migrations/databases.ts'
import { migrate } from '../../migrations/migrate.ts'

export interface TestDatabase {
  url: string
  /** Ends all connections to it and removes it. */
  drop: () => Promise<void>
}

/**
 * A database of its own with the schema of today and no rows.
 * @throws when no Postgres runs for tests (vitest's global setup starts one)
 */
export async function freshDatabase(which: Database): Promise<TestDatabase> {
  const name = `test_${which}_${randomBytes(6).toString('hex')}`
  await admin((client) => copyTemplate(client, name, templateName(which)))
  return {
    url: urlFor(name),
    drop: () => admin(async (client) => void (await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`))),
  }
}

/** An empty database without any schema, for tests of the migrations themselves. */
export async function emptyDatabase(): Promise<TestDatabase> {
  const name = `test_empty_${randomBytes(6).toString('hex')}`
  await admin((client) => copyTemplate(client, name, 'template0'))
  return {
    url: urlFor(name),
    drop: () => admin(async (client) => void (await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`))),
  }
}

async function copyTemplate(client: ClientBase, name: string, template: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.query(`CREATE DATABASE ${name} TEMPLATE ${template} ENCODING 'UTF8'`)
      return
    } catch (error) {
      // 55006: another copy is looking at the template right now
      if ((error as { code?: string }).code !== '55006' || attempt > 50) throw error
      await sleep(50 + Math.random() * 100)
    }
  }
}

/** Builds both templates where they are missing; called once before the tests. */
export async function buildTemplates(): Promise<void> {
  await Promise.all(databases.map(buildTemplate))
}

async function buildTemplate(which: Database): Promise<void> {
  const template = templateName(which)
  await admin(async (client) => {
    // A server of your own may be shared by several runs: one builds, the others wait.
    await client.query('SELECT pg_advisory_lock(hashtext($1))', [template])
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [template])
    if (found.rowCount) return
    const half = `${template}_building`
    await client.query(`DROP DATABASE IF EXISTS ${half} WITH (FORCE)`)
    await client.query(`CREATE DATABASE ${half} TEMPLATE template0 ENCODING 'UTF8'`)
    await migrate(urlFor(half), which)
    for (let attempt = 1; ; attempt += 1) {
      try {
        await client.query(`ALTER DATABASE ${half} RENAME TO ${template}`)
        return
      } catch (error) {
        if ((error as { code?: string }).code !== '55006' || attempt > 50) throw error
        await sleep(50)
      }
    }
  })
}

/** Named after the migrations' content, so that a changed migration gets a new template. */
function templateName(which: Database): string {
  const folder = migrationsFolder(which)
  const hash = createHash('sha256').update(readFileSync(path.join(folder, '..', 'outbox-table.ts')))
  for (const name of migrationNames(which)) hash.update(name).update(readFileSync(path.join(folder, `${name}.ts`)))
  return `tpl_${which}_${hash.digest('hex').slice(0, 10)}`
}

function adminUrl(): string {
  const url = process.env.TEST_POSTGRES_URL
  if (!url) throw new Error('No Postgres runs for the tests: run them with vitest from the root of the checkout.')
  return url
}

function urlFor(database: string): string {
  const url = new URL(adminUrl())
  url.pathname = `/${database}`
  return url.href
}

async function admin<T>(work: (client: ClientBase) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: urlFor('postgres') })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
