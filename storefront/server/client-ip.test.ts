import '../test/settings.ts'
import { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import { clientIp } from './client-ip.ts'
import type { ServerEnv } from './request-log.ts'

async function seenAs(forwarded: string | null, hops: number, socket: string | undefined = '192.0.2.9') {
  const app = new Hono<ServerEnv>()
  app.get('/', (c) => c.text(clientIp(c, hops)))
  const headers: Record<string, string> = forwarded === null ? {} : { 'X-Forwarded-For': forwarded }
  const bindings = { incoming: { socket: { remoteAddress: socket } } }
  return (await app.request('/', { headers }, bindings as never)).text()
}

describe('the address of a visitor', () => {
  test('without trusted proxies is the one of the connection, whatever the visitor claims', async () => {
    expect(await seenAs(null, 0)).toBe('192.0.2.9')
    expect(await seenAs('203.0.113.7', 0)).toBe('192.0.2.9')
    expect(await seenAs('127.0.0.1, 10.0.0.1', 0)).toBe('192.0.2.9')
  })

  test('behind one proxy is what that proxy wrote last; what stands before it is the visitor’s own claim', async () => {
    expect(await seenAs('203.0.113.7', 1)).toBe('203.0.113.7')
    expect(await seenAs('127.0.0.1, 203.0.113.7', 1)).toBe('203.0.113.7')
    expect(await seenAs(' 127.0.0.1 ,, 203.0.113.7 , ', 1)).toBe('203.0.113.7')
  })

  test('behind two proxies is the second from the end', async () => {
    expect(await seenAs('127.0.0.1, 203.0.113.7, 10.0.0.4', 2)).toBe('203.0.113.7')
    expect(await seenAs('10.0.0.4', 2)).toBe('192.0.2.9')
  })

  test.each(['unknown', '_hidden', '203.0.113.7:443', 'evil.example', "'; drop table", '1.2.3', 'a'.repeat(5000)])(
    'is never “%s”, even when a proxy wrote it',
    async (claim) => {
      expect(await seenAs(claim, 1)).toBe('192.0.2.9')
    },
  )

  test('is one and the same in all the ways it can be written', async () => {
    expect(await seenAs(null, 0, '::ffff:192.0.2.9')).toBe('192.0.2.9')
    expect(await seenAs('::FFFF:203.0.113.7', 1)).toBe('203.0.113.7')
    expect(await seenAs(null, 0, 'fe80::1%eth0')).toBe('fe80::1')
    expect(await seenAs('2001:db8::7', 1)).toBe('2001:db8::7')
  })
})
