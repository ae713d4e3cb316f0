import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Kit, startKit, until } from '../test/kit.ts'
import { startProxy } from '../test/proxy.ts'
import { createLog } from './lib/log.ts'
import { startListening } from './listen.ts'

let kit: Kit
beforeEach(async () => {
  kit = await startKit()
})
afterEach(() => kit.stop())

const behindProxy = async () => {
  const url = new URL(kit.urls.storefront)
  const proxy = await startProxy(url.hostname, Number(url.port))
  url.hostname = '127.0.0.1'
  url.port = String(proxy.port)
  return { proxy, url: url.href }
}

test('a half-open connection is noticed, replaced, and what was written meanwhile is looked for at once', async () => {
  const { proxy, url } = await behindProxy()
  let nudges = 0
  const listener = startListening({
    name: 'storefront',
    url,
    onNudge: () => {
      nudges += 1
    },
    log: createLog('silent'),
    heartbeatMs: 150,
    timeoutMs: 250,
  })
  await until('listening', () => listener.isListening())
  expect(nudges).toBe(1)
  proxy.freeze()
  await kit.append('order.paid')
  await until('the loss to be noticed', () => !listener.isListening(), 1_000)
  await until('listening again', () => listener.isListening())
  expect(nudges).toBe(2)
  await kit.append('order.paid')
  await until('a nudge on the new connection', () => nudges === 3, 1_000)
  await listener.stop()
  proxy.stop()
})

test('when Postgres ends every connection, notifiers stay up, listen again and send', async () => {
  const notifier = kit.notifier()
  notifier.start()
  await until('listening', () => notifier.isListening('storefront') && notifier.drainState('storefront').lastDrainAt)
  const { rowCount } = await kit.pools.catalog.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE application_name LIKE 'highstreet-notifier%' AND datname = $1`,
    [new URL(kit.urls.storefront).pathname.slice(1)],
  )
  expect(rowCount).toBeGreaterThan(0)
  await until('the loss', () => !notifier.isListening('storefront'))
  await until('listening again', () => notifier.isListening('storefront'))
  await kit.append('order.paid')
  await until('the mail', () => kit.mails.length, 2_000)
})

test('while Postgres is away the notifier keeps trying, and sends what waited when it is back', async () => {
  const { proxy, url } = await behindProxy()
  const notifier = kit.notifier({ pollMs: 100 }, { urls: { storefront: url, catalog: kit.urls.catalog } })
  notifier.start()
  await until('listening', () => notifier.isListening('storefront'))
  proxy.stop()
  await until('the drain to see it', () => notifier.drainState('storefront').error)
  await kit.append('order.paid')
  expect(notifier.isListening('storefront')).toBe(false)
  expect(kit.mails).toHaveLength(0)
  const back = await startProxy('127.0.0.1', Number(new URL(kit.urls.storefront).port), proxy.port)
  await until('the mail', () => kit.mails.length)
  await notifier.stop()
  back.stop()
})

test('stopping ends the connection at once', async () => {
  const listener = startListening({
    name: 'storefront',
    url: kit.urls.storefront,
    onNudge: () => undefined,
    log: createLog('silent'),
  })
  await until('listening', () => listener.isListening())
  const start = Date.now()
  await listener.stop()
  expect(Date.now() - start).toBeLessThan(1_500)
  expect(listener.isListening()).toBe(false)
})
