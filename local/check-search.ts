// `npm run search:check`: asks every expectation that the shopkeeper wrote down ("hedphones must show these within the first
// three") of the running shop's catalogue, or of the configured database. Exits with 1 when one is not met.
import path from 'node:path'
import { listExpectations } from '../catalog-api/src/finding/expectations.ts'
import { closeDatabase, openDatabase } from '../catalog-api/src/lib/db.ts'
import { databaseNames } from '../migrations/databases.ts'
import { findRunningPostgres } from './postgres/postgres.ts'
import { readSettings, StartError } from './settings.ts'

type Expectation = Awaited<ReturnType<typeof listExpectations>>[number]

/** What a person reads: a line for each expectation, then how many are met. `unmet` decides the exit code. */
export function reportOf(all: Expectation[]): { lines: string[]; unmet: number } {
  const unmet = all.filter(({ met }) => !met).length
  const sum =
    all.length === 0
      ? 'Nothing is expected yet: /admin/finding/expectations.'
      : `${all.length - unmet} of ${all.length} are met.`
  return { lines: [...all.map(sentenceOf), sum], unmet }
}

function sentenceOf({ met, query, product, within, position }: Expectation): string {
  const wanted = within === 1 ? 'first' : `within the first ${within}`
  const stands = position === null ? 'is not among the first 60' : `stands at place ${position}`
  return `${met ? 'met    ' : 'NOT MET'} “${query}” shows ${product.title} (${product.slug}) ${wanted}: it ${stands}.`
}

function catalogUrl(): string {
  const settings = readSettings(process.env.NODE_ENV === 'production' ? 'production' : 'start', process.env)
  const embedded = settings.embedded.catalog ? findRunningPostgres(path.join(settings.dataDir, 'postgres')) : null
  const url = settings.embedded.catalog ? embedded?.(databaseNames.catalog) : settings.env.CATALOG_DATABASE_URL
  if (!url)
    throw new StartError('There is no catalogue to ask. Start the shop first (npm start), or set CATALOG_DATABASE_URL.')
  return url
}

async function checkSearch(): Promise<number> {
  openDatabase(catalogUrl(), { max: 2 })
  try {
    const { lines, unmet } = reportOf(await listExpectations())
    for (const line of lines) console.log(line)
    return unmet
  } finally {
    await closeDatabase()
  }
}

if (process.argv[1]?.endsWith('check-search.ts'))
  try {
    process.exitCode = (await checkSearch()) > 0 ? 1 : 0
  } catch (error) {
    console.error(error instanceof StartError ? error.message : error)
    process.exitCode = 1
  }
