// The storefront's HTTP surface, in order: health, files, pictures, JSON API, pages. Starts nothing by itself.

import * as build from 'virtual:remix/server-build'
import { createRequestHandler } from '@remix-run/node'
import { Hono } from 'hono'
import { api } from '#app/api/app.ts'
import { startWorkers } from '#app/domain/checkout/workers.server.ts'
import { forgetOldKeys } from '#app/domain/idempotency/idempotency.server.ts'
import { sweepTokens } from '#app/domain/identity/by-mail/tokens.server.ts'
import { sweepSessions } from '#app/domain/identity/sessions.server.ts'
import { env } from '#app/env.server.ts'
import { visitorOf } from '#app/http/session.server.ts'
import { closeDatabases, databaseAnswers, isUnavailable, jobsDb } from '#app/lib/db.server.ts'
import { log } from '#app/lib/log.server.ts'
import { withAnswers } from './answers.ts'
import { clientIp } from './client-ip.ts'
import { compress } from './compress.ts'
import { files } from './files.ts'
import { securityHeaders } from './headers.ts'
import { keptFromSearch } from './kept-from-search.ts'
import { media } from './media.ts'
import { serveMetrics } from './metrics.ts'
import { forPages, ownOrigin } from './own-origin.ts'
import { requestLog, type ServerEnv } from './request-log.ts'

// In any other mode Remix writes a fault's message and stack into the page: only for the developer who reloads pages.
const pages = createRequestHandler(withAnswers(build), env().STOREFRONT_HOT === '1' ? 'development' : 'production')

/** `isDraining`: whether the process is about to end, so that its balancer must look elsewhere. */
export function createApp(isDraining: () => boolean = () => false): Hono<ServerEnv> {
  const app = new Hono<ServerEnv>()
  app.use(requestLog())
  app.use(securityHeaders())
  app.use(keptFromSearch())
  app.get('/health', async (c) => {
    const status = isDraining() ? 'leaving' : (await databaseAnswers()) ? 'ok' : 'no database'
    return c.json({ status }, status === 'ok' ? 200 : 503, { 'Cache-Control': 'no-store' })
  })
  app.use(compress())
  app.route('/', files())
  app.route('/', media())
  app.route('/api', api())
  // Remix's lazy route discovery is off; its manifest route stays shut (CVE-2026-42342).
  app.all('/__manifest', (c) => c.text('Not found', 404))
  // The way to ask for data before single fetch: nobody here asks so, and it writes a fault into the log each time.
  app.use((c, next) => (c.req.query('_data') === undefined ? next() : Promise.resolve(c.text('Not found', 404))))
  app.use(ownOrigin())
  app.all('*', async (c) => {
    const request = forPages(c.req.raw)
    // No name of ours holds a NUL, and Postgres takes none in a question.
    if (new URL(request.url).pathname.includes('%00')) return c.text('Not found', 404)
    if (!['GET', 'HEAD', 'POST'].includes(request.method))
      return c.text('Method not allowed', 405, { Allow: 'GET, HEAD, POST' })
    const cookies: string[] = []
    const setCookie = (header: string) => void cookies.push(header)
    const visitor = visitorOf(request, { ip: clientIp(c), requestId: c.get('requestId') }, setCookie)
    const answer = await pages(request, { nonce: c.get('nonce'), requestId: c.get('requestId'), visitor, setCookie })
    for (const header of cookies) answer.headers.append('Set-Cookie', header)
    if (!answer.headers.has('Cache-Control')) answer.headers.set('Cache-Control', 'private, no-store')
    if (answer.status === 503 && !answer.headers.has('Retry-After')) answer.headers.set('Retry-After', '5')
    return answer
  })
  app.onError((error, c) => {
    log.error({ err: error, requestId: c.get('requestId') }, 'a request failed')
    const status = isUnavailable(error) ? 503 : 500
    if (status === 503) c.header('Retry-After', '5')
    return c.text(`Something went wrong. If it happens again, tell us this number: ${c.get('requestId')}`, status)
  })
  return app
}

const hour = 3_600_000

export type Background = {
  /** Takes nothing new from the call on; resolves when nothing is in hand. */
  rest: () => Promise<void>
  /** After the last page is answered: closes the pools. */
  end: () => Promise<void>
}

/** Starts the background work of checkout and the clean-up of what has ended. */
export function startBackground(): Background {
  const stopWorkers = startWorkers()
  const { STOREFRONT_METRICS_PORT: metricsPort } = env()
  const metrics = metricsPort ? serveMetrics(metricsPort) : null
  const cleaning = setInterval(() => {
    const at = new Date()
    Promise.all([sweepSessions(at, jobsDb()), sweepTokens(at, jobsDb()), forgetOldKeys(jobsDb())]).catch((error) =>
      log.warn({ err: error }, 'ended sessions, links and kept answers were not removed'),
    )
  }, hour)
  return {
    rest: async () => {
      clearInterval(cleaning)
      await stopWorkers()
    },
    end: async () => {
      await metrics?.stop()
      await closeDatabases()
    },
  }
}
