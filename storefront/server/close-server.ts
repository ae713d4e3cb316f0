// Ends an HTTP server without failing a request: first it says that it is leaving, then it takes nothing new, then it waits
// for what is in hand.
import type { Server, ServerResponse } from 'node:http'
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

/** Watches the server from its first request on. */
export function closing(server: Server): Closing {
  const answering = new Set<ServerResponse>()
  let draining = false
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
      await end(server)
    },
  }
}

async function end(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  // Connections that were busy a moment ago; node closes only those that idle at the call.
  const again = setInterval(() => server.closeIdleConnections(), 100)
  await closed
  clearInterval(again)
}
