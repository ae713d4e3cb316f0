// `npm run trial:audit -- --orders 100000`: an audit of a sound shop of that size, with the time of each rule. Exits with 1
// when a rule is broken, or the median of five audits takes longer than `--within` seconds (2).
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { bulkSettings } from '../../local/postgres/bulk-settings.ts'
import { startPostgres } from '../../local/postgres/postgres.ts'
import { freshDatabase } from '../../local/postgres/test-database.ts'
import setup from '../../local/postgres/test-setup.ts'
import { root } from '../../local/settings.ts'
import { fillWithOrders, providerOf } from './many-orders.ts'
import { type Audit, auditOnce } from './once.ts'

const { values } = parseArgs({
  options: { orders: { type: 'string', default: '100000' }, within: { type: 'string', default: '2' } },
})
const orders = Number(values.orders)

async function fill(urls: { storefront: string; catalog: string }): Promise<void> {
  const world = { storefront: new pg.Client(urls.storefront), catalog: new pg.Client(urls.catalog) }
  await Promise.all([world.storefront.connect(), world.catalog.connect()])
  await fillWithOrders(world, orders)
  await Promise.all([world.storefront.end(), world.catalog.end()])
}

function tell({ findings, milliseconds, bringMilliseconds }: Audit): void {
  console.log(
    `${bringMilliseconds.toFixed(0).padStart(6)} ms  sums of both databases compared, the provider's rows brought`,
  )
  for (const { id, rule, rows, milliseconds: took = 0 } of findings)
    console.log(
      `${took.toFixed(0).padStart(6)} ms  ${id}. ${rule}${rows.length > 0 ? ` BROKEN ${JSON.stringify(rows[0])}` : ''}`,
    )
  console.log(`${milliseconds.toFixed(0).padStart(6)} ms  in all (rules are asked in three sessions at a time)`)
}

const commit = execFileSync('git', ['rev-parse', '--short=10', 'HEAD'], { cwd: root }).toString().trim()
const dataDir = mkdtempSync(path.join(tmpdir(), 'highstreet-audit-'))
const postgres = await startPostgres({ dataDir, settings: bulkSettings })
process.env.TEST_POSTGRES_URL = postgres.adminUrl
await setup()
const [storefront, catalog] = await Promise.all([freshDatabase('storefront'), freshDatabase('catalog')])
try {
  const urls = { storefront: storefront.url, catalog: catalog.url }
  await fill(urls)
  const provider = providerOf(orders)
  const audits: Audit[] = []
  while (audits.length < 5) audits.push(await auditOnce(urls, provider))
  const median = audits.sort((a, b) => a.milliseconds - b.milliseconds)[2] as Audit
  tell(median)
  const broken = median.findings.filter(({ rows }) => rows.length > 0)
  const seconds = median.milliseconds / 1000
  console.log(
    `\ncommit ${commit}, ${orders} orders: ${seconds.toFixed(2)} s (${values.within} s allowed), ${broken.length} rules broken, load ${loadavg()[0]?.toFixed(1)}`,
  )
  process.exitCode = broken.length === 0 && seconds <= Number(values.within) ? 0 : 1
} finally {
  await Promise.all([storefront.drop(), catalog.drop()])
  await postgres.stop()
  rmSync(dataDir, { recursive: true, force: true })
}
