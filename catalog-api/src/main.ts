// Starts catalog-api: reads settings, checks the database, listens, stops in order. One sentence and exit code 1 when
// it cannot start.
import type { Server } from 'node:http'
import path from 'node:path'
import { type ServerType, serve } from '@hono/node-server'
import closeWithGrace from 'close-with-grace'
import { requireDurability, requireVersion } from '../../migrations/databases.ts'
import { createApp } from './app.ts'
import { type Env, readEnv, SettingsError } from './env.ts'
import { type Closing, closing } from './http/close-server.ts'
import { closeDatabase, isUnavailable, openDatabase } from './lib/db.ts'
import { failpointsIn } from './lib/failpoints.ts'
import { createLog, type Logger } from './lib/log.ts'
import { startTending } from './search/tend.ts'
import { startSweeper } from './sweeper.ts'

function listen(env: Env, log: Logger): Promise<Closing> {
  let end: Closing | undefined
  const app = createApp(
    {
      tokenKeys: env.SERVICE_TOKEN_SECRET,
      corsOrigins: env.CATALOG_CORS_ORIGINS,
      mediaDir: path.resolve(env.MEDIA_DIR),
      production: env.NODE_ENV === 'production',
      isDraining: () => end?.isDraining() ?? false,
    },
    log,
  )
  return new Promise((resolve, reject) => {
    const server: ServerType = serve(
      {
        fetch: app.fetch,
        port: env.CATALOG_PORT,
        hostname: env.CATALOG_HOST,
        // Longer than a balancer's idle time, else it meets a closed connection (nodejs/node#20256).
        serverOptions: {
          maxHeaderSize: 16_384,
          headersTimeout: 10_000,
          connectionsCheckingInterval: 5_000,
          requestTimeout: 30_000,
          keepAliveTimeout: 75_000,
        },
      },
      () => {
        end = closing(server as Server)
        resolve(end)
      },
    )
    server.once('error', reject)
  })
}

async function start(): Promise<void> {
  const env = readEnv()
  const log = createLog(env.LOG_LEVEL)
  failpointsIn(env.FAILPOINTS_FILE)
  const knex = openDatabase(env.CATALOG_DATABASE_URL, { log })
  await requireVersion(knex, 'catalog')
  if (env.NODE_ENV !== 'test') await requireDurability(knex, 'catalog')
  const server = await listen(env, log)
  const sweeper = startSweeper(log)
  const tending = startTending(log)
  log.info(`catalog-api answers on http://${env.CATALOG_HOST}:${env.CATALOG_PORT}`)
  closeWithGrace({ delay: 25_000, logger: { error: (message: unknown) => log.error(message) } }, async ({ err }) => {
    if (err) log.fatal({ err }, 'an error nobody caught; stopping')
    await Promise.all([server.close(drainSeconds(env) * 1000), sweeper.stop(), tending.stop()])
    await closeDatabase()
  })
}

/** In production a balancer needs a moment to look elsewhere. */
const drainSeconds = ({ DRAIN_SECONDS, NODE_ENV }: Env): number => DRAIN_SECONDS ?? (NODE_ENV === 'production' ? 5 : 0)

/** What a person at the terminal reads when the process cannot start. */
function sentence(error: unknown): string {
  if (error instanceof SettingsError) return `catalog-api cannot start. ${error.message}`
  const code = error instanceof Error && 'code' in error ? error.code : ''
  if (code === 'EADDRINUSE')
    return `catalog-api cannot start: port ${error instanceof Error && 'port' in error ? error.port : ''} is taken. Stop the other program or set CATALOG_PORT.`
  if (isUnavailable(error) || code === '28P01' || code === '3D000')
    return 'catalog-api cannot start: the Postgres of CATALOG_DATABASE_URL cannot be used. Start it or mend the URL.'
  return `catalog-api cannot start: ${error instanceof Error ? error.message : String(error)}`
}

start().catch((error: unknown) => {
  console.error(sentence(error))
  process.exit(1)
})
