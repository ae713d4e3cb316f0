// Files of the build: names with a content hash are kept for ever, the rest for an hour. Only below build/client.
import { dirname, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono, type MiddlewareHandler } from 'hono'
import type { ServerEnv } from './request-log.ts'

const here = dirname(fileURLToPath(import.meta.url))
/** The bundle lies in build/server or a folder inside it; in development this file is server/files.ts and Vite serves the files. */
const bundled = /^(.*[\\/]build)[\\/]server\b/.exec(here)
const clientDir = bundled ? `${bundled[1]}/client` : resolve(here, '../build/client')

/** Never a dotfile nor a source map, should a build ever leave one there. */
const hidden = /\/\.|\.map$/

/** @param folder the built files of the browser */
export function files(folder: string = clientDir): Hono<ServerEnv> {
  const app = new Hono<ServerEnv>()
  const root = relative(process.cwd(), folder) || '.'
  const serve = serveStatic<ServerEnv>({ root, precompressed: true })
  // After the file is found: a missing one must not be kept.
  const keep = (value: string): MiddlewareHandler<ServerEnv> => {
    return async (c, next) => {
      await next()
      if (c.res.ok) c.res.headers.set('Cache-Control', value)
    }
  }
  app.get(
    '/assets/*',
    keep('public, max-age=31536000, immutable'),
    (c, next) => (hidden.test(c.req.path) ? Promise.resolve(c.text('Not found', 404)) : next()),
    serve,
    (c) => c.text('Not found', 404),
  )
  for (const file of ['/favicon.svg', '/favicon.ico', '/share.jpg'])
    app.get(file, keep('public, max-age=3600'), serve, (c) => c.text('Not found', 404))
  return app
}
