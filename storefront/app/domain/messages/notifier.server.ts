// Asks the notifier over HTTP: what a message would look like, and how the catalogue's messages stand (the storefront has
// no door to that database). Never sends one. An answer that does not fit is as good as none.
import { z } from 'zod'
import { env } from '#app/env.server.ts'
import { DomainError } from '#app/lib/errors.ts'
import { log } from '#app/lib/log.server.ts'
import { type ServiceScope, signServiceToken } from '#app/lib/service-token.server.ts'

const deadlineMs = 4_000

const unavailable = () =>
  new DomainError('notifier_unavailable', 'The notifier cannot be reached at the moment. Please try again shortly.', {
    retryAfterSeconds: 5,
  })

const problem = z.object({ code: z.string(), detail: z.string() })

type Ask = { method: 'GET' | 'POST'; path: string; scope: ServiceScope; body?: unknown }

/** One question. Throws notifier_unavailable, validation_failed with the notifier's words, not_found. */
async function ask<T>(answer: z.ZodType<T>, { method, path, scope, body }: Ask): Promise<T> {
  const token = await signServiceToken('notifier', [scope])
  let response: Response
  try {
    response = await fetch(new URL(path, env().NOTIFIER_URL), {
      method,
      headers: { Authorization: `Bearer ${token}`, ...(body !== undefined && { 'Content-Type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(deadlineMs),
    })
  } catch (error) {
    log.warn({ path, reason: (error as Error).message }, 'the notifier did not answer')
    throw unavailable()
  }
  const said: unknown = await response.json().catch(() => null)
  const known = answer.safeParse(said)
  if (response.ok && known.success) return known.data
  const refused = problem.safeParse(said)
  if (refused.data?.code === 'validation_failed') throw new DomainError('validation_failed', refused.data.detail)
  if (refused.data?.code === 'not_found') throw new DomainError('not_found', refused.data.detail)
  log.error({ path, status: response.status, code: refused.data?.code }, 'the notifier answered what nobody asked for')
  throw unavailable()
}

const rendered = z.object({ subject: z.string(), html: z.string(), text: z.string(), sms: z.string().nullable() })
export type RenderedMessage = z.infer<typeof rendered>

/** The messages an event would make; what the payload lacks is taken from the notifier's samples. */
export const renderMessage = (topic: string, payload: Record<string, unknown>): Promise<RenderedMessage> =>
  ask(rendered, { method: 'POST', path: '/preview', scope: 'preview', body: { topic, payload } })

const catalogEvents = z.object({
  parked: z.int(),
  items: z.array(
    z.object({
      id: z.uuid(),
      topic: z.string(),
      about: z.string().nullable(),
      state: z.enum(['done', 'parked', 'waiting']),
      createdAt: z.string(),
      endedAt: z.string().nullable(),
      attempts: z.int(),
      lastError: z.string().nullable(),
    }),
  ),
})
export type CatalogEvents = z.infer<typeof catalogEvents>

/** The latest messages of the catalogue's outbox (low stock), newest first. */
export const listCatalogEvents = (limit: number): Promise<CatalogEvents> =>
  ask(catalogEvents, { method: 'GET', path: `/events/catalog?limit=${limit}`, scope: 'events:read' })

/** Lets a parked message of the catalogue be tried again. Throws not_found when none is parked under that id. */
export const releaseCatalogEvent = (id: string): Promise<{ id: string }> =>
  ask(z.object({ id: z.uuid() }), {
    method: 'POST',
    path: `/events/catalog/${encodeURIComponent(id)}/release`,
    scope: 'events:write',
  })
