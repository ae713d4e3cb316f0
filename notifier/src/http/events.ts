// The events of an outbox for the shop's admin pages, and letting a parked one go. The storefront cannot reach the
// catalogue's database: it asks here. Shows how an event stands and what low stock it tells of, never a payload.
import { createRoute, z } from '@hono/zod-openapi'
import type { Notifier } from '../notifier.ts'
import { listEvents, release } from '../outbox-list.ts'
import { requireScope } from './auth.ts'
import { ApiError, errorAnswers } from './problem.ts'
import { newRouter } from './router.ts'

const Database = z.enum(['storefront', 'catalog'])
const State = z.enum(['done', 'parked', 'waiting'])

const Event = z
  .object({
    id: z.uuid(),
    topic: z.string(),
    about: z.string().nullable().openapi({ description: 'What it is about, for low stock: the thing and the place.' }),
    state: State,
    createdAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
    attempts: z.int(),
    lastError: z.string().nullable(),
  })
  .openapi('OutboxEvent')

const answer = <T extends z.ZodType>(description: string, schema: T) => ({
  description,
  content: { 'application/json': { schema } },
})

const listRoute = (keys: string[]) =>
  createRoute({
    method: 'get',
    path: '/events/{database}',
    operationId: 'listEvents',
    tags: ['messages'],
    summary: 'The latest events of an outbox',
    security: [{ serviceToken: [] }],
    middleware: [requireScope(keys, 'events:read')] as const,
    request: {
      params: z.object({ database: Database }),
      query: z.object({ state: State.optional(), limit: z.coerce.number().int().min(1).max(100).default(30) }),
    },
    responses: {
      200: answer('Newest first', z.object({ items: z.array(Event), parked: z.int() })),
      ...errorAnswers('unauthorized', 'forbidden', 'validation_failed', 'unavailable'),
    },
  })

const releaseRoute = (keys: string[]) =>
  createRoute({
    method: 'post',
    path: '/events/{database}/{id}/release',
    operationId: 'releaseEvent',
    tags: ['messages'],
    summary: 'Let a parked event be tried again',
    security: [{ serviceToken: [] }],
    middleware: [requireScope(keys, 'events:write')] as const,
    request: { params: z.object({ database: Database, id: z.uuid() }) },
    responses: {
      200: answer('It is due now', z.object({ id: z.uuid() })),
      ...errorAnswers('unauthorized', 'forbidden', 'not_found', 'validation_failed', 'unavailable'),
    },
  })

/** The router of /events. */
export const eventsRouter = (keys: string[], notifier: Notifier) =>
  newRouter()
    .openapi(listRoute(keys), async (c) => {
      const { database } = c.req.valid('param')
      return c.json(await listEvents(notifier.sources[database].pool, c.req.valid('query')), 200)
    })
    .openapi(releaseRoute(keys), async (c) => {
      const { database, id } = c.req.valid('param')
      if (!(await release(notifier.sources[database].pool, id)))
        throw new ApiError('not_found', 'No parked event has this id.')
      notifier.wake(database)
      c.var.log.info({ caller: c.var.caller, outboxId: id }, 'parked event released')
      return c.json({ id }, 200)
    })
