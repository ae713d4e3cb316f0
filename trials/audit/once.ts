// One audit of two databases: a snapshot of each, all invariants, and how long it took. Reads only.
import { performance } from 'node:perf_hooks'
import pg from 'pg'
import type { Database } from '../../migrations/databases.ts'
import { askAll, askSchema, type Finding } from './audit.ts'
import { bringTogether, type ProviderRows, session } from './world.ts'

export type Audit = { findings: Finding[]; milliseconds: number; bringMilliseconds: number }

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'audit' })
  await client.connect()
  return client
}

/** Asks everything. `provider`: its rows, or null when it could not be asked. */
export async function auditOnce(urls: Record<Database, string>, provider: ProviderRows | null): Promise<Audit> {
  const started = performance.now()
  const open = await Promise.all([connect(urls.storefront), connect(urls.catalog), connect(urls.storefront)])
  const [storefront, catalog, beside] = open
  try {
    await catalog.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    await bringTogether({ storefront, catalog }, provider)
    const bringMilliseconds = performance.now() - started
    await storefront.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    const { rows } = await storefront.query<{ snapshot: string }>('SELECT pg_export_snapshot() AS snapshot')
    await beside.query(`${session}; BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY`)
    await beside.query(`SET TRANSACTION SNAPSHOT ${beside.escapeLiteral(rows[0]?.snapshot ?? '')}`)
    const findings = await askAll({ storefront, catalog, beside }, provider !== null)
    const schemaStarted = performance.now()
    const schema = { ...(await askSchema(urls)), milliseconds: performance.now() - schemaStarted }
    const all = [...findings, schema].sort((a, b) => a.id - b.id)
    return { findings: all, milliseconds: performance.now() - started, bringMilliseconds }
  } finally {
    await Promise.all(open.map((client) => client.end()))
  }
}
