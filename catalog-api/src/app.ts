// The API put together: what every request passes, then the subjects. Opens no port and no database.
import { bodyLimit } from 'hono/body-limit'
import { categoryRoutes } from './categories/routes.ts'
import { forgetShelfCounts } from './categories/shelf-counts.ts'
import { openApiDocument } from './document.ts'
import { findingRoutes } from './finding/routes.ts'
import { synonymRoutes } from './finding/synonym-routes.ts'
import { fulfillmentRoutes } from './fulfillments/routes.ts'
import type { Settings } from './http/context.ts'
import { corsForReads } from './http/cors.ts'
import { docsRoutes } from './http/docs.ts'
import { healthRoutes } from './http/health.ts'
import { metricsRoutes } from './http/metrics.ts'
import { onError } from './http/problem.ts'
import { accompany } from './http/request.ts'
import { newRouter } from './http/router.ts'
import { answerUnknown } from './http/unknown.ts'
import { proofRoutes } from './inventory/proof/routes.ts'
import { inventoryRoutes } from './inventory/routes.ts'
import { staffInventoryRoutes } from './inventory/staff/routes.ts'
import { DomainError } from './lib/errors.ts'
import type { Logger } from './lib/log.ts'
import { mediaRoutes } from './media/routes.ts'
import { productRoutes } from './products/routes.ts'
import { staffImageRoutes } from './products/staff/image-routes.ts'
import { staffProductRoutes } from './products/staff/routes.ts'
import { reviewPersonRoutes } from './reviews/person-routes.ts'
import { reviewRoutes } from './reviews/routes.ts'
import { staffReviewRoutes } from './reviews/staff/routes.ts'
import { sitemapRoutes } from './sitemap/routes.ts'
import { storeRoutes } from './stores/routes.ts'
import { staffStoreRoutes } from './stores/staff/routes.ts'
import { workRoutes } from './waiting/routes.ts'

const jsonLimit = 100 * 1024
// A picture of 5 MB and the form around it.
const uploadLimit = 5 * 1024 * 1024 + 16 * 1024

const limited = (maxSize: number) =>
  bodyLimit({
    maxSize,
    onError: () => {
      throw new DomainError('payload_too_large', `At most ${Math.floor(maxSize / 1024)} kB are read here.`)
    },
  })

/** The whole API. `log` gets one line a request. */
export function createApp(settings: Settings, log: Logger) {
  const app = newRouter()
  app.onError(onError)
  app.use(accompany(settings, log))
  app.use(corsForReads(settings.corsOrigins))
  app.use((c, next) => {
    const isUpload = c.req.header('content-type')?.startsWith('multipart/form-data')
    return limited(isUpload ? uploadLimit : jsonLimit)(c, next)
  })
  for (const path of ['/admin/products/*', '/admin/categories/*']) app.use(path, forgetShelfCounts)
  const subjects = [
    categoryRoutes,
    productRoutes,
    findingRoutes,
    synonymRoutes,
    staffProductRoutes,
    staffImageRoutes,
    inventoryRoutes,
    staffInventoryRoutes,
    proofRoutes,
    storeRoutes,
    staffStoreRoutes,
    workRoutes,
    sitemapRoutes,
    reviewRoutes,
    reviewPersonRoutes,
    staffReviewRoutes,
    fulfillmentRoutes,
    mediaRoutes,
    healthRoutes,
  ]
  for (const routes of subjects) app.route('/', routes)
  app.openAPIRegistry.registerComponent('securitySchemes', 'serviceToken', {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: "A service token; the operation's `x-scope` names the scope it needs.",
  })
  let document: ReturnType<typeof openApiDocument> | undefined
  app.get('/openapi.json', (c) => {
    document ??= openApiDocument(app)
    return c.json(document)
  })
  app.route('/', docsRoutes)
  if (!settings.production) app.route('/', metricsRoutes)
  app.notFound((c) => answerUnknown(app.routes, c))
  return app
}
