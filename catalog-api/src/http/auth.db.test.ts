// Service tokens: one good kind, and every forged kind we could think of.
import { createHmac, randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { call, expectProblem, expectStatus, get, key, olderKey, post, rowsOf, stage, token } from '../../test/stage.ts'
import { newId } from '../lib/ids.ts'
import { keyId } from './auth.ts'

stage()

const now = () => Math.floor(Date.now() / 1000)
const url = '/admin/products'
const scope = 'catalog:read'
const claims = (more = {}) => ({
  iss: 'highstreet',
  aud: 'catalog-api',
  sub: 'storefront',
  scope,
  iat: now(),
  nbf: now(),
  exp: now() + 60,
  jti: randomUUID(),
  ...more,
})

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
/** A token made by hand, signed with `hash` and `secret`, whatever its header says. */
function forge(header: unknown, payload: unknown, hash = 'sha256', secret = key): string {
  const text = `${part(header)}.${typeof payload === 'string' ? Buffer.from(payload).toString('base64url') : part(payload)}`
  return `${text}.${createHmac(hash, secret).update(text).digest('base64url')}`
}
const kid = keyId(key)

describe('a good token', () => {
  it('opens what its scope names', async () => {
    expectStatus(await get(url, { token: forge({ alg: 'HS256', kid }, claims()) }), 200)
    expectStatus(await get(url, { token: await token(`inventory:write ${scope}`) }), 200)
  })

  it('may be signed with the older of two keys while they are changed', async () => {
    expectStatus(await get(url, { token: await token(scope, {}, olderKey) }), 200)
  })

  it('may come from a clock that is ten seconds off', async () => {
    expectStatus(
      await get(url, { token: await token(scope, { iat: now() + 8, nbf: now() + 8, exp: now() + 60 }) }),
      200,
    )
    expectStatus(
      await get(url, { token: await token(scope, { iat: now() - 65, nbf: now() - 65, exp: now() - 6 }) }),
      200,
    )
  })

  it('reads as often as it likes', async () => {
    const read = await token(scope)
    expectStatus(await get(url, { token: read }), 200)
    expectStatus(await get(url, { token: read }), 200)
  })

  it('does not open what its scope does not name', async () => {
    for (const other of ['', 'catalog:write', 'catalog', 'catalog:read2', 'catalog:*', '*', scope.toUpperCase()])
      expectProblem(await get(url, { token: await token(other) }), 'forbidden', 403)
  })
})

describe('a writing call', () => {
  it('uses its token up: the same token again is refused', async () => {
    const once = await token('inventory:write')
    const body = { ref: newId(), reason: 'x' }
    const release = () => send('/inventory/release', body, once)
    expectStatus(await release(), 200)
    expectProblem(await release(), 'unauthorized', 401)
  })

  it('uses its token up once when it comes five times at once', async () => {
    const once = await token('inventory:write')
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => send('/inventory/release', { ref: newId(), reason: 'x' }, once)),
    )
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 401, 401, 401, 401])
  })

  it('is refused before its body is looked at', async () => {
    expectProblem(await post('/inventory/reserve', '{ not json'), 'unauthorized', 401)
  })
})

const send = (path: string, json: unknown, bearer: string) => call('POST', path, { json, token: bearer })

describe('a forged token', () => {
  const header = { alg: 'HS256', kid }
  const forged: [string, () => string][] = [
    ['without a signature (alg none)', () => `${part({ alg: 'none', kid })}.${part(claims())}.`],
    ['that says alg none but is signed', () => forge({ alg: 'none', kid }, claims())],
    ['that says alg nOnE', () => forge({ alg: 'nOnE', kid }, claims())],
    ['HS384', () => forge({ alg: 'HS384', kid }, claims(), 'sha384')],
    ['HS512', () => forge({ alg: 'HS512', kid }, claims(), 'sha512')],
    ['that says RS256 with our key as secret', () => forge({ alg: 'RS256', kid }, claims())],
    ['signed with another key', () => forge(header, claims(), 'sha256', 'another-key-that-is-long-enough-000000')],
    ['of an unknown key id', () => forge({ alg: 'HS256', kid: '00000000' }, claims())],
    ['without a key id', () => forge({ alg: 'HS256' }, claims())],
    ['with a key id that is a path', () => forge({ alg: 'HS256', kid: '../../etc/passwd' }, claims())],
    ['with a critical extension', () => forge({ ...header, crit: ['exp'], exp: 1 }, claims())],
    ['for another audience', () => forge(header, claims({ aud: 'notifier' }))],
    ['without an audience', () => forge(header, claims({ aud: undefined }))],
    ['of another issuer', () => forge(header, claims({ iss: 'elsewhere' }))],
    ['without an issuer', () => forge(header, claims({ iss: undefined }))],
    ['without an end', () => forge(header, claims({ exp: undefined }))],
    ['that ends in an hour', () => forge(header, claims({ exp: now() + 3600 }))],
    ['that lives 61 seconds', () => forge(header, claims({ exp: now() + 61 }))],
    ['that has ended', () => forge(header, claims({ iat: now() - 80, nbf: now() - 80, exp: now() - 20 }))],
    ['whose end is text', () => forge(header, claims({ exp: String(now() + 60) }))],
    ['whose end is a fraction', () => forge(header, claims({ exp: now() + 59.5 }))],
    ['whose end is 1e99', () => forge(header, JSON.stringify(claims()).replace(/"exp":\d+/, '"exp":1e99'))],
    ['whose end is negative', () => forge(header, claims({ exp: -1 }))],
    ['whose end is before its beginning', () => forge(header, claims({ iat: now() + 5, exp: now() + 3 }))],
    ['from the future', () => forge(header, claims({ iat: now() + 40, nbf: now(), exp: now() + 60 }))],
    ['not valid yet', () => forge(header, claims({ nbf: now() + 40 }))],
    ['without nbf', () => forge(header, claims({ nbf: undefined }))],
    ['without iat', () => forge(header, claims({ iat: undefined }))],
    ['without an id', () => forge(header, claims({ jti: undefined }))],
    ['without a caller', () => forge(header, claims({ sub: undefined }))],
    ['without a scope', () => forge(header, claims({ scope: undefined }))],
    ['whose scope is a list', () => forge(header, claims({ scope: [scope] }))],
    ['whose payload is no JSON', () => forge(header, 'nonsense')],
    ['whose payload is a list', () => forge(header, [])],
    [
      'with a changed payload',
      () => forge(header, claims()).replace(/\.[^.]+\./, `.${part(claims({ scope: 'everything' }))}.`),
    ],
    [
      'of a shopper (the storefront’s API)',
      () => forge(header, { sub: 'user:1', iat: now(), exp: now() + 60, aud: 'storefront' }),
    ],
    ['that is one part', () => 'abc'],
    ['that is four parts', () => `${forge(header, claims())}.x`],
    ['in five parts (JWE)', () => 'a.b.c.d.e'],
  ]
  it.each(forged)('%s is refused', async (_what, make) => {
    const answer = await get(url, { token: make() })
    expectProblem(answer, 'unauthorized', 401)
    expect(answer.headers.get('www-authenticate')).toBe('Bearer')
  })

  it.each([
    ['in small letters, twice', 'bearer bearer x.y.z'],
    ['as Basic', 'Basic eDp5'],
    ['with a comma', 'Bearer a.b.c, Bearer d.e.f'],
    ['empty', 'Bearer '],
  ])('header %s is refused', async (_what, authorization) => {
    expectProblem(await get(url, { headers: { authorization } }), 'unauthorized', 401)
  })

  it('is not taken from the address or a cookie', async () => {
    const good = await token(scope)
    expectProblem(await get(`${url}?access_token=${good}`), 'unauthorized', 401)
    expectProblem(await get(url, { headers: { cookie: `token=${good}` } }), 'unauthorized', 401)
  })

  it('leaves no trace in the list of used ids', async () => {
    const jti = randomUUID()
    await send(
      '/inventory/release',
      { ref: 'x', reason: 'x' },
      forge(header, claims({ jti, aud: 'notifier', scope: 'inventory:write' })),
    )
    expect(await rowsOf('service_jti', { jti })).toEqual([])
  })
})
