// Stripe's REST API under /v1: keys, idempotency, and which verb each path calls. Holds no rule of payments itself.
import type { ServerResponse } from 'node:http'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { type Context, Hono } from 'hono'
import { matchesSearch } from '../rules/intents.ts'
import { getSession } from '../rules/sessions.ts'
import { newId, type Store, type Thing } from '../store.ts'
import type { Sky } from '../weather.ts'
import { type Answer, Idempotency } from './idempotency.ts'
import { named, type Verb, type VerbOptions, writingVerbs } from './verbs.ts'
import { decodeForm, expansions, type Params, page, present, StripeError } from './wire.ts'

export interface ApiOptions extends VerbOptions {
  /** Whether answers arrive. */
  sky?: Sky
  /** The one key accepted; unset: any test key. */
  secretKey?: string | undefined
  /** Called after each request that may have queued webhooks. */
  afterChange: () => void
}

/** Stripe's names of what a path holds → our objects, and by which fields a list may be filtered. */
const collections: Record<string, { object: string; filters: string[] }> = {
  'checkout/sessions': { object: 'checkout.session', filters: ['payment_intent', 'status'] },
  payment_intents: { object: 'payment_intent', filters: [] },
  charges: { object: 'charge', filters: ['payment_intent'] },
  refunds: { object: 'refund', filters: ['payment_intent', 'charge'] },
  events: { object: 'event', filters: ['type'] },
  disputes: { object: 'dispute', filters: ['payment_intent', 'charge'] },
  balance_transactions: { object: 'balance_transaction', filters: ['source', 'type'] },
  payment_methods: { object: 'payment_method', filters: ['type'] },
  webhook_endpoints: { object: 'webhook_endpoint', filters: [] },
}

/** The router of `/v1`. */
export function stripeApi(options: ApiOptions): Hono {
  const app = new Hono()
  const idempotency = new Idempotency(options.store)
  const serve = (method: 'get' | 'post' | 'delete', path: string, verb: Verb) =>
    app[method](path, async (c) => {
      const answer = await run(options, idempotency, c.req.raw, (params) => verb(params, c.req.param('id') ?? ''))
      for (const [name, value] of Object.entries(headersOf(answer, c.req.header('stripe-version'))))
        c.header(name, value)
      options.afterChange()
      const weather = options.sky?.answer() ?? 'well'
      if (weather === 'failing') return c.json({ error: { type: 'api_error', message: 'Something went wrong.' } }, 500)
      if (weather === 'hanging') return cut(c, options.sky?.weather.api.hangMs ?? 0)
      return c.json(answer.body, answer.status as 200)
    })
  for (const [path, verb] of Object.entries(writingVerbs(options))) serve('post', path, verb)
  serve('delete', '/webhook_endpoints/:id', (_, id) => {
    options.store.remove(named(options.store, 'webhook_endpoint', id).id)
    return { id, object: 'webhook_endpoint', deleted: true }
  })
  searches(options.store, serve)
  for (const [path, { object, filters }] of Object.entries(collections))
    reads(options.store, serve, path, object, filters)
  app.all('*', (c) =>
    c.json(
      {
        error: { type: 'invalid_request_error', message: `Unrecognized request URL (${c.req.method}: ${c.req.path}).` },
      },
      404,
    ),
  )
  return app
}

/** No answer at all: the line is cut after a while. */
async function cut(c: Context, afterMs: number): Promise<Response> {
  await new Promise((resolve) => setTimeout(resolve, afterMs).unref())
  const { outgoing } = c.env as { outgoing?: ServerResponse }
  outgoing?.destroy()
  return RESPONSE_ALREADY_SENT
}

type Serve = (method: 'get' | 'post' | 'delete', path: string, verb: Verb) => void

function reads(store: Store, serve: Serve, path: string, object: string, filters: string[]): void {
  serve('get', `/${path}`, (params) => {
    const types = Array.isArray(params.types) ? params.types : null
    const rows = store
      .list(object)
      .filter((thing) => filters.every((field) => params[field] === undefined || thing[field] === params[field]))
      .filter((thing) => !types || types.includes(String(thing.type)))
    return page(store, rows, params, `/v1/${path}`)
  })
  serve('get', `/${path}/:id`, (params, id) => {
    const thing = object === 'checkout.session' ? getSession(store, id) : named(store, object, id)
    return present(store, thing, expansions(params))
  })
}

function searches(store: Store, serve: Serve): void {
  serve('get', '/checkout/sessions/:id/line_items', (params, id) =>
    page(store, getSession(store, id)._line_items as Thing[], params, `/v1/checkout/sessions/${id}/line_items`),
  )
  for (const [path, object] of Object.entries({ payment_intents: 'payment_intent', charges: 'charge' })) {
    serve('get', `/${path}/search`, (params) => {
      const rows = store.list(object).filter((thing) => matchesSearch(thing, String(params.query)))
      const { data, has_more } = page(store, rows, params.limit ? { limit: params.limit } : {}, '')
      return { object: 'search_result', data, has_more, next_page: null, url: `/v1/${path}/search` }
    })
  }
}

async function run(
  options: ApiOptions,
  idempotency: Idempotency,
  request: Request,
  verb: (params: Params) => Record<string, unknown>,
): Promise<Answer> {
  const requestId = newId('req_', 14)
  const failed = (error: unknown): Answer => {
    if (!(error instanceof StripeError)) throw error
    return { status: error.status, body: { error: { ...error.body, request_log_url: null } }, requestId }
  }
  const text = request.method === 'GET' ? new URL(request.url).search.slice(1) : await request.text()
  try {
    checkKey(options, request, decodeForm(text))
    const key = request.method === 'POST' ? (request.headers.get('idempotency-key') ?? undefined) : undefined
    return await idempotency.once(key, `${request.method} ${new URL(request.url).pathname}\n${text}`, async () => {
      try {
        return { status: 200, body: verb(decodeForm(text)), requestId }
      } catch (error) {
        if (error instanceof StripeError && error.remembered) return failed(error)
        throw error
      }
    })
  } catch (error) {
    return failed(error)
  }
}

function headersOf(answer: Answer, version: string | undefined): Record<string, string> {
  const replay: Record<string, string> = answer.replayed
    ? { 'idempotent-replayed': 'true', 'original-request': answer.requestId }
    : {}
  return { 'request-id': answer.requestId, ...(version ? { 'stripe-version': version } : {}), ...replay }
}

function checkKey({ secretKey, store }: ApiOptions, request: Request, params: Params): void {
  const [scheme = '', value = ''] = (request.headers.get('authorization') ?? '').split(' ')
  const basic = scheme.toLowerCase() === 'basic' ? (Buffer.from(value, 'base64').toString().split(':')[0] ?? '') : value
  const key = basic || String(params.key ?? '')
  if (isOfClient(store, request, key, params)) return
  const refuse = (message: string) => new StripeError(401, 'invalid_request_error', message, {}, false)
  if (!key) throw refuse('You did not provide an API key. Use Authorization: Bearer YOUR_SECRET_KEY.')
  const known = secretKey ? key === secretKey : /^(sk|rk)_test_\w+$/.test(key)
  if (!known) throw refuse(`Invalid API Key provided: ${key.slice(0, 8)}${'*'.repeat(8)}`)
}

/** A browser's own question: with a publishable key it may look at and confirm one intent, whose secret it knows. */
function isOfClient(store: Store, request: Request, key: string, params: Params): boolean {
  const [, id] = /^\/v1\/payment_intents\/(pi_\w+)(\/confirm)?$/.exec(new URL(request.url).pathname) ?? []
  const intent = id ? store.find(id) : null
  return /^pk_test_\w+$/.test(key) && intent !== null && intent.client_secret === params.client_secret
}
