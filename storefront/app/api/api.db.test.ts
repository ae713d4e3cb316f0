// What every operation of the API has in common, and each subject once: what it does, how it refuses, whom it keeps out.
import '../../test/stage.ts'
import { createHash } from 'node:crypto'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { forgetOldKeys } from '#app/domain/idempotency/idempotency.server.ts'
import { limitByNetwork } from '#app/domain/identity/rate-limit.server.ts'
import { env } from '#app/env.server.ts'
import { db } from '#app/lib/db.server.ts'
import { newId } from '#app/lib/ids.ts'
import { aCaller, anIntent, aSealedCart, type Caller, call, confirm, password } from '../../test/api-client.ts'
import { aMug, openForBusiness } from '../../test/shopping.ts'
import { warehouse } from '../../test/stage.ts'

let alice: Caller
let bob: Caller
const mug = aMug({ available: 99 })
const home = { fullName: 'Carla Berg', line1: '1 Quay Street', city: 'Dublin', postcode: 'd02x285', country: 'IE' }
const count = async (table: string) => (await db()(table).count('* as rows').first())?.rows

beforeAll(async () => {
  alice = await aCaller()
  bob = await aCaller()
})
beforeEach(async () => {
  await openForBusiness()
  warehouse.sell(mug)
})

describe('a request', () => {
  const signup = (text: string, headers: Record<string, string> = {}) => call('POST', '/auth/signup', { text, headers })

  test.each([
    ['no JSON', '{ not json', 400, 'malformed_json'],
    ['nothing', '', 400, 'malformed_json'],
    ['a name twice', '{"email":"a@b.ie","email":"c@d.ie"}', 400, 'malformed_json'],
    ['a name twice, once in disguise', '{"email":"a@b.ie","\\u0065mail":"c@d.ie"}', 400, 'malformed_json'],
    ['__proto__', '{"__proto__":{"role":"owner"}}', 400, 'malformed_json'],
    ['a hundred levels', `${'['.repeat(100)}${']'.repeat(100)}`, 400, 'malformed_json'],
    ['a NUL', '{"name":"a\\u0000b","email":"a@b.ie","password":"x"}', 422, 'validation_failed'],
    ['half a character', '{"name":"a\\ud800b","email":"a@b.ie","password":"x"}', 422, 'validation_failed'],
    ['a list', '[]', 422, 'validation_failed'],
    ['null', 'null', 422, 'validation_failed'],
    ['more than 100 kB', `{"name":"${'x'.repeat(110_000)}"}`, 413, 'payload_too_large'],
  ])('that holds %s is refused in words', async (_what, text, status, code) => {
    const answer = await signup(text)
    expect([answer.status, answer.body.code]).toEqual([status, code])
    expect(answer.headers.get('Content-Type')).toBe('application/problem+json')
    expect(answer.body.requestId).toBe('request-of-a-test')
  })

  test('that is a form, or says nothing of what it is, is refused', async () => {
    for (const type of [
      'application/x-www-form-urlencoded',
      'text/plain',
      'multipart/form-data; boundary=x',
      'application/jsonx',
    ])
      expect((await signup('name=x', { 'Content-Type': type })).status, type).toBe(415)
  })

  test('with names that are not known is refused, and every wrong value is named', async () => {
    const more = { name: '', email: 'no address', password: 'x', role: 'owner', id: '1', '#id': 1 }
    const { status, body } = await call('POST', '/auth/signup', { json: more })
    expect(status).toBe(422)
    const errors = body.errors as { path: string }[]
    expect(errors.map(({ path }) => path).sort()).toEqual(['body', 'email', 'name'])
  })

  test('to an address that is not there is 404, by another method 405 with what is allowed', async () => {
    expect((await call('GET', '/nothing')).body.code).toBe('not_found')
    expect((await call('GET', '/orders/HS-1%00')).status).toBe(404)
    const other = await call('DELETE', '/cart')
    expect([other.status, other.headers.get('Allow'), other.body.code]).toEqual([
      405,
      'GET, HEAD',
      'method_not_allowed',
    ])
    expect((await call('PATCH', '/addresses/1')).headers.get('Allow')).toBe('PUT, DELETE')
  })

  test('without a token opens nothing but the doors', async () => {
    const shut: [string, string][] = [
      ['GET', '/auth/me'],
      ['GET', '/addresses'],
      ['POST', '/addresses'],
      ['GET', '/cart'],
      ['POST', '/cart/items'],
      ['PUT', '/cart/delivery'],
      ['POST', '/checkout/create-payment-intent'],
      ['POST', '/checkout/confirm'],
      ['GET', '/orders'],
      ['POST', '/orders/HS-2222-2222/cancel'],
      ['POST', '/admin/orders/HS-2222-2222/status'],
    ]
    for (const [method, path] of shut) {
      // Who asks comes first: a wrong body tells a stranger nothing about what a right one would be.
      const answer = await call(method, path, method === 'GET' ? {} : { json: { wrong: true } })
      expect([answer.status, answer.body.code], path).toEqual([401, 'unauthorized'])
    }
  })

  test('from a page of another origin gets leave only when the settings name that origin, and never for cookies', async () => {
    const origins = env().API_CORS_ORIGINS
    const ask = (Origin: string) => call('GET', '/auth/me', { token: alice.token, headers: { Origin } })
    try {
      env().API_CORS_ORIGINS = ['https://app.example']
      const good = await ask('https://app.example')
      expect(good.headers.get('Access-Control-Allow-Origin')).toBe('https://app.example')
      expect(good.headers.get('Access-Control-Allow-Credentials')).toBeNull()
      expect(good.headers.get('Vary')).toContain('Origin')
      const preflight = await call('OPTIONS', '/cart/items', {
        headers: { Origin: 'https://app.example', 'Access-Control-Request-Method': 'POST' },
      })
      expect([preflight.status, preflight.headers.get('Access-Control-Allow-Headers')]).toEqual([
        204,
        'Authorization,Content-Type,Idempotency-Key',
      ])
      for (const other of [
        'null',
        'https://app.example.evil',
        'https://evilapp.example',
        'http://app.example',
        'https://APP.example',
      ])
        expect((await ask(other)).headers.get('Access-Control-Allow-Origin'), other).toBeNull()
    } finally {
      env().API_CORS_ORIGINS = origins
    }
    expect((await ask('https://app.example')).headers.get('Access-Control-Allow-Origin')).toBeNull()
  })

  test('is never kept by a cache, and a fault tells nobody what is inside', async () => {
    expect((await call('GET', '/cart', { token: alice.token })).headers.get('Cache-Control')).toBe('no-store')
    await db().raw('ALTER TABLE addresses RENAME TO hidden')
    try {
      const { status, body, text } = await call('GET', '/addresses', { token: alice.token })
      expect([status, body.code]).toEqual([500, 'internal'])
      expect(text).not.toMatch(/hidden|relation|select|addresses|stack/i)
    } finally {
      await db().raw('ALTER TABLE hidden RENAME TO addresses')
    }
  })
})

describe('an Idempotency-Key', () => {
  const add = (key: string, json: unknown = home, who = alice) =>
    call('POST', '/addresses', { token: who.token, json, headers: { 'Idempotency-Key': key } })
  const again = 'Idempotency-Replayed'

  test('makes twenty requests at once one; later ones get the first answer', async () => {
    const before = Number(await count('addresses'))
    const answers = await Promise.all(Array.from({ length: 20 }, () => add('twenty')))
    expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true)
    const refused = answers.find(({ status }) => status === 409)
    if (refused) expect([refused.body.code, refused.headers.get('Retry-After')]).toEqual(['idempotency_in_flight', '1'])
    const [replayed, made] = [await add('twenty'), answers.find(({ status }) => status === 201)]
    expect([replayed.status, replayed.text, replayed.headers.get(again)]).toEqual([201, made?.text, 'true'])
    expect(Number(await count('addresses'))).toBe(before + 1)
  })

  test('used for another body is refused; another person’s key of the same letters is another key', async () => {
    const first = await add('mine')
    expect((await add('mine', { ...home, city: 'Cork' })).body.code).toBe('idempotency_mismatch')
    const theirs = await add('mine', home, bob)
    expect([theirs.status, theirs.headers.get(again)]).toEqual([201, null])
    expect(theirs.body.id).not.toBe(first.body.id)
  })

  test('of a request that was refused is free again', async () => {
    expect((await add('free', { ...home, country: 'XX' })).status).toBe(422)
    expect((await add('free')).status).toBe(201)
  })

  test('cannot be nonsense, and is not kept in clear', async () => {
    for (const key of ['', 'with space', 'x'.repeat(256), 'é']) expect((await add(key)).status, key).toBe(422)
    const { body } = await add('a-key-nobody-shall-read')
    const kept = JSON.stringify(await db()('idempotency_keys').select())
    for (const word of ['nobody-shall-read', String(body.id), 'Quay Street']) expect(kept).not.toContain(word)
  })

  test('leaves no plain hash of a body, which may hold a password', async () => {
    const text = JSON.stringify({ name: 'Carla Berg', email: `${newId()}@example.com`, password })
    expect((await call('POST', '/auth/signup', { text, headers: { 'Idempotency-Key': 'join' } })).status).toBe(202)
    const kept: { bodyHash: Buffer }[] = await db()('idempotency_keys').select('bodyHash')
    const plain = [text, JSON.stringify([text])].map((one) => createHash('sha256').update(one).digest('hex'))
    for (const { bodyHash } of kept) expect(plain).not.toContain(bodyHash.toString('hex'))
  })

  test('of a request that was killed is not done twice: it says so, or lands on the same order', async () => {
    await add('killed')
    const cutOff = { answerStatus: null, answerBody: null, leaseToken: null, leaseUntil: null }
    await db()('idempotency_keys').update(cutOff)
    const before = await count('addresses')
    expect((await add('killed')).body.code).toBe('idempotency_in_flight')
    expect(await count('addresses')).toBe(before)
    const seal = await aSealedCart(alice)
    const place = () =>
      call('POST', '/checkout/create-payment-intent', {
        token: alice.token,
        json: { seal },
        headers: { 'Idempotency-Key': 'order' },
      })
    const first = await place()
    await db()('idempotency_keys').update(cutOff)
    const second = await place()
    expect([second.status, second.body]).toEqual([201, first.body])
    expect((await place()).headers.get(again)).toBe('true')
  })

  test('is forgotten after a day', async () => {
    await db().raw(`UPDATE idempotency_keys SET expires_at = now() - interval '1 second'`)
    expect((await add('twenty')).headers.get(again)).toBeNull()
    expect(await forgetOldKeys()).toBeGreaterThan(0)
    expect(await count('idempotency_keys')).toBe(1)
  })
})

describe('the address book', () => {
  test('is written as its country writes it, replaced and deleted by its owner only', async () => {
    const { body: made } = await call('POST', '/addresses', { token: bob.token, json: home })
    expect(made).toMatchObject({ postcode: 'D02 X285', company: null })
    const path = `/addresses/${made.id}`
    const list = async () => (await call('GET', '/addresses', { token: bob.token })).body.items as { id: string }[]
    for (const [method, body] of [
      ['PUT', { json: home }],
      ['DELETE', {}],
    ] as const) {
      const theirs = await call(method, path, { token: alice.token, ...body })
      const nobodys = await call(method, '/addresses/0199a3c2-6f1e-7a40-9d0b-3f6f8f2b9a11', {
        token: alice.token,
        ...body,
      })
      expect([theirs.status, theirs.text]).toEqual([404, nobodys.text])
      expect((await call(method, '/addresses/1', { token: alice.token, ...body })).status).toBe(404)
    }
    const wrong = await call('PUT', path, { token: bob.token, json: { ...home, postcode: '1', userId: alice.id } })
    expect(wrong.status).toBe(422)
    const moved = await call('PUT', path, { token: bob.token, json: { ...home, city: 'Cork' } })
    expect([moved.status, moved.body]).toMatchObject([200, { city: 'Cork' }])
    expect((await list()).some(({ id }) => id === made.id)).toBe(true)
    expect((await call('DELETE', path, { token: bob.token })).status).toBe(204)
    expect((await list()).some(({ id }) => id === made.id)).toBe(false)
  })
})

describe('the cart', () => {
  test('is filled, changed, delivered and quoted; a coupon that nobody knows is refused', async () => {
    const { token } = await aCaller()
    expect((await call('GET', '/cart', { token })).body).toMatchObject({ status: 'empty', items: [] })
    expect((await call('GET', '/cart/quote', { token })).body.code).toBe('cart_empty')
    expect((await call('POST', '/cart/items', { token, json: { sku: 'NO-SUCH' } })).status).toBe(404)
    const added = await call('POST', '/cart/items', { token, json: { sku: 'MUG-SAGE' } })
    expect([added.status, added.body]).toMatchObject([201, { count: 1, subtotalMinor: 1800, notice: null }])
    const set = await call('PUT', '/cart/items/MUG-SAGE', { token, json: { quantity: 3 } })
    expect(set.body).toMatchObject({ count: 3, items: [{ id: 'MUG-SAGE', quantity: 3, lineTotalMinor: 5400 }] })
    expect((await call('PUT', '/cart/items/OTHER', { token, json: { quantity: 3 } })).status).toBe(404)
    expect((await call('GET', '/cart/quote', { token })).body.missing).toEqual(['email', 'address', 'shippingMethod'])
    const { body: options } = await call('GET', '/cart/shipping-options?country=IE', { token })
    expect(options.items).toMatchObject([{ code: 'standard', priceMinor: 490, unavailableBecause: null }])
    const quote = await call('PUT', '/cart/delivery', { token, json: { address: home, shippingMethod: 'standard' } })
    expect(quote.body).toMatchObject({ totalMinor: 5890, missing: [], shippingAddress: { postcode: 'D02 X285' } })
    expect(quote.body.seal).toMatch(/^v1\./)
    expect((await call('PUT', '/cart/coupon', { token, json: { code: 'NOBODY' } })).status).toBe(422)
    expect((await call('DELETE', '/cart/coupon', { token })).status).toBe(204)
    expect((await call('DELETE', '/cart/items/OTHER', { token })).status).toBe(404)
    expect((await call('DELETE', '/cart/items/MUG-SAGE', { token })).body).toMatchObject({ count: 0, items: [] })
  })

  test('goes to no address of somebody else', async () => {
    const { body: theirs } = await call('POST', '/addresses', { token: bob.token, json: home })
    const { token } = await aCaller()
    await call('POST', '/cart/items', { token, json: { sku: 'MUG-SAGE' } })
    const to = (json: object) => call('PUT', '/cart/delivery', { token, json: { shippingMethod: 'standard', ...json } })
    expect((await to({ addressId: theirs.id })).status).toBe(404)
    expect((await to({ address: home, billingAddressId: theirs.id })).status).toBe(404)
    expect((await to({ address: home, addressId: theirs.id })).status).toBe(422)
    expect((await to({ address: { ...home, country: 'AE', postcode: null } })).body.code).toBe('shipping_unavailable')
    expect((await call('GET', '/cart/quote', { token })).body.shippingAddress).toBeNull()
  })
})

describe('orders', () => {
  test('are made of exactly what was sealed, or not at all', async () => {
    const who = await aCaller()
    const seal = await aSealedCart(who)
    const place = (json: object) => call('POST', '/checkout/create-payment-intent', { token: who.token, json })
    expect((await place({ seal: `${seal.slice(0, -2)}xx` })).body.code).toBe('quote_changed')
    expect((await place({ seal, totalMinor: 1 })).status).toBe(422)
    // A card's number is typed at the payment provider and nowhere else.
    expect((await place({ seal, note: 'Card 4242 4242 4242 4242' })).status).toBe(422)
    const named = { ...home, fullName: '4242 4242 4242 4242' }
    expect((await call('POST', '/addresses', { token: who.token, json: named })).status).toBe(422)
    await call('PUT', '/cart/items/MUG-SAGE', { token: who.token, json: { quantity: 5 } })
    const changed = await place({ seal })
    expect([changed.status, changed.body]).toMatchObject([409, { code: 'quote_changed' }])
    expect(await db()('orders').where({ userId: who.id })).toEqual([])
  })

  test('are listed, read, paid and cancelled by their own shopper only', async () => {
    const who = await aCaller()
    const { number, intentId } = await anIntent(who)
    const strangers: [string, string, object?][] = [
      ['GET', `/orders/${number}`],
      ['POST', `/orders/${number}/cancel`],
      ['POST', '/checkout/confirm', { orderNumber: number, paymentMethod: 'pm_card_visa' }],
      ['POST', '/checkout/confirm', { paymentIntentId: intentId, paymentMethod: 'pm_card_visa' }],
    ]
    for (const [method, path, json] of strangers)
      expect((await call(method, path, { token: bob.token, ...(json && { json }) })).status, path).toBe(404)
    const { body } = await call('GET', `/orders/${number}`, { token: who.token })
    expect(body).toMatchObject({
      number,
      status: 'awaiting_payment',
      totalMinor: 4090,
      can: { pay: true, cancel: true },
    })
    expect(JSON.stringify({ ...body, email: '' })).not.toMatch(/token|hash|secret|[0-9a-f]{8}-[0-9a-f]{4}-7/)
    const cancelled = await call('POST', `/orders/${number}/cancel`, { token: who.token })
    expect([cancelled.status, cancelled.body]).toMatchObject([200, { status: 'cancelled' }])
    expect((await call('POST', `/orders/${number}/cancel`, { token: who.token })).status).toBe(200)
    expect((await call('GET', '/orders', { token: who.token })).body).toMatchObject({ total: 1, items: [{ number }] })
    for (const page of ['0', '-1', '1e3', 'x', '1&page=2', '1&x=1'])
      expect((await call('GET', `/orders?page=${page}`, { token: who.token })).status, page).toBe(422)
    expect((await call('GET', '/orders?page=9', { token: who.token })).body).toMatchObject({ items: [], total: 1 })
  })

  test('are moved by staff, each verb with its permission, and every move leaves one line in the audit log', async () => {
    const who = await aCaller()
    const { number } = await anIntent(who)
    await confirm(who, { orderNumber: number, paymentMethod: 'pm_card_visa' })
    const [support, warehouseman] = [await aCaller('support'), await aCaller('warehouse')]
    const move = (by: Caller, json: object, key?: string) =>
      call('POST', `/admin/orders/${number}/status`, {
        token: by.token,
        json,
        ...(key && { headers: { 'Idempotency-Key': key } }),
      })
    expect((await move(who, { verb: 'ship' })).status).toBe(403)
    expect((await move(support, { verb: 'ship' })).status).toBe(403)
    expect((await move(warehouseman, { verb: 'refund', reason: 'x' })).status).toBe(403)
    for (const wrong of [
      {},
      { verb: 'pay' },
      { verb: 'ship', trackingUrl: 'javascript:alert(1)' },
      { verb: 'refund', reason: 'x', amountMinor: -5 },
    ])
      expect((await move(warehouseman, wrong)).status, JSON.stringify(wrong)).toBe(422)
    const shipped = await move(warehouseman, { verb: 'ship', carrier: 'An Post', parcelNo: 1 })
    expect([shipped.status, shipped.body]).toMatchObject([200, { status: 'fulfilling', parcels: [{ parcelNo: 1 }] }])
    expect((await move(warehouseman, { verb: 'deliver' })).body).toMatchObject({ status: 'fulfilled' })
    expect((await move(support, { verb: 'cancel', reason: 'Too late' })).body.code).toBe('illegal_transition')
    const refund = { verb: 'refund', amountMinor: 590, reason: 'A chip' }
    const twice = await Promise.all([move(support, refund, 'chip'), move(support, refund, 'chip')])
    expect(twice.some(({ status }) => status === 200)).toBe(true)
    expect((await move(support, refund, 'chip')).body).toMatchObject({ refundableMinor: 3500 })
    expect((await move(support, { ...refund, amountMinor: 999_99 })).body.code).toBe('refund_too_large')
    const lines = await db()('audit_log')
      .where({ subject: `order:${number}` })
      .orderBy('seq')
      .select('action', 'actorId')
    expect(lines).toEqual([
      { action: 'orders:ship', actorId: warehouseman.id },
      { action: 'orders:deliver', actorId: warehouseman.id },
      { action: 'orders:refund', actorId: support.id },
    ])
  })
})

describe('guessing is limited over the API as on the pages', () => {
  test('a collection code: ten tries a quarter of an hour, whoever works here', async () => {
    const { number } = await anIntent(await aCaller())
    const { token } = await aCaller('warehouse')
    const guess = (code: string) =>
      call('POST', `/admin/orders/${number}/status`, { token, json: { verb: 'hand_over', code, tender: 'cash' } })
    for (let tried = 0; tried < 10; tried++) expect((await guess(`AAAAA${tried}`)).status).toBe(422)
    const refused = await guess('AAAAAA')
    expect([refused.status, refused.body.code]).toEqual([429, 'rate_limited'])
  })

  test('orders that hold goods without a payment, and tries with cards, count for the network', async () => {
    const who = await aCaller()
    const { number } = await anIntent(who)
    const shopper = await aCaller()
    const seal = await aSealedCart(shopper)
    const pickup = { fulfilment: 'pickup', pickupStoreId: newId(), pickupName: 'Carla', paymentMethod: 'in_store' }
    await db()('carts').where({ userId: shopper.id, status: 'open' }).update(pickup)
    const nowhere = '0.0.0.0'
    for (let held = 0; held < 10; held++) await limitByNetwork('in_store', nowhere)
    const place = await call('POST', '/checkout/place-order', { token: shopper.token, json: { seal } })
    expect([place.status, place.body.code]).toEqual([429, 'rate_limited'])
    const limits = () => db()('rate_limits').where('key', 'like', 'net_checkout:%')
    await limits().update({ points: 120 })
    const tried = await confirm(who, { orderNumber: number, paymentMethod: 'pm_card_visa' })
    expect([tried.status, tried.body.code]).toEqual([429, 'rate_limited'])
    expect((await confirm(who, { orderNumber: number })).status).toBe(200)
    await limits().delete()
  })
})

describe('the documents', () => {
  test('are there for everybody, and the page loads nothing from elsewhere', async () => {
    const document = await call('GET', '/openapi.json')
    expect([document.status, document.body.openapi]).toEqual([200, '3.1.0'])
    const page = await call('GET', '/docs')
    expect(page.headers.get('Content-Security-Policy')).toContain("script-src 'nonce-nonce-of-a-test'")
    expect([...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].every(([, url = '']) => url.startsWith('/api/'))).toBe(
      true,
    )
    for (const file of ['swagger-ui.css', 'swagger-ui-bundle.js'])
      expect((await call('GET', `/docs/${file}`)).status).toBe(200)
    for (const file of ['package.json', '..%2fpackage.json', 'constructor'])
      expect((await call('GET', `/docs/${file}`)).status).toBe(404)
  })
})
