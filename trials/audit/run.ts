// `npm run audit`: asks all invariants of the shop that runs here (or of the configured databases and provider) and exits
// with 1 when one is broken. `--json` prints the findings for a machine.
import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { findRunningPostgres } from '../../local/postgres/postgres.ts'
import { readSettings, root } from '../../local/settings.ts'
import { type Database, databaseNames, databases, urlVariables } from '../../migrations/databases.ts'
import type { Finding } from './audit.ts'
import { auditOnce } from './once.ts'
import { readProvider } from './provider.ts'
import type { ProviderRows } from './world.ts'

const asJson = process.argv.includes('--json')
const settings = readSettings(process.env.NODE_ENV === 'production' ? 'production' : 'start', process.env)
const embedded = findRunningPostgres(path.join(settings.dataDir, 'postgres'))

function urlOf(which: Database): string {
  const url = settings.embedded[which] ? embedded?.(databaseNames[which]) : settings.env[urlVariables[which]]
  if (!url) throw new Error(`${urlVariables[which]}: no database. Start the shop first (npm start), or set it.`)
  return url
}

async function askProvider(): Promise<ProviderRows | null> {
  const { STRIPE_API_URL, STRIPE_SECRET_KEY } = settings.env
  if (!STRIPE_SECRET_KEY) return null
  return readProvider(STRIPE_API_URL ?? 'https://api.stripe.com', STRIPE_SECRET_KEY).catch((error: Error) => {
    console.error(`The payment provider could not be asked: ${error.message}`)
    return null
  })
}

/** Also where it was installed without its history. */
function commitOf(): string {
  try {
    const options = { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] as ['ignore', 'pipe', 'ignore'] }
    return execFileSync('git', ['rev-parse', '--short=10', 'HEAD'], options).toString().trim()
  } catch {
    return 'unknown'
  }
}

async function main(): Promise<void> {
  const urls = Object.fromEntries(databases.map((which) => [which, urlOf(which)])) as Record<Database, string>
  const provider = await askProvider()
  const { findings, milliseconds } = await auditOnce(urls, provider)
  print(findings, milliseconds)
}

function print(findings: Finding[], milliseconds: number): void {
  const broken = findings.filter(({ rows }) => rows.length > 0)
  const notAsked = findings.filter((finding) => finding.notAsked)
  if (asJson) console.log(JSON.stringify(findings, null, 2))
  else
    for (const { id, rule, rows, notAsked: skipped } of findings) {
      console.log(`${skipped ? 'not asked' : rows.length > 0 ? 'BROKEN   ' : 'holds    '} ${id}. ${rule}`)
      for (const row of rows) console.log(`            ${JSON.stringify(row)}`)
    }
  const held = findings.length - broken.length - notAsked.length
  console.error(`${held} of ${findings.length} invariants hold, ${broken.length} broken, ${notAsked.length} not asked`)
  console.error(`${(milliseconds / 1000).toFixed(2)} s in both databases, commit ${commitOf()}`)
  process.exitCode = held === findings.length ? 0 : 1
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
