// The real catalog-api as a process of its own over a fresh database, for tests of what only both sides together can
// break. Slow (a second or two to start): one file uses it, everything else the small warehouse.
import './stage.ts'
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll } from 'vitest'
import { freshDatabase } from '../../local/postgres/test-database.ts'

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

const database = await freshDatabase('catalog')
const port = await freePort()
const mediaDir = mkdtempSync(path.join(tmpdir(), 'highstreet-media-'))
process.env.CATALOG_API_URL = `http://127.0.0.1:${port}`
const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', 'catalog-api/src/main.ts'], {
  env: { ...process.env, CATALOG_DATABASE_URL: database.url, CATALOG_PORT: String(port), MEDIA_DIR: mediaDir },
  stdio: ['ignore', 'ignore', 'inherit'],
})
await waitUntilHealthy()

async function waitUntilHealthy(): Promise<void> {
  for (const end = Date.now() + 20_000; Date.now() < end; ) {
    const answer = await fetch(`${process.env.CATALOG_API_URL}/health`).catch(() => null)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('catalog-api did not start')
}

afterAll(async () => {
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await gone
  await database.drop()
  rmSync(mediaDir, { recursive: true, force: true })
})

/** Runs one statement in the catalogue's database: tests look at stock where it is kept. */
export async function inCatalogue<Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  try {
    return (await client.query<Row>(sql, values)).rows
  } finally {
    await client.end()
  }
}

/** Adds a warehouse that ships and answers its id. */
export async function aWarehouse(): Promise<string> {
  const [row] = await inCatalogue<{ id: string }>(
    `INSERT INTO stores (id, slug, kind, name, line1, city, country, latitude, longitude, timezone, ships_orders)
     VALUES (gen_random_uuid(), 'central', 'warehouse', 'Central', '1 Dock Road', 'Dublin', 'IE', 53.3, -6.2, 'Europe/Dublin', true)
     RETURNING id`,
  )
  return row?.id ?? ''
}

/** Adds a category and answers its id. */
export async function aCategory(): Promise<string> {
  const [row] = await inCatalogue<{ id: string }>(
    "INSERT INTO categories (id, slug, name) VALUES (gen_random_uuid(), 'kitchen', 'Kitchen') RETURNING id",
  )
  return row?.id ?? ''
}
