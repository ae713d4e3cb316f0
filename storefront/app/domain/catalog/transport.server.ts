// The one road to catalog-api: deadlines, one retry for reads, a breaker, and the last good copy of what shoppers read.
// It must never follow a redirect, retry a write by itself, or keep anything that was read with a token.
import { type CacheEntry, cachified } from '@epic-web/cachified'
import { BrokenCircuitError, CountBreaker, circuitBreaker, handleWhen } from 'cockatiel'
import { LRUCache } from 'lru-cache'
import createClient, { type Client } from 'openapi-fetch'
import type { z } from 'zod'
import type { paths } from '#app/domain/catalog/catalog-api.d.ts'
import { catalogUnavailable, fromProblem, isOwnFault } from '#app/domain/catalog/problems.ts'
import { env } from '#app/env.server.ts'
import { isDomainError } from '#app/lib/errors.ts'
import { log } from '#app/lib/log.server.ts'
import { type ServiceScope, signServiceToken } from '#app/lib/service-token.server.ts'

let client: Client<paths> | undefined
export function catalogApi(): Client<paths> {
  client ??= createClient<paths>({
    baseUrl: env().CATALOG_API_URL,
    fetch: (request) => globalThis.fetch(request),
    redirect: 'error',
  })
  return client
}

/** No answer, or one that makes no sense: another try may help. */
class Unreachable extends Error {}
/** catalog-api itself says that this request failed in it: it can be reached, other requests need not suffer. */
class Failed extends Error {}

const newCircuit = () =>
  circuitBreaker(
    handleWhen((error) => error instanceof Unreachable),
    { halfOpenAfter: 5_000, breaker: new CountBreaker({ threshold: 0.5, size: 20 }) },
  )
// Slow browsing must not keep a paid order from its stock: reads and writes fail apart.
let circuits = { read: newCircuit(), write: newCircuit() }

export type Road = { kind: 'read' | 'write'; deadlineMs: number; scopes?: readonly ServiceScope[] }
export const browse: Road = { kind: 'read', deadlineMs: 800 }
/** For staff, who see drafts too: never kept. */
export const staffReading: Road = { kind: 'read', deadlineMs: 2_000, scopes: ['catalog:read'] }
export const staffWriting: Road = { kind: 'write', deadlineMs: 5_000, scopes: ['catalog:write'] }

type Send = (init: { signal: AbortSignal; headers: Record<string, string> }) => Promise<{
  data?: unknown
  error?: unknown
  response: Response
}>

/**
 * Sends one call and parses its answer. Throws the rule's DomainError for a problem the shop knows, otherwise
 * `catalog_unavailable`: refused, too late, 5xx, or an answer that does not fit `schema`.
 */
export async function ask<S extends z.ZodType>(schema: S, road: Road, send: Send): Promise<z.output<S>> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await circuits[road.kind].execute(() => askOnce(schema, road, send))
    } catch (error) {
      const isFault = error instanceof Unreachable || error instanceof Failed
      if (isFault && road.kind === 'read' && attempt === 1) continue
      if (!(isFault || error instanceof BrokenCircuitError)) throw error
      log.warn({ reason: error.message, deadlineMs: road.deadlineMs }, 'catalog-api did not answer as it should')
      throw catalogUnavailable()
    }
  }
}

async function askOnce<S extends z.ZodType>(schema: S, road: Road, send: Send): Promise<z.output<S>> {
  const headers: Record<string, string> = {}
  if (road.scopes) headers.authorization = `Bearer ${await signServiceToken('catalog-api', road.scopes)}`
  const deadlineMs = Math.min(road.deadlineMs, env().TRIAL_DEADLINE_MS ?? road.deadlineMs)
  const answer = await send({ signal: AbortSignal.timeout(deadlineMs), headers }).catch((error: unknown) => {
    throw new Unreachable(error instanceof Error ? `${error.name}: ${error.message}` : 'no answer')
  })
  const { status } = answer.response
  if (status === 500 && isOwnFault(answer.error)) throw new Failed(`status ${status}`)
  if (status >= 500) throw new Unreachable(`status ${status}`)
  if (status >= 400) {
    const known = fromProblem(answer.error)
    if (known) throw known
    log.error({ status }, 'catalog-api refused a call of the shop')
    throw catalogUnavailable()
  }
  const parsed = schema.safeParse(answer.data)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new Unreachable(`unexpected answer at ${issue?.path.join('.')}: ${issue?.message}`)
}

const staleForMs = 15 * 60_000
const newShelf = () => ({
  fresh: new LRUCache<string, CacheEntry>({ max: 500 }),
  lastGood: new LRUCache<string, { value: unknown }>({
    max: 500,
    ttl: staleForMs,
    ttlResolution: 0,
    perf: { now: () => Date.now() },
  }),
})
/** Copies of each kind push out only their own: what is typed into a search box must not cost a page its last good copy. */
const shelves = { pages: newShelf(), suggestions: newShelf(), stock: newShelf(), baskets: newShelf() }
let staleServedAt = 0

/**
 * Public reads only, keyed by what is asked and nothing of who asks: answers younger than `freshMs` are given again
 * (0: only to those who ask at the same moment), and when catalog-api cannot be reached the last good copy of at most
 * 15 minutes.
 */
export async function keep<T>(
  key: string,
  freshMs: number,
  read: () => Promise<T>,
  shelf: keyof typeof shelves = 'pages',
): Promise<T> {
  const { fresh, lastGood } = shelves[shelf]
  try {
    const value = await cachified({ key, cache: fresh, ttl: freshMs, getFreshValue: read })
    if (lastGood.get(key)?.value !== value) lastGood.set(key, { value })
    return value
  } catch (error) {
    const copy = isDomainError(error, 'catalog_unavailable') ? lastGood.get(key) : undefined
    if (!copy) throw error
    staleServedAt = Date.now()
    return copy.value as T
  }
}

/** Whether a copy was shown in the last ten seconds. */
export const servedCopiesLately = (): boolean => Date.now() - staleServedAt < 10_000

/** After an admin's change the shop shows it at once. */
export function forgetCatalog(): void {
  for (const { fresh, lastGood } of Object.values(shelves)) {
    fresh.clear()
    lastGood.clear()
  }
}

/** A staff's change: whatever came of it, the shop looks anew. */
export async function changed<T>(call: Promise<T>): Promise<T> {
  try {
    return await call
  } finally {
    forgetCatalog()
  }
}

/** For tests: closed breakers, no copies. */
export function resetTransport(): void {
  client = undefined
  circuits = { read: newCircuit(), write: newCircuit() }
  forgetCatalog()
  staleServedAt = 0
}
