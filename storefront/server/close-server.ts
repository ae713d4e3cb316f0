// Ends an HTTP server without failing a request: first it says that it is leaving, then it takes nothing new, then it waits
// for what is in hand.
import type { Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

export type Closing = {
  /** The health check says 503 from then on, so that a balancer sends nothing new here. */
  isDraining: () => boolean
  /**
   * For `drainMs` everything is served as before, but each answer ends its connection: whoever keeps one open opens the next
   * one elsewhere. Then no new connection is taken; resolves when every answer is out.
   */
  close: (drainMs: number) => Promise<void>
}

/** So long a connection without a request may still bring one, when nobody new is let in any more. */
const silenceMs = 1_000

/** Watches the server from its first connection on. */
export function closing(server: Server): Closing {
  const answering = new Set<ServerResponse>()
  const connections = new Set<Socket>()
  let draining = false
  server.on('connection', (connection: Socket) => {
    connections.add(connection)
    connection.once('close', () => connections.delete(connection))
  })
  server.prependListener('request', (_, answer) => {
    if (draining) answer.shouldKeepAlive = false
    answering.add(answer)
    answer.once('close', () => answering.delete(answer))
  })
  return {
    isDraining: () => draining,
    close: async (drainMs) => {
      draining = true
      for (const answer of answering) if (!answer.headersSent) answer.shouldKeepAlive = false
      await sleep(drainMs)
      await end(server, connections)
    },
  }
}

async function end(server: Server, connections: ReadonlySet<Socket>): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  const silentUntil = performance.now() + silenceMs
  const again = setInterval(() => {
    // Connections that were busy a moment ago; node closes only those that idle at the call.
    server.closeIdleConnections()
    // Browsers and pools open connections ahead of need. Node does not count among the idle what never asked anything.
    if (performance.now() > silentUntil)
      for (const connection of connections) if (connection.bytesRead === 0) connection.destroy()
  }, 100)
  await closed
  clearInterval(again)
}
