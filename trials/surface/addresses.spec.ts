// Addresses nobody's browser makes, other hosts' names, files that are not for visitors, ways around the doors.
import { expect, test } from '@playwright/test'
import { origin } from '../journeys/ports.ts'
import { mailTo, newEmail } from '../journeys/shopper.ts'
import { demo, enter, Visitor } from './visitor.ts'

const leaks = /\bat \S+ \(|node_modules|\/storefront\/|\.tsx?:\d|Error: |SELECT |stack/

test('no address, query or cookie makes the shop fail', async () => {
  test.setTimeout(120_000)
  const bob = await enter('bob')
  const guest = new Visitor()
  const odd = [
    '%E0%A4%A',
    '%',
    '%00',
    'a%00b',
    '%ff%fe',
    '..%2f..',
    '%2e%2e',
    '__proto__',
    'constructor',
    '[object Object]'.replaceAll(' ', '%20'),
  ]
  odd.push("'%20OR%201=1--", '%F0%9F%AB%96', 'a'.repeat(3000), '%0d%0aSet-Cookie:%20x=1', '-1', '1e999', '%252e')
  const rooms = [
    '/',
    '/p/',
    '/c/',
    '/stores/',
    '/orders/',
    '/account/orders/',
    '/account/addresses/',
    '/api/',
    '/media/',
    '/assets/',
  ]
  for (const room of rooms)
    for (const word of odd) {
      const answer = await bob.get(room + word)
      // `/%2e%2e` is the front page: dots are taken out before anybody looks.
      expect(word === '%2e%2e' ? 404 : answer.status, room + word.slice(0, 40)).toBe(404)
      expect(answer.status).toBeLessThan(500)
      expect(answer.text.replace(/<script[\s\S]*?<\/script>/g, ''), room + word).not.toMatch(leaks)
      expect(answer.setCookies.join()).not.toContain('x=1')
    }
  const asked = [
    '/search',
    '/stores',
    '/c/kitchen',
    '/login',
    '/signup',
    '/account/orders',
    '/orders/HS-2222-2222',
    '/',
  ]
  const names = ['q', 'min', 'max', 'sort', 'stock', 'cursor', 'page', 'next', 'token', 'lat', 'lng', 'sku', 'country']
  for (const path of asked)
    for (const word of odd) {
      const query = names.map((name) => `${name}=${word}`).join('&')
      const { status } = await bob.get(`${path}?${query.slice(0, 12_000)}`)
      expect(status, `${path}?…=${word.slice(0, 40)}`).toBeLessThan(500)
    }
  expect((await guest.get(`/search?${'p=1&'.repeat(3500)}`)).status).toBe(200)
  expect((await guest.get(`/search?${'q=1&'.repeat(3500)}`)).status).toBe(200)
})

test('cookies that are too long, doubled or made up make a guest, never a fault', async () => {
  const bob = await enter('bob')
  const [[name = '', value = ''] = []] = bob.cookies
  const cookies = [
    `${name}=${'a'.repeat(10_000)}`,
    `${name}=`,
    name,
    ';;;=;',
    `${name}=../../etc/passwd`,
    `${name}=%00`,
  ]
  cookies.push(`${name}=${value.slice(0, -1)}`, `${name}=${value}; ${name}=${value}`, `hs_flash=e30.x; hs_cart=x.y`)
  cookies.push(`${name}=s.${'A'.repeat(43)}`, `${name}=g.${value.slice(2)}`, `${name.toUpperCase()}=${value}`)
  for (const Cookie of cookies) {
    const answer = await new Visitor().get('/account', { Cookie })
    expect(answer.status, Cookie.slice(0, 60)).toBe(302)
    expect(answer.headers.location).toBe('/login?next=%2Faccount')
    expect((await new Visitor().get('/cart', { Cookie })).status).toBe(200)
  }
})

test('another host’s name stands in no link, no redirect and no mail', async () => {
  const guest = new Visitor()
  const evil = {
    Host: 'evil.example',
    'X-Forwarded-Host': 'evil.example',
    'X-Forwarded-Proto': 'https',
    Forwarded: 'host=evil.example',
    'X-Original-URL': '/admin',
    'X-Rewrite-URL': '/admin',
  }
  for (const path of ['/', '/login', '/nope', '/search?q=mug', '/stores', '/help']) {
    const answer = await guest.get(path, evil)
    expect(answer.text, path).not.toContain('evil.example')
    expect(answer.text).not.toContain('Orders to send')
  }
  expect((await guest.get('/account', evil)).headers.location).toBe('/login?next=%2Faccount')
  const email = newEmail('host')
  const token = await guest.token()
  const fields = { name: 'Carla Berg', email, password: 'a quiet harbour at dawn', next: '' }
  const joined = await guest.post('/signup', fields, { token, headers: evil })
  expect(joined.status).toBe(303)
  expect(joined.headers.location).not.toContain('evil')
  const mail = await mailTo(email, /./)
  expect(mail.html + mail.text).not.toContain('evil.example')
  expect(mail.html).toContain(origin)
})

test('the server’s own files are not for visitors', async () => {
  const guest = new Visitor()
  const script = /\/assets\/[\w-]+\.js/.exec((await guest.get('/')).text)?.[0] ?? ''
  expect((await guest.get(script)).headers['cache-control']).toBe('public, max-age=31536000, immutable')
  const hidden = [
    `${script}.map`,
    '/__manifest',
    '/__manifest?p=/',
    '/build/server/index.js',
    '/server/index.js',
    '/.env',
    '/.git/config',
  ]
  hidden.push(
    '/.vite/manifest.json',
    '/assets/.vite/manifest.json',
    '/package.json',
    '/metrics',
    '/docs',
    '/openapi.json',
    '/_test/clock',
  )
  for (const way of ['..', '%2e%2e', '%252e%252e', '..%5c', '..%2f', '%c0%ae%c0%ae', '..\\'])
    hidden.push(
      `/assets/${way}/${way}/server/index.js`,
      `/media/${way}/${way}/secrets-320.webp`,
      `/${way}/package.json`,
    )
  hidden.push('/assets/%00', `${script}%00.css`, '/assets//etc/passwd')
  for (const path of hidden) {
    const answer = await guest.get(path)
    expect([400, 404], path).toContain(answer.status)
    expect(answer.text).not.toMatch(/createRequestHandler|"dependencies"|"mappings"|root:x/)
  }
  expect((await guest.get('/')).text).not.toMatch(/sourceMappingURL|localhost:\d+\/@/)
})

test('after logging in the shopper stays in the shop, wherever an address wanted to lead', async () => {
  const ways = [
    'https://evil.example',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/%09/evil.example',
    '/\t/evil.example',
    'https:evil.example',
    'javascript:alert(1)',
    'data:text/html,x',
    '/%0d%0aLocation:https://evil.example',
    '@evil.example',
    '/.//evil.example',
    '/..//evil.example',
    ' //evil.example',
  ]
  const alice = new Visitor()
  for (const next of ways) {
    const entered = await alice.logIn(...demo.alice, next)
    expect(entered.status, next).toBe(303)
    expect(leadsTo(entered.headers.location), next).toBe(origin)
    const again = await alice.get(`/login?next=${encodeURIComponent(next)}`)
    expect(leadsTo(again.headers.location), next).toBe(origin)
    expect((await alice.post('/logout', {})).status).toBe(303)
  }
  const guest = new Visitor()
  for (const next of ways) {
    const page = await guest.get(`/login?next=${encodeURIComponent(next)}`)
    const places = page.text.matchAll(/(?:href|action|formaction|name="next" value)="([^"]*)"/g)
    for (const [, place] of places) expect(leadsTo(place?.replaceAll('&amp;', '&')), next).toBe(origin)
    const added = await guest.post('/cart', { intent: 'accept', redirectTo: next })
    if (added.headers.location) expect(leadsTo(added.headers.location), next).toBe(origin)
  }
})

const leadsTo = (location = ''): string => new URL(location, origin).origin
