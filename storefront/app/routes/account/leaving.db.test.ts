import '../../../test/stage.ts'

import { beforeEach, describe, expect, it } from 'vitest'
import { cancelOrder } from '#app/domain/checkout/cancel.server.ts'
import { hashPassword } from '#app/domain/identity/hashing.server.ts'
import { forgetLimiters } from '#app/domain/identity/rate-limit.server.ts'
import { listOrdersOf } from '#app/domain/orders/queries.server.ts'
import { append } from '#app/domain/outbox/outbox.server.ts'
import { sign } from '#app/http/cookies.server.ts'
import type { FormProblem } from '#app/http/problem.ts'
import { by } from '#app/lib/clock.ts'
import { db, transaction } from '#app/lib/db.server.ts'
import { newId } from '#app/lib/ids.ts'
import * as contact from '#app/routes/checkout/contact.tsx'
import { address } from '../../../test/address.ts'
import { type Answer, Browser } from '../../../test/browser.ts'
import { forgetRows } from '../../../test/forget.ts'
import { aFullCart, aPaidOrder, aPlacedOrder, openForBusiness } from '../../../test/shopping.ts'
import { warehouse } from '../../../test/stage.ts'
import * as logIn from './log-in.tsx'
import * as myData from './my-data.tsx'
import * as privacy from './privacy.tsx'
import * as signUp from './sign-up.tsx'
import * as verify from './verify-email.tsx'

const password = 'seven green teapots'
const passwordHash = await hashPassword(password)
// The tests' carts and orders are made out to this address.
const email = 'alice@example.com'
let alice: string

const problemIn = (answer: Answer) => (answer.data as { problem: FormProblem }).problem
const orderOf = (number: string) => db()('orders').where({ number }).first()
const leave = (browser: Browser, word = password) =>
  browser.post(privacy, '/account/privacy', { intent: 'delete', password: word })

async function loggedIn(): Promise<Browser> {
  const browser = new Browser()
  expect((await browser.post(logIn, '/login', { email, password })).status).toBe(303)
  return browser
}

async function delivered(number: string): Promise<void> {
  for (const status of ['fulfilling', 'fulfilled']) await db()('orders').where({ number }).update({ status })
}

beforeEach(async () => {
  forgetLimiters()
  await forgetRows('users', 'outbox', 'rate_limits')
  await openForBusiness()
  alice = newId()
  await db()('users').insert({
    id: alice,
    email,
    name: 'Alice Archer',
    phone: '+3531',
    passwordHash,
    emailVerifiedAt: new Date(),
  })
})

describe('orders made as a guest', () => {
  it('join the account when its address is confirmed, never before; those of others stay theirs', async () => {
    await db()('users').update({ emailVerifiedAt: null })
    const { number } = await aPaidOrder()
    const other = await aPaidOrder()
    await db()('orders').where({ number: other.number }).update({ email: 'bob@example.com' })
    const bobs = newId()
    await db()('users').insert({ id: bobs, email: 'bob@example.com', name: 'Bob' })
    const third = await aPaidOrder({ userId: bobs })
    await db()('orders').where({ number: third.number }).update({ email })
    await loggedIn()
    expect((await listOrdersOf(alice, 1)).items).toEqual([])
    await new Browser().post(signUp, '/signup', { name: 'Alice', email, password: 'eight blue saucers' })
    expect((await listOrdersOf(alice, 1)).items).toEqual([])
    // Confirmed, and the process died before the orders were asked for: the next log-in does it.
    await db()('users').where({ id: alice }).update({ emailVerifiedAt: new Date() })
    await loggedIn()
    expect((await listOrdersOf(alice, 1)).items.map((order) => order.number)).toEqual([number])
    expect([(await orderOf(other.number)).userId, (await orderOf(third.number)).userId]).toEqual([null, bobs])
  })

  it('can be made with any address: checkout does not tell who has an account', async () => {
    const answers: unknown[] = []
    for (const address of [email, 'nobody@example.com']) {
      const browser = new Browser()
      browser.cookies.set('hs_cart', sign('cart', (await aFullCart()).id))
      const fields = { intent: 'contact', email: address, phone: '' }
      const { status, location, data, cookies } = await browser.post(contact, '/checkout', fields)
      answers.push({ status, location, data, cookies })
    }
    expect(answers[0]).toEqual(answers[1])
    expect(answers[0]).toMatchObject({ status: 303, location: '/checkout/delivery' })
  })

  it('join it with the very press that confirms; one that waits to be paid stays with its browser', async () => {
    await db()('users').delete()
    const { number } = await aPaidOrder()
    const waiting = await aPlacedOrder()
    const browser = new Browser()
    await browser.post(signUp, '/signup', { name: 'Alice', email, password })
    const { payload } = await db()('outbox').where({ topic: 'account.verify_email' }).first()
    expect((await browser.post(verify, new URL(payload.url).href.slice(21), { intent: 'confirm' })).status).toBe(303)
    const { id } = await db()('users').where({ email }).first()
    expect([(await orderOf(number)).userId, (await orderOf(waiting.number)).userId]).toEqual([id, null])
  })
})

describe('my data', () => {
  it('is one file with everything of mine, nothing of others and no secret; only for me', async () => {
    const { number } = await aPaidOrder({ userId: alice })
    const other = await aPaidOrder()
    await db()('orders').where({ number: other.number }).update({ email: 'bob@example.com' })
    await db()('addresses').insert({ id: newId(), userId: alice, ...address })
    const browser = await loggedIn()
    const answer = await browser.get(myData, '/account/privacy/highstreet.json')
    expect(answer.headers.get('Content-Disposition')).toBe('attachment; filename="highstreet.json"')
    expect(answer.headers.get('Cache-Control')).toBe('private, no-store')
    const text = String(answer.text)
    expect(JSON.parse(text)).toMatchObject({
      profile: { email, name: 'Alice Archer', phone: '+3531' },
      addresses: [{ line1: address.line1 }],
      devices: [{ browser: browser.userAgent }],
      orders: [{ number, shippingAddress: { fullName: address.fullName }, lines: [{ sku: 'MUG-SAGE', quantity: 2 }] }],
    })
    expect(text).not.toContain(other.number)
    expect(text).not.toMatch(/argon2|hash|token|client_secret/i)
    expect((await new Browser().get(myData, '/account/privacy/highstreet.json')).location).toMatch(/^\/login/)
    for (let round = 0; round < 9; round++) await browser.get(myData, '/account/privacy/highstreet.json')
    expect((await browser.get(myData, '/account/privacy/highstreet.json')).status).toBe(429)
  })
})

describe('deleting the account', () => {
  it('waits for open orders, and says which', async () => {
    const paid = await aPaidOrder({ userId: alice })
    const browser = await loggedIn()
    const before = await orderOf(paid.number)
    const answer = await leave(browser)
    expect(answer.status).toBe(409)
    expect(problemIn(answer).message).toContain(`${paid.number} (paid)`)
    expect(await orderOf(paid.number)).toEqual(before)
    expect((await browser.visitor()).user?.email).toBe(email)
  })

  it('waits for open returns', async () => {
    const { number, id } = await aPaidOrder({ userId: alice })
    await delivered(number)
    const back = {
      id: newId(),
      number: 'R-1',
      formKey: newId(),
      orderId: id,
      note: 'too small for Alice',
      requestedBy: 'x',
    }
    await db()('returns').insert(back)
    const browser = await loggedIn()
    expect(problemIn(await leave(browser)).message).toContain('R-1')
    expect((await orderOf(number)).userId).toBe(alice)
    await db()('returns').update({ status: 'rejected' })
    expect((await leave(browser)).status).toBe(303)
    expect((await db()('returns').first()).note).toBeNull()
  })

  it('needs the password; staff cannot', async () => {
    const browser = await loggedIn()
    for (const wrong of ['', 'wrong', 'x'.repeat(600)]) expect((await leave(browser, wrong)).status).toBe(422)
    expect((await leave(new Browser())).location).toMatch(/^\/login/)
    await db()('users').where({ id: alice }).update({ role: 'support' })
    expect((await leave(browser)).status).toBe(403)
    expect(await db()('users').where({ id: alice }).first()).toMatchObject({ status: 'active', email })
  })

  it('is finished when pressed again, where the catalogue could not be told to forget the reviews', async () => {
    const browser = await loggedIn()
    warehouse.trouble.set('forget', ['down'])
    expect((await leave(browser)).status).toBe(503)
    expect(await db()('users').where({ id: alice }).first()).toMatchObject({ status: 'active' })
    expect((await leave(browser)).status).toBe(303)
    expect(warehouse.calls.filter((call) => call === 'forget')).toHaveLength(2)
  })

  it('takes the person out of everything and keeps the books; the address is free again', async () => {
    const done = await aPaidOrder({ userId: alice })
    await delivered(done.number)
    const unpaid = await aPlacedOrder({ userId: alice })
    await cancelOrder({ orderId: unpaid.id, reason: 'changed my mind' }, by(`user:${alice}`))
    const moved = { email: 'alice.before@example.com', name: 'Alice Archer', newEmail: email }
    await transaction((trx) => append(trx, 'account.email_changed', `account.email_changed:${alice}:1`, moved))
    await db()('outbox').update({ doneAt: new Date() })
    await db()('carts').where({ userId: alice, status: 'open' }).update({ status: 'ordered' })
    await aFullCart({ userId: alice })
    await db()('addresses').insert({ id: newId(), userId: alice, ...address })
    const before = await orderOf(done.number)
    const [here, there] = [await loggedIn(), await loggedIn()]
    const answers = await Promise.all([leave(here), leave(there)])
    expect(answers.map(({ status }) => status)).toContain(303)
    for (const { status } of answers) expect([303, 404, 422]).toContain(status)
    for (const browser of [here, there]) expect((await browser.visitor()).user).toBeNull()

    const after = await orderOf(done.number)
    expect(after).toMatchObject({
      status: 'fulfilled',
      totalMinor: before.totalMinor,
      userId: null,
      phone: null,
      note: null,
    })
    expect(after.shippingAddress).toMatchObject({ fullName: 'Deleted', country: address.country })
    const tables = ['users', 'sessions', 'addresses', 'account_tokens', 'carts', 'orders', 'outbox', 'stripe_events']
    const left = JSON.stringify(await Promise.all(tables.map((table) => db()(table))))
    for (const word of [email, 'alice.before', 'Archer', address.line1, '+3531']) expect(left, word).not.toContain(word)
    expect(await db()('users').where({ id: alice }).first()).toMatchObject({ status: 'deleted', passwordHash: null })

    expect((await new Browser().post(logIn, '/login', { email, password })).status).toBe(422)
    await new Browser().post(signUp, '/signup', { name: 'Alice', email, password })
    expect(await db()('users').where({ email }).first()).toMatchObject({ status: 'active' })
    await loggedIn()
    expect((await orderOf(done.number)).userId).toBeNull()
  })
})
