// Every rule that a table keeps by itself refuses its bad write, whatever the program above it thinks.
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../local/postgres/test-database.ts'
import { type Database, databases } from '../../migrations/databases.ts'
import { catalogSql, storefrontSql } from '../audit/sound-shop.ts'
import { titleOf } from './guard.ts'
import { moreRows, tableRules } from './table-rules.ts'

const opened: TestDatabase[] = []
const clients = new Map<Database, pg.Client>()

beforeAll(async () => {
  for (const which of databases) {
    const database = await freshDatabase(which)
    const client = new pg.Client(database.url)
    opened.push(database)
    clients.set(which, client)
    await client.connect()
    await client.query(which === 'storefront' ? storefrontSql : catalogSql)
    await client.query(moreRows[which])
  }
})
afterAll(async () => {
  for (const client of clients.values()) await client.end()
  for (const database of opened) await database.drop()
})

/** The rule that refused the write, or what became of it. */
async function refusal(which: Database, attempt: string): Promise<string> {
  const client = clients.get(which)
  if (!client) throw new Error(`no database ${which}`)
  await client.query('BEGIN')
  try {
    const answers = [await client.query(attempt)].flat()
    return `written: ${answers.at(-1)?.rowCount} rows`
  } catch (error) {
    const { constraint, where, message } = error as pg.DatabaseError
    return constraint ?? /function (\w+)\(\)/.exec(where ?? '')?.[1] ?? message
  } finally {
    await client.query('ROLLBACK')
  }
}

describe('the tables', () => {
  test.each(tableRules.map((rule) => [titleOf(rule), rule] as const))('%s', async (_, { database, rule, attempt }) => {
    expect(await refusal(database, attempt)).toBe(rule)
  })
})
