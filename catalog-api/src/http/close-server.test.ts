import { Agent, createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { closeServer } from './close-server.ts'

test('an answer on its way is given, and its connection does not hold up the end afterwards', async () => {
  let asked = () => {}
  const arrived = new Promise<void>((resolve) => {
    asked = resolve
  })
  const server = createServer((_, answer) => {
    asked()
    setTimeout(() => answer.end('whole'), 100)
  })
  server.keepAliveTimeout = 75_000
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const agent = new Agent({ keepAlive: true })
  const { port } = server.address() as AddressInfo
  const answer = new Promise<string>((resolve, reject) => {
    get({ host: '127.0.0.1', port, agent }, async (incoming) => {
      let text = ''
      for await (const chunk of incoming) text += chunk
      resolve(text)
    }).on('error', reject)
  })
  await arrived
  await closeServer(server)
  expect(await answer).toBe('whole')
  agent.destroy()
}, 5_000)
