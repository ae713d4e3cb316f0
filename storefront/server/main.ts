// Starts and stops the storefront: the built bundle, or with --dev the sources through Vite with hot reload.

import { existsSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import { fileURLToPath } from 'node:url'
import { getRequestListener } from '@hono/node-server'
import closeWithGrace from 'close-with-grace'
import createKnex from 'knex'
import { requireDurability, requireVersion } from '../../migrations/migrate.ts'
import { hasDemoAccounts } from '../app/domain/identity/demo-accounts.server.ts'
import { env, isProduction, SettingsError } from '../app/env.server.ts'
import type { Background } from './app.ts'
import { closing } from './close-server.ts'

type Bundle = typeof import('./app.ts')

const dev = process.argv.includes('--dev')
const root = fileURLToPath(new URL('..', import.meta.url))

function fail(message: string): never {
  console.error(`The storefront cannot start.\n${message}`)
  process.exit(1)
}

function settings() {
  try {
    return env()
  } catch (error) {
    if (error instanceof SettingsError) fail(error.message)
    throw error
  }
}

type App = { listener: RequestListener } & Background

async function builtApp(isDraining: () => boolean): Promise<App> {
  const file = `${root}build/server/index.js`
  if (!existsSync(file)) fail('It has not been built. Run: npm run build')
  const bundle = (await import(file)) as Bundle
  const app = bundle.createApp(isDraining)
  return { listener: getRequestListener(app.fetch, { overrideGlobalObjects: false }), ...bundle.startBackground() }
}

async function hotApp(): Promise<App> {
  process.env.STOREFRONT_HOT = '1'
  const { createServer: createVite } = await import('vite')
  const vite = await createVite({
    root,
    configFile: `${root}vite.config.ts`,
    server: { middlewareMode: true },
    appType: 'custom',
  })
  const load = () => vite.ssrLoadModule('/server/app.ts') as Promise<Bundle>
  const { rest, end } = (await load()).startBackground()
  const pages: RequestListener = (incoming, outgoing) => {
    load()
      .then((bundle) =>
        getRequestListener(bundle.createApp().fetch, { overrideGlobalObjects: false })(incoming, outgoing),
      )
      .catch((error: Error) => {
        vite.ssrFixStacktrace(error)
        console.error(error)
        outgoing.writeHead(500).end(error.stack)
      })
  }
  return {
    listener: (incoming, outgoing) => vite.middlewares(incoming, outgoing, () => pages(incoming, outgoing)),
    rest,
    end: async () => {
      await end()
      await vite.close()
    },
  }
}

/** The database is there, at the version this code needs, and in production without the seeds' published passwords. */
async function requireDatabase(url: string): Promise<void> {
  const knex = createKnex({ client: 'pg', connection: url, pool: { min: 0, max: 1 } })
  try {
    await requireVersion(knex, 'storefront')
    if (env().NODE_ENV !== 'test') await requireDurability(knex, 'storefront')
    if (isProduction() && (await hasDemoAccounts(knex)))
      fail('Its database holds the demo accounts with their published passwords. Disable or remove them first.')
  } catch (error) {
    fail((error instanceof Error && error.message) || 'Its Postgres cannot be reached. Check STOREFRONT_DATABASE_URL.')
  } finally {
    await knex.destroy()
  }
}

const { STOREFRONT_PORT: port, STOREFRONT_DATABASE_URL: databaseUrl, DRAIN_SECONDS: asked } = settings()
/** In production a balancer needs a moment to look elsewhere. */
const drainSeconds = asked ?? (isProduction() ? 5 : 0)
await requireDatabase(databaseUrl)

// Node looks for connections that are too slow every 30 s unless told otherwise: drops would hold one for forty.
const patience = { headersTimeout: 10_000, requestTimeout: 30_000, connectionsCheckingInterval: 5_000 }
const server = createServer({ maxHeaderSize: 16 * 1024, ...patience })
const ending = closing(server)
const { listener, rest, end } = await (dev ? hotApp() : builtApp(ending.isDraining))
server.on('request', listener)
// Longer than a balancer's idle time, or it meets a closed socket and answers 502 (nodejs/node#20256).
server.keepAliveTimeout = 75_000
server.on('error', (error: NodeJS.ErrnoException) =>
  fail(error.code === 'EADDRINUSE' ? `Port ${port} is taken. Free it or set STOREFRONT_PORT.` : error.message),
)
server.listen(port)

closeWithGrace({ delay: 25_000 }, async ({ err }) => {
  if (err) console.error(err)
  // Side by side: the workers put down what they hold while the last pages are answered, and no lease outlives the process.
  await Promise.all([ending.close(drainSeconds * 1000), rest()])
  await end()
})
