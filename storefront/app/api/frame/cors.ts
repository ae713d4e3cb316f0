// Pages of other origins that may call the API: exactly those in the settings. Never credentials: the token is in a header.
import { cors } from 'hono/cors'
import { createMiddleware } from 'hono/factory'
import { env } from '#app/env.server.ts'
import type { ApiEnv } from './context.ts'

/** Every other origin gets no CORS header and no preflight at all. */
export function corsForApps() {
  const allow = cors({
    origin: (origin) => origin,
    allowMethods: ['GET', 'POST', 'PUT', 'DELETE'],
    allowHeaders: ['Authorization', 'Content-Type', 'Idempotency-Key'],
    exposeHeaders: ['X-Request-Id', 'Retry-After', 'Idempotency-Replayed'],
    maxAge: 600,
  })
  return createMiddleware<ApiEnv>(async (c, next) => {
    if (env().API_CORS_ORIGINS.includes(c.req.header('Origin') ?? '')) return allow(c, next)
    await next()
    if (env().API_CORS_ORIGINS.length > 0) c.header('Vary', 'Origin', { append: true })
    return undefined
  })
}
