import '../test/settings.ts'
import { Hono } from 'hono'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { log } from '#app/lib/log.server.ts'
import { requestLog, type ServerEnv } from './request-log.ts'

const shop = new Hono<ServerEnv>()
shop.use(requestLog())
shop.get('/orders/:number', (c) => c.text(c.get('requestId')))
shop.post('/login', (c) => c.text('', 422))
shop.get('/fault', () => {
  throw new Error('no')
})
shop.onError((_, c) => c.text(c.get('requestId'), 500))

const lines: unknown[] = []
const watch = () =>
  vi.spyOn(log, 'debug').mockImplementation((...words: unknown[]) => void lines.push(JSON.stringify(words)))
afterEach(() => {
  lines.length = 0
})

describe('the log of requests', () => {
  test('has one line a request: number, method, path, status, time', async () => {
    watch()
    const answer = await shop.request('/orders/HS-2345-6789')
    const requestId = answer.headers.get('X-Request-Id')
    expect(requestId).toMatch(/^[0-9a-f-]{36}$/)
    expect(lines).toHaveLength(1)
    expect(JSON.parse(String(lines[0]))).toEqual([
      { requestId, method: 'GET', path: '/orders/HS-2345-6789', status: 200, ms: expect.any(Number) },
      'request',
    ])
  })

  test('never holds what follows the question mark, what was typed, cookies or other headers', async () => {
    watch()
    const secret = 'canary-7d3f'
    const headers = { Cookie: `hs_sid=${secret}`, Authorization: secret, 'User-Agent': secret, Referer: secret }
    await shop.request(`/orders/HS-2345-6789?token=${secret}&session_id=${secret}`, { headers })
    await shop.request(`/orders/HS-2345-6789%3Ftoken=a?${secret}`, { headers })
    await shop.request('/login', { method: 'POST', body: new URLSearchParams({ password: secret }), headers })
    expect(lines).toHaveLength(3)
    expect(lines.join('\n')).not.toContain(secret)
  })

  test('keeps a line a line, and short, whatever the address', async () => {
    watch()
    await shop.request(`/orders/a%0d%0aFAKE%1b[31m${'x'.repeat(5000)}`)
    expect([...String(lines[0])].every((character) => character >= ' ')).toBe(true)
    expect(String(lines[0]).length).toBeLessThan(400)
  })

  test('a fault carries the same number to the visitor, and a visitor’s own number is not taken', async () => {
    watch()
    const answer = await shop.request('/fault', { headers: { 'X-Request-Id': 'mine' } })
    expect(await answer.text()).toBe(answer.headers.get('X-Request-Id'))
    expect(answer.headers.get('X-Request-Id')).not.toBe('mine')
    expect(lines.join()).toContain(answer.headers.get('X-Request-Id'))
  })
})
