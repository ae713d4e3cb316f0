import '../../../test/database.ts'

import { Secret, TOTP } from 'otpauth'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { changePassword } from '#app/domain/identity/change-password.server.ts'
import { hashPassword } from '#app/domain/identity/hashing.server.ts'
import { forgetLimiters } from '#app/domain/identity/rate-limit.server.ts'
import { cookieNames } from '#app/http/cookies.server.ts'
import type { FormProblem } from '#app/http/problem.ts'
import { by } from '#app/lib/clock.ts'
import { db } from '#app/lib/db.server.ts'
import { newId } from '#app/lib/ids.ts'
import { type Answer, Browser } from '../../../test/browser.ts'
import { startCatalogue } from '../../../test/catalogue.ts'
import { forgetRows } from '../../../test/forget.ts'
import * as admin from '../admin/layout.tsx'
import * as logIn from './log-in.tsx'
import * as logInCode from './log-in-code.tsx'
import * as profile from './profile.tsx'
import * as security from './security.tsx'
import * as twoFactor from './two-factor.tsx'

startCatalogue()

const password = 'a quiet summer morning'
const email = 'sam@example.com'
let passwordHash: string
let userId: string

beforeEach(async () => {
  passwordHash ??= await hashPassword(password)
  await forgetRows('users', 'rate_limits')
  forgetLimiters()
  userId = newId()
  await db()('users').insert({
    id: userId,
    email,
    name: 'Sam',
    role: 'manager',
    passwordHash,
    emailVerifiedAt: new Date(),
  })
})
afterEach(() => vi.useRealTimers())

const problemIn = ({ data }: Answer) => (data as { problem: FormProblem }).problem
const codesIn = ({ data }: Answer) => (data as { codes: string[] }).codes
const visit = (browser: Browser) => browser.get(twoFactor, '/account/two-factor')
const send = (browser: Browser, intent: string, fields: Record<string, string> = {}) =>
  browser.post(twoFactor, '/account/two-factor', { intent, ...fields })
const logInWith = (browser: Browser) => browser.post(logIn, '/login', { email, password, next: '/admin/orders' })
const sendCode = (browser: Browser, code: string) =>
  browser.post(logInCode, '/login/code', { code, next: '/admin/orders' })

/** What the app on Sam's phone shows, `later` half minutes from now. */
const shown = (secret: string, later = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + later * 30_000 })

/** Sam sets it up; answers the app's key, the recovery codes and the browser, which stays logged in. */
async function setUp() {
  const browser = new Browser()
  await logInWith(browser)
  await send(browser, 'begin')
  const { secret } = ((await visit(browser)).data as { pending: { secret: string } }).pending
  const answer = await send(browser, 'confirm', { code: shown(secret, -1), password })
  return { browser, secret, codes: codesIn(answer), answer }
}

describe('two-step log-in', () => {
  it('is set up with a picture or a key, proven by a code and the password; other devices are logged out', async () => {
    const elsewhere = new Browser()
    await logInWith(elsewhere)
    const browser = new Browser()
    await logInWith(browser)
    await send(browser, 'begin')
    const { pending } = (await visit(browser)).data as { pending: { secret: string; picture: { path: string } } }
    expect(pending.picture.path).toMatch(/^M\d+ \d+h1v1h-1z/)
    const stored = await db()('second_factors').first()
    expect(JSON.stringify(stored)).not.toContain(pending.secret)
    for (const [fields, code, field] of [
      [{ code: '000000', password }, 'wrong_credentials', 'code'],
      [{ code: shown(pending.secret), password: 'wrong' }, 'wrong_password', 'password'],
      [{ code: 'abc', password }, 'validation_failed', 'code'],
      [{ password }, 'validation_failed', 'code'],
    ] as const) {
      const refused = problemIn(await send(browser, 'confirm', fields))
      expect([refused.code, Object.keys(refused.fields)]).toEqual([code, [field]])
      expect(refused.values).not.toHaveProperty('password')
    }
    const before = browser.cookies.get(cookieNames.session())
    const codes = codesIn(await send(browser, 'confirm', { code: shown(pending.secret), password }))
    expect(codes).toHaveLength(10)
    expect(new Set(codes).size).toBe(10)
    expect(browser.cookies.get(cookieNames.session())).not.toBe(before)
    expect((await visit(browser)).data).toMatchObject({ since: expect.any(Date), recoveryCodesLeft: 10, pending: null })
    expect((await elsewhere.visitor()).user).toBeNull()
    expect(problemIn(await send(browser, 'begin')).code).toBe('conflict')
    expect(JSON.stringify(await db()('recovery_codes'))).not.toContain(codes[0])
  })

  it('opens nothing between the password and the code', async () => {
    const { secret } = await setUp()
    const browser = new Browser()
    const answer = await logInWith(browser)
    expect(answer.location).toBe('/login/code?next=%2Fadmin%2Forders')
    expect((await browser.visitor()).user).toBeNull()
    expect((await browser.get(admin, '/admin')).location).toMatch(/^\/login/)
    expect((await browser.get(profile, '/account')).location).toMatch(/^\/login/)
    const half = browser.cookies.get(cookieNames.session())
    const entered = await sendCode(browser, shown(secret))
    expect(entered.location).toBe('/admin/orders')
    expect(browser.cookies.get(cookieNames.session())).not.toBe(half)
    expect(browser.cookies.has(cookieNames.logIn())).toBe(false)
    expect((await browser.visitor()).user).toMatchObject({ email, bySecondFactor: true })
  })

  it('forgets that the password was right when the password is a new one meanwhile', async () => {
    const { secret } = await setUp()
    const stranger = new Browser()
    await logInWith(stranger)
    const change = { userId, ip: '192.0.2.7', currentPassword: password, newPassword: 'nine blue lanterns' }
    await changePassword(change, by(`user:${userId}`))
    expect((await sendCode(stranger, shown(secret))).location).toBe('/login?next=%2Fadmin%2Forders')
    expect((await stranger.visitor()).user).toBeNull()
  })

  it('takes a code once, and a recovery code once', async () => {
    const { secret, codes } = await setUp()
    const code = shown(secret)
    const first = new Browser()
    await logInWith(first)
    expect((await sendCode(first, code)).status).toBe(303)
    const second = new Browser()
    await logInWith(second)
    expect(problemIn(await sendCode(second, code)).code).toBe('wrong_credentials')
    const recovery = (codes[0] ?? '').toLowerCase().replaceAll('-', ' ')
    expect((await sendCode(second, recovery)).location).toBe('/admin/orders')
    const third = new Browser()
    await logInWith(third)
    expect(problemIn(await sendCode(third, codes[0] ?? '')).code).toBe('wrong_credentials')
    expect((await visit(first)).data).toMatchObject({ recoveryCodesLeft: 9 })
  })

  it('lets one of two people with the same recovery code in', async () => {
    const { codes } = await setUp()
    const browsers = [new Browser(), new Browser(), new Browser()]
    for (const browser of browsers) await logInWith(browser)
    const answers = await Promise.all(browsers.map((browser) => sendCode(browser, codes[3] ?? '')))
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1)
  })

  it('refuses what cannot be a code, and stays outside', async () => {
    await setUp()
    const browser = new Browser()
    await logInWith(browser)
    const odd = [
      '',
      '12345',
      '1234567',
      '１２３４５x',
      "' OR 1=1 --",
      '😀'.repeat(6),
      '0'.repeat(5000),
      'ABCD-EFGH-JKM',
    ]
    for (const code of odd) expect(problemIn(await sendCode(browser, code)).code, code).toBe('validation_failed')
    expect((await browser.visitor()).user).toBeNull()
  })

  it('slows down whoever guesses codes', async () => {
    await setUp()
    const browser = new Browser('198.51.100.9')
    await logInWith(browser)
    const answers: string[] = []
    for (let round = 0; round < 7; round++) answers.push(problemIn(await sendCode(browser, '000000')).code)
    expect(answers.at(-1)).toBe('rate_limited')
    expect(answers.filter((code) => code === 'wrong_credentials').length).toBeLessThanOrEqual(6)
  })

  it('asks for the password again after ten minutes, with a forged note, and for somebody disabled meanwhile', async () => {
    const { secret } = await setUp()
    const browser = new Browser()
    await logInWith(browser)
    const note = browser.cookies.get(cookieNames.logIn()) ?? ''
    browser.cookies.set(
      cookieNames.logIn(),
      note.replace(/^./, (first) => (first === '0' ? '1' : '0')),
    )
    expect((await sendCode(browser, shown(secret))).location).toMatch(/^\/login\?/)
    browser.cookies.set(cookieNames.logIn(), note)
    vi.useFakeTimers({ now: Date.now() + 601_000, toFake: ['Date'] })
    expect((await sendCode(browser, shown(secret))).location).toMatch(/^\/login\?/)
    vi.useRealTimers()
    await db()('users').where({ id: userId }).update({ status: 'disabled' })
    expect((await sendCode(browser, shown(secret, 1))).location).toMatch(/^\/login\?/)
    expect((await browser.visitor()).user).toBeNull()
  })

  it('stays when the password is changed; a session opened elsewhere without a code opens nothing', async () => {
    const { browser } = await setUp()
    const newPassword = 'a loud winter evening'
    await browser.post(security, '/account/security', { intent: 'password', currentPassword: password, newPassword })
    expect((await browser.visitor()).user).toMatchObject({ bySecondFactor: true })
    await db()('sessions').update({ secondFactorAt: null })
    expect((await browser.visitor()).user).toBeNull()
  })

  it('is turned off, and gets new recovery codes, by password and code only', async () => {
    const { browser, secret, codes } = await setUp()
    expect(problemIn(await send(browser, 'off', { code: shown(secret), password: 'wrong' })).code).toBe(
      'wrong_password',
    )
    expect(problemIn(await send(browser, 'off', { code: '000000', password })).code).toBe('wrong_credentials')
    const fresh = codesIn(await send(browser, 'renew', { code: shown(secret), password }))
    expect(fresh).toHaveLength(10)
    expect(problemIn(await send(browser, 'off', { code: codes[0] ?? '', password })).code).toBe('wrong_credentials')
    expect((await send(browser, 'off', { code: fresh[0] ?? '', password })).status).toBe(303)
    expect(await db()('second_factors')).toEqual([])
    expect(await db()('audit_log').select('action', 'subject')).toEqual([
      { action: 'second-factor:off', subject: `user:${userId}` },
    ])
    expect((await logInWith(new Browser())).location).toBe('/admin/orders')
  })
})
