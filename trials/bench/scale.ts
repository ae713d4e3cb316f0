// `npm run bench:scale -- --sizes 1000,30000,200000,1000000 [--rounds 20] [--seed 1] [--shared-buffers 1GB] [--keep]`: how answers of catalog-api slow
// down as the catalogue grows. Every round asks each size the same kind of question one after the other, so that whatever
// else the machine does meets all of them; what counts is the ratio within one run. Asserts that no answer needs more
// statements in a larger shop; times are printed, never asserted.
import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { bulkSettings } from '../../local/postgres/bulk-settings.ts'
import { type Postgres, startPostgres } from '../../local/postgres/postgres.ts'
import { root } from '../../local/settings.ts'
import { ensureDatabase, migrate } from '../../migrations/migrate.ts'
import { chanceOf } from '../../seeds/scale/chance.ts'
import { fillScale } from '../../seeds/scale/fill-scale.ts'
import { storesFor } from '../../seeds/scale/ground.ts'
import { Processes } from '../chaos/processes.ts'
import { processorTime } from './processor-time.ts'
import { isKnown, type Kind, questionsOf, timeOf } from './scale-questions.ts'
import { type Cell, processorTableOf, tableOf } from './scale-table.ts'

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1000,30000,200000' },
    rounds: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    port: { type: 'string', default: '17410' },
    'shared-buffers': { type: 'string', default: '1GB' },
    only: { type: 'string', default: '' },
    keep: { type: 'boolean', default: false },
  },
})
const sizes = values.sizes.split(',').map(Number)
const rounds = Number(values.rounds)
const seed = Number(values.seed)
const perRound = 3
const key = randomBytes(36).toString('base64url')
const dataDir = path.join(root, '.data', 'bench-scale')
const databaseOf = (size: number) => `scale_${size}`
const seconds = (from: number) => `${((performance.now() - from) / 1000).toFixed(1)} s`

/** Fills the shops that are not there yet, with a server set up for that. */
async function fillShops(): Promise<void> {
  const postgres = await startPostgres({ dataDir: path.join(dataDir, 'postgres'), settings: bulkSettings })
  try {
    for (const size of sizes) {
      const url = postgres.urlFor(databaseOf(size))
      if (!(await ensureDatabase(url))) continue
      await migrate(url, 'catalog')
      const from = performance.now()
      await fillScale(url, { products: size, seed, stores: storesFor(size) })
      console.log(`${size.toLocaleString('en')} products filled in ${seconds(from)}`)
    }
  } finally {
    await postgres.stop()
  }
}

type Shop = { size: number; origin: string; database: string; pid: number; kinds: Kind[]; cells: Map<string, Cell> }

async function openShop(size: number, at: number, postgres: Postgres, processes: Processes): Promise<Shop> {
  const port = Number(values.port) + at
  const origin = `http://127.0.0.1:${port}`
  const url = postgres.urlFor(databaseOf(size))
  const env = { ...process.env, NODE_ENV: 'development', LOG_LEVEL: 'warn', CATALOG_PORT: String(port) }
  await processes.start({
    name: `catalog-api-${size}`,
    script: 'catalog-api/src/main.ts',
    env: { ...env, CATALOG_HOST: '127.0.0.1', CATALOG_DATABASE_URL: url, SERVICE_TOKEN_SECRET: key },
    health: `${origin}/health`,
  })
  const kinds = (await questionsOf(url)).filter(({ name }) => name.includes(values.only))
  const pid = processes.pidOf(`catalog-api-${size}`)
  return { size, origin, database: databaseOf(size), pid, kinds, cells: new Map() }
}

/** Statements that the database of a shop has answered so far. */
async function statementsOf(admin: pg.Client, database: string): Promise<number> {
  const sql = `SELECT coalesce(sum(calls), 0)::int AS calls FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid WHERE datname = $1`
  const { rows } = await admin.query(sql, [database])
  return rows[0].calls
}

/** What a full answer needs: the most that was seen more than once, for the sweeper asks too and an empty list needs less. */
async function countStatements(admin: pg.Client, shop: Shop, kind: Kind): Promise<number> {
  const seen: number[] = []
  for (let time = 0; time < 6; time++) {
    const before = await statementsOf(admin, shop.database)
    await timeOf(shop.origin, kind.ask(chanceOf(7, time)), key)
    seen.push((await statementsOf(admin, shop.database)) - before)
  }
  return Math.max(...seen.filter((count, at) => seen.indexOf(count) !== at))
}

/** A few questions of one kind; the first is not counted, for it may open a connection. */
async function askRound(shop: Shop, kind: Kind, cell: Cell, round: number, admin: pg.Client): Promise<void> {
  await timeOf(shop.origin, kind.ask(chanceOf(round, perRound)), key)
  const backends = await admin.query('SELECT pid FROM pg_stat_activity WHERE datname = $1', [shop.database])
  const pids = [shop.pid, ...backends.rows.map(({ pid }) => pid)]
  for (let time = 0; time < perRound; time++) {
    const before = processorTime(pids)
    const { ms, status } = await timeOf(shop.origin, kind.ask(chanceOf(round, time)), key)
    cell.times.push(ms)
    cell.processor.push(processorTime(pids) - before)
    if (status !== 200) cell.failed += 1
  }
}

async function measure(shops: Shop[], admin: pg.Client): Promise<void> {
  const [first] = shops
  for (const [at, { name }] of (first?.kinds ?? []).entries()) {
    for (const shop of shops) {
      const kind = shop.kinds[at] as Kind
      if (!(await isKnown(shop.origin, kind, key))) continue
      shop.cells.set(name, {
        times: [],
        processor: [],
        failed: 0,
        statements: await countStatements(admin, shop, kind),
      })
    }
  }
  for (let round = 0; round < rounds; round++)
    for (const [at, { name }] of (first?.kinds ?? []).entries())
      for (const shop of shops) {
        const cell = shop.cells.get(name)
        if (cell) await askRound(shop, shop.kinds[at] as Kind, cell, round, admin)
      }
}

/** @returns whether no answer needs more statements in a larger shop */
function tell(shops: Shop[]): boolean {
  const names = (shops[0]?.kinds ?? []).map(({ name, aim }) => ({ name, aim }))
  console.log(`\n${tableOf(names, shops)}`)
  console.log(`\n${processorTableOf(names, shops)}`)
  const statements = (shop: Shop | undefined, name: string) => shop?.cells.get(name)?.statements ?? 0
  const grown = names.filter(({ name }) => shops.some((shop) => statements(shop, name) > statements(shops[0], name)))
  for (const { name } of grown)
    console.error(`${name}: ${shops.map((shop) => shop.cells.get(name)?.statements).join(', ')} statements`)
  return grown.length === 0
}

async function main(): Promise<void> {
  if (!values.keep) rmSync(dataDir, { recursive: true, force: true })
  await fillShops()
  const settings = {
    shared_preload_libraries: 'pg_stat_statements',
    'pg_stat_statements.track': 'top',
    shared_buffers: values['shared-buffers'],
  }
  const postgres = await startPostgres({ dataDir: path.join(dataDir, 'postgres'), settings })
  const processes = new Processes(dataDir)
  const admin = new pg.Client({ connectionString: postgres.adminUrl })
  admin.on('error', () => undefined)
  try {
    await admin.connect()
    await admin.query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements')
    const shops: Shop[] = []
    for (const [at, size] of sizes.entries()) shops.push(await openShop(size, at, postgres, processes))
    const before = loadavg()[0]?.toFixed(1)
    await measure(shops, admin)
    const constant = tell(shops)
    console.log(
      `\n${rounds * perRound} answers each, seed ${seed}, ${cpus().length} cores, load ${before} to ${loadavg()[0]?.toFixed(1)}, shared_buffers ${values['shared-buffers']}`,
    )
    if (!constant) process.exitCode = 1
  } finally {
    await admin.end().catch(() => undefined)
    await processes.stop()
    await postgres.stop()
    if (!values.keep) rmSync(dataDir, { recursive: true, force: true })
  }
}

await main()
