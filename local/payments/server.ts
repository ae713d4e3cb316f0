// The payments stand-in as a server: Stripe's API, the hosted payment page, webhooks, and a small control for tests.
// For development and tests only; listens on this machine alone and keeps its memory in one folder.
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { Idempotency } from './api/idempotency.ts'
import { stripeApi } from './api/routes.ts'
import { payPages } from './pages/routes.ts'
import { configuredEndpoint } from './rules/events.ts'
import { settleDue } from './rules/refunds.ts'
import { expireDue } from './rules/sessions.ts'
import { Store } from './store.ts'
import { type Asked, Sky } from './weather.ts'
import { Webhooks } from './webhooks.ts'

export interface PaymentsOptions {
  /** 0 takes a free port. */
  port?: number
  /** Where it remembers; unset: in memory only. */
  dataDir?: string | undefined
  /** The one secret key accepted; unset: any `sk_test_…`. */
  secretKey?: string | undefined
  /** Where events are posted, and the `whsec_…` they are signed with (two by comma while rotating). */
  webhookUrl?: string | undefined
  webhookSecret?: string | undefined
  shopName?: string | undefined
  /** How long the slow test cards' refunds take, in seconds. */
  refundSettleSeconds?: number
}

export interface Payments {
  url: string
  stop: () => Promise<void>
}

const housekeepingMs = 250

/** Starts the stand-in; resolves when it answers. @throws the listening error, e.g. EADDRINUSE */
export async function startPayments(options: PaymentsOptions = {}): Promise<Payments> {
  const store = new Store(options.dataDir ?? null)
  rememberEndpoint(store, options)
  const sky = new Sky()
  const webhooks = new Webhooks(store, sky)
  let url = ''
  const origin = () => url
  const app = new Hono()
  app.get('/health', (c) => c.json({ status: 'ok', service: 'payments' }))
  const api = { store, sky, origin, secretKey: options.secretKey, afterChange: () => webhooks.deliverDue() }
  app.route('/v1', stripeApi({ ...api, refundSettleSeconds: options.refundSettleSeconds ?? 5 }))
  app.route('/_test', testControl(store, webhooks, sky))
  app.route('/', payPages({ store, webhooks, sky, origin, shopName: options.shopName ?? 'Highstreet' }))
  const server = await listen(app, options.port ?? 0)
  const address = server.address()
  url = `http://localhost:${typeof address === 'object' && address ? address.port : options.port}`
  prune(store)
  const timers = [
    setInterval(() => housekeep(store, webhooks), housekeepingMs),
    setInterval(() => prune(store), 3_600_000),
  ]
  return {
    url,
    stop: async () => {
      for (const timer of timers) clearInterval(timer)
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      if ('closeIdleConnections' in server) server.closeIdleConnections()
      await webhooks.stop()
      if ('closeAllConnections' in server) server.closeAllConnections()
      await closed
      store.close()
    },
  }
}

function listen(app: Hono, port: number): Promise<ReturnType<typeof serve>> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, () => resolve(server))
    server.once('error', reject)
  })
}

/** The endpoint of the environment is kept like one made through the API, so that its queue survives a restart. */
function rememberEndpoint(store: Store, { webhookUrl, webhookSecret }: PaymentsOptions): void {
  if (!webhookUrl || !webhookSecret) return
  store.put({
    id: configuredEndpoint,
    object: 'webhook_endpoint',
    created: store.now(),
    api_version: null,
    description: 'named by the environment',
    enabled_events: ['*'],
    livemode: false,
    metadata: {},
    status: 'enabled',
    url: webhookUrl,
    _secret: webhookSecret,
  })
}

function housekeep(store: Store, webhooks: Webhooks): void {
  expireDue(store)
  settleDue(store)
  webhooks.deliverDue()
}

/** Forgets what Stripe forgets too: answers after a day, events after thirty. */
function prune(store: Store): void {
  new Idempotency(store).prune()
  const monthAgo = store.now() - 30 * 86_400
  for (const event of store.list('event')) if (event.created < monthAgo) store.remove(event.id)
}

/**
 * `POST /_test/config` sets the weather; `POST /_test/deliver` sends all that is queued now and answers how many;
 * `POST /_test/clock { addSeconds }` moves the stand-in's clock on.
 */
function testControl(store: Store, webhooks: Webhooks, sky: Sky): Hono {
  const app = new Hono()
  app.post('/config', async (c) => {
    return c.json(sky.turn((await c.req.json()) as Asked))
  })
  app.post('/deliver', async (c) => c.json({ sent: await webhooks.deliverAll() }))
  app.post('/clock', async (c) => {
    const { addSeconds } = (await c.req.json()) as { addSeconds: number }
    store.clockOffset += addSeconds
    housekeep(store, webhooks)
    return c.json({ now: store.now() })
  })
  app.get('/deliveries', (c) => c.json(store.list('_delivery')))
  return app
}
