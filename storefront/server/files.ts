// Files of the build: names with a content hash are kept for ever, the rest for an hour. Only below build/client.
import { dirname, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import type { ServerEnv } from './request-log.ts'

const here = dirname(fileURLToPath(import.meta.url))
/** The bundle lies in build/server or a folder inside it; in development this file is server/files.ts and Vite serves the files. */
const bundled = /^(.*[\\/]build)[\\/]server\b/.exec(here)
const clientDir = bundled ? `${bundled[1]}/client` : resolve(here, '../build/client')

export function files(): Hono<ServerEnv> {
  const app = new Hono<ServerEnv>()
  const root = relative(process.cwd(), clientDir) || '.'
  const keep = (seconds: number, immutable: boolean) =>
    serveStatic<ServerEnv>({
      root,
      precompressed: true,
      onFound: (_path, c) => {
        c.header('Cache-Control', `public, max-age=${seconds}${immutable ? ', immutable' : ''}`)
      },
    })
  app.get('/assets/*', keep(365 * 24 * 3600, true), (c) => c.text('Not found', 404))
  for (const file of ['/favicon.svg', '/favicon.ico', '/robots.txt']) app.get(file, keep(3600, false))
  return app
}
