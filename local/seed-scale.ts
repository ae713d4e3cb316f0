// `npm run seed:scale -- --products 200000 [--seed 1] [--stores 2000]`: a catalogue of any size, to measure and to look at.
// Goes into a Postgres of its own in .data/scale, made anew each time; `DATA_DIR=.data/scale npm start` opens a shop on it.
// Into a database of yours only with `--url postgres://… --into-this-database`. Never in production.
import { rmSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { databaseNames, MigrationError } from '../migrations/databases.ts'
import { ensureDatabase, migrate, withoutPassword } from '../migrations/migrate.ts'
import { fillScale, type ScalePlan, type Told } from '../seeds/scale/fill-scale.ts'
import { storesFor } from '../seeds/scale/ground.ts'
import { bulkSettings } from './postgres/bulk-settings.ts'
import { PostgresError, startPostgres } from './postgres/postgres.ts'
import { root, StartError } from './settings.ts'

const largest = 4_000_000

/** What was asked for. @throws StartError in one sentence */
function readPlan(): ScalePlan & { url: string | undefined } {
  if (process.env.NODE_ENV === 'production') throw new StartError('Made-up products never go into production.')
  const { values } = parseArgs({
    options: {
      products: { type: 'string' },
      seed: { type: 'string', default: '1' },
      stores: { type: 'string' },
      url: { type: 'string' },
      'into-this-database': { type: 'boolean', default: false },
    },
  })
  const products = whole('--products', values.products, 1, largest)
  if (values.url && !values['into-this-database'])
    throw new StartError(`To fill ${withoutPassword(values.url)}, say so: add --into-this-database.`)
  if (values['into-this-database'] && !values.url) throw new StartError('Which database? Add --url postgres://…')
  return {
    products,
    seed: whole('--seed', values.seed, 0, 65_535),
    stores: values.stores ? whole('--stores', values.stores, 0, 100_000) : storesFor(products),
    url: values.url,
  }
}

function whole(name: string, text: string | undefined, min: number, max: number): number {
  const value = Number(text)
  if (text && /^\d+$/.test(text) && value >= min && value <= max) return value
  throw new StartError(`${name} is a whole number from ${min} to ${max}.`)
}

/** Tells how far it is: on a terminal in one line, elsewhere at most every few seconds. */
function teller(from: number): Told {
  let last = 0
  return (step, done, total) => {
    const now = performance.now()
    const isLive = process.stdout.isTTY
    if (now - last < (isLive ? 100 : 3000)) return
    last = now
    const part = done !== undefined && total ? ` ${Math.floor((100 * done) / total)} %` : ''
    const line = `${((now - from) / 1000).toFixed(0).padStart(4)} s  ${step}${part}`
    if (isLive) process.stdout.write(`\r\x1b[K${line}`)
    else console.log(line)
  }
}

async function main(): Promise<void> {
  const { url, ...plan } = readPlan()
  const dataDir = path.join(root, '.data', 'scale', 'postgres')
  if (!url) rmSync(dataDir, { recursive: true, force: true })
  const from = performance.now()
  const postgres = url ? null : await startPostgres({ dataDir, settings: bulkSettings })
  try {
    const target = url ?? postgres?.urlFor(databaseNames.catalog) ?? ''
    await ensureDatabase(target)
    await migrate(target, 'catalog')
    const begun = performance.now()
    await fillScale(target, plan, teller(begun))
    const took = (performance.now() - begun) / 1000
    console.log(
      `\n${plan.products} products of seed ${plan.seed} and ${plan.stores} stores in ${took.toFixed(1)} s: ${url ? withoutPassword(url) : `DATA_DIR=${path.relative(root, path.dirname(dataDir))} npm start`}`,
    )
  } finally {
    await postgres?.stop()
  }
  if (!url) console.log(`${((performance.now() - from) / 1000).toFixed(1)} s with starting and stopping Postgres`)
}

main().catch((error: Error) => {
  const isPlain = error instanceof StartError || error instanceof MigrationError || error instanceof PostgresError
  console.error(isPlain || 'code' in error ? error.message : error.stack)
  process.exitCode = 1
})
