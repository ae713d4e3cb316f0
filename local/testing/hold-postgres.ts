// For tests: starts Postgres on the folder given and stays, so that a test may kill it like a crashed starter.
import { startPostgres } from '../postgres/postgres.ts'

const postgres = await startPostgres({ dataDir: process.argv[2] ?? '', settings: { fsync: 'off' } })
process.stdout.write(`${postgres.adminUrl}\n`)
setInterval(() => undefined, 1000)
