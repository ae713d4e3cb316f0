// One audit of two databases: a snapshot of each, all invariants, and how long it took. Reads only.
import { performance } from 'node:perf_hooks'
import pg from 'pg'
import type { Database } from '../../migrations/databases.ts'
import { askAll, askSchema, type Finding } from './audit.ts'
import { bringRows, makeRoom, type ProviderRows } from './world.ts'

export type Audit = { findings: Finding[]; milliseconds: number; bringMilliseconds: number }

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'audit' })
  await client.connect()
  return client
}

/** Taken by the first question; rows may still be brought into the session's own tables. */
const snapshot = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY'

/** Asks everything. `provider`: its rows, or null when it could not be asked. */
export async function auditOnce(urls: Record<Database, string>, provider: ProviderRows | null): Promise<Audit> {
  const started = performance.now()
  const open = await Promise.all([connect(urls.storefront), connect(urls.catalog), connect(urls.storefront)])
  const [storefront, catalog, beside] = open
  const world = { storefront, catalog, beside }
  try {
    await makeRoom(world)
    await catalog.query(`${snapshot}; SELECT 1`)
    await storefront.query(snapshot)
    const { rows } = await storefront.query<{ id: string }>('SELECT pg_export_snapshot() AS id')
    await beside.query(`${snapshot}; SET TRANSACTION SNAPSHOT ${beside.escapeLiteral(rows[0]?.id ?? '')}`)
    let bringMilliseconds = 0
    const brought = bringRows(world, provider).then(() => {
      bringMilliseconds = performance.now() - started
    })
    const schemaAsked = async () => {
      const from = performance.now()
      return { ...(await askSchema(urls)), milliseconds: performance.now() - from }
    }
    const [findings, schema] = await Promise.all([askAll(world, provider !== null, brought), schemaAsked()])
    const all = [...findings, schema].sort((a, b) => a.id - b.id)
    return { findings: all, milliseconds: performance.now() - started, bringMilliseconds }
  } finally {
    await Promise.all(open.map((client) => client.end()))
  }
}
