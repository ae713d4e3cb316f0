import '../../../test/stage.ts'
import { beforeEach, describe, expect, test } from 'vitest'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { listFlights } from '#app/domain/payments/flight-recorder.server.ts'
import { signInVisitor } from '#app/http/session.server.ts'
import { db } from '#app/lib/db.server.ts'
import { newId } from '#app/lib/ids.ts'
import * as accountOrder from '#app/routes/account/order.tsx'
import * as accountOrders from '#app/routes/account/orders.tsx'
import * as orderPage from '#app/routes/checkout/order.tsx'
import * as returnPage from '#app/routes/checkout/return.tsx'
import { Browser } from '../../../test/browser.ts'
import {
  aCheckout,
  aFullCart,
  aMug,
  aPaidOrder,
  aPlacedOrder,
  guest,
  openForBusiness,
  statusOf,
} from '../../../test/shopping.ts'
import { atProvider, payOn } from '../../../test/stage.ts'

beforeEach(openForBusiness)

type Placed = { number: string; token: string }
const secret = ({ number, token }: Placed) => `/orders/${number}?token=${token}`
const open = (browser: Browser, order: Placed, url = secret(order)) =>
  browser.get(orderPage, url, { number: order.number })
const comeBack = (browser: Browser, order: Placed, sessionId = 'cs_test_unknown') =>
  browser.get(returnPage, `/orders/${order.number}/return?session_id=${sessionId}&token=${order.token}`, {
    number: order.number,
  })
const press = (browser: Browser, order: Placed, intent: string, more: { token?: null } = {}) =>
  browser.post(orderPage, secret(order), { intent }, { params: { number: order.number }, ...more })

async function aUser(): Promise<{ id: string; browser: Browser }> {
  const id = newId()
  await db()('users').insert({ id, email: `${id}@example.com`, name: 'Alice' })
  const browser = new Browser()
  const visitor = await browser.visitor()
  await signInVisitor(
    {
      nonce: '',
      requestId: '',
      visitor: async () => visitor,
      setCookie: (header) => {
        const [name, value] = (header.split(';')[0] ?? '').split('=')
        browser.cookies.set(name ?? '', value ?? '')
      },
    },
    id,
  )
  return { id, browser }
}

describe('the page behind the secret link', () => {
  test('shows the order to whoever has the link, tells caches and other sites nothing', async () => {
    const order = await aPlacedOrder()
    const answer = await open(new Browser(), order)
    expect(answer.status).toBe(200)
    expect(answer.data).toMatchObject({ order: { number: order.number, can: { pay: true, cancel: true } } })
    expect(answer.headers.get('Cache-Control')).toBe('private, no-store')
    expect(answer.headers.get('Referrer-Policy')).toBe('same-origin')
  })

  test('a wrong token, an empty one, none, and an order that is not there are the same 404', async () => {
    const order = await aPlacedOrder()
    const other = await aPlacedOrder()
    const guest = new Browser()
    const answers = await Promise.all([
      open(guest, order, `/orders/${order.number}?token=${other.token}`),
      open(guest, order, `/orders/${order.number}?token=`),
      open(guest, order, `/orders/${order.number}`),
      open(guest, { number: 'HS-2222-2222', token: order.token }),
    ])
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404])
    expect(new Set(answers.map(({ data }) => JSON.stringify(data))).size).toBe(1)
  })

  test('what the shopper sees holds no hash, lease, internal note or other secret', async () => {
    const order = await aPaidOrder()
    await db()('order_history').insert({
      id: newId(),
      orderId: order.id,
      kind: 'note',
      actor: 'staff:x',
      message: 'rude on the phone',
      isPublic: false,
    })
    const text = JSON.stringify((await open(new Browser(), order)).data)
    for (const hidden of ['rude on the phone', 'staff:', 'accessToken', 'lease', 'pi_', 'cs_test', 'quoteHash'])
      expect(text).not.toContain(hidden)
  })

  test('“pay” leads to the payment page, also again', async () => {
    const order = await aPlacedOrder()
    const guest = new Browser()
    for (const _ of [1, 2])
      expect(await press(guest, order, 'pay')).toMatchObject({ status: 303, location: order.paymentUrl })
  })

  test('“cancel” cancels and says so; without the form’s own token nothing happens', async () => {
    const order = await aPlacedOrder()
    const guest = new Browser()
    expect((await press(guest, order, 'cancel', { token: null })).status).toBe(403)
    expect(await statusOf(order.id)).toBe('awaiting_payment')
    expect(await press(guest, order, 'cancel')).toMatchObject({ status: 303, location: secret(order) })
    expect(await statusOf(order.id)).toBe('cancelled')
  })

  test('“cancel” of an order that cost nothing promises no money', async () => {
    await db()('shipping_methods').update({ priceMinor: 0 })
    const cart = await aFullCart({ variant: aMug({ sku: 'MUG-FREE', priceMinor: 0 }), quantity: 1 })
    const order = await placeOrder(await aCheckout(cart.id), guest())
    await db()('shipping_methods').update({ priceMinor: 490 })
    const browser = new Browser()
    await open(browser, order)
    await press(browser, order, 'cancel')
    const { orderId } = order
    expect(await db()('refunds').where({ orderId })).toEqual([])
    expect(await statusOf(orderId)).toBe('refunded')
    const told = [...browser.cookies.values()].flatMap((value) => value.split('.'))
    const words = told.map((part) => Buffer.from(part, 'base64url').toString('utf8')).join(' ')
    expect(words).toContain('It cost nothing.')
  })

  test('nobody pays or cancels an order without its token', async () => {
    const order = await aPlacedOrder()
    const guest = new Browser()
    for (const intent of ['pay', 'cancel', 'refund']) {
      const url = `/orders/${order.number}?token=${'A'.repeat(43)}`
      const answer = await guest.post(orderPage, url, { intent }, { params: { number: order.number } })
      expect(answer.status).toBe(intent === 'refund' ? 422 : 404)
    }
    expect(await statusOf(order.id)).toBe('awaiting_payment')
  })
})

describe('coming back from the payment page', () => {
  test('after paying: the order is paid before any webhook came, and the shopper is thanked', async () => {
    const order = await aPlacedOrder()
    await payOn(order.paymentUrl)
    const answer = await comeBack(new Browser(), order)
    expect(answer).toMatchObject({ status: 303, location: `${secret(order)}&thanks=1` })
    expect(await statusOf(order.id)).toBe('paid')
  })

  test('back without paying: the order’s page as it was, nothing cancelled, and the flight recorder tells of it', async () => {
    const order = await aPlacedOrder()
    const { cancel_url: back } = await atProvider<{ cancel_url: string }>(
      `checkout/sessions/${(await db()('payments').where({ orderId: order.id }).first()).providerSessionId}`,
    )
    const { pathname, search } = new URL(back)
    expect(pathname).toBe(`/orders/${order.number}/return`)
    const answer = await new Browser().get(returnPage, `${pathname}${search}`, { number: order.number })
    expect([answer.status, answer.headers.get('Location')]).toEqual([303, secret(order)])
    expect(await statusOf(order.id)).toBe('awaiting_payment')
    expect(await listFlights(order.id)).toMatchObject([{ state: 'waiting', note: 'by the way back without paying' }])
  })

  test('without having paid, also with the page of an order that was paid: nothing is paid', async () => {
    const [mine, other] = [await aPlacedOrder(), await aPlacedOrder()]
    await payOn(other.paymentUrl)
    const { providerSessionId } = await db()('payments').where({ orderId: other.id }).first()
    expect((await comeBack(new Browser(), mine, providerSessionId)).status).toBe(303)
    expect(await statusOf(mine.id)).toBe('awaiting_payment')
  })

  test('without the token there is nothing here', async () => {
    const order = await aPlacedOrder()
    await payOn(order.paymentUrl)
    expect((await comeBack(new Browser(), { ...order, token: 'x' })).status).toBe(404)
    expect(await statusOf(order.id)).toBe('awaiting_payment')
  })
})

describe('orders in the account', () => {
  test('list, page and buttons are the owner’s alone', async () => {
    const alice = await aUser()
    const bob = await aUser()
    const order = await aPlacedOrder({ userId: alice.id })
    const params = { number: order.number }
    const url = `/account/orders/${order.number}`
    expect((await alice.browser.get(accountOrders, '/account/orders')).data).toMatchObject({ total: 1 })
    expect((await bob.browser.get(accountOrders, '/account/orders')).data).toMatchObject({ total: 0 })
    expect((await alice.browser.get(accountOrder, url, params)).data).toMatchObject({ order: params })
    expect((await bob.browser.get(accountOrder, url, params)).status).toBe(404)
    expect((await bob.browser.post(accountOrder, url, { intent: 'cancel' }, { params })).status).toBe(404)
    expect(await statusOf(order.id)).toBe('awaiting_payment')
    expect((await alice.browser.post(accountOrder, url, { intent: 'cancel' }, { params })).status).toBe(303)
    expect(await statusOf(order.id)).toBe('cancelled')
  })

  test('a guest is sent to log in, and comes back to the page', async () => {
    const answer = await new Browser().get(accountOrders, '/account/orders')
    expect(answer).toMatchObject({ status: 302, location: '/login?next=%2Faccount%2Forders' })
  })

  test('a page number that makes no sense shows the first page', async () => {
    const { browser } = await aUser()
    for (const page of ['0', '-1', 'x', '999999999999'])
      expect((await browser.get(accountOrders, `/account/orders?page=${page}`)).data).toMatchObject({ page: 1 })
  })
})
