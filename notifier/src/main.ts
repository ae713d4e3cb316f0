// The notifier's process: settings, the databases' version, the worker, the HTTP face, and a clean end.
import { serve } from '@hono/node-server'
import closeWithGrace from 'close-with-grace'
import createKnex from 'knex'
import { type Database, MigrationError, requireDurability, requireVersion } from '../../migrations/databases.ts'
import { type Env, readEnv, SettingsError } from './env.ts'
import { notifierFromEnv } from './from-env.ts'
import { createApp } from './http/app.ts'
import { failpointsIn } from './lib/failpoints.ts'
import { createLog } from './lib/log.ts'

/** Ends the process with sentences for the person at the terminal. */
function refuseToStart(sentence: string): never {
  console.error(`The notifier cannot start.\n${sentence}`)
  process.exit(1)
}

function settings(): Env {
  try {
    return readEnv()
  } catch (error) {
    if (error instanceof SettingsError) refuseToStart(error.message)
    throw error
  }
}

async function checkDatabase(which: Database, variable: string, url: string): Promise<void> {
  const knex = createKnex({
    client: 'pg',
    connection: { connectionString: url, connectionTimeoutMillis: 5_000 },
    pool: { min: 0, max: 1 },
    // Knex would print a stack beside our sentence.
    log: { warn: () => undefined, error: () => undefined },
  })
  try {
    await requireVersion(knex, which)
    if (env.NODE_ENV !== 'test') await requireDurability(knex, which)
  } catch (error) {
    if (error instanceof MigrationError) refuseToStart(error.message)
    refuseToStart(
      `${variable}: the database cannot be reached (${(error as Error).message || 'no answer'}). Is Postgres running there?`,
    )
  } finally {
    await knex.destroy()
  }
}

const env = settings()
const log = createLog(env.LOG_LEVEL)
failpointsIn(env.FAILPOINTS_FILE)
await checkDatabase('storefront', 'STOREFRONT_DATABASE_URL', env.STOREFRONT_DATABASE_URL)
await checkDatabase('catalog', 'CATALOG_DATABASE_URL', env.CATALOG_DATABASE_URL)

const { notifier, shop } = notifierFromEnv(env, log)
const production = env.NODE_ENV === 'production'
const app = createApp({ notifier, tokenKeys: env.SERVICE_TOKEN_SECRET, shop, log, production })
const server = serve({
  fetch: app.fetch,
  port: env.NOTIFIER_PORT,
  // Previews and documents are for this machine only.
  ...(production ? {} : { hostname: '127.0.0.1' }),
  // Longer than a balancer's idle time, else it meets a closed connection (nodejs/node#20256).
  serverOptions: {
    maxHeaderSize: 16_384,
    headersTimeout: 10_000,
    requestTimeout: 30_000,
    connectionsCheckingInterval: 5_000,
    keepAliveTimeout: 75_000,
  },
})
server.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EADDRINUSE')
    refuseToStart(`NOTIFIER_PORT: port ${env.NOTIFIER_PORT} is taken. Stop what uses it or set another.`)
  log.error({ err: error }, 'server error')
})
server.on('listening', () => {
  notifier.start()
  log.info(
    { port: env.NOTIFIER_PORT, smtp: `${env.SMTP_HOST}:${env.SMTP_PORT}`, sms: env.SMS_PROVIDER },
    'notifier started',
  )
})

closeWithGrace({ delay: 25_000, logger: false }, async ({ err, signal }) => {
  if (err) log.fatal({ err }, 'unexpected error, closing')
  else log.info({ signal }, 'closing')
  server.close()
  if ('closeIdleConnections' in server) server.closeIdleConnections()
  await notifier.stop()
})
