import '../../../test/stage.ts'
import { beforeEach, describe, expect, test } from 'vitest'
import { recompute } from '#app/domain/cart/explain/arithmetic.ts'
import { documentOf } from '#app/domain/cart/explain/document.ts'
import { cancelOrder } from '#app/domain/checkout/cancel.server.ts'
import { hurry, settle } from '#app/domain/checkout/complete.server.ts'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { resumePayment } from '#app/domain/checkout/resume-payment.server.ts'
import { recordSession } from '#app/domain/checkout/steps/settle-payment.server.ts'
import { findOrderByToken } from '#app/domain/orders/queries.server.ts'
import { expireSession, retrieveSession } from '#app/domain/payments/stripe.server.ts'
import { db } from '#app/lib/db.server.ts'
import { newId } from '#app/lib/ids.ts'
import { aCheckout, aFullCart, aMug, guest, openForBusiness, statusOf } from '../../../test/shopping.ts'
import { payOn, warehouse } from '../../../test/stage.ts'
import { whileHeld } from '../../../test/waiting.ts'

beforeEach(openForBusiness)

const ten = { kind: 'percent', value: 1000 }
async function aCoupon(given: object = {}): Promise<{ id: string; code: string }> {
  const row = { id: newId(), code: `CODE-${newId().slice(-8).toUpperCase()}`, currency: 'EUR', ...ten, ...given }
  await db()('coupons').insert(row)
  return row
}
const usedOf = async ({ id }: { id: string }) => (await db()('coupons').where({ id }).first('used')).used
const usesOf = async ({ id }: { id: string }) =>
  (await db()('coupon_uses').where({ couponId: id }).orderBy('id')).map(({ status }) => status)

type Things = Parameters<typeof aFullCart>[0] & { email?: string }

/** A full cart with the coupon, of a mailbox of its own unless said. */
async function aCartWith(coupon: { code: string }, { email, ...things }: Things = {}): Promise<string> {
  const { id } = await aFullCart(things)
  await db()('carts')
    .where({ id })
    .update({ couponCode: coupon.code, email: email ?? `${newId()}@example.com` })
  return id
}
async function order(cartId: string, userId: string | null = null) {
  const placed = await placeOrder(await aCheckout(cartId, userId), guest())
  const { id } = await db()('orders').where({ number: placed.number }).first('id')
  return { ...placed, id }
}
const sessionIdOf = async (orderId: string): Promise<string> =>
  (await db()('payments').where({ orderId }).orderBy('attempt').first()).providerSessionId
const aUser = async () => {
  const id = newId()
  await db()('users').insert({ id, email: `${id}@example.com`, name: 'Alice' })
  return id
}

describe('a coupon’s limit', () => {
  test('of twenty who confirm with the last use at once, exactly one has it and nobody else is charged with it', async () => {
    warehouse.sell(aMug({ available: 99 }))
    const coupon = await aCoupon({ limitTotal: 1 })
    const carts = await Promise.all(Array.from({ length: 20 }, () => aCartWith(coupon)))
    const checkouts = await Promise.all(carts.map((id) => aCheckout(id)))
    const outcomes = await Promise.allSettled(checkouts.map((checkout) => placeOrder(checkout, guest())))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'quote_changed' })
    expect(await usedOf(coupon)).toBe(1)
    expect(await usesOf(coupon)).toEqual(['claimed'])
    expect(await db()('orders').whereIn('cartId', carts)).toHaveLength(1)
  })

  test('per customer it counts the account and the mailbox, however that is typed, also at the same time', async () => {
    warehouse.sell(aMug({ available: 99 }))
    const coupon = await aCoupon({ limitPerCustomer: 1 })
    const userId = await aUser()
    const email = `${newId()}@example.com`
    await order(await aCartWith(coupon, { userId, email }), userId)
    const [local, domain] = email.split('@')
    for (const again of [email, email.toUpperCase(), `${local}+again@${domain}`]) {
      const cartId = await aCartWith(coupon, { email: again })
      const checkout = await aCheckout(cartId)
      await placeOrder(checkout, guest())
      expect(await db()('orders').where({ cartId }).first()).toMatchObject({ discountMinor: 0, coupon: null })
    }
    const twins = await Promise.all([0, 1].map(() => aCartWith(coupon, { email: 'twin@example.com' })))
    const forms = await Promise.all(twins.map((id) => aCheckout(id)))
    const both = await Promise.allSettled(forms.map((form) => placeOrder(form, guest())))
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await usedOf(coupon)).toBe(2)
  })

  test('a second try to pay, a replay and a double click are one use', async () => {
    const coupon = await aCoupon({ limitTotal: 1 })
    const checkout = await aCheckout(await aCartWith(coupon))
    const [placed] = await Promise.all([placeOrder(checkout, guest()), placeOrder(checkout, guest())])
    const { id } = await db()('orders').where({ number: placed.number }).first('id')
    await expireSession(await sessionIdOf(id))
    const { paymentUrl } = await resumePayment({ id }, guest())
    await payOn(paymentUrl ?? '', '4000000000000002')
    await payOn(paymentUrl ?? '')
    await settle({ orderId: id }, guest())
    expect(await statusOf(id)).toBe('paid')
    expect(await placeOrder(checkout, guest())).toMatchObject({ number: placed.number })
    expect(await usedOf(coupon)).toBe(1)
    expect(await usesOf(coupon)).toEqual(['claimed'])
  })

  test('a coupon that staff change between looking and confirming is not used as it was', async () => {
    const coupon = await aCoupon()
    const cartId = await aCartWith(coupon)
    const checkout = await aCheckout(cartId)
    await db()('coupons').where({ id: coupon.id }).update({ active: false, version: 2 })
    await expect(placeOrder(checkout, guest())).rejects.toMatchObject({ code: 'quote_changed' })
    expect(await db()('orders').where({ cartId })).toEqual([])
    expect(await usedOf(coupon)).toBe(0)
  })

  test('a coupon that staff change while the order is being written is not used as it was', async () => {
    const coupon = await aCoupon()
    const cartId = await aCartWith(coupon)
    const checkout = await aCheckout(cartId)
    const placing = whileHeld(['coupons', { id: coupon.id }], 1, () => placeOrder(checkout, guest()), {
      value: 1,
      version: 2,
    })
    await expect(placing).rejects.toMatchObject({ code: 'quote_changed' })
    expect(await db()('orders').where({ cartId })).toEqual([])
    expect(await usedOf(coupon)).toBe(0)
  })
})

describe('an order that dies gives its coupon back', () => {
  test('cancelled by the shopper, unpaid or paid; ended unpaid; refused for want of stock: each once', async () => {
    warehouse.sell(aMug({ available: 99 }))
    const coupon = await aCoupon({ limitTotal: 1 })
    const cancelled = await order(await aCartWith(coupon))
    for (let twice = 0; twice < 2; twice++) await cancelOrder({ orderId: cancelled.id, reason: 'No' }, guest())
    expect(await usedOf(coupon)).toBe(0)
    const paid = await order(await aCartWith(coupon))
    await payOn(paid.paymentUrl ?? '')
    await settle({ orderId: paid.id }, guest())
    expect(await usedOf(coupon)).toBe(1)
    await cancelOrder({ orderId: paid.id, reason: 'No' }, guest())
    expect(await usedOf(coupon)).toBe(0)
    const ended = await order(await aCartWith(coupon))
    await recordSession(await expireSession(await sessionIdOf(ended.id)), guest())
    expect(await statusOf(ended.id)).toBe('expired')
    const lastOne = aMug({ sku: 'LAST', available: 1 })
    const cartId = await aCartWith(coupon, { variant: lastOne, quantity: 1 })
    const checkout = await aCheckout(cartId)
    warehouse.trouble.set('reserve', ['down'])
    await placeOrder(checkout, guest()).catch(() => null)
    warehouse.sell({ ...lastOne, available: 0 })
    await expect(placeOrder(checkout, guest())).rejects.toMatchObject({ code: 'out_of_stock' })
    expect(await usesOf(coupon)).toEqual(['given_back', 'given_back', 'given_back', 'given_back'])
    expect(await usedOf(coupon)).toBe(0)
  })

  test('paid after all it counts again and is never refused, also when somebody else has the last use', async () => {
    warehouse.sell(aMug({ available: 99 }))
    const coupon = await aCoupon({ limitTotal: 1 })
    const late = await order(await aCartWith(coupon))
    const session = await retrieveSession(await sessionIdOf(late.id))
    await recordSession({ ...session, status: 'expired' }, guest())
    await hurry(late.id, guest())
    expect(await usedOf(coupon)).toBe(0)
    await order(await aCartWith(coupon))
    await payOn(late.paymentUrl ?? '')
    await settle({ orderId: late.id }, guest())
    await settle({ orderId: late.id }, guest())
    expect(await statusOf(late.id)).toBe('paid')
    expect(await db()('coupon_uses').where({ orderId: late.id }).first()).toMatchObject({
      status: 'claimed',
      beyondLimit: true,
    })
    expect(await usedOf(coupon)).toBe(1)
    await cancelOrder({ orderId: late.id, reason: 'No' }, guest())
    expect(await usedOf(coupon)).toBe(1)
  })
})

describe('the money of an order with a coupon', () => {
  test.each([
    ['ten percent', ten, 3, { subtotalMinor: 5400, discountMinor: 540, shippingMinor: 490, totalMinor: 5350 }],
    [
      'five euros',
      { kind: 'fixed', value: 500 },
      3,
      { subtotalMinor: 5400, discountMinor: 500, shippingMinor: 490, totalMinor: 5390 },
    ],
    [
      'free delivery',
      { kind: 'free_shipping', value: 0 },
      1,
      { subtotalMinor: 1800, discountMinor: 0, shippingMinor: 0, totalMinor: 1800 },
    ],
    [
      'more than the goods',
      { kind: 'fixed', value: 99_900 },
      1,
      { subtotalMinor: 1800, discountMinor: 1800, shippingMinor: 490, totalMinor: 490 },
    ],
  ])(
    '%s: the payment page asks the same sum, and the explanation comes to it',
    async (_name, given, quantity, sums) => {
      const coupon = await aCoupon(given)
      const placed = await order(await aCartWith(coupon, { quantity }))
      expect(await db()('orders').where({ id: placed.id }).first()).toMatchObject({
        ...sums,
        coupon: { code: coupon.code, kind: given.kind },
        shippingTax: { basisPoints: 2300, included: true },
      })
      expect((await retrieveSession(await sessionIdOf(placed.id))).amountMinor).toBe(sums.totalMinor)
      const seen = await findOrderByToken(placed.number, placed.token)
      const told = seen && documentOf('order', seen)
      expect(told).toMatchObject({ disagreements: [], explained: sums })
      expect(recompute(JSON.parse(JSON.stringify(told?.steps)))).toEqual([])
    },
  )

  test('that leaves less than a card can be charged is told before anything is ordered or used up; a free one needs no card', async () => {
    await db()('shipping_methods').update({ priceMinor: 0 })
    const coupon = await aCoupon({ kind: 'fixed', value: 1770 })
    const cart = await aCartWith(coupon, { quantity: 1 })
    await expect(order(cart)).rejects.toMatchObject({
      code: 'validation_failed',
      message: expect.stringContaining('€0.50'),
    })
    expect(await db()('orders').where({ cartId: cart })).toEqual([])
    expect(await usedOf(coupon)).toBe(0)
    const free = await aCoupon({ kind: 'fixed', value: 1800 })
    const placed = await order(await aCartWith(free, { quantity: 1 }))
    await db()('shipping_methods').update({ priceMinor: 490 })
    expect([placed.paymentUrl, await statusOf(placed.id)]).toEqual([null, 'paid'])
  })

  test('a coupon whose minimum is not reached takes nothing off and is not used up', async () => {
    const coupon = await aCoupon({ minimumMinor: 100_000 })
    const placed = await order(await aCartWith(coupon))
    expect(await db()('orders').where({ id: placed.id }).first()).toMatchObject({ discountMinor: 0, coupon: null })
    expect(await usesOf(coupon)).toEqual([])
  })
})
