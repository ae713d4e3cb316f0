// GET /health: can this notifier do its work? 503 only when a database is away: a mail server's outage is waited for.
import { createRoute, z } from '@hono/zod-openapi'
import type { Source, SourceName } from '../database.ts'
import type { Notifier } from '../notifier.ts'
import { newRouter } from './router.ts'

const DatabaseHealth = z.object({
  reachable: z.boolean(),
  listening: z.boolean().openapi({ description: 'LISTEN stands; without it the outbox is polled every 5 s.' }),
  lastDrainAt: z.iso.datetime().nullable().openapi({ description: 'When the outbox was last found empty.' }),
})

const Health = z
  .object({
    status: z.enum(['ok', 'degraded', 'unavailable']).openapi({ description: 'degraded: mails wait, none is lost' }),
    databases: z.object({ storefront: DatabaseHealth, catalog: DatabaseHealth }),
    smtp: z.object({ state: z.enum(['unknown', 'up', 'down']), at: z.iso.datetime().nullable() }),
  })
  .openapi('Health')

async function isReachable(source: Source): Promise<boolean> {
  try {
    await source.pool.query('SELECT 1')
    return true
  } catch {
    return false
  }
}

const route = createRoute({
  method: 'get',
  path: '/health',
  operationId: 'health',
  tags: ['operations'],
  summary: 'Whether the notifier can work',
  security: [],
  responses: {
    200: { description: 'It works', content: { 'application/json': { schema: Health } } },
    503: { description: 'A database is away', content: { 'application/json': { schema: Health } } },
  },
})

/** The router of GET /health. */
export function healthRouter(notifier: Notifier) {
  const healthOf = async (name: SourceName) => ({
    reachable: await isReachable(notifier.sources[name]),
    listening: notifier.isListening(name),
    lastDrainAt: notifier.drainState(name).lastDrainAt?.toISOString() ?? null,
  })
  return newRouter().openapi(route, async (c) => {
    const [storefront, catalog] = await Promise.all([healthOf('storefront'), healthOf('catalog')])
    const { state, at } = notifier.mail.state()
    const isUp = storefront.reachable && catalog.reachable
    const isWhole = storefront.listening && catalog.listening && state !== 'down'
    const body = {
      databases: { storefront, catalog },
      smtp: { state, at: at?.toISOString() ?? null },
    }
    if (!isUp) return c.json({ status: 'unavailable' as const, ...body }, 503)
    return c.json({ status: isWhole ? ('ok' as const) : ('degraded' as const), ...body }, 200)
  })
}
