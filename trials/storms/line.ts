// A line that loses answers: what is asked arrives and is worked on, and the answer is thrown away when the plan says so. The
// caller hears nothing until its own deadline. It changes no request and no answer.
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { Line } from '../weather/stage.ts'

export type Asked = { method: string; path: string; body: string }
/** Told of every request whose answer has come; true throws the answer away. */
export type Loses = (asked: Asked, answer: { status: number; body: string }) => boolean

/** Lays the line to `target` (an http origin) on a free port of this machine. */
export async function layLine(target: string, loses: Loses): Promise<Line> {
  const server = createServer((incoming, outgoing) => {
    pass(new URL(incoming.url ?? '/', target), incoming, outgoing, loses).catch(() => outgoing.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function pass(url: URL, incoming: IncomingMessage, outgoing: ServerResponse, loses: Loses): Promise<void> {
  const body = await readAll(incoming)
  const headers = { ...incoming.headers, host: url.host }
  // Sent on whatever becomes of the caller: once asked, the work is done.
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const asked = request(url, { method: incoming.method, headers, agent: false }, resolve)
    asked.on('error', reject)
    asked.end(body)
  })
  const said = await readAll(answer)
  const asked = { method: incoming.method ?? '', path: url.pathname, body: body.toString() }
  if (loses(asked, { status: answer.statusCode ?? 0, body: said.toString() })) return
  outgoing.writeHead(answer.statusCode ?? 502, answer.headers).end(said)
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
