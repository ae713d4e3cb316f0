// Counts and times of requests for Prometheus; mounted outside production only.
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import { newRouter } from './router.ts'

const registry = new Registry()
let collecting = false

const seconds = new Histogram({
  name: 'catalog_request_seconds',
  help: 'Time to answer by method, route and status',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
  registers: [registry],
})

/** Notes one answered request; `route` is the pattern, never the path, so that the series stay few. */
export function observe(method: string, route: string, status: number, ms: number): void {
  seconds.observe({ method, route, status: String(status) }, ms / 1000)
}

export const metricsRoutes = newRouter()
metricsRoutes.get('/metrics', async (c) => {
  if (!collecting) collectDefaultMetrics({ register: registry })
  collecting = true
  return c.body(await registry.metrics(), 200, { 'Content-Type': registry.contentType })
})
