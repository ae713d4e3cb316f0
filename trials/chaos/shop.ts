// A whole shop to be ill-treated: its own Postgres that keeps what it is told, two storefronts and two catalog-apis side by
// side, notifier, payments stand-in and inbox, each a process that can be killed. Never touches the shop of `npm start`.
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { ensureBuilt } from '../../local/build-storefront.ts'
import { freePorts } from '../../local/ports.ts'
import { isAlive } from '../../local/postgres/cluster.ts'
import { type Postgres, startPostgres } from '../../local/postgres/postgres.ts'
import { readSettings } from '../../local/settings.ts'
import { migrateAll, seed } from '../../local/shop-databases.ts'
import { databaseNames, databases, urlVariables } from '../../migrations/databases.ts'
import { Processes } from './processes.ts'

export type ChaosShop = {
  env: Record<string, string | undefined>
  processes: Processes
  /** Ports of the two storefronts and the two catalog-apis. */
  storefronts: number[]
  catalogs: number[]
  payments: string
  inbox: string
  /** Makes the process that next passes the failpoint kill itself there, once. */
  arm: (point: string) => void
  disarm: () => void
  /** Whether the armed failpoint has not been passed yet. */
  armed: () => string | null
  /** Ends the connections on which the notifier listens; answers how many. */
  cutListeners: () => Promise<number>
  killPostgres: () => Promise<void>
  /**
   * Ends Postgres (SIGINT: fast, SIGQUIT: immediate, SIGKILL) and starts it again after `awayMs`. Answers when it took
   * connections again, by performance.now().
   */
  restartPostgres: (how: 'SIGINT' | 'SIGQUIT' | 'SIGKILL', awayMs: number) => Promise<number>
  stop: () => Promise<void>
}

type Parts = Record<'storefront' | 'catalog' | 'notifier' | 'payments' | 'inbox' | 'smtp', number>

async function takePorts(): Promise<{ first: Parts; second: Parts }> {
  const read = (ports: Record<string, string>): Parts => ({
    storefront: Number(ports.STOREFRONT_PORT),
    catalog: Number(ports.CATALOG_PORT),
    notifier: Number(ports.NOTIFIER_PORT),
    payments: Number(ports.PAYMENTS_PORT),
    inbox: Number(ports.INBOX_PORT),
    smtp: Number(ports.INBOX_SMTP_PORT),
  })
  return { first: read(await freePorts()), second: read(await freePorts()) }
}

/** Starts everything, seeded small. `say` is told what goes on. */
export async function startChaosShop(say: (line: string) => void = () => {}): Promise<ChaosShop> {
  const dataDir = realpathSync(mkdtempSync(path.join(tmpdir(), 'highstreet-chaos-')))
  const { first, second } = await takePorts()
  const failpointFile = path.join(dataDir, 'failpoint')
  const settings = readSettings('start', process.env, {
    NODE_ENV: 'development',
    LOG_LEVEL: 'warn',
    DATA_DIR: dataDir,
    MEDIA_DIR: '',
    STOREFRONT_DATABASE_URL: '',
    CATALOG_DATABASE_URL: '',
    STRIPE_SECRET_KEY: '',
    STRIPE_WEBHOOK_SECRET: '',
    SMTP_HOST: '',
    STOREFRONT_PORT: String(first.storefront),
    STOREFRONT_ORIGIN: `http://localhost:${first.storefront}`,
    CATALOG_PORT: String(first.catalog),
    CATALOG_API_URL: `http://localhost:${first.catalog}`,
    NOTIFIER_PORT: String(first.notifier),
    PAYMENTS_PORT: String(first.payments),
    INBOX_PORT: String(first.inbox),
    INBOX_SMTP_PORT: String(first.smtp),
    // Every buyer comes from a network of its own: limits are not what is on trial.
    TRUSTED_PROXY_HOPS: '1',
    FAILPOINTS_FILE: failpointFile,
  })
  const postgresPort = second.inbox
  const openPostgres = () => startPostgres({ dataDir: path.join(dataDir, 'postgres'), port: postgresPort })
  let postgres: Postgres = await openPostgres()
  for (const which of databases) settings.env[urlVariables[which]] = postgres.urlFor(databaseNames[which])
  const processes = new Processes(dataDir)
  const stop = async () => {
    await processes.stop()
    await postgres.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
  try {
    say('starting two storefronts, two catalog-apis, notifier, payments and inbox …')
    await Promise.all([migrateAll(settings), ensureBuilt(settings.env)])
    await launch(processes, settings.env, first, second)
  } catch (error) {
    await stop()
    throw error
  }
  return {
    env: settings.env,
    processes,
    storefronts: [first.storefront, second.storefront],
    catalogs: [first.catalog, second.catalog],
    payments: `http://localhost:${first.payments}`,
    inbox: `http://localhost:${first.inbox}`,
    arm: (point) => writeFileSync(failpointFile, point),
    disarm: () => rmSync(failpointFile, { force: true }),
    armed: () => readIfThere(failpointFile),
    cutListeners: () => cutListeners(settings.env[urlVariables.storefront]),
    killPostgres: async () => void (await restartPostgres('SIGKILL', 200)),
    restartPostgres,
    stop,
  }

  async function restartPostgres(how: NodeJS.Signals, awayMs: number): Promise<number> {
    const pid = Number(readFileSync(path.join(dataDir, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n')[0])
    process.kill(pid, how)
    while (isAlive(pid)) await sleep(20)
    await sleep(awayMs)
    postgres = await openPostgres()
    return performance.now()
  }

  async function launch(all: Processes, env: typeof settings.env, one: Parts, two: Parts): Promise<void> {
    const at = (port: number) => `http://127.0.0.1:${port}/health`
    await Promise.all([
      all.start({ name: 'payments', script: 'local/payments/main.ts', env, health: at(one.payments) }),
      all.start({ name: 'inbox', script: 'local/inbox/main.ts', env, health: at(one.inbox) }),
    ])
    await seed(settings, true, undefined, ['--small'])
    await stockUp(env[urlVariables.catalog], 10_000)
    const secondCatalog = { ...env, CATALOG_PORT: String(two.catalog) }
    const secondShop = {
      ...env,
      STOREFRONT_PORT: String(two.storefront),
      CATALOG_API_URL: `http://localhost:${two.catalog}`,
    }
    const catalog = 'catalog-api/src/main.ts'
    const shop = 'storefront/server/main.ts'
    await Promise.all([
      all.start({ name: 'catalog-api 1', script: catalog, env, health: at(one.catalog) }),
      all.start({ name: 'catalog-api 2', script: catalog, env: secondCatalog, health: at(two.catalog) }),
      all.start({ name: 'notifier', script: 'notifier/src/main.ts', env, health: at(one.notifier) }),
    ])
    await Promise.all([
      all.start({ name: 'storefront 1', script: shop, env, health: at(one.storefront) }),
      all.start({ name: 'storefront 2', script: shop, env: secondShop, health: at(two.storefront) }),
    ])
  }
}

async function cutListeners(url: string | undefined): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rowCount } = await client.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'highstreet-notifier-listen'`,
    )
    return rowCount ?? 0
  } finally {
    await client.end()
  }
}

/** So much of everything that no trial runs out of it, entered in the ledger as goods received. */
async function stockUp(url: string | undefined, units: number): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`WITH more AS (
      UPDATE inventory SET on_hand = on_hand + ${units} WHERE store_id IN (SELECT id FROM stores WHERE ships_orders)
      RETURNING variant_id, store_id)
    INSERT INTO stock_movements (id, variant_id, store_id, kind, delta_on_hand, delta_reserved, ref, actor)
    SELECT gen_random_uuid(), variant_id, store_id, 'receive', ${units}, 0, 'trial-' || gen_random_uuid(), 'trial' FROM more`)
  await client.end()
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim() || null
  } catch {
    return null
  }
}
