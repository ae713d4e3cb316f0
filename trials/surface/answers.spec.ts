// What every answer carries: the headers that protect it, cookies with their attributes, a number when it went wrong.
import { expect, test } from '@playwright/test'
import { ports } from '../journeys/ports.ts'
import { belongingsOf, closeRecords } from './records.ts'
import { type Answer, enter, Visitor } from './visitor.ts'

test.afterAll(closeRecords)

const protection = (nonce: string) => ({
  'content-security-policy': `default-src 'self'; script-src 'nonce-${nonce}' 'strict-dynamic'; style-src 'self'; img-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self' http://localhost:${ports.payments}`,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'geolocation=(self), camera=(), microphone=(), payment=(), usb=()',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
})
const cookieShape = /^hs_(sid|cart|flash)=[^;]*; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/

function expectProtected(answer: Answer, what: string): void {
  const nonce = /'nonce-([^']+)'/.exec(answer.headers['content-security-policy'] ?? '')?.[1] ?? 'none'
  expect(answer.headers, what).toMatchObject(protection(nonce))
  expect(answer.headers['referrer-policy'], what).toMatch(
    /^(strict-origin-when-cross-origin|strict-origin|same-origin)$/,
  )
  expect(answer.headers['x-request-id'], what).toMatch(/^[0-9a-f-]{36}$/)
  for (const name of ['x-powered-by', 'server', 'access-control-allow-origin', 'x-runtime'])
    expect(answer.headers, what).not.toHaveProperty(name)
  for (const header of answer.setCookies) {
    expect(header, what).toMatch(cookieShape)
    expect(header.length).toBeLessThan(4096)
  }
  if (answer.setCookies.length > 0) expect(answer.headers['cache-control'], what).toMatch(/no-store/)
  for (const [script] of answer.text.matchAll(/<script\b[^>]*>/g))
    expect(script, what).toMatch(new RegExp(`nonce="${nonce.replace(/[+/]/g, '\\$&')}"|type="application/ld\\+json"`))
}

test('every kind of answer is protected: pages, files, errors, redirects, data', async () => {
  const { number, addressId } = await belongingsOf('bob@example.com')
  const { items } = await (await fetch(`http://localhost:${ports.catalog}/catalog/products?limit=1`)).json()
  const visitors = { guest: new Visitor(), bob: await enter('bob'), admin: await enter('admin') }
  const open = [
    '/',
    `/p/${items[0].slug}`,
    `/c/${items[0].category.slug}`,
    '/search?q=mug',
    '/stores',
    '/help',
    '/cart',
    '/login',
    '/signup',
  ]
  const wrong = ['/nope', '/p/nope', '/orders/HS-2222-2222', '/api/nope', '/__manifest', '/assets/nope.js', '/%E0%A4%A']
  const others = [
    '/checkout',
    '/account',
    '/admin',
    '/health',
    '/_root.data',
    '/account.data',
    '/favicon.svg',
    '/robots.txt',
  ]
  for (const path of [...open, ...wrong, ...others]) expectProtected(await visitors.guest.get(path), `guest ${path}`)
  const own = [
    '/account',
    '/account/orders',
    `/account/orders/${number}`,
    `/account/addresses/${addressId}`,
    '/account/security',
  ]
  for (const path of [...own, '/admin', '/cart', '/nope']) {
    const answer = await visitors.bob.get(path)
    expectProtected(answer, `bob ${path}`)
    expect(answer.headers['cache-control'], path).toBe('private, no-store')
  }
  for (const path of ['/admin', '/admin/orders', `/admin/orders/${number}`, '/admin/products', '/admin/orders/nope']) {
    const answer = await visitors.admin.get(path)
    expectProtected(answer, `admin ${path}`)
    expect(answer.headers['cache-control'], path).toBe('private, no-store')
  }
  const posts: [Visitor, string][] = [
    [visitors.guest, '/help'],
    [visitors.guest, '/cart'],
    [visitors.bob, '/logout'],
    [visitors.guest, '/nope'],
  ]
  for (const [visitor, path] of posts) expectProtected(await visitor.post(path, { intent: 'nothing' }), `POST ${path}`)
  expectProtected(await visitors.guest.send('PUT', '/cart'), 'PUT /cart')
})

test('the number of a script is new in every answer', async () => {
  const guest = new Visitor()
  const nonces = new Set<string | undefined>()
  for (let count = 0; count < 60; count++)
    nonces.add((await guest.get(count % 2 ? '/login' : '/nope')).headers['content-security-policy'])
  expect(nonces.size).toBe(60)
})

test('an error page shows the number of its request and nothing of the machine', async () => {
  const answer = await new Visitor().send('POST', '/help', { body: new URLSearchParams({ a: '1' }) })
  expect(answer.status).toBe(405)
  expect(answer.text).toContain(`>${answer.headers['x-request-id']}</code>`)
  for (const path of ['/nope', '/p/nope', '/account/nope', '/admin/nope', '/api/nope', '/nope.data', '/p/nope.data']) {
    const { text } = await new Visitor().get(path)
    expect(text, path).not.toMatch(/\bat \S+ \(|node_modules|\/storefront\/|\.tsx?:\d|SELECT /)
  }
})
