// Product pictures: catalog-api owns them; the shop passes them through so that pages need no second host.
import { Hono } from 'hono'
import { env } from '#app/env.server.ts'
import type { ServerEnv } from './request-log.ts'

const shape = /^\/media\/[a-z0-9][a-z0-9/_-]*-\d{2,4}\.webp$/

type Asked = { status: number; bytes: ArrayBuffer | null }
const noAnswer: Asked = { status: 0, bytes: null }

/** Read whole before it is passed on: the time limit is catalog-api's, never that of a visitor on a slow line. */
async function ask(url: URL): Promise<Asked> {
  const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(5_000) })
  if (answer.ok) return { status: answer.status, bytes: await answer.arrayBuffer() }
  // Unread, it would keep its connection.
  answer.body?.cancel().catch(() => undefined)
  return { status: answer.status, bytes: null }
}

export function media(): Hono<ServerEnv> {
  const app = new Hono<ServerEnv>()
  app.get('/media/*', async (c) => {
    if (!shape.test(c.req.path)) return c.text('Not found', 404)
    const { status, bytes } = await ask(new URL(c.req.path, env().CATALOG_API_URL)).catch(() => noAnswer)
    if (status === 404) return c.text('Not found', 404)
    if (!bytes) return c.text('The picture is not available right now', 503, { 'Retry-After': '5' })
    return new Response(bytes, {
      headers: {
        'Content-Type': 'image/webp',
        'Content-Length': String(bytes.byteLength),
        'Cache-Control': 'public, max-age=31536000, immutable',
      },
    })
  })
  return app
}
