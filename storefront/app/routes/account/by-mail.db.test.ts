import '../../../test/database.ts'

import { beforeEach, describe, expect, it } from 'vitest'
import { hashPassword } from '#app/domain/identity/hashing.server.ts'
import { forgetLimiters } from '#app/domain/identity/rate-limit.server.ts'
import type { FormProblem } from '#app/http/problem.ts'
import { db } from '#app/lib/db.server.ts'
import { newId, newToken } from '#app/lib/ids.ts'
import { type Answer, Browser } from '../../../test/browser.ts'
import { forgetRows } from '../../../test/forget.ts'
import * as forgot from './forgot-password.tsx'
import * as logIn from './log-in.tsx'
import * as profile from './profile.tsx'
import * as reset from './reset-password.tsx'
import * as signUp from './sign-up.tsx'
import * as verify from './verify-email.tsx'

const password = 'seven green teapots'
const newPassword = 'eight blue saucers'
const alice = 'alice@example.com'
const carol = { name: 'Carol', email: 'carol@example.com', password }
const passwordHash = await hashPassword(password)
const problemIn = (answer: Answer) => (answer.data as { problem: FormProblem }).problem
const userOf = (email: string) => db()('users').where({ email }).first()
const topics = async (): Promise<string[]> => (await db()('outbox').orderBy('id')).map(({ topic }) => topic)

/** Path and query of the link in the latest mail of `topic`. */
async function linkIn(topic: string): Promise<string> {
  const event = await db()('outbox').where({ topic }).orderBy('createdAt', 'desc').first()
  const { pathname, search } = new URL(event.payload.url)
  return pathname + search
}

async function loggedIn(email = alice, word = password): Promise<Browser> {
  const browser = new Browser()
  expect((await browser.post(logIn, '/login', { email, password: word })).status).toBe(303)
  return browser
}
const canLogIn = async (email: string, word: string) =>
  (await new Browser().post(logIn, '/login', { email, password: word })).status === 303

const confirm = (browser: Browser, link: string, more: Record<string, string> = {}) =>
  browser.post(verify, link, { intent: 'confirm', ...more })
const setPassword = (browser: Browser, link: string, word = newPassword) =>
  browser.post(reset, link, { intent: 'reset', newPassword: word })
const askReset = (email: string, browser = new Browser()) => browser.post(forgot, '/forgot-password', { email })

async function signedUp(): Promise<{ browser: Browser; link: string }> {
  const browser = new Browser()
  await browser.post(signUp, '/signup', { ...carol, next: '/checkout' })
  return { browser, link: await linkIn('account.verify_email') }
}

/** Everything a link could change. */
const state = async () =>
  JSON.stringify([
    await db()('users').orderBy('id'),
    await db()('account_tokens').orderBy('id'),
    await db()('sessions').count(),
    await topics(),
  ])

const tooLate = () =>
  db().raw(
    "UPDATE account_tokens SET created_at = created_at - interval '25 hours', expires_at = expires_at - interval '25 hours'",
  )

const badLinks = ['', 'x', newToken(), `${newToken()}a`, 'ａ'.repeat(43), "' OR 1=1--", '../../etc', 'a'.repeat(5000)]

beforeEach(async () => {
  forgetLimiters()
  await forgetRows('users', 'outbox', 'rate_limits')
  for (const name of ['Alice', 'Bob'])
    await db()('users').insert({
      id: newId(),
      email: `${name.toLowerCase()}@example.com`,
      name,
      passwordHash,
      emailVerifiedAt: new Date(),
    })
})

describe('signing up', () => {
  it('answers the same for a free address and for one that has an account; nobody is logged in', async () => {
    const answers: unknown[] = []
    for (const email of [carol.email, alice]) {
      const browser = new Browser()
      const { status, location, data, cookies } = await browser.post(signUp, '/signup', { ...carol, email })
      expect((await browser.visitor()).user).toBeNull()
      answers.push({ status, location, data, cookies: cookies.map((cookie) => cookie.replace(/=[^;]*/, '')) })
    }
    expect(answers[0]).toEqual(answers[1])
    expect(answers[0]).toMatchObject({ status: 303, location: '/signup?sent=yes' })
    expect(await topics()).toEqual(['account.verify_email', 'account.exists'])
    expect(await canLogIn(alice, password)).toBe(true)
  })

  it('refuses what is missing, too long, twice or slipped in, and writes nothing', async () => {
    const before = await state()
    const wrong: Record<string, string>[] = [
      { name: '' },
      { email: 'x' },
      { password: 'short' },
      { name: 'x'.repeat(200) },
      { role: 'owner' },
    ]
    for (const bad of wrong) {
      const answer = await new Browser().post(signUp, '/signup', { ...carol, ...bad })
      expect(answer.status, JSON.stringify(bad)).toBe(422)
    }
    expect(await state()).toBe(before)
  })
})

describe('the link that confirms an address', () => {
  it('confirms and logs in the browser that signed up, once; looking at it changes nothing', async () => {
    const { browser, link } = await signedUp()
    const before = await state()
    expect((await browser.get(verify, link)).data).toMatchObject({ link: { asksPassword: false, newEmail: null } })
    expect(await state()).toBe(before)
    const answer = await confirm(browser, link)
    expect([answer.status, answer.location]).toEqual([303, '/checkout'])
    expect((await browser.visitor()).user).toMatchObject({ email: carol.email, emailVerified: true })
    expect(await topics()).toEqual(['account.verify_email', 'account.welcome'])
    expect((await confirm(browser, link)).status).toBe(409)
    expect((await browser.get(verify, link)).data).toMatchObject({ link: null })
  })

  it('asks for the password in any other browser: a stranger’s sign-up cannot be confirmed by mistake', async () => {
    const { link } = await signedUp()
    const elsewhere = new Browser()
    expect((await elsewhere.get(verify, link)).data).toMatchObject({ link: { asksPassword: true } })
    expect((await confirm(elsewhere, link)).status).toBe(422)
    expect(problemIn(await confirm(elsewhere, link, { password: 'wrong' })).code).toBe('wrong_password')
    expect((await userOf(carol.email)).emailVerifiedAt).toBeNull()
    expect((await confirm(elsewhere, link, { password })).location).toBe('/checkout')
    expect((await elsewhere.visitor()).user?.email).toBe(carol.email)
  })

  it('is of no use to somebody else who is logged in', async () => {
    const { link } = await signedUp()
    const bob = await loggedIn('bob@example.com')
    expect((await bob.get(verify, link)).data).toMatchObject({ link: { asksPassword: true } })
    expect((await confirm(bob, link, { password: 'not it' })).status).toBe(422)
    expect((await bob.visitor()).user?.email).toBe('bob@example.com')
    expect((await userOf(carol.email)).emailVerifiedAt).toBeNull()
  })

  it('pressed twice at the same moment confirms once', async () => {
    const { browser, link } = await signedUp()
    const same = new Browser()
    for (const [name, value] of browser.cookies) same.cookies.set(name, value)
    const answers = await Promise.all([confirm(browser, link), confirm(same, link)])
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409])
    expect(await topics()).toEqual(['account.verify_email', 'account.welcome'])
  })

  it('that is unknown, mangled, too old or for something else opens nothing', async () => {
    const { browser, link } = await signedUp()
    await askReset(alice)
    const other = new URL(await linkIn('account.reset_password'), 'http://x').searchParams.get('token') ?? ''
    const own = new URL(link, 'http://x').searchParams.get('token') ?? ''
    const before = await state()
    for (const bad of [
      ...badLinks.map((token) => `token=${encodeURIComponent(token)}`),
      `token=${other}`,
      `token=${own}&token=${own}`,
      '',
    ]) {
      expect((await browser.get(verify, `/verify-email?${bad}`)).data, bad).toMatchObject({ link: null })
      expect((await confirm(browser, `/verify-email?${bad}`)).status, bad).toBe(409)
    }
    expect(await state()).toBe(before)
    await tooLate()
    expect((await confirm(browser, link)).status).toBe(409)
    expect((await userOf(carol.email)).emailVerifiedAt).toBeNull()
  })

  it('can be sent again from the account, five times an hour', async () => {
    await signedUp()
    const browser = await loggedIn(carol.email)
    expect((await browser.get(profile, '/account')).data).toMatchObject({ emailVerified: false })
    const answers: number[] = []
    for (let round = 0; round < 6; round++)
      answers.push((await browser.post(profile, '/account', { intent: 'verify' })).status)
    expect(answers).toEqual([303, 303, 303, 303, 303, 429])
    expect((await confirm(browser, await linkIn('account.verify_email'))).location).toBe('/account')
    expect((await db()('account_tokens').whereNull('usedAt')).length).toBe(0)
  })
})

describe('a forgotten password', () => {
  it('is answered alike for everybody; only active accounts get a mail, three an hour', async () => {
    await db()('users').insert({ id: newId(), email: 'off@example.com', name: 'Off', status: 'disabled' })
    const answers: unknown[] = []
    for (const email of ['nobody@example.com', 'off@example.com', alice, alice, alice, alice]) {
      const { status, location, data } = await askReset(email)
      answers.push({ status, location, data })
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(answers[0]).toMatchObject({ status: 303, location: '/forgot-password?sent=yes' })
    expect(await topics()).toEqual(Array(3).fill('account.reset_password'))
  })

  it('takes as long for an address nobody has', async () => {
    const [known, unknown]: [number[], number[]] = [[], []]
    for (let round = 0; round < 3; round++)
      for (const [email, into] of [
        [alice, known],
        [`nobody${round}@example.com`, unknown],
      ] as const) {
        await forgetRows('rate_limits')
        const browser = new Browser()
        await browser.visitor()
        const start = performance.now()
        await askReset(email, browser)
        into.push(performance.now() - start)
      }
    const ratio = Math.min(...unknown) / Math.min(...known)
    expect(ratio).toBeGreaterThan(0.95)
    expect(ratio).toBeLessThan(1.05)
  })

  it('is replaced by the link, once: all sessions and other links end, and the owner is told', async () => {
    const [here, there] = [await loggedIn(), await loggedIn()]
    await askReset(alice)
    const older = await linkIn('account.reset_password')
    await askReset(alice)
    const link = await linkIn('account.reset_password')
    expect(older).not.toBe(link)
    const before = await state()
    expect((await here.get(reset, link)).data).toEqual({ good: true })
    expect(problemIn(await setPassword(here, link, 'password1')).fields).toHaveProperty('newPassword')
    expect(await state()).toBe(before)
    const answer = await setPassword(here, link)
    expect([answer.status, answer.location]).toEqual([303, '/login'])
    for (const browser of [here, there]) expect((await browser.visitor()).user).toBeNull()
    expect([await canLogIn(alice, password), await canLogIn(alice, newPassword)]).toEqual([false, true])
    expect((await topics()).at(-1)).toBe('account.password_changed')
    for (const over of [link, older]) {
      expect((await new Browser().get(reset, over)).data).toEqual({ good: false })
      expect((await setPassword(new Browser(), over, 'nine red spoons')).status).toBe(409)
    }
    expect(await canLogIn('bob@example.com', password)).toBe(true)
  })

  it('is replaced by one of two who press at the same moment', async () => {
    await askReset(alice)
    const link = await linkIn('account.reset_password')
    const words = ['nine red spoons', 'ten old forks']
    const answers = await Promise.all(words.map((word) => setPassword(new Browser(), link, word)))
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409])
    expect((await Promise.all(words.map((word) => canLogIn(alice, word)))).filter(Boolean)).toHaveLength(1)
  })

  it('has a link that is short-lived, leads to the shop whatever the request says, and goes nowhere else', async () => {
    const evil = { 'X-Forwarded-Host': 'evil.example', Forwarded: 'host=evil.example' }
    await new Browser().post(forgot, '/forgot-password', { email: alice }, { headers: evil })
    const { payload } = await db()('outbox').first()
    expect(new URL(payload.url).origin).toBe('http://localhost:5173')
    const [row] = await db()('account_tokens')
    expect(row.expiresAt.getTime() - row.createdAt.getTime()).toBe(30 * 60_000)
    for (const page of [reset, verify])
      expect(page.headers({} as never)).toEqual({
        'Cache-Control': 'private, no-store',
        'Referrer-Policy': 'strict-origin',
        'X-Robots-Tag': 'noindex',
      })
    const link = await linkIn('account.reset_password')
    await tooLate()
    expect((await setPassword(new Browser(), link)).status).toBe(409)
    for (const token of badLinks)
      expect((await setPassword(new Browser(), `/reset-password?token=${encodeURIComponent(token)}`)).status).toBe(409)
    expect(await canLogIn(alice, password)).toBe(true)
  })

  it('of an account that was never confirmed clears what a stranger may have left there', async () => {
    await signedUp()
    const { id: userId } = await userOf(carol.email)
    const left = { fullName: 'Mallory', line1: 'x', city: 'y', country: 'IE' }
    await db()('addresses').insert({ id: newId(), userId, ...left })
    await askReset(carol.email)
    expect((await setPassword(new Browser(), await linkIn('account.reset_password'))).status).toBe(303)
    expect(await db()('addresses')).toEqual([])
    expect((await userOf(carol.email)).emailVerifiedAt).not.toBeNull()
  })

  it('is not asked for with nonsense', async () => {
    for (const email of ['', 'x', `${'a'.repeat(300)}@example.com`, 'a b@example.com', 'a@example.com\r\nBcc: b@c.de'])
      expect((await askReset(email)).status, email).toBe(422)
    expect(await topics()).toEqual([])
  })
})

describe('another e-mail address', () => {
  const ask = (browser: Browser, newEmail: string, word = password) =>
    browser.post(profile, '/account', { intent: 'email', newEmail, password: word })

  it('counts when its mailbox has answered: other sessions and old links end, the old address is told', async () => {
    const [here, there] = [await loggedIn(), await loggedIn()]
    await askReset(alice)
    const oldLink = await linkIn('account.reset_password')
    expect(problemIn(await ask(here, 'new@example.com', 'wrong')).code).toBe('wrong_password')
    expect((await ask(here, ' New@Example.com ')).status).toBe(303)
    expect(await canLogIn(alice, password)).toBe(true)
    const link = await linkIn('account.confirm_new_email')
    expect((await here.get(verify, link)).data).toMatchObject({
      link: { newEmail: 'new@example.com', asksPassword: false },
    })
    expect((await confirm(here, link)).location).toBe('/account')
    expect((await here.visitor()).user).toMatchObject({ email: 'new@example.com', emailVerified: true })
    expect((await there.visitor()).user).toBeNull()
    expect([await canLogIn(alice, password), await canLogIn('new@example.com', password)]).toEqual([false, true])
    const told = await db()('outbox').where({ topic: 'account.email_changed' }).first()
    expect(told.payload).toMatchObject({ email: alice, newEmail: 'new@example.com' })
    expect((await setPassword(new Browser(), oldLink)).status).toBe(409)
    expect((await confirm(here, link)).status).toBe(409)
  })

  it('that was mistyped gives a stranger nothing: the link needs the password', async () => {
    await ask(await loggedIn(), 'stranger@example.com')
    const link = await linkIn('account.confirm_new_email')
    for (const browser of [new Browser(), await loggedIn('bob@example.com')]) {
      expect((await confirm(browser, link)).status).toBe(422)
      expect((await confirm(browser, link, { password: 'a guess' })).status).toBe(422)
    }
    expect(await userOf('stranger@example.com')).toBeUndefined()
  })

  it('of somebody else is answered alike, and that person is told', async () => {
    const browser = await loggedIn()
    const free = await ask(browser, 'new@example.com')
    const taken = await ask(browser, 'bob@example.com')
    expect([taken.status, taken.location]).toEqual([free.status, free.location])
    expect((await topics()).at(-1)).toBe('account.exists')
    await db()('users').insert({ id: newId(), email: 'new@example.com', name: 'Quicker' })
    const answer = await confirm(browser, await linkIn('account.confirm_new_email'))
    expect([answer.status, problemIn(answer).code]).toEqual([409, 'email_taken'])
    expect((await browser.visitor()).user?.email).toBe(alice)
  })

  it('is refused when it is no address or the present one; guests are sent to log in', async () => {
    const browser = await loggedIn()
    for (const bad of ['', 'x', alice, `${'a'.repeat(300)}@example.com`])
      expect(problemIn(await ask(browser, bad)).fields, bad).toHaveProperty('newEmail')
    expect((await ask(new Browser(), 'new@example.com')).location).toBe('/login?next=%2Faccount')
    expect(await topics()).toEqual([])
  })
})
