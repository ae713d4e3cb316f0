// Ends an HTTP server without cutting off an answer.
import type { Server } from 'node:http'

/**
 * Takes no new connection and resolves when every answer is out. A connection that was busy at first and then stays open
 * for a next request would hold the end up for as long as it may idle (node closes only those that idle already).
 */
export async function closeServer(server: Pick<Server, 'close' | 'closeIdleConnections'>): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  const again = setInterval(() => server.closeIdleConnections(), 100)
  await closed
  clearInterval(again)
}
