// Assembles the JSON API; its own 404 stands before the pages. Routers hold the faces, domain/ the rules.
import { Hono } from 'hono'
import { problems } from '#app/http/problem.ts'
import type { ServerEnv } from '#server/request-log.ts'
import { webhooks } from './webhooks.ts'

export function api(): Hono<ServerEnv> {
  const app = new Hono<ServerEnv>()
  app.route('/', webhooks())
  app.all('*', (c) => {
    const { status, title } = problems.not_found
    const body = { type: 'about:blank', title, status, code: 'not_found', requestId: c.get('requestId') }
    return c.body(JSON.stringify(body), 404, { 'Content-Type': 'application/problem+json' })
  })
  return app
}
