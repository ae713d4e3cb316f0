// Posts from other sites are refused before a page sees them. Remix has a check of its own that compares Origin with
// Host: it answers 500, and takes our own forms for foreign ones behind a proxy that renames the host.
import { createMiddleware } from 'hono/factory'
import { isFromElsewhere } from '#app/http/parse.server.ts'
import type { ServerEnv } from './request-log.ts'

export const ownOrigin = () =>
  createMiddleware<ServerEnv>(async (c, next) => {
    if (c.req.method === 'POST' && isFromElsewhere(c.req.raw))
      return c.text('This form was sent from another site.', 403, { 'Cache-Control': 'no-store' })
    await next()
  })

/** The request as Remix's check wants it, when its Origin, which is known to be ours, is not the Host that arrived here. */
export function forPages(request: Request): Request {
  const origin = request.headers.get('Origin')
  const compared = request.headers.get('X-Forwarded-Host') ?? request.headers.get('Host')
  if (request.method !== 'POST' || !origin || new URL(origin).host === compared) return request
  const headers = new Headers(request.headers)
  headers.set('X-Forwarded-Host', new URL(origin).host)
  const { url, method, body, signal } = request
  return new Request(url, { method, headers, body, signal, duplex: 'half' } as RequestInit)
}
