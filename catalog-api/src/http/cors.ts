// Cross-origin reads for the origins in the settings, exactly as written there. Never credentials, never writes.
import { cors } from 'hono/cors'
import { createMiddleware } from 'hono/factory'

/** Lets browsers of these origins read; every other origin gets no CORS header and no preflight at all. */
export function corsForReads(origins: string[]) {
  const allow = cors({
    origin: origins,
    allowMethods: ['GET', 'HEAD'],
    allowHeaders: ['X-Request-Id'],
    exposeHeaders: ['X-Request-Id'],
    maxAge: 600,
  })
  return createMiddleware(async (c, next) => {
    if (origins.includes(c.req.header('origin') ?? '')) return allow(c, next)
    await next()
    c.header('Vary', 'Origin', { append: true })
  })
}
