// Assembles the JSON API: what every request passes, then the subjects; its own 404 and 405 stand before the pages. Routers
// hold the faces, domain/ the rules. Opens no port and no database.
import { DomainError, notFound } from '#app/lib/errors.ts'
import { addressRoutes } from './addresses.ts'
import { adminRoutes } from './admin.ts'
import { authRoutes } from './auth.ts'
import { cartRoutes } from './cart.ts'
import { checkoutRoutes } from './checkout.ts'
import { deliveryRoutes } from './delivery.ts'
import { docsRoutes } from './docs.ts'
import { openApiDocument } from './document.ts'
import { corsForApps } from './frame/cors.ts'
import { onError } from './frame/problem.ts'
import { readJson } from './frame/read-json.ts'
import { newRouter } from './frame/router.ts'
import { answerUnknown } from './frame/unknown.ts'
import { orderRoutes } from './orders.ts'
import { reviewRoutes } from './reviews.ts'
import { webhooks } from './webhooks.ts'

const subjects = [
  authRoutes,
  addressRoutes,
  cartRoutes,
  deliveryRoutes,
  checkoutRoutes,
  orderRoutes,
  reviewRoutes,
  adminRoutes,
]

/** The whole API, to be mounted at /api. */
export function api() {
  const app = newRouter()
  app.onError(onError)
  // Raw bytes, a signature of its own, no token: before anything reads a body.
  app.route('/', webhooks())
  app.use(corsForApps())
  app.use(async (c, next) => {
    // No id of ours holds a NUL, and Postgres takes none in a question.
    if (new URL(c.req.url).pathname.includes('%00')) throw notFound('The address')
    if (c.req.raw.url.length > 8_000) throw new DomainError('payload_too_large', 'This address is too long.')
    await next()
    if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'no-store')
  })
  app.use(readJson())
  for (const routes of subjects) app.route('/', routes)
  let document: ReturnType<typeof openApiDocument> | undefined
  app.get('/openapi.json', (c) => {
    document ??= openApiDocument(app)
    return c.json(document)
  })
  app.route('/', docsRoutes)
  const { routes } = app
  app.all('*', (c) => answerUnknown(routes, c, c.req.path.replace(/^\/api(?=\/)/, '')))
  return app
}
