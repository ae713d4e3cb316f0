// The migrations of both databases, forward and back, and the checks around them.
import createKnex, { type Knex } from 'knex'
import pg from 'pg'
import { afterEach, describe, expect, test } from 'vitest'
import { emptyDatabase, freshDatabase, type TestDatabase } from '../local/postgres/test-database.ts'
import { type Database, databases, migrationNames } from './databases.ts'
import { ensureDatabase, migrate, requireVersion, rollback, status } from './migrate.ts'

const open: TestDatabase[] = []
const knexes: Knex[] = []
afterEach(async () => {
  await Promise.all(knexes.splice(0).map((knex) => knex.destroy()))
  await Promise.all(open.splice(0).map((database) => database.drop()))
})

async function empty(): Promise<TestDatabase> {
  const database = await emptyDatabase()
  open.push(database)
  return database
}

async function fresh(which: Database): Promise<TestDatabase> {
  const database = await freshDatabase(which)
  open.push(database)
  return database
}

function connect(url: string): Knex {
  const knex = createKnex({ client: 'pg', connection: url, pool: { min: 0, max: 1 } })
  knexes.push(knex)
  return knex
}

async function relations(url: string): Promise<string[]> {
  const rows = await connect(url).raw(`
    SELECT c.relname AS name FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relname NOT LIKE 'knex_%'
    UNION ALL SELECT p.proname FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace ORDER BY 1`)
  return rows.rows.map((row: { name: string }) => row.name)
}

describe.each(databases)('the migrations of %s', (which) => {
  test('run up, all the way down leaving nothing, and up again to the same schema', async () => {
    const { url } = await empty()
    expect(await migrate(url, which)).toEqual(migrationNames(which))
    const first = await relations(url)
    expect(await rollback(url, which, true)).toEqual(migrationNames(which).reverse())
    expect(await relations(url)).toEqual([])
    await migrate(url, which)
    expect(await relations(url)).toEqual(first)
  })

  test('told twice, the second run has nothing to do', async () => {
    const { url } = await fresh(which)
    expect(await migrate(url, which)).toEqual([])
    expect((await status(url, which)).pending).toEqual([])
  })
})

test('two runners started at once do the work once', async () => {
  const { url } = await empty()
  const runs = await Promise.all([migrate(url, 'catalog'), migrate(url, 'catalog')])
  expect(runs.flat()).toEqual(migrationNames('catalog'))
})

test('a run that was killed in the middle does not block the next one', async () => {
  const { url } = await empty()
  await migrate(url, 'catalog')
  await connect(url).raw('UPDATE knex_migrations_lock SET is_locked = 1')
  await rollback(url, 'catalog', true)
  expect(await migrate(url, 'catalog')).toEqual(migrationNames('catalog'))
})

test('a process refuses a database that lacks a migration and says how to mend it', async () => {
  const { url } = await empty()
  await expect(requireVersion(connect(url), 'storefront')).rejects.toThrow(/lacks 001_identity.*npm run db:migrate/)
})

test('a process accepts a database that is newer than itself', async () => {
  const database = await fresh('storefront')
  const knex = connect(database.url)
  await knex.raw("INSERT INTO knex_migrations (name, batch, migration_time) VALUES ('999_future', 9, now())")
  await expect(requireVersion(knex, 'storefront')).resolves.toBeUndefined()
  await expect(migrate(database.url, 'storefront')).rejects.toThrow(/999_future.*Update the checkout/)
})

test('a missing database is made once', async () => {
  const { url } = await empty()
  const other = new URL(url)
  other.pathname += '_made'
  open.push({ url: other.href, drop: async () => undefined })
  expect(await ensureDatabase(other.href)).toBe(true)
  expect(await ensureDatabase(other.href)).toBe(false)
  const client = new pg.Client(url)
  await client.connect()
  await client.query(`DROP DATABASE ${other.pathname.slice(1)}`)
  await client.end()
})

test('a Postgres that cannot be reached is told in one sentence without the password', async () => {
  await expect(ensureDatabase('postgres://u:hush@127.0.0.1:1/shop')).rejects.toThrow(
    /u:\*\*\*@127\.0\.0\.1:1\/shop cannot be used/,
  )
})
