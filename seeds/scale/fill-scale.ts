// Fills a catalogue's database with any number of made-up products by COPY, in one transaction: all of them or none.
// Rows are checked by the same keys, constraints and indexes as ever, only later and all at once.
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import pg from 'pg'
import { planCatalogue } from '../catalogue/plan.ts'
import { withBareTables } from './bare-tables.ts'
import { copyInto } from './copy.ts'
import { groundTables, planGround } from './ground.ts'
import type { Bytes, Made, Wish } from './make-rows.ts'
import { type ProductTable, productTables } from './rows.ts'

export type ScalePlan = { products: number; seed: number; stores: number }
/** Hears how far it is: the step, and how many of `total` it has done. */
export type Told = (step: string, done?: number, total?: number) => void

/** So many products are made while the server takes in the ones before. */
const portion = 1_000

/** The tables that are filled, in the order of their keys. */
const tables = [...Object.keys(groundTables), ...Object.keys(productTables)]

/**
 * Adds `plan.products` products to the database of `url`; nothing may run beside it, for the tables are locked.
 * @throws when the seed was used in this database before
 */
export async function fillScale(url: string, plan: ScalePlan, told: Told = () => undefined): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'highstreet-seed-scale' })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query(
      `SET synchronous_commit = off; SET maintenance_work_mem = '512MB'; SET max_parallel_maintenance_workers = 2`,
    )
    await client.query('BEGIN')
    const isEmpty = await areEmpty(client)
    // Tables emptied in this very transaction are written without a log, and their rows are as good as vacuumed.
    if (isEmpty) await client.query(`TRUNCATE ${tables.join(', ')} CASCADE`)
    await withBareTables(client, tables, () => load(client, plan, isEmpty ? 'FREEZE' : '', told), told)
    await client.query('COMMIT')
    told('statistics')
    for (const table of [...tables, 'search_words'])
      await client.query(`${isEmpty ? 'ANALYZE' : 'VACUUM (ANALYZE)'} ${table}`)
  } finally {
    await client.end()
  }
}

async function areEmpty(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query(
    `SELECT ${tables.map((table) => `EXISTS (SELECT FROM ${table})`).join(' OR ')} AS some`,
  )
  return !rows[0].some
}

async function load(client: pg.Client, plan: ScalePlan, options: string, told: Told): Promise<void> {
  const { ground, lines } = planGround(plan, knownPictures())
  for (const [table, columns] of Object.entries(groundTables))
    await copyInto(client, table, columns, lines[table as keyof typeof groundTables].take(), options)
  const maker = new Worker(new URL('./maker.mjs', import.meta.url), { execArgv: [] })
  const portionFrom = (from: number): Promise<Made> =>
    ask(maker, { ground, from, to: Math.min(from + portion, plan.products) })
  try {
    let made = portionFrom(0)
    for (let from = 0; from < plan.products; from += portion) {
      const rows = await made
      if (from + portion < plan.products) made = portionFrom(from + portion)
      for (const [table, columns] of Object.entries(productTables))
        await copyInto(client, table, columns, rows[table as ProductTable], options)
      told('products', from, plan.products)
    }
    const { words } = await ask<{ words: Bytes }>(maker, { ground, from: 0, to: -1 })
    await writeWords(client, words)
  } finally {
    await maker.terminate()
  }
}

/** The words for slips of the pen; those of other products are there already. */
async function writeWords(client: pg.Client, words: Bytes): Promise<void> {
  await client.query('CREATE TEMP TABLE new_words (word text, products integer, slips text[]) ON COMMIT DROP')
  await copyInto(client, 'new_words', 'word, products, slips', words)
  await client.query(
    `INSERT INTO search_words (word, products, slips, counted_at) SELECT word, products, slips, now() FROM new_words ORDER BY word
     ON CONFLICT (word) DO UPDATE SET products = least(search_words.products + excluded.products, 1000)`,
  )
}

/** What the thread makes of a wish. */
async function ask<T = Made>(maker: Worker, wish: Wish): Promise<T> {
  maker.postMessage(wish)
  const answer = new AbortController()
  try {
    const { signal } = answer
    const failed = once(maker, 'error', { signal }).then(([error]) => Promise.reject(error))
    failed.catch(() => undefined)
    const [made] = await Promise.race([once(maker, 'message', { signal }), failed])
    return made
  } finally {
    answer.abort()
  }
}

/** Keys of the demo shop's pictures: what is filled beside it has pictures to show. */
const knownPictures = (): string[] =>
  planCatalogue({ small: false }).products.flatMap(({ images }) => images.map(({ key }) => key))
