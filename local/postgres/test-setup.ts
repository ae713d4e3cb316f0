// vitest's global setup: one throw-away Postgres for the whole test run, or TEST_POSTGRES_URL when that is set.
// Never used outside tests: it does not keep what it is told when the machine fails.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startPostgres } from './postgres.ts'
import { buildTemplates } from './test-database.ts'

const settings = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  max_connections: '200',
  autovacuum: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
}

export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.TEST_POSTGRES_URL) {
    await buildTemplates()
    return undefined
  }
  const dataDir = await mkdtemp(path.join(tmpdir(), 'highstreet-test-'))
  const postgres = await startPostgres({ dataDir, settings })
  process.env.TEST_POSTGRES_URL = postgres.adminUrl
  await buildTemplates()
  return async () => {
    await postgres.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}
