// The short edition of the deploys of npm run trial:machinery: two servers that end as the shop's processes do, behind the
// balancer, under clients that keep their connections and never ask twice.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { closing } from '../../storefront/server/close-server.ts'
import { startBalancer } from './balancer.ts'
import { hammer } from './hammer.ts'

/** A server that is well until it leaves; each answer takes a moment. */
async function open(port = 0) {
  const server: Server = createServer({ keepAliveTimeout: 75_000 })
  const ending = closing(server)
  server.on('request', (asked, answer) => {
    if (asked.url === '/health') return void answer.writeHead(ending.isDraining() ? 503 : 200).end()
    setTimeout(() => answer.end('whole'), 5)
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return { port: (server.address() as AddressInfo).port, leave: ending.close }
}

test('two processes are replaced in turn, three times each, and no visitor’s request fails', async () => {
  const servers = [await open(), await open()]
  const ports = servers.map(({ port }) => port)
  const balancer = await startBalancer(ports, 50)
  const visitors = hammer([balancer.port], [{ path: '/' }], 6)
  for (let round = 0; round < 3; round++)
    for (const [at, port] of ports.entries()) {
      await servers[at]?.leave(600)
      servers[at] = await open(port)
      // The balancer sees it well again before the other one goes.
      await sleep(300)
    }
  await visitors.stop()
  await balancer.stop()
  await Promise.all(servers.map(({ leave }) => leave(0)))
  expect(visitors.heard.length).toBeGreaterThan(200)
  expect(visitors.heard.filter(({ status }) => status !== 200)).toEqual([])
}, 30_000)
