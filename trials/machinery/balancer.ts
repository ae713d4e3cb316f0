// The smallest honest load balancer: asks each process for its health, sends requests to those that are well, and never
// sends one twice. For trials of leaving.
import { Agent, createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** `every` ms it looks at each port's /health. */
export async function startBalancer(ports: readonly number[], every = 200) {
  const well = new Set<number>(ports)
  const agent = new Agent({ keepAlive: true })
  let turn = 0
  const look = async () => {
    for (const port of ports) {
      const answer = await fetch(`http://127.0.0.1:${port}/health`, { signal: AbortSignal.timeout(1_000) }).catch(
        () => null,
      )
      await answer?.body?.cancel()
      if (answer?.ok) well.add(port)
      else well.delete(port)
    }
  }
  const timer = setInterval(() => void look(), every)
  const server: Server = createServer((incoming, outgoing) => {
    const healthy = ports.filter((port) => well.has(port))
    const port = healthy[turn++ % Math.max(1, healthy.length)]
    if (port === undefined) return void outgoing.writeHead(502).end('nobody is well')
    const { url, method, headers } = incoming
    const asked = request({ port, agent, path: url, method, headers }, (answer) => {
      const { connection: _ours, ...kept } = answer.headers
      outgoing.writeHead(answer.statusCode ?? 502, kept)
      answer.pipe(outgoing)
    })
    asked.on('error', (error: NodeJS.ErrnoException) => {
      if (!outgoing.headersSent) outgoing.writeHead(502)
      outgoing.end(`${error.code}`)
    })
    incoming.pipe(asked)
  })
  server.keepAliveTimeout = 75_000
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      clearInterval(timer)
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      agent.destroy()
    },
  }
}
