// The notifier's HTTP face: health, one event by hand, and for developers metrics, documents and the preview.
import { bodyLimit } from 'hono/body-limit'
import { createMiddleware } from 'hono/factory'
import type { Shop } from '../layout/document.ts'
import { newId } from '../lib/ids.ts'
import type { Log } from '../lib/log.ts'
import type { Notifier } from '../notifier.ts'
import { docsRouter } from './docs.ts'
import { eventsRouter } from './events.ts'
import { healthRouter } from './health.ts'
import { notifyRouter } from './notify.ts'
import { previewApi, previewRouter } from './preview.ts'
import { ApiError, type AppEnv, onError, problem } from './problem.ts'
import { newRouter } from './router.ts'

type AppOptions = {
  notifier: Notifier
  /** Keys of service tokens: all verify. */
  tokenKeys: string[]
  shop: Shop
  log: Log
  /** In production there are no metrics, documents or previews to be seen. */
  production: boolean
}

const largestBody = 100_000

const openapi = {
  openapi: '3.1.0' as const,
  info: {
    title: 'Highstreet notifier',
    version: '1.0.0',
    description:
      'E-mail and SMS for the events of the shop. The outboxes are drained without being asked; `POST /notify` sends one event by hand.',
    license: { name: 'MIT', identifier: 'MIT' },
  },
  servers: [{ url: '/' }],
  tags: [
    { name: 'messages', description: 'Sending' },
    { name: 'operations', description: 'For those who run it' },
  ],
}

const methods: Record<string, string> = {
  '/health': 'GET',
  '/notify': 'POST',
  '/metrics': 'GET',
  '/openapi.json': 'GET',
}

/** The app, ready for a server or for `app.request`. */
export function createApp({ notifier, tokenKeys, shop, log, production }: AppOptions) {
  const app = newRouter()
  app.onError(onError)
  app.use(async (c, next) => {
    const given = c.req.header('x-request-id') ?? ''
    const requestId = /^[\w.:-]{8,100}$/.test(given) ? given : newId()
    c.set('requestId', requestId)
    c.set('log', log.child({ requestId }))
    await next()
    c.header('X-Request-Id', requestId)
    c.header('X-Content-Type-Options', 'nosniff')
    c.header('Referrer-Policy', 'no-referrer')
    if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'no-store')
    if (!c.res.headers.has('Content-Security-Policy'))
      c.header('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'")
  })
  const jsonOnly = createMiddleware<AppEnv>(async (c, next) => {
    const isJson = /^application\/json\b/i.test(c.req.header('content-type') ?? '')
    if (c.req.method === 'POST' && !isJson) throw new ApiError('unsupported_media_type', 'Send application/json.')
    await next()
  })
  app.use('/notify', jsonOnly)
  app.use('/preview', jsonOnly)
  app.use(
    bodyLimit({
      maxSize: largestBody,
      onError: (c) => problem(c, new ApiError('payload_too_large', `The body is larger than ${largestBody} bytes.`)),
    }),
  )
  app.route('/', healthRouter(notifier))
  app.route('/', notifyRouter(tokenKeys, notifier.sendNow))
  app.route('/', previewApi(tokenKeys, shop))
  app.route('/', eventsRouter(tokenKeys, notifier))
  app.openAPIRegistry.registerComponent('securitySchemes', 'serviceToken', {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description:
      'HS256, issuer `highstreet`, audience `notifier`, scope `notify`, `preview`, `events:read` or `events:write`, at most 60 seconds long.',
  })
  if (!production) {
    app.doc31('/openapi.json', openapi)
    app.get('/metrics', async (c) =>
      c.body(await notifier.metrics.render(), 200, { 'Content-Type': notifier.metrics.contentType }),
    )
    app.route('/', docsRouter())
    app.route('/', previewRouter(shop))
  }
  app.notFound((c) => {
    const allowed = methods[c.req.path]
    const isOpen = !production || ['/health', '/notify'].includes(c.req.path)
    if (!allowed || !isOpen || c.req.method === allowed)
      return problem(c, new ApiError('not_found', 'There is nothing at this address.'))
    c.header('Allow', allowed)
    return problem(c, new ApiError('method_not_allowed', `Use ${allowed}.`))
  })
  return app
}
