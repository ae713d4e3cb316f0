// The committed schema dumps tell the truth: the migrations make exactly what they say.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { emptyDatabase, freshDatabase } from '../local/postgres/test-database.ts'
import { databases, migrationsFolder } from './databases.ts'
import { dump } from './dump.ts'

describe.each(databases)('the schema of %s', (which) => {
  test('is what migrations/*/schema.sql says; when stale: npm run db:dump', async () => {
    const database = await freshDatabase(which)
    const committed = readFileSync(path.join(migrationsFolder(which), 'schema.sql'), 'utf8')
    expect(await dump(database.url)).toBe(committed)
    await database.drop()
  })

  test('can be made anew from the dump alone', async () => {
    const [original, copy] = await Promise.all([freshDatabase(which), emptyDatabase()])
    const written = await dump(original.url)
    const client = new pg.Client(copy.url)
    await client.connect()
    await client.query(written)
    await client.end()
    // Without the first line, which names the migrations, and brackets, which Postgres prints as it was told.
    const body = (text: string) => text.split('\n').slice(1).join('\n').replaceAll(/[()]/g, '')
    expect(body(await dump(copy.url))).toBe(body(written))
    await Promise.all([original.drop(), copy.drop()])
  })
})
