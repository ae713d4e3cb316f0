import { Agent, createServer, get, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { expect, test } from 'vitest'
import { closing } from './close-server.ts'

async function serve(listener: RequestListener) {
  const server: Server = createServer()
  server.keepAliveTimeout = 75_000
  const ending = closing(server)
  server.on('request', listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { ending, port }
}

const ask = (port: number, agent: Agent) =>
  new Promise<{ text: string; answer: IncomingMessage }>((resolve, reject) => {
    get({ host: '127.0.0.1', port, agent }, async (answer) => {
      let text = ''
      for await (const chunk of answer) text += chunk
      resolve({ text, answer })
    }).on('error', reject)
  })

test('an answer on its way is given, and its connection does not hold up the end afterwards', async () => {
  let asked = () => {}
  const arrived = new Promise<void>((resolve) => {
    asked = resolve
  })
  const { ending, port } = await serve((_, answer) => {
    asked()
    setTimeout(() => answer.end('whole'), 100)
  })
  const agent = new Agent({ keepAlive: true })
  const answer = ask(port, agent)
  await arrived
  await ending.close(0)
  expect((await answer).text).toBe('whole')
  agent.destroy()
}, 5_000)

test('while it is leaving everybody is served, and led elsewhere by the end of their connection', async () => {
  const { ending, port } = await serve((_, answer) => void answer.end('whole'))
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const before = await ask(port, agent)
  expect(before.answer.headers.connection).toBe('keep-alive')
  expect(ending.isDraining()).toBe(false)
  const closed = ending.close(300)
  expect(ending.isDraining()).toBe(true)
  const kept = await ask(port, agent)
  expect([kept.text, kept.answer.headers.connection]).toEqual(['whole', 'close'])
  const fresh = await ask(port, agent)
  expect([fresh.text, fresh.answer.headers.connection]).toEqual(['whole', 'close'])
  await closed
  await expect(ask(port, agent)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  agent.destroy()
}, 5_000)

test('a connection that was opened ahead and never asked does not hold up the end', async () => {
  const { ending, port } = await serve((_, answer) => void answer.end('whole'))
  const ahead = connect(port, '127.0.0.1')
  await new Promise((resolve) => ahead.once('connect', resolve))
  const ended = new Promise((resolve) => ahead.once('close', resolve))
  await ending.close(0)
  await ended
}, 5_000)
