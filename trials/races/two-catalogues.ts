// Two catalog-apis over one fresh database, for the short edition in the suite: no shop around them. A Postgres for tests
// must run (vitest's global setup starts one).
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { freePorts } from '../../local/ports.ts'
import { freshDatabase } from '../../local/postgres/test-database.ts'
import type { Catalogue } from './catalogue.ts'

const secret = 'a-secret-of-the-races-that-is-long-enough-0'

export async function openTwoCatalogues(): Promise<Catalogue & { close: () => Promise<void> }> {
  const database = await freshDatabase('catalog')
  const ports = Object.values(await freePorts()).slice(0, 2)
  const children = ports.map((port) => startCatalogue(port, database.url))
  const close = async () => {
    await Promise.all(children.map(stop))
    await database.drop()
  }
  try {
    await Promise.all(ports.map(untilHealthy))
    await stockRoom(database.url)
  } catch (error) {
    await close()
    throw error
  }
  return { urls: ports.map(urlOf), secret, databaseUrl: database.url, close }
}

const urlOf = (port: string) => `http://127.0.0.1:${port}`

function startCatalogue(port: string, databaseUrl: string): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', 'catalog-api/src/main.ts'], {
    env: {
      ...process.env,
      CATALOG_DATABASE_URL: databaseUrl,
      CATALOG_PORT: port,
      SERVICE_TOKEN_SECRET: secret,
      MEDIA_DIR: '.data/none',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}

async function untilHealthy(port: string): Promise<void> {
  for (const end = Date.now() + 30_000; Date.now() < end; await sleep(100)) {
    const answer = await fetch(`${urlOf(port)}/health`).catch(() => null)
    await answer?.body?.cancel()
    if (answer?.ok) return
  }
  throw new Error('catalog-api did not start')
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  await gone
}

async function stockRoom(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`
    INSERT INTO categories (id, slug, name) VALUES (gen_random_uuid(), 'kitchen', 'Kitchen');
    INSERT INTO stores (id, slug, kind, name, line1, city, country, latitude, longitude, timezone, ships_orders)
      VALUES (gen_random_uuid(), 'central', 'warehouse', 'Central', '1 Dock Road', 'Dublin', 'IE', 53.3, -6.2, 'Europe/Dublin', true)`)
  await client.end()
}
