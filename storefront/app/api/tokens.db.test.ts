// The API's tokens: one good kind, every forged kind, and what ends a good one.
import '../../test/stage.ts'
import { createHash, createHmac } from 'node:crypto'
import { TOTP } from 'otpauth'
import { beforeAll, describe, expect, test } from 'vitest'
import { findTokenBearer, issueApiToken } from '#app/domain/identity/api-tokens.server.ts'
import { changePassword } from '#app/domain/identity/change-password.server.ts'
import {
  beginSecondFactor,
  confirmSecondFactor,
  findPendingFactor,
} from '#app/domain/identity/second-factor/set-up.server.ts'
import { env } from '#app/env.server.ts'
import { by } from '#app/lib/clock.ts'
import { db } from '#app/lib/db.server.ts'
import { signServiceToken } from '#app/lib/service-token.server.ts'
import { aCaller, type Caller, call, logIn, password } from '../../test/api-client.ts'

const key = process.env.API_JWT_SECRET ?? ''
const kid = createHash('sha256').update(key).digest('hex').slice(0, 8)
const now = () => Math.floor(Date.now() / 1000)
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
let caller: Caller
let good: Record<string, unknown>

beforeAll(async () => {
  caller = await aCaller()
  good = JSON.parse(Buffer.from(caller.token.split('.')[1] ?? '', 'base64url').toString())
})

/** A token made by hand, signed with `hash` and `secret`, whatever its header says. */
function forge(header: unknown, payload: unknown, hash = 'sha256', secret = key): string {
  const text = `${part(header)}.${typeof payload === 'string' ? Buffer.from(payload).toString('base64url') : part(payload)}`
  return `${text}.${createHmac(hash, secret).update(text).digest('base64url')}`
}
const claims = (more: Record<string, unknown> = {}) => ({ ...good, iat: now(), nbf: now(), exp: now() + 600, ...more })
const header = { alg: 'HS256', kid, typ: 'JWT' }
const me = (token: string) => call('GET', '/auth/me', { token })

describe('a token', () => {
  test('opens what is its person’s, for an hour, and names no secret', async () => {
    const { status, body } = await me(caller.token)
    expect([status, body]).toEqual([
      200,
      { email: caller.email, name: 'Carla Berg', phone: null, role: 'customer', emailVerified: false },
    ])
    expect(good).toMatchObject({ iss: 'highstreet', aud: 'highstreet-api', sub: caller.id })
    expect(Number(good.exp) - Number(good.iat)).toBe(env().API_TOKEN_TTL_SECONDS)
    expect((await me(forge(header, claims()))).status).toBe(200)
  })

  test('names a session that no cookie can be made of', async () => {
    const { cookies } = { cookies: [`hs_sid=s.${good.jti}`, `hs_sid=${good.jti}`] }
    const { findSession } = await import('#app/domain/identity/sessions.server.ts')
    expect(await findSession(String(good.jti), new Date())).toBeNull()
    for (const Cookie of cookies) expect((await call('GET', '/auth/me', { headers: { Cookie } })).status).toBe(401)
  })

  test('signed with the older of two keys is taken while they are changed, and no longer when it is gone', async () => {
    const issued = await issueApiToken(caller.id, { ip: '192.0.2.1', userAgent: 'test' }, new Date())
    const keys = env().API_JWT_SECRET
    try {
      env().API_JWT_SECRET = ['another-key-that-is-long-enough-0123456789', ...keys]
      expect(await findTokenBearer(issued.token, new Date())).toMatchObject({ id: caller.id })
      env().API_JWT_SECRET = ['another-key-that-is-long-enough-0123456789']
      expect(await findTokenBearer(issued.token, new Date())).toBeNull()
    } finally {
      env().API_JWT_SECRET = keys
    }
    expect(await findTokenBearer(issued.token, new Date(Date.now() + 3_620_000))).toBeNull()
  })

  const forged: [string, () => string | Promise<string>][] = [
    ['without a signature (alg none)', () => `${part({ alg: 'none', kid })}.${part(claims())}.`],
    ['that says alg none but is signed', () => forge({ alg: 'none', kid }, claims())],
    ['HS384', () => forge({ alg: 'HS384', kid }, claims(), 'sha384')],
    ['HS512', () => forge({ alg: 'HS512', kid }, claims(), 'sha512')],
    ['that says RS256 with our key as secret', () => forge({ alg: 'RS256', kid }, claims())],
    ['signed with another key', () => forge(header, claims(), 'sha256', 'another-key-that-is-long-enough-000000')],
    ['signed with the key of cookies', () => forge(header, claims(), 'sha256', process.env.SESSION_SECRET)],
    ['of an unknown key id', () => forge({ ...header, kid: '00000000' }, claims())],
    ['without a key id', () => forge({ alg: 'HS256' }, claims())],
    ['with a key id that is a path', () => forge({ ...header, kid: '../../etc/passwd' }, claims())],
    ['with a critical extension', () => forge({ ...header, crit: ['exp'], exp: 1 }, claims())],
    ['for another audience', () => forge(header, claims({ aud: 'catalog-api' }))],
    ['without an audience', () => forge(header, claims({ aud: undefined }))],
    ['of another issuer', () => forge(header, claims({ iss: 'elsewhere' }))],
    ['without an end', () => forge(header, claims({ exp: undefined }))],
    ['that ends in a year', () => forge(header, claims({ exp: now() + 31_536_000 }))],
    ['that has ended', () => forge(header, claims({ iat: now() - 90, nbf: now() - 90, exp: now() - 30 }))],
    ['whose end is text', () => forge(header, claims({ exp: String(now() + 60) }))],
    ['whose end is a fraction', () => forge(header, claims({ exp: now() + 59.5 }))],
    ['whose end is 1e99', () => forge(header, JSON.stringify(claims()).replace(/"exp":\d+/, '"exp":1e99'))],
    ['whose end is negative', () => forge(header, claims({ exp: -1 }))],
    ['from the future', () => forge(header, claims({ iat: now() + 40 }))],
    ['not valid yet', () => forge(header, claims({ nbf: now() + 40 }))],
    [
      'of another person for this session',
      () => forge(header, claims({ sub: '0199a3c2-6f1e-7a40-9d0b-3f6f8f2b9a11' })),
    ],
    ['of a session that never was', () => forge(header, claims({ jti: 'A'.repeat(43) }))],
    ['whose session is no word', () => forge(header, claims({ jti: { $ne: '' } }))],
    ['whose payload is no JSON', () => forge(header, 'nonsense')],
    ['whose payload is a list', () => forge(header, [])],
    ['with a changed payload', () => caller.token.replace(/\.[^.]+\./, `.${part(claims({ role: 'owner' }))}.`)],
    ['of the shop’s own processes', () => signServiceToken('catalog-api', ['catalog:read'])],
    ['in five parts (JWE)', () => 'a.b.c.d.e'],
  ]
  test.each(forged)('%s is refused', async (_what, make) => {
    const { status, body, headers } = await me(await make())
    expect([status, body.code, headers.get('WWW-Authenticate')]).toEqual([401, 'unauthorized', 'Bearer'])
  })

  test('is taken from its header only, as it must be written', async () => {
    const { token } = caller
    for (const Authorization of [
      `bearer ${token}`,
      `Bearer bearer ${token}`,
      `Bearer ${token}, Bearer ${token}`,
      'Basic eDp5',
      'Bearer ',
    ])
      expect((await call('GET', '/auth/me', { headers: { Authorization } })).status, Authorization.slice(0, 14)).toBe(
        401,
      )
    expect((await call('GET', `/auth/me?access_token=${token}`)).status).toBe(401)
    expect((await call('GET', '/auth/me', { headers: { Cookie: `token=${token}` } })).status).toBe(401)
  })
})

describe('a token ends at the next request', () => {
  test('when the account is disabled, and opens again only by logging in', async () => {
    const { id, token } = await aCaller()
    await db()('users').where({ id }).update({ status: 'disabled' })
    expect((await me(token)).status).toBe(401)
  })

  test('when the password is changed, and when its session is ended from the list', async () => {
    const { id, email, token } = await aCaller()
    const input = { currentPassword: password, newPassword: 'an even quieter harbour', userId: id, ip: '192.0.2.8' }
    await changePassword(input, by(`user:${id}`))
    expect((await me(token)).status).toBe(401)
    expect((await call('POST', '/auth/login', { json: { email, password } })).body.code).toBe('wrong_credentials')
  })

  test('when a role is taken away, what the role opened is shut at once', async () => {
    const { id, token } = await aCaller('manager')
    const path = '/admin/orders/HS-2222-2222/status'
    expect((await call('POST', path, { token, json: { verb: 'ready' } })).status).toBe(404)
    await db()('users').where({ id }).update({ role: 'customer' })
    expect((await call('POST', path, { token, json: { verb: 'ready' } })).status).toBe(403)
  })

  test('when two-step log-in is set up; the next log-in needs its code, which counts once', async () => {
    const { id, email, token } = await aCaller()
    await beginSecondFactor(id, by(`user:${id}`))
    const pending = await findPendingFactor({ id, email })
    const totp = new TOTP({ algorithm: 'SHA1', digits: 6, period: 30, secret: pending?.secret ?? '' })
    const codeAt = (seconds: number) => totp.generate({ timestamp: Date.now() + seconds * 1000 })
    await confirmSecondFactor({ userId: id, ip: '192.0.2.9', password, code: codeAt(-30) }, by(`user:${id}`))
    expect((await me(token)).status).toBe(401)
    const enter = (code?: string) => call('POST', '/auth/login', { json: { email, password, ...(code && { code }) } })
    expect((await enter()).body).toMatchObject({ code: 'validation_failed', errors: [{ path: 'code' }] })
    expect((await enter('000000')).body.code).toBe('wrong_credentials')
    const code = codeAt(0)
    const { body } = await enter(code)
    expect((await me(String(body.token))).status).toBe(200)
    expect((await enter(code)).status).toBe(422)
  })
})

describe('the doors', () => {
  test('sign-up answers the same for an address that has an account, and changes nothing of it', async () => {
    const { email } = await aCaller()
    const [known, unknown] = await Promise.all(
      [email, `new-${email}`].map((address) =>
        call('POST', '/auth/signup', { json: { name: 'Mallory', email: address, password: 'stolen harbour at dusk' } }),
      ),
    )
    expect([known?.status, known?.text]).toEqual([202, unknown?.text])
    expect(known?.text).not.toMatch(/token|id"/)
    expect((await call('POST', '/auth/login', { json: { email, password: 'stolen harbour at dusk' } })).status).toBe(
      422,
    )
    expect(await logIn(email)).toMatch(/^ey/)
  })

  test('log-in tells nothing about which address has an account, and grows slow for whoever guesses', async () => {
    const { email } = await aCaller()
    const guess = (address: string) =>
      call('POST', '/auth/login', { json: { email: address, password: 'a wrong guess' } })
    const [known, unknown] = [await guess(email), await guess('nobody@example.com')]
    expect([known.status, known.body.detail]).toEqual([unknown.status, unknown.body.detail])
    const answers = []
    for (let tries = 0; tries < 8; tries++) answers.push(await guess(email))
    const last = answers.at(-1)
    expect([last?.status, last?.body.code]).toEqual([429, 'rate_limited'])
    expect(Number(last?.headers.get('Retry-After'))).toBeGreaterThan(0)
  })
})
