// Doors: the admin's pages, other people's things, ended sessions, guessing passwords.
import { expect, test } from '@playwright/test'
import { newEmail } from '../journeys/shopper.ts'
import { belongingsOf, closeRecords, records } from './records.ts'
import { demo, enter, Visitor } from './visitor.ts'

test.afterAll(closeRecords)

/** Without what differs in every answer: the number of scripts, the form token, the address itself. */
const essence = (text: string, ...own: string[]) =>
  own.reduce(
    (left, word) => left.replaceAll(word, '…'),
    text
      .replace(/nonce="[^"]*"/g, '')
      .replace(/[\w-]{43}/g, '')
      .replace(/[0-9a-f-]{36}/g, ''),
  )

test('who is no staff does not get into the admin’s pages by any spelling', async () => {
  test.setTimeout(120_000)
  const { number } = await belongingsOf('bob@example.com')
  const visitors = { guest: new Visitor(), alice: await enter('alice') }
  const rooms = ['/admin', '/admin/orders', `/admin/orders/${number}`, '/admin/products', '/admin/products/new']
  const spelled = (path: string) => [
    path,
    `${path}/`,
    `/${path}`,
    path.replace('a', '%61'),
    path.replace('admin', 'ADMIN'),
    path.replaceAll('/', '%2F').replace('%2F', '/'),
    path.replace('/admin', '/./admin'),
    path.replace('/admin', '/help/../admin'),
    path.replace('/admin', '/help/%2e%2e/admin'),
    `${path};a=b`,
    `${path}%20`,
    `${path}%00`,
    `${path}?_data=routes%2Fadmin%2Forders`,
    `${path}.data`,
    `${path}.data?_routes=routes%2Fadmin%2Forders`,
    `${path}/_root.data`,
  ]
  for (const [who, visitor] of Object.entries(visitors))
    for (const path of rooms.flatMap(spelled)) {
      const answer = await visitor.get(path)
      const led = /\/login/.test(answer.headers.location ?? answer.text)
      const shut = answer.status === 404 || (who === 'guest' && [202, 302].includes(answer.status) && led)
      // Asked for a part that is not of this address, single fetch answers that there is nothing.
      const empty = /_routes=/.test(path) && answer.text === '[{}]\n'
      expect(shut || empty, `${who} ${path}: ${answer.status}`).toBe(true)
      expect(answer.text, `${who} ${path}`).not.toMatch(new RegExp(`${number}.*@example|totalMinor|adminOrder"`))
    }
  for (const path of rooms) {
    const posted = await visitors.alice.post(path, { intent: 'ship', carrier: 'x', trackingNumber: '1' })
    expect([404, 405], `POST ${path}`).toContain(posted.status)
  }
})

test('another’s order and address look as if they were not there', async () => {
  const bobs = await belongingsOf('bob@example.com')
  const alice = await enter('alice')
  await alice.get('/')
  const pairs = [
    [`/account/orders/${bobs.number}`, '/account/orders/HS-2222-2222'],
    [`/orders/${bobs.number}`, '/orders/HS-2222-2222'],
    [`/orders/${bobs.number}?token=${'A'.repeat(43)}`, `/orders/HS-2222-2222?token=${'A'.repeat(43)}`],
    [`/orders/${bobs.number}/return?session_id=cs_test_1`, '/orders/HS-2222-2222/return?session_id=cs_test_1'],
    [`/account/addresses/${bobs.addressId}`, '/account/addresses/019a0000-0000-7000-8000-000000000000'],
  ]
  for (const [theirs = '', nobodys = ''] of pairs) {
    const [one, other] = [await alice.get(theirs), await alice.get(nobodys)]
    expect([one.status, other.status], theirs).toEqual([404, 404])
    const words = [theirs, nobodys, encodeURIComponent(theirs), bobs.number, 'HS-2222-2222', bobs.addressId]
    words.push('019a0000-0000-7000-8000-000000000000')
    expect(essence(one.text, ...words)).toBe(essence(other.text, ...words))
  }
  const before = JSON.stringify(await records()('addresses').where({ user_id: bobs.userId }).orderBy('id'))
  const orders = () => records()('orders').where({ id: bobs.orderId }).first('status')
  const { status } = await orders()
  const stolen = { fullName: 'Mallory', country: 'DE', line1: 'x 1', postcode: '10119', city: 'Berlin' }
  const tries: [string, Record<string, string>][] = [
    [`/account/addresses/${bobs.addressId}`, { intent: 'save', ...stolen }],
    [`/account/orders/${bobs.number}`, { intent: 'cancel' }],
    [`/orders/${bobs.number}`, { intent: 'cancel' }],
    [`/orders/${bobs.number}?token=`, { intent: 'pay' }],
  ]
  for (const [path, fields] of tries) expect((await alice.post(path, fields)).status, path).toBe(404)
  for (const intent of ['remove', 'delete', 'default', 'makeDefault'])
    expect(
      (await alice.post('/account/addresses', { intent, id: bobs.addressId, addressId: bobs.addressId })).status,
    ).toBeGreaterThanOrEqual(400)
  const mixed = await alice.post('/account/addresses/new', {
    intent: 'save',
    ...stolen,
    userId: bobs.userId,
    id: bobs.addressId,
  })
  expect(mixed.status).toBe(422)
  expect(JSON.stringify(await records()('addresses').where({ user_id: bobs.userId }).orderBy('id'))).toBe(before)
  expect((await orders()).status).toBe(status)
})

test('a cart is opened by its signed cookie only, never by its id', async () => {
  const { id } = await records()('carts').whereNotNull('user_id').first('id')
  const guest = new Visitor()
  for (const value of [id, `${id}.`, `${id}.${'A'.repeat(43)}`]) {
    const answer = await guest.get('/cart', { Cookie: `hs_cart=${value}` })
    expect(answer.status).toBe(200)
    expect(answer.text).not.toContain('name="quantity"')
  }
})

test('a session that was left is over, also for whoever kept its cookie; logging in makes a new one', async () => {
  const bob = new Visitor()
  await bob.token()
  const planted = bob.cookies.get('hs_sid')
  await bob.logIn(...demo.bob)
  const kept = bob.cookies.get('hs_sid') ?? ''
  expect(kept).not.toBe(planted)
  const csrf = await bob.token()
  expect((await bob.get('/account')).status).toBe(200)
  expect((await bob.post('/logout', {})).status).toBe(303)
  const thief = new Visitor()
  const Cookie = `hs_sid=${kept}`
  const answer = await thief.get('/account', { Cookie })
  expect(answer.headers.location).toBe('/login?next=%2Faccount')
  const posted = await thief.post('/account', { intent: 'save', name: 'Mallory' }, { token: csrf, headers: { Cookie } })
  expect([302, 403]).toContain(posted.status)
  const rows = await records()('sessions').select('*').limit(200)
  expect(JSON.stringify(rows)).not.toContain(kept.slice(2))
})

test('guessing a password costs more and more time; the owner gets in again', async () => {
  test.setTimeout(90_000)
  const owner = new Visitor()
  const email = newEmail('guessed')
  const password = 'a quiet harbour at dawn'
  await owner.post('/signup', { name: 'Carla Berg', email, password, next: '' })
  const stranger = new Visitor()
  const token = await stranger.token()
  const guess = (word: string) =>
    stranger.post(
      '/login',
      { email, password: word, next: '' },
      // A claimed address of its own for each guess changes nothing.
      { token, headers: { 'X-Forwarded-For': `203.0.113.${count++}` } },
    )
  let count = 0
  for (const _ of 'first') expect((await guess('a wrong guess')).status).toBe(422)
  let wait = 0
  await expect
    .poll(
      async () => {
        const { status, headers } = await guess('a wrong guess')
        expect([422, 429]).toContain(status)
        wait = Number(headers['retry-after'] ?? 0)
        return wait
      },
      { message: 'each guess makes the next wait longer', timeout: 40_000, intervals: [500] },
    )
    .toBeGreaterThanOrEqual(7)
  expect(wait).toBeLessThanOrEqual(8)
  // Too early is refused even with the right password; afterwards it opens.
  expect((await guess(password)).status).toBe(429)
  await expect
    .poll(async () => (await guess(password)).status, { timeout: 60_000, intervals: [(wait + 1) * 1000] })
    .toBe(303)
})
