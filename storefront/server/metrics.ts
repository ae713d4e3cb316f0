// Numbers for Prometheus on a port of their own, this machine's alone: the public address never shows them.
import { createServer, type Server } from 'node:http'
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import { figureNames, workFigures } from '#app/domain/checkout/work-figures.server.ts'
import { log } from '#app/lib/log.server.ts'

/** Listens on 127.0.0.1; `GET /metrics` counts anew each time. The answer stops it. */
export function serveMetrics(port: number): { server: Server; stop: () => Promise<void> } {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const server = createServer((asked, answer) => {
    if (asked.method !== 'GET' || asked.url !== '/metrics') return void answer.writeHead(404).end()
    render(registry).then(
      (text) => answer.writeHead(200, { 'Content-Type': registry.contentType, 'Cache-Control': 'no-store' }).end(text),
      () => answer.writeHead(503).end(),
    )
  })
  server.on('error', (error) => log.error({ port, reason: error.message }, 'no metrics: their port cannot be had'))
  server.listen(port, '127.0.0.1')
  return {
    server,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** An unreachable database has no figures; the process's own are told all the same. */
async function render(registry: Registry): Promise<string> {
  const figures = (await workFigures().catch(() => null)) ?? []
  for (const [name, help] of Object.entries(figureNames)) {
    const full = `storefront_${name}`
    registry.removeSingleMetric(full)
    const of = figures.filter((figure) => figure.name === name)
    const labelNames = Object.keys(of[0]?.about ?? {})
    if (of.length === 0) continue
    const gauge = new Gauge({ name: full, help, labelNames, registers: [registry] })
    for (const { about, value } of of) gauge.set(about, value)
  }
  return registry.metrics()
}
