// Forms from elsewhere: a post to any page that takes posts, without the visitor's own token, is refused and changes
// nothing. Methods and sizes nobody's form has.
import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { origin, ports } from '../journeys/ports.ts'
import { belongingsOf, closeRecords, idOf, stateOf } from './records.ts'
import { type Answer, enter, speak, Visitor } from './visitor.ts'

test.afterAll(closeRecords)

const appFile = (path: string) => readFileSync(new URL(`../../storefront/app/${path}`, import.meta.url), 'utf8')

/** Every page that takes posts, from the map; with the intents its file handles. */
function postedPages(): { pattern: string; intents: string[] }[] {
  const lines = [...appFile('routes.ts').matchAll(/route\('([^']+)', '([^']+)'\)/g)]
  return lines.flatMap(([, path = '', file = '']) => {
    const source = appFile(file)
    if (!/export (async )?function action|export const action/.test(source) || path === '*') return []
    const handlers = source.slice(source.indexOf('function action')).matchAll(/^ {4}(\w+): async/gm)
    return [{ pattern: `/${path}`, intents: [...handlers].map(([, intent = '']) => intent) }]
  })
}

type Belongings = Awaited<ReturnType<typeof belongingsOf>>
const address = (pattern: string, { number, addressId }: Belongings, product: { id: string; slug: string }) =>
  pattern
    .replace(':number', number)
    .replace('addresses/:id', `addresses/${addressId}`)
    .replace('products/:id', `products/${product.id}`)
    .replace(':slug', product.slug)

test('no page takes a form without the token of its visitor', async () => {
  test.setTimeout(120_000)
  const bobs = await belongingsOf('bob@example.com')
  const people = [bobs.userId, await idOf('admin@example.com')]
  const { items } = await (await fetch(`http://localhost:${ports.catalog}/catalog/products?limit=1`)).json()
  const visitors = { guest: new Visitor(), bob: await enter('bob'), admin: await enter('admin') }
  const added = await visitors.guest.post('/cart', { intent: 'add', sku: items[0].defaultSku, quantity: '1' })
  expect(added.status).toBe(303)
  const cartId = visitors.guest.cookies.get('hs_cart')?.split('.')[0]
  const foreign = await new Visitor().token()
  const pages = postedPages()
  expect(pages.length).toBeGreaterThan(12)
  const before = await stateOf(people, bobs.orderId, cartId)
  for (const { pattern, intents } of pages) {
    // A mail program posts there without a page (RFC 8058): the signed word of its own link is what opens it.
    if (pattern === '/unsubscribe') continue
    const path = address(pattern, bobs, items[0])
    const visitor = /^\/admin/.test(path)
      ? visitors.admin
      : /^\/account|^\/logout/.test(path)
        ? visitors.bob
        : visitors.guest
    const own = await visitor.token()
    for (const intent of ['default', ...intents]) {
      const fields = { intent, email: 'mallory@example.com', name: 'Mallory', sku: items[0].defaultSku, quantity: '1' }
      const tries: [string, Parameters<Visitor['post']>[2]][] = [
        ['no token', { token: null }],
        ['an empty token', { token: '' }],
        ["another visitor's token", { token: foreign }],
        ['a token and a foreign origin', { token: own, headers: { Origin: 'https://evil.example' } }],
        ['a token and a null origin', { token: own, headers: { Origin: 'null' } }],
        ['a token and a cross-site fetch', { token: own, headers: { 'Sec-Fetch-Site': 'cross-site' } }],
      ]
      for (const [what, sent] of tries) {
        const answer = await visitor.post(path, fields, sent)
        // Pages of checkout and the second step of log-in lead back to the step that is missing, after having refused.
        const back =
          /^\/(checkout|login\/code)/.test(path) && /^\/(cart|checkout|login)/.test(answer.headers.location ?? '')
        expect(back ? 403 : answer.status, `${path} ${intent} with ${what}`).toBe(403)
        expect(answer.text).not.toContain('Error:')
      }
    }
    const data = await visitor.post(`${path}.data`, {}, { token: foreign })
    expect(data.status, `${path}.data`).toBe(403)
    for (const type of ['text/plain', 'application/json']) {
      const sent = { body: `csrf=${own}`, headers: { 'Content-Type': type } }
      expect((await visitor.post(`${path}.data`, {}, sent)).status, `${path}.data as ${type}`).toBe(415)
    }
  }
  expect(await stateOf(people, bobs.orderId, cartId)).toBe(before)
})

test('only GET, HEAD and POST are answered, whatever a header or a field pretends', async () => {
  const bob = await enter('bob')
  const { userId, orderId, addressId } = await belongingsOf('bob@example.com')
  const before = await stateOf([userId], orderId)
  const places = [
    '/',
    '/cart',
    '/account/addresses',
    `/account/addresses/${addressId}`,
    '/admin/orders',
    '/health',
    '/assets/x.js',
  ]
  for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND'])
    for (const place of places) {
      const answer = await bob.send(method, place)
      expect([404, 405], `${method} ${place}`).toContain(answer.status)
      if (place === '/cart') expect(answer.headers.allow).toBe('GET, HEAD, POST')
    }
  expect(await speak(['CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n'])).not.toMatch(/^HTTP\/1.1 200/)
  for (const name of ['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override'])
    expect((await bob.get('/account', { [name]: 'POST' })).status).toBe(200)
  const posted = await bob.post(`/account/addresses/${addressId}?_method=DELETE`, {
    _method: 'DELETE',
    intent: 'remove',
  })
  expect(posted.status).toBe(422)
  expect(await stateOf([userId], orderId)).toBe(before)
})

test.describe('a form that is too big', () => {
  const head = (cookies: Visitor, more: string) =>
    `POST /cart HTTP/1.1\r\nHost: localhost:${ports.storefront}\r\nContent-Type: application/x-www-form-urlencoded\r\nCookie: ${[
      ...cookies.cookies,
    ]
      .map(([name, value]) => `${name}=${value}`)
      .join('; ')}\r\n${more}\r\n\r\n`

  test('is refused with 413, sent in pieces without a length too', async () => {
    const guest = new Visitor()
    const csrf = await guest.token()
    const body = Buffer.from(`csrf=${csrf}&intent=add&sku=${'A'.repeat(10_000_000)}`)
    const type = { 'Content-Type': 'application/x-www-form-urlencoded' }
    const chunked = { ...type, 'Transfer-Encoding': 'chunked' }
    for (const headers of [type, chunked]) expect(await statusOf(guest, body, headers)).toBe(413)
    const field = new URLSearchParams({ csrf, intent: 'add', sku: 'A'.repeat(17_000) })
    expect((await guest.send('POST', '/cart', { body: field })).status).toBe(413)
    const many = new URLSearchParams([...Array(500)].map((_, index): [string, string] => [`f${index}`, '1']))
    expect((await guest.send('POST', '/cart', { body: many })).status).toBe(413)
    expect((await guest.get('/cart')).status).toBe(200)
  })

  /** A server may close after its refusal while we still write; what it said before counts. */
  const statusOf = async (guest: Visitor, body: Buffer, headers: Record<string, string>): Promise<number> =>
    guest.send('POST', '/cart', { body, headers }).then(({ status }: Answer) => status)

  test('and one that contradicts itself about its length is not read', async () => {
    const guest = new Visitor()
    await guest.token()
    const both = head(guest, 'Content-Length: 4\r\nTransfer-Encoding: chunked\r\nConnection: close')
    expect(await speak([`${both}0\r\n\r\nGET /admin HTTP/1.1\r\nHost: x\r\n\r\n`])).toMatch(/^HTTP\/1.1 400/)
    const twice = head(guest, 'Content-Length: 4\r\nContent-Length: 5\r\nConnection: close')
    expect(await speak([`${twice}abcd`])).toMatch(/^HTTP\/1.1 400/)
  })

  test('the next request on the same connection is answered', async () => {
    const guest = new Visitor()
    const csrf = await guest.token()
    const body = `csrf=${csrf}&sku=${'A'.repeat(300_000)}`
    const next = `GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`
    const heard = await speak([`${head(guest, `Content-Length: ${body.length}`)}${body}`, next], { everyMs: 1500 })
    expect(heard).toMatch(/^HTTP\/1.1 413/)
    expect(heard).toMatch(/HTTP\/1.1 200 OK[\s\S]*"status":"ok"/)
  })
})

test('a visitor who sends a header drop by drop is sent away, and headers have a limit', async () => {
  test.setTimeout(60_000)
  const began = Date.now()
  const drops = ['GET / HTTP/1.1\r\n', ...Array.from({ length: 60 }, (_, index) => `X-Drop-${index}: 1\r\n`)]
  const heard = await speak(drops, { everyMs: 1000, untilMs: 40_000 })
  expect(Date.now() - began).toBeLessThan(35_000)
  expect(heard).not.toMatch(/ 200 /)
  const huge = `GET / HTTP/1.1\r\nHost: ${new URL(origin).host}\r\nX-Huge: ${'a'.repeat(20_000)}\r\n\r\n`
  expect(await speak([huge])).toMatch(/^HTTP\/1.1 431/)
})
