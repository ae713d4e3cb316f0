import '../../../test/database.ts'

import { beforeEach, describe, expect, it } from 'vitest'
import { addItem } from '#app/domain/cart/items.server.ts'
import { forgetLimiters } from '#app/domain/identity/rate-limit.server.ts'
import { register } from '#app/domain/identity/register.server.ts'
import { sign } from '#app/http/cookies.server.ts'
import type { FormProblem } from '#app/http/problem.ts'
import { by } from '#app/lib/clock.ts'
import { db } from '#app/lib/db.server.ts'
import { newToken } from '#app/lib/ids.ts'
import { type Answer, Browser } from '../../../test/browser.ts'
import { aVariant, startCatalogue } from '../../../test/catalogue.ts'
import { forgetRows } from '../../../test/forget.ts'
import * as address from './address.tsx'
import * as addresses from './addresses.tsx'
import * as logIn from './log-in.tsx'
import * as logOut from './log-out.tsx'
import * as profile from './profile.tsx'
import * as security from './security.tsx'

const catalogue = startCatalogue()
const password = 'seven green teapots'
const login = { email: 'alice@example.com', password }
const home = {
  fullName: 'Alice',
  company: '',
  line1: '1 Mill Lane',
  line2: '',
  city: 'Dublin',
  region: '',
  postcode: 'D02 X285',
  country: 'IE',
  phone: '',
  intent: 'save',
}
const problemIn = (answer: Answer) => (answer.data as { problem: FormProblem }).problem
const sidOf = (browser: Browser) => browser.cookies.get('hs_sid')

beforeEach(async () => {
  forgetLimiters()
  await forgetRows('users', 'carts', 'outbox', 'rate_limits')
  const people = ['Alice', 'Bob'].map((name) => ({ name, email: `${name.toLowerCase()}@example.com`, password }))
  await Promise.all(people.map((person) => register({ ...person, ip: '192.0.2.1' }, by('guest'))))
})

async function loggedIn(email = login.email): Promise<Browser> {
  const browser = new Browser()
  expect((await browser.post(logIn, '/login', { email, password })).status).toBe(303)
  return browser
}

describe('logging in on the page', () => {
  it('goes to the account with a new session; a planted one is worth nothing', async () => {
    const browser = new Browser()
    const planted = `g.${newToken()}`
    browser.cookies.set('hs_sid', planted)
    const answer = await browser.post(logIn, '/login', login)
    expect([answer.status, answer.location]).toEqual([303, '/account'])
    expect(sidOf(browser)).not.toBe(planted)
    const attacker = new Browser()
    attacker.cookies.set('hs_sid', planted)
    expect((await attacker.visitor()).user).toBeNull()
    expect((await browser.visitor()).user?.email).toBe(login.email)
    for (const cookie of answer.cookies) expect(cookie).toMatch(/; HttpOnly; SameSite=Lax/)
  })

  it('ends the session the browser had before', async () => {
    const browser = await loggedIn()
    const before = sidOf(browser)
    await browser.post(logIn, '/login', { ...login, email: 'bob@example.com' })
    const old = new Browser()
    old.cookies.set('hs_sid', before ?? '')
    expect((await old.visitor()).user).toBeNull()
  })

  it('shows the form again with the address and never the password', async () => {
    const answer = await new Browser().post(logIn, '/login', { ...login, password: 'not it at all', next: '/cart' })
    expect(answer.status).toBe(422)
    expect(problemIn(answer)).toMatchObject({
      code: 'wrong_credentials',
      values: { email: login.email, next: '/cart' },
    })
    expect(JSON.stringify(answer.data)).not.toContain('not it at all')
  })

  it('answers unknown and known addresses with the same page', async () => {
    const shown = async (email: string) => {
      const answer = await new Browser().post(logIn, '/login', { email, password: 'wrong' })
      return { ...answer, data: JSON.stringify(answer.data).replaceAll(email, '') }
    }
    expect(await shown('nobody@example.com')).toEqual(await shown(login.email))
  })

  it.each([
    ['/checkout?step=2', '/checkout?step=2'],
    ['//evil.example', '/account'],
    ['/\\evil.example', '/account'],
    ['https://evil.example/', '/account'],
    ['javascript:alert(1)', '/account'],
    ['/\t/evil.example', '/account'],
    ['', '/account'],
  ])('goes on to %j as %s', async (next, to) => {
    expect((await new Browser().post(logIn, '/login', { ...login, next })).location).toBe(to)
    const again = await (await loggedIn()).get(logIn, `/login?${new URLSearchParams({ next })}`)
    expect([again.status, again.location]).toEqual([302, to])
  })

  it('is refused without the form token and with somebody else’s', async () => {
    const other = (await new Browser().visitor()).csrf
    for (const token of [null, '', 'x', other]) {
      const answer = await new Browser().post(logIn, '/login', login, { token })
      expect([answer.status, problemIn(answer).code]).toEqual([403, 'csrf_failed'])
    }
    expect(await db()('sessions')).toEqual([])
  })

  it('says how long to wait after too many tries', async () => {
    const browser = new Browser()
    let answer = await browser.post(logIn, '/login', { ...login, password: 'wrong' })
    for (let round = 0; round < 6; round++)
      answer = await browser.post(logIn, '/login', { ...login, password: 'wrong' })
    expect(answer.status).toBe(429)
    expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(0)
    expect(problemIn(answer).message).toMatch(/wait/)
  })

  it('brings the guest’s cart along and says what had to change', async () => {
    const mug = aVariant({ sku: 'MUG', available: 3 })
    catalogue.variants = [mug]
    const owned = await db()('users').where({ email: login.email }).first()
    await addItem({ userId: owned.id, cartId: null, sku: 'MUG', quantity: 2 }, by('guest'))
    const browser = new Browser()
    const { cartId } = await addItem({ userId: null, cartId: null, sku: 'MUG', quantity: 3 }, by('guest'))
    browser.cookies.set('hs_cart', sign('cart', cartId))
    const answer = await browser.post(logIn, '/login', login)
    expect(answer.status).toBe(303)
    const items = await db()('cart_items as item')
      .join('carts as cart', 'cart.id', 'item.cart_id')
      .where('cart.user_id', owned.id)
    expect(items.map(({ quantity }) => quantity)).toEqual([3])
    const flash = Buffer.from((browser.cookies.get('hs_flash') ?? '').split('.')[0] ?? '', 'base64url').toString()
    expect(JSON.parse(flash).kind).toBe('warn')
    expect(browser.cookies.has('hs_cart')).toBe(false)
  })
})

describe('logging out', () => {
  it('kills the session on the server: its cookie cannot be replayed', async () => {
    const browser = await loggedIn()
    const stolen = sidOf(browser) ?? ''
    const answer = await browser.post(logOut, '/logout', {})
    expect([answer.status, answer.location]).toEqual([303, '/'])
    const thief = new Browser()
    thief.cookies.set('hs_sid', stolen)
    expect((await thief.visitor()).user).toBeNull()
    expect(sidOf(browser)).not.toBe(stolen)
  })

  it('does not happen by looking at the page, nor without the form token', async () => {
    const browser = await loggedIn()
    expect((await browser.get(logOut, '/logout')).status).toBe(200)
    expect((await browser.post(logOut, '/logout', {}, { token: null })).status).toBe(403)
    expect((await browser.visitor()).user?.email).toBe(login.email)
  })
})

describe('the account pages', () => {
  const pages = { profile, addresses, address, security }

  it.each(Object.entries(pages))('%s sends a guest to log in, for looking and for doing', async (name, page) => {
    const params = { id: 'new' }
    for (const answer of [
      await new Browser().get(page, `/account/${name}`, params),
      await new Browser().post(page, `/account/${name}`, { intent: 'save' }, { params }),
    ]) {
      expect(answer.status).toBe(302)
      expect(answer.location).toBe(`/login?next=%2Faccount%2F${name}`)
    }
  })

  it('save name and phone, and nothing that is slipped in', async () => {
    const browser = await loggedIn()
    const saved = await browser.post(profile, '/account', { intent: 'save', name: 'Alice L.', phone: '+353 1 234' })
    expect(saved.status).toBe(303)
    const slipped = await browser.post(profile, '/account', { intent: 'save', name: 'A', phone: '', role: 'owner' })
    expect(slipped.status).toBe(422)
    const row = await db()('users').where({ email: login.email }).first()
    expect(row).toMatchObject({ name: 'Alice L.', phone: '+3531234', role: 'customer' })
  })

  it('show no secrets: neither hashes nor tokens are in what a page gets', async () => {
    const browser = await loggedIn()
    const seen: unknown[] = []
    for (const page of Object.values(pages)) seen.push((await browser.get(page, '/account', { id: 'new' })).data)
    expect(JSON.stringify(seen)).not.toMatch(/argon2|passwordHash|idHash/)
    expect(JSON.stringify(seen)).not.toContain((sidOf(browser) ?? '').slice(2))
  })

  it('add and change an address, keep what was typed when it is refused', async () => {
    const browser = await loggedIn()
    const params = { id: 'new' }
    const refused = await browser.post(address, '/account/addresses/new', { ...home, postcode: '12345' }, { params })
    expect(problemIn(refused).fields).toEqual({ postcode: [expect.stringContaining('A12')] })
    expect(problemIn(refused).values).toMatchObject({ line1: '1 Mill Lane', postcode: '12345' })
    const added = await browser.post(address, '/account/addresses/new', { ...home, next: '/checkout' }, { params })
    expect([added.status, added.location]).toEqual([303, '/checkout'])
    expect((await db()('addresses')).map(({ line1, isDefaultShipping }) => [line1, isDefaultShipping])).toEqual([
      ['1 Mill Lane', true],
    ])
  })

  it('treat somebody else’s address as one that does not exist', async () => {
    const bob = await loggedIn('bob@example.com')
    await bob.post(address, '/account/addresses/new', { ...home, fullName: 'Bob' }, { params: { id: 'new' } })
    const { id } = await db()('addresses').first()
    const alice = await loggedIn()
    const params = { id }
    expect((await alice.get(address, `/account/addresses/${id}`, params)).status).toBe(404)
    expect((await alice.post(address, `/account/addresses/${id}`, home, { params })).status).toBe(404)
    for (const intent of ['delete', 'default-shipping', 'default-billing'])
      expect((await alice.post(addresses, '/account/addresses', { intent, id })).status, intent).toBe(404)
    expect(await db()('addresses')).toMatchObject([{ id, fullName: 'Bob' }])
  })

  it('change the password: this browser stays in with a new session, the other is out', async () => {
    const [here, there] = [await loggedIn(), await loggedIn()]
    const before = sidOf(here)
    const fields = { intent: 'password', currentPassword: password, newPassword: 'eight blue saucers' }
    expect((await here.post(security, '/account/security', fields)).status).toBe(303)
    expect(sidOf(here)).not.toBe(before)
    expect((await here.visitor()).user?.email).toBe(login.email)
    expect((await there.visitor()).user).toBeNull()
  })

  it('log out one other device, never one of somebody else', async () => {
    const [here, there, bob] = [await loggedIn(), await loggedIn(), await loggedIn('bob@example.com')]
    type Devices = { devices: { id: string; current: boolean; name: string }[] }
    const { devices } = (await here.get(security, '/account/security')).data as Devices
    const other = devices.find(({ current }) => !current)
    expect(other?.name).toBe('Firefox on Linux')
    const end = { intent: 'end', id: other?.id ?? '' }
    expect((await bob.post(security, '/account/security', end)).status).toBe(404)
    expect((await there.visitor()).user).not.toBeNull()
    expect((await here.post(security, '/account/security', end)).status).toBe(303)
    expect((await there.visitor()).user).toBeNull()
    expect((await here.visitor()).user).not.toBeNull()
  })
})
