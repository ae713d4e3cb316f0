import '../../../test/stage.ts'
import { beforeEach, describe, expect, test } from 'vitest'
import { sealQuote } from '#app/domain/cart/quote-seal.server.ts'
import { env } from '#app/env.server.ts'
import { sign } from '#app/http/cookies.server.ts'
import { db } from '#app/lib/db.server.ts'
import { newId } from '#app/lib/ids.ts'
import * as cartPage from '#app/routes/cart/cart.tsx'
import * as discountPage from '#app/routes/cart/discount.tsx'
import * as cartTotal from '#app/routes/cart/total.ts'
import * as orderTotal from '#app/routes/checkout/order-total.ts'
import * as review from '#app/routes/checkout/review.tsx'
import { Browser } from '../../../test/browser.ts'
import { aFullCart, aMug, aPlacedOrder, openForBusiness } from '../../../test/shopping.ts'
import { warehouse } from '../../../test/stage.ts'

beforeEach(async () => {
  await openForBusiness()
  await db()('shipping_methods').where({ code: 'standard' }).update({ priceMinor: 490, maxGrams: null })
  await db()('tax_rates').where({ country: 'IE' }).update({ rateBasisPoints: 2300 })
})

async function aCoupon(given: object = {}): Promise<string> {
  const code = `CODE-${newId().slice(-8).toUpperCase()}`
  await db()('coupons').insert({ id: newId(), code, currency: 'EUR', kind: 'percent', value: 1000, ...given })
  return code
}

/** A guest's browser with a full cart of two mugs at €18, by default with a coupon of ten percent. */
async function aShopper(given: object = {}) {
  const browser = new Browser(`198.51.100.${Math.floor(Math.random() * 250)}`)
  const cart = await aFullCart()
  const couponCode = await aCoupon()
  await db()('carts')
    .where({ id: cart.id })
    .update({ couponCode, ...given })
  browser.cookies.set('hs_cart', sign('cart', cart.id))
  return { browser, cartId: cart.id, couponCode }
}

type Form = { seal: string; seen: string; checkoutKey: string }
const look = async (browser: Browser): Promise<Form> => {
  const answer = await browser.get(review, '/checkout/review')
  expect(answer.status).toBe(200)
  return (answer.data as { hidden: Form }).hidden
}
const pay = (browser: Browser, form: Form) => browser.post(review, '/checkout/review', { ...form, intent: 'pay' })
type Refusal = { problem: { code: string; message: string; details: { changes: { what: string }[] } } }

/** Pays with a form and expects the page with old beside new, and no order. */
async function expectRefused(shopper: { browser: Browser; cartId: string }, form: Form) {
  const answer = await pay(shopper.browser, form)
  const { problem } = answer.data as Refusal
  expect([answer.status, problem.code]).toEqual([409, 'quote_changed'])
  expect(await db()('orders').where({ cartId: shopper.cartId })).toEqual([])
  expect(await db()('carts').where({ id: shopper.cartId }).first()).toMatchObject({ status: 'open' })
  return problem.details.changes
}

const cartSet = (cartId: string, columns: object) => db()('carts').where({ id: cartId }).update(columns)
const patchAddress = (line1: string) => db().raw(`shipping_address || jsonb_build_object('line1', ?::text)`, [line1])

describe('the sealed total', () => {
  test('nothing changed: it is charged, to the cent what was confirmed', async () => {
    const { browser, cartId } = await aShopper()
    expect((await pay(browser, await look(browser))).location).toMatch(/^http/)
    const [order] = await db()('orders').where({ cartId })
    expect(order).toMatchObject({ subtotalMinor: 3600, discountMinor: 360, totalMinor: 3730 })
    expect(await db()('payments').where({ orderId: order.id })).toMatchObject([{ amountMinor: 3730 }])
  })

  const changes: [string, string, (shopper: Awaited<ReturnType<typeof aShopper>>) => unknown, object][] = [
    [
      'the price',
      'Stoneware mug',
      () => warehouse.sell({ ...(warehouse.variants.get('MUG-SAGE') ?? aMug()), priceMinor: 1900 }),
      { before: '2 × €18.00 − €3.60', after: '2 × €19.00 − €3.80' },
    ],
    [
      'the quantity',
      'Stoneware mug',
      ({ cartId }) => db()('cart_items').where({ cartId }).update({ quantity: 3 }),
      { before: '2 × €18.00 − €3.60', after: '3 × €18.00 − €5.40' },
    ],
    [
      'the tax',
      'VAT 23%, included',
      () => db()('tax_rates').where({ country: 'IE' }).update({ rateBasisPoints: 1350 }),
      { before: '€6.98', after: '–' },
    ],
    [
      'the price of delivery',
      'Delivery',
      () => db()('shipping_methods').where({ code: 'standard' }).update({ priceMinor: 590 }),
      { before: '€4.90', after: '€5.90' },
    ],
    [
      'the coupon',
      'Coupon',
      ({ couponCode }) => db()('coupons').where({ code: couponCode }).update({ active: false, version: 2 }),
      { before: expect.stringMatching(/: 10% off$/), after: 'none' },
    ],
    [
      'the worth of the coupon',
      'Discount',
      ({ couponCode }) => db()('coupons').where({ code: couponCode }).update({ value: 500, version: 2 }),
      { before: '€3.60', after: '€1.80' },
    ],
    [
      'the address',
      'Delivery address',
      ({ cartId }) => cartSet(cartId, { shippingAddress: patchAddress('9 Elsewhere') }),
      { before: expect.stringMatching(/1 Quay Street/), after: expect.stringMatching(/9 Elsewhere/) },
    ],
    [
      'the e-mail address',
      'Contact',
      ({ cartId }) => cartSet(cartId, { email: 'other@example.com' }),
      { before: 'alice@example.com', after: 'other@example.com' },
    ],
  ]
  test.each(changes)(
    '%s changed since: nothing is charged, “%s” stands old beside new',
    async (_name, what, change, row) => {
      const shopper = await aShopper()
      const form = await look(shopper.browser)
      await change(shopper)
      const told = await expectRefused(shopper, form)
      expect(told).toContainEqual({ what, ...row })
      expect(told.at(-1)?.what).toBe('Total')
    },
  )

  test('a forged, altered, foreign or missing seal is refused, and nothing of it is shown as seen', async () => {
    const shopper = await aShopper()
    const form = await look(shopper.browser)
    const other = await look((await aShopper()).browser)
    const digest = form.seal.split('.')[1] ?? ''
    const forged = [
      '',
      digest,
      `v1.${digest}.${'A'.repeat(43)}`,
      form.seal.replace(/\.[0-9a-f]/, (start) => (start === '.0' ? '.1' : '.0')),
      form.seal.replace('v1.', 'v2.'),
      form.seal.slice(0, -1),
      `${form.seal}\n`,
      'x'.repeat(5000),
    ]
    for (const seal of forged) {
      const told = await expectRefused(shopper, { ...form, seal })
      expect(told, seal).toEqual([{ what: 'Total', before: 'not known', after: '€37.30' }])
    }
    expect(await expectRefused(shopper, other)).not.toEqual([])
    const altered = form.seen.replace('€37.30', '€0.01')
    for (const seen of [altered, '', 'no json'])
      expect(await expectRefused(shopper, { ...form, seen })).toEqual([
        { what: 'Total', before: 'not known', after: '€37.30' },
      ])
  })

  test('a seal of before the secret was changed still holds; one by an unknown secret does not', async () => {
    const shopper = await aShopper()
    const form = await look(shopper.browser)
    const [current = ''] = env().SESSION_SECRET
    const stranger = 'another-session-secret-0123456789-abcdefgh'
    env().SESSION_SECRET = [stranger]
    const byStranger = sealQuote(form.seal.split('.')[1] ?? '', form.seen)
    env().SESSION_SECRET = [current]
    await expectRefused(shopper, { ...form, seal: byStranger })
    env().SESSION_SECRET = [stranger, current]
    // the cookies were signed by the old one too
    expect((await pay(shopper.browser, form)).location).toMatch(/^http/)
    env().SESSION_SECRET = [current]
  })
})

type CartAnswer = {
  estimate: { couponCode: string | null; couponProblem: string | null; sums: { totalMinor: number } | null }
}
const cartOf = async (browser: Browser) => ((await browser.get(cartPage, '/cart')).data as CartAnswer).estimate
const typeCode = (browser: Browser, coupon: string) => browser.post(cartPage, '/cart', { intent: 'coupon', coupon })

describe('a code in the cart', () => {
  test('is typed in any letters, takes effect, and is taken off again', async () => {
    const { browser } = await aShopper({ couponCode: null })
    const code = await aCoupon()
    expect((await typeCode(browser, ` ${code.toLowerCase()} `)).status).toBe(303)
    expect(await cartOf(browser)).toMatchObject({ couponCode: code, couponProblem: null, sums: { discountMinor: 360 } })
    expect((await browser.post(cartPage, '/cart', { intent: 'uncoupon' })).status).toBe(303)
    expect(await cartOf(browser)).toMatchObject({ couponCode: null, sums: { discountMinor: 0 } })
  })

  test('waits for its minimum and says how far off it is; at checkout too', async () => {
    const { browser } = await aShopper({ couponCode: null })
    const code = await aCoupon({ minimumMinor: 4000 })
    expect((await typeCode(browser, code)).status).toBe(303)
    const words = `${code} needs goods for €40.00: spend €4.00 more.`
    expect(await cartOf(browser)).toMatchObject({ couponCode: code, couponProblem: words, sums: { discountMinor: 0 } })
    const { data } = await browser.get(review, '/checkout/review')
    expect(data).toMatchObject({ quote: { couponProblem: words, discountMinor: 0 } })
    await browser.post(cartPage, '/cart', { intent: 'set', sku: 'MUG-SAGE', quantity: '3' })
    expect(await cartOf(browser)).toMatchObject({ couponProblem: null, sums: { discountMinor: 540 } })
  })

  test('that can never apply is refused beside the field, with what was typed kept', async () => {
    const { browser } = await aShopper({ couponCode: null })
    const past = await aCoupon({ endsAt: new Date('2020-01-01T00:00:00Z') })
    const soon = await aCoupon({ startsAt: new Date('2099-01-01T00:00:00Z') })
    const gone = await aCoupon({ limitTotal: 1, used: 1 })
    const wrong = ['', 'x'.repeat(41), 'NO-SUCH-CODE', '%', "' OR 1=1", '💥', past, soon, gone]
    for (const coupon of wrong) {
      const answer = await typeCode(browser, coupon)
      expect(answer.status, coupon).toBe(422)
      expect(answer.data).toMatchObject({ problem: { fields: { coupon: [expect.any(String)] }, values: { coupon } } })
    }
    expect(await cartOf(browser)).toMatchObject({ couponCode: null })
  })

  test('cannot be found by trying: after thirty tries the network has to wait', async () => {
    const browser = new Browser('192.0.2.77')
    for (let tries = 0; tries < 30; tries++) expect((await typeCode(browser, `GUESS-${tries}`)).status).toBe(422)
    const answer = await typeCode(browser, await aCoupon())
    expect(answer.status).toBe(429)
    expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(0)
  })

  test('comes by a link: looking changes nothing, the button opens a cart with it', async () => {
    const browser = new Browser('192.0.2.78')
    const code = await aCoupon()
    const seen = await browser.get(discountPage, `/discount/${code}`, { code: code.toLowerCase() })
    expect(seen.data).toMatchObject({ code, label: '10% off', closed: null })
    expect(browser.cookies.has('hs_cart')).toBe(false)
    expect((await typeCode(browser, code)).status).toBe(303)
    expect(browser.cookies.has('hs_cart')).toBe(true)
    expect(await cartOf(browser)).toMatchObject({ couponCode: code, sums: null })
    expect((await browser.get(discountPage, '/discount/NOPE', { code: 'NOPE' })).status).toBe(404)
  })

  test('a parcel too heavy for its way of delivery goes back to choosing', async () => {
    const { browser } = await aShopper()
    await db()('shipping_methods').where({ code: 'standard' }).update({ maxGrams: 500 })
    expect(await browser.get(review, '/checkout/review')).toMatchObject({ status: 302, location: '/checkout/delivery' })
  })
})

describe('the arithmetic as a file', () => {
  test('of the cart, and of an order for whoever may see it; a stranger gets nothing', async () => {
    const { browser } = await aShopper()
    const file = await browser.get(cartTotal, '/cart/total.json')
    expect([file.status, file.headers.get('Content-Disposition')]).toEqual([
      200,
      'attachment; filename="highstreet-cart-total.json"',
    ])
    const placed = await aPlacedOrder()
    const params = { number: placed.number }
    const url = `/orders/${placed.number}/total.json`
    const own = await browser.get(orderTotal, `${url}?token=${placed.token}`, params)
    expect([own.status, own.headers.get('Cache-Control')]).toEqual([200, 'private, no-store'])
    for (const token of ['', '?token=', `?token=${'A'.repeat(43)}`])
      expect((await browser.get(orderTotal, url + token, params)).status).toBe(404)
    expect((await new Browser().get(cartTotal, '/cart/total.json')).status).toBe(404)
  })
})
