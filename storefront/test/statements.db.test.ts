import './stage.ts'
import { beforeEach, describe, expect, test } from 'vitest'
import { signInVisitor } from '#app/http/session.server.ts'
import { db } from '#app/lib/db.server.ts'
import { newId } from '#app/lib/ids.ts'
import * as root from '#app/root.tsx'
import * as accountOrder from '#app/routes/account/order.tsx'
import * as accountOrders from '#app/routes/account/orders.tsx'
import * as adminOrder from '#app/routes/admin/order.tsx'
import * as adminOrders from '#app/routes/admin/orders.tsx'
import * as cart from '#app/routes/cart/cart.tsx'
import * as review from '#app/routes/checkout/review.tsx'
import { type Answer, Browser, type Face } from './browser.ts'
import { aFullCart, aMug, aPlacedOrder, openForBusiness } from './shopping.ts'
import { warehouse } from './stage.ts'
import { statementsOf } from './statements.ts'

beforeEach(openForBusiness)

async function aUser(role = 'customer'): Promise<{ id: string; browser: Browser }> {
  const id = newId()
  await db()('users').insert({ id, email: `${id}@example.com`, name: 'Alice', role })
  const browser = new Browser()
  const visitor = await browser.visitor()
  const setCookie = (header: string) => {
    const [name = '', value = ''] = (header.split(';')[0] ?? '').split('=')
    browser.cookies.set(name, value)
  }
  await signInVisitor({ nonce: '', requestId: '', visitor: async () => visitor, setCookie }, id)
  return { id, browser }
}

/** Fills the cart up to twenty different things, all for sale. */
async function fill(cartId: string): Promise<void> {
  for (let index = 1; index < 20; index++) {
    const variant = aMug({ sku: `MUG-${index}`, id: newId() })
    warehouse.sell(variant)
    await db()('cart_items').insert({
      id: newId(),
      cartId,
      variantId: variant.id,
      sku: variant.sku,
      quantity: 1,
      seenPriceMinor: variant.priceMinor,
    })
  }
}

/** The statements one look at the page costs, and its answer. */
async function lookAt(browser: Browser, face: Face, url: string, params: Record<string, string> = {}) {
  let answer: Answer | undefined
  const statements = await statementsOf(async () => {
    answer = await browser.get(face, url, params)
  })
  expect(answer?.status, url).toBe(200)
  return { count: statements.length, statements, data: answer?.data }
}

describe('a page costs as many statements with twenty rows as with one', () => {
  test('the frame of every page, with the number of things in the cart', async () => {
    const { id, browser } = await aUser()
    const { id: cartId } = await aFullCart({ userId: id })
    const one = await lookAt(browser, root, '/')
    await fill(cartId)
    const many = await lookAt(browser, root, '/')
    expect(many.data).toMatchObject({ shop: { cartCount: 21 } })
    expect(many.statements).toEqual(one.statements)
    expect(many.count).toBeLessThanOrEqual(2)
    expect((await lookAt(new Browser(), root, '/')).count).toBe(0)
  })

  test('the cart, with one question to catalog-api', async () => {
    const { id, browser } = await aUser()
    const { id: cartId } = await aFullCart({ userId: id })
    const one = await lookAt(browser, cart, '/cart')
    await fill(cartId)
    warehouse.calls.length = 0
    const many = await lookAt(browser, cart, '/cart')
    expect((many.data as { cart: { lines: unknown[] } }).cart.lines).toHaveLength(20)
    expect(many.count).toBe(one.count)
    expect(many.count).toBeLessThanOrEqual(5)
    expect(warehouse.calls).toEqual(['variants'])
  })

  test('the last look before paying', async () => {
    const { id, browser } = await aUser()
    const { id: cartId } = await aFullCart({ userId: id })
    const one = await lookAt(browser, review, '/checkout/review')
    await fill(cartId)
    warehouse.calls.length = 0
    const many = await lookAt(browser, review, '/checkout/review')
    expect((many.data as { quote: { lines: unknown[] } }).quote.lines).toHaveLength(20)
    expect(many.count).toBe(one.count)
    expect(many.count).toBeLessThanOrEqual(8)
    expect(warehouse.calls).toEqual(['variants'])
  })

  test('an order, for its shopper and for staff', async () => {
    const { id, browser } = await aUser()
    const staff = (await aUser('owner')).browser
    const { number, id: orderId } = await aPlacedOrder({ userId: id })
    const look = async () => [
      await lookAt(browser, accountOrder, `/account/orders/${number}`, { number }),
      await lookAt(staff, adminOrder, `/admin/orders/${number}`, { number }),
    ]
    const one = await look()
    const line = await db()('order_items').where({ orderId }).first()
    const event = await db()('order_history').where({ orderId }).first()
    for (let position = 2; position <= 20; position++) {
      await db()('order_items').insert({ ...line, id: newId(), position, sku: `MUG-${position}`, variantId: newId() })
      const { seq: _, ...told } = event
      await db()('order_history').insert({ ...told, id: newId(), kind: 'message', fromStatus: null, toStatus: null })
    }
    const many = await look()
    for (const [index, { data }] of many.entries()) {
      expect((data as { order: { lines: unknown[] } }).order.lines, String(index)).toHaveLength(20)
    }
    expect(many.map(({ count }) => count)).toEqual(one.map(({ count }) => count))
    const [shopper, staffs] = many.map(({ count }) => count)
    expect(shopper).toBeLessThanOrEqual(13)
    expect(staffs).toBeLessThanOrEqual(24)
  })

  test('the lists of orders, for their shopper and for staff', async () => {
    const { id, browser } = await aUser()
    const staff = (await aUser('owner')).browser
    const look = async () => [
      await lookAt(browser, accountOrders, '/account/orders'),
      await lookAt(staff, adminOrders, `/admin/orders?q=${id}`),
    ]
    warehouse.sell(aMug({ available: 99 }))
    const anOrder = async () => {
      const { id: orderId } = await aPlacedOrder()
      const mine = { userId: id, email: `${id}@example.com` }
      await db()('orders').where({ id: orderId }).update(mine)
    }
    await anOrder()
    const one = await look()
    for (let index = 2; index <= 20; index++) await anOrder()
    const many = await look()
    for (const { data } of many) expect((data as { items: unknown[] }).items.length).toBeGreaterThan(1)
    expect(many[1]).toMatchObject({ data: { total: 20 } })
    expect(many.map(({ count }) => count)).toEqual(one.map(({ count }) => count))
    for (const { count } of many) expect(count).toBeLessThanOrEqual(5)
  })
})
