// A request's id and its one line in the log: method, path without its query (it may hold a token), status, time.
import { randomUUID } from 'node:crypto'
import type { HttpBindings } from '@hono/node-server'
import { createMiddleware } from 'hono/factory'
import { log } from '#app/lib/log.server.ts'

export type ServerEnv = { Bindings: HttpBindings; Variables: { requestId: string; nonce: string } }

export const requestLog = () =>
  createMiddleware<ServerEnv>(async (c, next) => {
    const requestId = randomUUID()
    c.set('requestId', requestId)
    const started = performance.now()
    await next()
    c.header('X-Request-Id', requestId)
    const ms = Math.round(performance.now() - started)
    const path = c.req.path.slice(0, 200)
    log.debug({ requestId, method: c.req.method, path, status: c.res.status, ms }, 'request')
  })
