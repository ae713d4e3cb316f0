// Product pictures: catalog-api owns them; the shop passes them through so that pages need no second host.
import { Hono } from 'hono'
import { env } from '#app/env.server.ts'
import type { ServerEnv } from './request-log.ts'

const shape = /^\/media\/[a-z0-9][a-z0-9/_-]*-\d{2,4}\.webp$/

export function media(): Hono<ServerEnv> {
  const app = new Hono<ServerEnv>()
  app.get('/media/*', async (c) => {
    if (!shape.test(c.req.path)) return c.text('Not found', 404)
    const answer = await fetch(new URL(c.req.path, env().CATALOG_API_URL), {
      redirect: 'error',
      signal: AbortSignal.timeout(5_000),
    }).catch(() => null)
    if (answer?.status === 404) return c.text('Not found', 404)
    if (!answer?.ok) return c.text('The picture is not available right now', 503, { 'Retry-After': '5' })
    return new Response(answer.body, {
      headers: {
        'Content-Type': 'image/webp',
        'Cache-Control': 'public, max-age=31536000, immutable',
        ...(answer.headers.has('Content-Length') && { 'Content-Length': answer.headers.get('Content-Length') ?? '' }),
      },
    })
  })
  return app
}
