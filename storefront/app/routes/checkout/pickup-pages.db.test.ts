import '../../../test/real-catalogue.ts'
import { beforeEach, describe, expect, test } from 'vitest'
import { collectionCodeFor } from '#app/domain/orders/collection-code.server.ts'
import { setCartCookie, signInVisitor } from '#app/http/session.server.ts'
import { db } from '#app/lib/db.server.ts'
import { newId } from '#app/lib/ids.ts'
import * as adminOrder from '#app/routes/admin/order.tsx'
import * as delivery from '#app/routes/checkout/delivery.tsx'
import * as orderPage from '#app/routes/checkout/order.tsx'
import * as review from '#app/routes/checkout/review.tsx'
import { Browser } from '../../../test/browser.ts'
import { aPickup, aPickupCart, aShop, onShelf, shelfOf, theWarehouse } from '../../../test/pickup.ts'
import { aFullCart, openForBusiness, statusOf } from '../../../test/shopping.ts'

beforeEach(openForBusiness)

type Context = Parameters<typeof setCartCookie>[0]
const jarOf = (browser: Browser, visitor: unknown = null) =>
  ({
    nonce: '',
    requestId: '',
    visitor: async () => visitor,
    setCookie: (header: string) => {
      const [pair = ''] = header.split(';')
      const at = pair.indexOf('=')
      browser.cookies.set(pair.slice(0, at), pair.slice(at + 1))
    },
  }) as unknown as Context

const withCart = (cartId: string): Browser => {
  const browser = new Browser(`203.0.113.${Math.floor(Math.random() * 250)}`)
  setCartCookie(jarOf(browser), cartId)
  return browser
}

async function someone(role: string): Promise<Browser> {
  const id = newId()
  await db()('users').insert({ id, email: `${id}@example.com`, name: 'Wanda', role })
  const browser = new Browser()
  await signInVisitor(jarOf(browser, await browser.visitor()), id)
  return browser
}

const cartRow = (id: string) => db()('carts').where({ id }).first()
const toDelivery = '/checkout/delivery?how=pickup&q=T12'

describe('checkout’s pickup step', () => {
  test('shows the stores near a postcode with what each has, and takes the one that has everything', async () => {
    const [full, half] = [await aShop(), await aShop()]
    const variant = await onShelf(full, 5)
    const cart = await aFullCart({ variant, quantity: 2 })
    const guest = withCart(cart.id)
    const { data } = await guest.get(delivery, toDelivery)
    const { pickup } = data as { pickup: { from: string; places: { id: string; complete: boolean; words: string }[] } }
    expect(pickup.from).toBe('Cork, Ireland, by the beginning of the postcode')
    expect(pickup.places.find(({ id }) => id === full)).toMatchObject({ complete: true, words: 'Everything here now' })
    expect(pickup.places.find(({ id }) => id === half)).toMatchObject({
      complete: false,
      words: expect.stringContaining('0 of 1 item here. Would have to be moved: Stoneware mug'),
    })
    const chosen = { intent: 'pickup', storeId: full, pickupName: 'Alice  Archer' }
    expect(await guest.post(delivery, toDelivery, chosen)).toMatchObject({ status: 303, location: '/checkout/review' })
    expect(await cartRow(cart.id)).toMatchObject({
      fulfilment: 'pickup',
      pickupStoreId: full,
      pickupName: 'Alice Archer',
    })
    expect((await guest.get(review, '/checkout/review')).data).toMatchObject({
      quote: {
        pickupStore: { id: full, hoursText: 'Monday to Sunday 00:00–23:59' },
        shippingMinor: 0,
        paymentMethod: 'card',
      },
    })
  })

  test('a bad form is told what is wrong and changes nothing', async () => {
    const shop = await aShop()
    const cart = await aFullCart({ variant: await onShelf(shop, 1), quantity: 2 })
    const good = await aShop()
    const guest = withCart(cart.id)
    const bad: Record<string, string>[] = [
      {},
      { storeId: shop, pickupName: 'Alice' },
      { storeId: await theWarehouse(), pickupName: 'Alice' },
      { storeId: newId(), pickupName: 'Alice' },
      { storeId: 'x', pickupName: 'Alice' },
      { storeId: `${good}' OR 1=1`, pickupName: 'Alice' },
      { storeId: good, pickupName: '' },
      { storeId: good, pickupName: 'a'.repeat(600) },
      { storeId: good, pickupName: 'see www.example.com' },
      { storeId: good, pickupName: 'Ali\u0000ce' },
      { storeId: good, pickupName: 'Alice', 'billing.line1': '1 Street' },
    ]
    for (const fields of bad) {
      const { status } = await guest.post(delivery, toDelivery, { intent: 'pickup', ...fields })
      expect(status, JSON.stringify(fields)).toBe(422)
    }
    for (const query of [
      'q=%00',
      `q=${'x'.repeat(5000)}`,
      'lat=1e9&lng=x',
      'lat=91&lng=0',
      'how=%27',
      'q=Nowhere-at-all',
    ])
      expect((await guest.get(delivery, `/checkout/delivery?how=pickup&${query}`)).status, query).toBe(200)
    expect(await cartRow(cart.id)).toMatchObject({ fulfilment: 'delivery', pickupStoreId: null, version: 1 })
    expect((await guest.post(review, '/checkout/review', { intent: 'method', paymentMethod: 'in_store' })).status).toBe(
      422,
    )
    expect((await guest.post(review, '/checkout/review', { intent: 'method', paymentMethod: 'gold' })).status).toBe(422)
    expect((await guest.post(review, '/checkout/review', { intent: 'method' })).status).toBe(422)
    expect(await cartRow(cart.id)).toMatchObject({ paymentMethod: 'card' })
  })

  test('paid in the store: chosen on the last step, ordered without a payment page, thanked at once', async () => {
    const cart = await aPickupCart()
    const guest = withCart(cart.id)
    await guest.post(review, '/checkout/review', { intent: 'method', paymentMethod: 'in_store' })
    const { data } = await guest.get(review, '/checkout/review')
    const { hidden } = data as { hidden: Record<string, string> }
    const answer = await guest.post(review, '/checkout/review', { intent: 'pay', ...hidden })
    expect(answer).toMatchObject({ status: 303, location: expect.stringMatching(/^\/orders\/HS-.+token=.+thanks=1$/) })
    const number = /HS-\w+-\w+/.exec(answer.location ?? '')?.[0] ?? ''
    const page = await guest.get(orderPage, answer.location ?? '', { number })
    expect(page.headers.get('Refresh')).toBeNull()
    expect(page.data).toMatchObject({
      order: {
        statusLabel: 'To be paid in the store',
        pickup: { isPaidThere: true, code: null },
        can: { cancel: true },
      },
    })
    // A double click: its second answer is what the shopper sees. A stranger's browser with the same form learns nothing.
    const again = await guest.post(review, '/checkout/review', { intent: 'pay', ...hidden })
    expect(again).toMatchObject({ status: 303, location: answer.location })
    const stranger = withCart((await aPickupCart()).id)
    expect((await stranger.post(review, '/checkout/review', { intent: 'pay', ...hidden })).location).toBeNull()
    expect(await db()('orders').where({ cartId: cart.id })).toHaveLength(1)
  })

  test('a form sealed for a card orders nothing once the store is chosen for paying', async () => {
    const cart = await aPickupCart()
    const guest = withCart(cart.id)
    const { hidden } = (await guest.get(review, '/checkout/review')).data as { hidden: Record<string, string> }
    await guest.post(review, '/checkout/review', { intent: 'method', paymentMethod: 'in_store' })
    const answer = await guest.post(review, '/checkout/review', { intent: 'pay', ...hidden })
    expect(answer).toMatchObject({ status: 409, data: { problem: { details: { changes: expect.any(Array) } } } })
    expect(await db()('orders').where({ cartId: cart.id })).toEqual([])
  })
})

describe('the counter', () => {
  const press = (browser: Browser, number: string, fields: Record<string, string>) =>
    browser.post(adminOrder, `/admin/orders/${number}`, fields, { params: { number } })

  test('staff of the warehouse lay it ready and hand it over; the code is nowhere on their page', async () => {
    const order = await aPickup({ paymentMethod: 'in_store' })
    const wanda = await someone('warehouse')
    expect((await press(wanda, order.number, { intent: 'ready' })).status).toBe(303)
    const code = collectionCodeFor(order.id)
    const page = await wanda.get(adminOrder, `/admin/orders/${order.number}`, { number: order.number })
    expect(page.data).toMatchObject({ may: { handOver: true, ship: false, deliver: false } })
    expect(JSON.stringify(page.data)).not.toContain(code)
    const answer = await press(wanda, order.number, { intent: 'hand_over', code, tender: 'cash' })
    expect(answer.status).toBe(303)
    expect(await statusOf(order.id)).toBe('fulfilled')
    const acts = await db()('audit_log')
      .where({ subject: `order:${order.number}` })
      .orderBy('seq')
    expect(acts.map(({ action }) => action)).toEqual(['orders:ship', 'orders:ship'])
  })

  test('guests, shoppers and staff without that permission hand out nothing', async () => {
    const order = await aPickup({ units: 2, quantity: 2, paymentMethod: 'in_store' })
    for (const browser of [
      new Browser(),
      await someone('customer'),
      await someone('support'),
      await someone('content'),
    ])
      for (const fields of [
        { intent: 'ready' },
        { intent: 'hand_over', code: collectionCodeFor(order.id), tender: 'cash' },
      ])
        expect([302, 303, 403, 404]).toContain(
          (await press(browser, order.number, fields as Record<string, string>)).status,
        )
    expect(await statusOf(order.id)).toBe('awaiting_payment')
    expect(await db()('orders').where({ id: order.id }).first()).toMatchObject({ readyAt: null, collectedAt: null })
    expect(await shelfOf(order.storeId, order.variant.id)).toEqual({ on_hand: 2, reserved: 2 })
  })

  test('codes cannot be guessed: after ten tries nobody gets another for a while, not even the right one', async () => {
    const order = await aPickup()
    const wanda = await someone('warehouse')
    await press(wanda, order.number, { intent: 'ready' })
    const bad = [
      '',
      'x'.repeat(21),
      'ＡＡＡ ＡＡＡ',
      "'; --",
      '000000',
      '{"$ne":1}',
      'ÄÖÜ',
      '%',
      '222222',
      '333333',
      '444444',
      '555555',
    ]
    const statuses = []
    for (const code of bad)
      statuses.push((await press(wanda, order.number, { intent: 'hand_over', code, tender: 'gold' })).status)
    for (const code of bad.slice(2))
      statuses.push((await press(wanda, order.number, { intent: 'hand_over', code })).status)
    expect(new Set(statuses)).toEqual(new Set([422]))
    const right = { intent: 'hand_over', code: collectionCodeFor(order.id) }
    expect((await press(wanda, order.number, right)).status).toBe(429)
    expect(await statusOf(order.id)).toBe('paid')
    expect(
      await db()('order_history').where({ orderId: order.id, message: 'A wrong collection code was typed' }),
    ).toHaveLength(10)
  })
})
