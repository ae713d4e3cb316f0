import { SignJWT } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Kit, shop, startKit } from '../../test/kit.ts'
import { newId } from '../lib/ids.ts'
import { createLog } from '../lib/log.ts'
import { samples } from '../messages/samples.ts'
import { createApp } from './app.ts'
import { keyId } from './auth.ts'

const key = 'k7Qm2xZ9pL4vT8wR1nB6yC3dF5gH0jKs-first'
const oldKey = 'a9Xc4vB2nM7qW1eR5tY8uI3oP6lK0jHg-older'
const encode = (text: string) => new TextEncoder().encode(text)

let kit: Kit
let app: ReturnType<typeof createApp>
let production: ReturnType<typeof createApp>
beforeAll(async () => {
  kit = await startKit()
  const options = { notifier: kit.notifier(), tokenKeys: [key, oldKey], shop, log: createLog('silent') }
  app = createApp({ ...options, production: false })
  production = createApp({ ...options, production: true })
})
afterAll(() => kit.stop())
beforeEach(() => {
  kit.mails.length = 0
})

const now = () => Math.floor(Date.now() / 1000)
const goodClaims = () => ({
  iss: 'highstreet',
  aud: 'notifier',
  sub: 'storefront',
  scope: 'notify',
  iat: now(),
  nbf: now(),
  exp: now() + 60,
  jti: newId(),
})

const sign = (claims: Record<string, unknown>, secret = key, header: Record<string, string> = {}) =>
  new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: keyId(secret), ...header }).sign(encode(secret))

const event = { topic: 'order.paid', payload: samples['order.paid'] }
const post = (token: string | null, body: unknown = event, headers: Record<string, string> = {}) =>
  app.request('/notify', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }), ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

describe('an event sent by hand', () => {
  test('goes out at once and answers with its id in the outbox', async () => {
    const answer = await post(await sign(goodClaims()))
    expect(answer.status).toBe(200)
    const { id, status } = (await answer.json()) as { id: string; status: string }
    expect(status).toBe('sent')
    expect(kit.mails.map((mail) => mail.messageId)).toEqual([`<${id}.email@highstreet.example>`])
    expect((await kit.row(id)).done_at).not.toBeNull()
  })

  test('may be signed with the older of two keys while they are changed', async () => {
    expect((await post(await sign(goodClaims(), oldKey))).status).toBe(200)
  })

  test('that the mail server cannot take now is kept and tried again', async () => {
    kit.mailServer.mood.recipient = { code: 451, text: 'later' }
    const answer = await post(await sign(goodClaims()))
    kit.mailServer.mood.recipient = null
    expect(answer.status).toBe(202)
    const { id, status } = (await answer.json()) as { id: string; status: string }
    expect(status).toBe('queued')
    expect(await kit.row(id)).toMatchObject({ lease_token: null, done_at: null, parked_at: null })
  })

  test('about stock goes through the catalogue’s outbox', async () => {
    const answer = await post(await sign(goodClaims()), { topic: 'stock.low', payload: samples['stock.low'] })
    const { id } = (await answer.json()) as { id: string }
    expect((await kit.row(id, 'catalog')).done_at).not.toBeNull()
  })
})

describe('a token that is not right is refused and nothing is sent', () => {
  const forged: Record<string, () => Promise<string | null>> = {
    'no token at all': async () => null,
    'not a token': async () => 'abc',
    'signed with a key nobody knows': () => sign(goodClaims(), 'zzzzzzzz-unknown-key-with-32-characters-and-more'),
    'signed with another key under our key id': () =>
      sign(goodClaims(), 'zzzzzzzz-unknown-key-with-32-characters-and-more', { kid: keyId(key) }),
    'without a key id': () => new SignJWT(goodClaims()).setProtectedHeader({ alg: 'HS256' }).sign(encode(key)),
    'with another algorithm': () =>
      new SignJWT(goodClaims()).setProtectedHeader({ alg: 'HS384', kid: keyId(key) }).sign(encode(key)),
    'with algorithm none': async () => {
      const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
      return `${part({ alg: 'none', kid: keyId(key) })}.${part(goodClaims())}.`
    },
    'for another audience': () => sign({ ...goodClaims(), aud: 'catalog-api' }),
    'for a list of audiences': () => sign({ ...goodClaims(), aud: ['notifier', 'catalog-api'] }),
    'of another issuer': () => sign({ ...goodClaims(), iss: 'elsewhere' }),
    expired: () => sign({ ...goodClaims(), iat: now() - 120, nbf: now() - 120, exp: now() - 60 }),
    'living longer than a minute': () => sign({ ...goodClaims(), exp: now() + 3600 }),
    'not valid yet': () => sign({ ...goodClaims(), nbf: now() + 40 }),
    'from the future': () => sign({ ...goodClaims(), iat: now() + 30, exp: now() + 60 }),
    'without an end': () => sign({ ...goodClaims(), exp: undefined }),
    'with an end that is text': () => sign({ ...goodClaims(), exp: `${now() + 60}` as unknown as number }),
    'with an end that is a fraction': () => sign({ ...goodClaims(), exp: now() + 30.5 }),
    'with an end beyond all time': () => sign({ ...goodClaims(), exp: 1e99 }),
    'without an id': () => sign({ ...goodClaims(), jti: undefined }),
    'without a caller': () => sign({ ...goodClaims(), sub: undefined }),
  }
  test.each(Object.keys(forged))('%s', async (name) => {
    const answer = await post((await forged[name]?.()) ?? null)
    expect(answer.status).toBe(401)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(answer.headers.get('www-authenticate')).toBe('Bearer')
    expect(await answer.json()).toMatchObject({ code: 'unauthorized', status: 401, requestId: expect.any(String) })
    expect(kit.mails).toHaveLength(0)
  })

  test('the same token twice: the second time is refused, one mail is sent', async () => {
    const token = await sign(goodClaims())
    expect((await post(token)).status).toBe(200)
    const replay = await post(token)
    expect(replay.status).toBe(401)
    expect(await replay.json()).toMatchObject({ detail: 'This token was used before.' })
    expect(kit.mails).toHaveLength(1)
  })

  test('a token without the scope is forbidden', async () => {
    const answer = await post(await sign({ ...goodClaims(), scope: 'catalog:read notifyx' }))
    expect(answer.status).toBe(403)
    expect(await answer.json()).toMatchObject({ code: 'forbidden' })
  })
})

describe('a request that is not right gets a clear answer', () => {
  test('a payload that does not fit names the field', async () => {
    const answer = await post(await sign(goodClaims()), {
      topic: 'order.paid',
      payload: { ...samples['order.paid'], order: { ...samples['order.paid'].order, email: 'nobody' } },
    })
    expect(answer.status).toBe(422)
    expect(await answer.json()).toMatchObject({
      code: 'validation_failed',
      errors: [{ path: 'payload.order.email', message: expect.any(String) }],
    })
  })

  test('an unknown topic is a wrong value', async () => {
    const answer = await post(await sign(goodClaims()), { topic: '__proto__', payload: {} })
    expect(answer.status).toBe(422)
    expect(await answer.json()).toMatchObject({ errors: [{ path: 'topic' }] })
  })

  test('broken JSON, another content type, a huge body, another method', async () => {
    expect((await post(await sign(goodClaims()), '{"topic":')).status).toBe(400)
    expect((await post(await sign(goodClaims()), 'topic=x', { 'Content-Type': 'text/plain' })).status).toBe(415)
    expect((await post(await sign(goodClaims()), JSON.stringify({ topic: 'x'.repeat(200_000) }))).status).toBe(413)
    const get = await app.request('/notify')
    expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST'])
    expect((await app.request('/nowhere')).status).toBe(404)
  })
})

describe('for those who run it', () => {
  test('health says what can be reached', async () => {
    const answer = await app.request('/health', { headers: { 'X-Request-Id': 'trace-12345' } })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('x-request-id')).toBe('trace-12345')
    expect(await answer.json()).toMatchObject({
      status: 'degraded',
      databases: { storefront: { reachable: true, listening: false }, catalog: { reachable: true } },
      smtp: { state: 'up' },
    })
  })

  test('metrics, document, docs and every preview answer in development and are absent in production', async () => {
    const paths = ['/metrics', '/openapi.json', '/docs', '/docs/swagger-ui.css', '/docs/start.js', '/preview']
    for (const topic of Object.keys(samples)) paths.push(`/preview/${topic}.html`, `/preview/${topic}.txt`)
    for (const path of paths) {
      expect([path, (await app.request(path)).status]).toEqual([path, 200])
      expect([path, (await production.request(path)).status]).toEqual([path, 404])
    }
    expect((await app.request('/docs/..%2fpackage.json')).status).toBe(404)
    expect((await production.request('/health')).status).toBe(200)
  })

  test('the document names every topic, the token and the problems', async () => {
    const document = (await (await app.request('/openapi.json')).json()) as {
      openapi: string
      paths: Record<string, { post?: { responses: object; security: object[] } }>
    }
    expect(document.openapi).toBe('3.1.0')
    const notify = document.paths['/notify']?.post
    expect(Object.keys(notify?.responses ?? {})).toEqual(
      expect.arrayContaining(['200', '202', '401', '403', '422', '503']),
    )
    expect(notify?.security).toEqual([{ serviceToken: [] }])
    for (const topic of Object.keys(samples)) expect(JSON.stringify(document)).toContain(`"${topic}"`)
  })

  test('page policies allow no foreign scripts', async () => {
    for (const path of ['/docs', '/preview', '/preview/order.paid.html', '/health']) {
      const policy = (await app.request(path)).headers.get('content-security-policy')
      expect(policy).toContain("default-src 'none'")
      expect(policy).not.toContain('*')
    }
  })
})

describe('a message looked at before it is sent', () => {
  const preview = async (body: unknown, scope = 'preview', on = production) =>
    on.request('/preview', {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Authorization: `Bearer ${await sign({ ...goodClaims(), scope })}`,
      },
      body: JSON.stringify(body),
    })

  test('is made of what is known of a real order and of the sample for the rest, and nothing is sent or kept', async () => {
    const order = { ...samples['order.paid'].order, number: 'HS-REAL-0001' }
    const answer = await preview({ topic: 'order.shipped', payload: { order } })
    expect(answer.status).toBe(200)
    const { subject, html, text, sms } = (await answer.json()) as Record<string, string>
    expect(subject).toBe('Your order HS-REAL-0001 is on its way')
    expect(html).toContain('HS-REAL-0001')
    expect(text).toContain('CE123456789IE')
    expect(sms).toContain('HS-REAL-0001')
    expect(kit.mails).toHaveLength(0)
    const { rows } = await kit.pools.storefront.query("SELECT 1 FROM outbox WHERE payload::text LIKE '%HS-REAL%'")
    expect(rows).toHaveLength(0)
  })

  test('needs a token of its own scope, a topic that exists and a payload that fits', async () => {
    expect((await preview({ topic: 'order.paid' }, 'notify')).status).toBe(403)
    expect((await preview({ topic: '__proto__' })).status).toBe(422)
    expect((await preview({ topic: 'order.paid', payload: { order: { number: 1 } } })).status).toBe(422)
    expect((await preview({ topic: 7 })).status).toBe(422)
    expect((await production.request('/preview')).status).toBe(404)
    expect((await app.request('/preview')).status).toBe(200)
  })
})

describe('the outbox of the catalogue, which the storefront cannot reach', () => {
  const ask = async (path: string, method: string, scope: string) =>
    production.request(path, { method, headers: { Authorization: `Bearer ${await sign({ ...goodClaims(), scope })}` } })

  test('is shown without payloads, and a parked event of it can be let go', async () => {
    const id = await kit.append('stock.low', undefined, 'catalog')
    await kit.pools.catalog.query(
      `UPDATE outbox SET parked_at = now(), attempts = 12, last_error = 'no such user' WHERE id = $1`,
      [id],
    )
    const listed = await ask('/events/catalog?state=parked', 'GET', 'events:read')
    expect(await listed.json()).toEqual({
      parked: 1,
      items: [
        {
          id,
          topic: 'stock.low',
          about: 'Morning Mug, Sage / 350 ml, Dublin, Harbour Row',
          state: 'parked',
          createdAt: expect.any(String),
          endedAt: expect.any(String),
          attempts: 12,
          lastError: 'no such user',
        },
      ],
    })
    expect((await ask(`/events/catalog/${id}/release`, 'POST', 'events:read')).status).toBe(403)
    expect((await ask(`/events/catalog/${id}/release`, 'POST', 'events:write')).status).toBe(200)
    expect(await kit.row(id, 'catalog')).toMatchObject({ parked_at: null, attempts: 0, last_error: null })
    expect((await ask(`/events/catalog/${id}/release`, 'POST', 'events:write')).status).toBe(404)
    expect((await ask('/events/elsewhere', 'GET', 'events:read')).status).toBe(422)
  })
})
