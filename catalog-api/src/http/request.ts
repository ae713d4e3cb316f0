// What goes along with every request: its id, its log, the settings, the plain security headers, one line at the end.
import { createMiddleware } from 'hono/factory'
import { routePath } from 'hono/route'
import { newId } from '../lib/ids.ts'
import type { Logger } from '../lib/log.ts'
import type { AppEnv, Settings } from './context.ts'
import { observe } from './metrics.ts'

const saneId = /^[\w.:-]{8,100}$/

/** Takes the caller's X-Request-Id when it is sane, else makes one, and answers with it. */
export function accompany(settings: Settings, log: Logger) {
  return createMiddleware<AppEnv>(async (c, next) => {
    const given = c.req.header('x-request-id') ?? ''
    const requestId = saneId.test(given) ? given : newId()
    c.set('requestId', requestId)
    c.set('settings', settings)
    c.set('log', log.child({ requestId }))
    const start = performance.now()
    await next()
    c.header('X-Request-Id', requestId)
    c.header('X-Content-Type-Options', 'nosniff')
    c.header('Referrer-Policy', 'no-referrer')
    c.header('X-Frame-Options', 'DENY')
    if (!c.res.headers.has('Content-Security-Policy')) c.header('Content-Security-Policy', "default-src 'none'")
    if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'no-store')
    const ms = performance.now() - start
    const route = routePath(c, -1)
    observe(c.req.method, route, c.res.status, ms)
    const line = { method: c.req.method, route, status: c.res.status, ms: Math.round(ms), caller: c.get('caller') }
    if (route === '/health' || route.startsWith('/media')) c.get('log').debug(line, 'answered')
    else c.get('log').info(line, 'answered')
  })
}
