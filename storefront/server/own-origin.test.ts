import '../test/settings.ts'
import { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import { forPages, ownOrigin } from './own-origin.ts'
import type { ServerEnv } from './request-log.ts'

const ours = 'http://localhost:5173'
const shop = new Hono<ServerEnv>()
shop.use(ownOrigin())
shop.all('*', (c) => c.text('taken'))

const ask = async (headers: Record<string, string>, method = 'POST') =>
  (await shop.request(`${ours}/cart`, { method, headers })).status

describe('a post', () => {
  test.each<Record<string, string>>([
    { Origin: 'https://evil.example' },
    { Origin: 'null' },
    { Origin: 'not an origin' },
    { Origin: `${ours}.evil.example` },
    { Origin: 'https://localhost:5173' },
    { 'Sec-Fetch-Site': 'cross-site' },
    { 'Sec-Fetch-Site': 'same-site', Origin: ours },
  ])('with %o comes from elsewhere and is refused with 403', async (headers) => {
    expect(await ask(headers)).toBe(403)
  })

  test('from our own pages passes, and so does one that tells nothing: its token decides', async () => {
    expect(await ask({ Origin: ours, 'Sec-Fetch-Site': 'same-origin' })).toBe(200)
    expect(await ask({})).toBe(200)
  })

  test('is what is asked about: a link on another site leads to our pages', async () => {
    expect(await ask({ 'Sec-Fetch-Site': 'cross-site' }, 'GET')).toBe(200)
  })

  test('of ours behind a proxy that renames the host is handed on as ours, whole', async () => {
    const posted = new Request('http://inner:5173/cart', {
      method: 'POST',
      body: 'sku=MUG',
      headers: { Origin: 'https://shop.example', Host: 'inner:5173', Cookie: 'a=b' },
    })
    const handed = forPages(posted)
    expect(handed.headers.get('X-Forwarded-Host')).toBe('shop.example')
    expect(handed.headers.get('Cookie')).toBe('a=b')
    expect(handed.url).toBe('http://inner:5173/cart')
    expect(await handed.text()).toBe('sku=MUG')
  })

  test('that already fits is handed on as it is', () => {
    const headers = { Origin: ours, 'X-Forwarded-Host': 'localhost:5173' }
    const posted = new Request(`${ours}/cart`, { method: 'POST', headers })
    expect(forPages(posted)).toBe(posted)
  })
})
