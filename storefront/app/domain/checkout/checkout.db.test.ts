import '../../../test/stage.ts'
import { beforeEach, describe, expect, test } from 'vitest'
import { quoteCart } from '#app/domain/cart/quote.server.ts'
import { sealQuote } from '#app/domain/cart/quote-seal.server.ts'
import { freeCart } from '#app/domain/checkout/cancel.server.ts'
import { completeDueOrders, settle } from '#app/domain/checkout/complete.server.ts'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { resumePayment } from '#app/domain/checkout/resume-payment.server.ts'
import { findOrderByToken, findOrderOf, listOrdersOf } from '#app/domain/orders/queries.server.ts'
import { addSeconds } from '#app/lib/clock.ts'
import { db } from '#app/lib/db.server.ts'
import { newId, newToken } from '#app/lib/ids.ts'
import {
  aCheckout,
  aFullCart,
  aMinuteLater,
  aMug,
  aPaidOrder,
  aPlacedOrder,
  guest,
  openForBusiness,
  statusOf,
  topicsOf,
} from '../../../test/shopping.ts'
import { atProvider, payOn, providerClock, warehouse } from '../../../test/stage.ts'

beforeEach(openForBusiness)

const ordersOf = (cartId: string) => db()('orders').where({ cartId })
const cartStatus = async (id: string) => (await db()('carts').where({ id }).first()).status
const sessionIdIn = (url: string | null) => new URL(url ?? '').searchParams.get('session_id') ?? ''
const aUser = async (): Promise<string> => {
  const id = newId()
  await db()('users').insert({ id, email: `${id}@example.com`, name: 'Alice' })
  return id
}

describe('from a cart to a paid order', () => {
  test('a guest buys: the order waits for payment, then it is paid, its goods sold and its cart closed', async () => {
    const order = await aPlacedOrder({ quantity: 2 })
    expect(await statusOf(order.id)).toBe('awaiting_payment')
    expect(await cartStatus(order.cartId)).toBe('checking_out')
    expect(warehouse.variants.get('MUG-SAGE')?.available).toBe(18)

    const { status, to } = await payOn(order.paymentUrl)
    expect(status).toBe(303)
    expect(to).toContain(`/orders/${order.number}/return?session_id=cs_`)
    const settled = await settle({ sessionId: sessionIdIn(to) }, guest())

    expect(settled?.outcome).toBe('paid')
    expect(await statusOf(order.id)).toBe('paid')
    expect(await cartStatus(order.cartId)).toBe('ordered')
    expect(warehouse.holds.get(order.id)?.status).toBe('committed')
    expect(await topicsOf(order.id)).toEqual(['order.placed', 'order.paid'])
    const payment = await db()('payments').where({ orderId: order.id }).first()
    expect(payment).toMatchObject({
      status: 'succeeded',
      amountMinor: 4090,
      capturedMinor: 4090,
      cardBrand: 'visa',
      cardLast4: '4242',
    })
  })

  test('what the shopper pays is what was written down, line by line, at the provider too', async () => {
    const order = await aPlacedOrder({ quantity: 3 })
    const { providerSessionId } = await db()('payments').where({ orderId: order.id }).first()
    const session = await atProvider<{ amount_total: number; currency: string; client_reference_id: string }>(
      `checkout/sessions/${providerSessionId}`,
    )
    expect(session).toMatchObject({ amount_total: 5890, currency: 'eur', client_reference_id: order.id })
    const view = await findOrderByToken(order.number, order.token)
    expect(view).toMatchObject({ totalMinor: 5890, shippingMinor: 490, subtotalMinor: 5400 })
    expect(view?.lines).toMatchObject([{ sku: 'MUG-SAGE', quantity: 3, unitPriceMinor: 1800, lineTotalMinor: 5400 }])
  })

  test('an order that costs nothing needs no payment page', async () => {
    await db()('shipping_methods').update({ priceMinor: 0 })
    const cart = await aFullCart({ variant: aMug({ sku: 'GIFT', priceMinor: 0 }) })
    const placed = await placeOrder(await aCheckout(cart.id), guest())
    await db()('shipping_methods').update({ priceMinor: 490 })
    expect(placed.paymentUrl).toBeNull()
    const [order] = await ordersOf(cart.id)
    expect(order).toMatchObject({ status: 'paid', totalMinor: 0 })
    expect(await db()('payments').where({ orderId: order.id })).toEqual([])
    expect(await cartStatus(cart.id)).toBe('ordered')
  })

  test('the price after ordering changes nothing of the order', async () => {
    const order = await aPlacedOrder()
    warehouse.sell(aMug({ priceMinor: 9900 }))
    await payOn(order.paymentUrl)
    await settle({ orderId: order.id }, guest())
    expect(await findOrderByToken(order.number, order.token)).toMatchObject({ status: 'paid', totalMinor: 4090 })
  })
})

describe('one checkout, one order', () => {
  test('a double click places one order, and both see the same payment page', async () => {
    const cart = await aFullCart()
    const checkout = await aCheckout(cart.id)
    const placed = await Promise.all([placeOrder(checkout, guest()), placeOrder(checkout, guest())])
    expect(placed[0]).toEqual(placed[1])
    expect(await ordersOf(cart.id)).toHaveLength(1)
    expect(warehouse.variants.get('MUG-SAGE')?.available).toBe(18)
  })

  test('the same post sent again later, also after paying, is still that order', async () => {
    const cart = await aFullCart()
    const checkout = await aCheckout(cart.id)
    const first = await placeOrder(checkout, guest())
    expect(await placeOrder(checkout, guest())).toEqual(first)
    await payOn(first.paymentUrl ?? '')
    const third = await placeOrder(checkout, guest())
    expect(third).toMatchObject({ number: first.number })
    const [order] = await ordersOf(cart.id)
    await settle({ orderId: order.id }, guest())
    warehouse.sell({ ...cart.variant, priceMinor: 9900 })
    expect(await placeOrder(checkout, guest())).toMatchObject({ number: first.number })
    expect(await ordersOf(cart.id)).toHaveLength(1)
  })

  test('two tabs with two forms of one cart land on one order', async () => {
    const cart = await aFullCart()
    const [one, two] = [await aCheckout(cart.id), await aCheckout(cart.id)]
    const placed = await Promise.all([placeOrder(one, guest()), placeOrder(two, guest())])
    expect(placed[0].number).toBe(placed[1].number)
    expect(placed[0].paymentUrl).toBe(placed[1].paymentUrl)
    expect(await ordersOf(cart.id)).toHaveLength(1)
  })

  test('a second form of a cart that was paid is refused, and names the order', async () => {
    const cart = await aFullCart()
    const [one, two] = [await aCheckout(cart.id), await aCheckout(cart.id)]
    const first = await placeOrder(one, guest())
    await payOn(first.paymentUrl ?? '')
    await settle({ orderId: (await ordersOf(cart.id))[0].id }, guest())
    await expect(placeOrder(two, guest())).rejects.toMatchObject({
      code: 'conflict',
      extra: { details: { number: first.number } },
    })
  })

  test('another person’s checkout word and cart open nothing', async () => {
    const alice = await aUser()
    const bob = await aUser()
    const cart = await aFullCart({ userId: alice })
    const checkout = await aCheckout(cart.id, alice)
    await placeOrder(checkout, guest())
    await expect(placeOrder({ ...checkout, userId: bob }, guest())).rejects.toMatchObject({ code: 'not_found' })
    await expect(placeOrder({ ...checkout, userId: bob, checkoutKey: newToken() }, guest())).rejects.toMatchObject({
      code: 'not_found',
    })
    const other = await aFullCart()
    await expect(placeOrder({ ...checkout, userId: null, cartId: other.id }, guest())).rejects.toMatchObject({
      code: 'not_found',
    })
    const carol = await aUser()
    const untouched = await aFullCart({ userId: carol })
    const hers = await aCheckout(untouched.id, carol)
    await expect(placeOrder({ ...hers, userId: bob }, guest())).rejects.toMatchObject({ code: 'not_found' })
    expect(await ordersOf(untouched.id)).toEqual([])
  })
})

describe('before anything is placed', () => {
  test('a price that changed since the page was shown stops it: the shopper confirms the new total', async () => {
    const cart = await aFullCart()
    const checkout = await aCheckout(cart.id)
    warehouse.sell({ ...cart.variant, priceMinor: 2000 })
    await expect(placeOrder(checkout, guest())).rejects.toMatchObject({
      code: 'quote_changed',
      extra: { details: { newTotalMinor: 4490 } },
    })
    expect(await ordersOf(cart.id)).toEqual([])
    expect(await cartStatus(cart.id)).toBe('open')
    const again = { ...checkout, seal: sealQuote((await quoteCart(cart.id)).hash) }
    expect((await placeOrder(again, guest())).paymentUrl).toMatch(/^http/)
  })

  test('a cart without an address is not ordered', async () => {
    const cart = await aFullCart()
    await db()('carts').where({ id: cart.id }).update({ shippingAddress: null })
    await expect(placeOrder(await aCheckout(cart.id), guest())).rejects.toMatchObject({ code: 'validation_failed' })
    expect(await ordersOf(cart.id)).toEqual([])
  })

  test('when the last one is taken in that moment the shopper is told which, nothing is charged, the cart is open', async () => {
    const cart = await aFullCart({ variant: aMug({ sku: 'LAST', available: 2 }) })
    const checkout = await aCheckout(cart.id)
    const quote = warehouse.variants.get('LAST')
    // Somebody takes one after the price was looked up.
    const placing = placeOrder(checkout, guest())
    const watch = setInterval(() => {
      if (warehouse.calls.filter((call) => call === 'variants').length >= 2 && quote)
        warehouse.sell({ ...quote, available: 1 })
    }, 0)
    await expect(placing).rejects.toMatchObject({
      code: 'out_of_stock',
      extra: { details: { shortages: [{ sku: 'LAST', requested: 2, available: 1 }] } },
    })
    clearInterval(watch)
    const [order] = await ordersOf(cart.id)
    expect(order).toMatchObject({ status: 'cancelled', releasePending: false })
    expect(await cartStatus(cart.id)).toBe('open')
    expect(await topicsOf(order.id)).toEqual([])
    await expect(placeOrder(checkout, guest())).rejects.toMatchObject({ code: 'out_of_stock' })
  })

  test('of two shoppers who want the last one, exactly one gets it', async () => {
    const variant = aMug({ sku: 'ONE', available: 1 })
    const carts = [await aFullCart({ variant, quantity: 1 }), await aFullCart({ variant, quantity: 1 })]
    const checkouts = await Promise.all(carts.map((cart) => aCheckout(cart.id)))
    const results = await Promise.allSettled(checkouts.map((checkout) => placeOrder(checkout, guest())))
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'out_of_stock' } })
    expect(warehouse.variants.get('ONE')?.available).toBe(0)
  })
})

describe('when somebody does not answer', () => {
  test('an answer lost after the goods were held: the same hold is asked for again, stock is held once', async () => {
    const cart = await aFullCart()
    const checkout = await aCheckout(cart.id)
    warehouse.trouble.set('reserve', ['lost'])
    await expect(placeOrder(checkout, guest())).rejects.toMatchObject({ code: 'catalog_unavailable' })
    const again = await placeOrder(checkout, guest())
    expect(again.paymentUrl).toMatch(/^http/)
    expect(warehouse.variants.get('MUG-SAGE')?.available).toBe(18)
    expect(await ordersOf(cart.id)).toHaveLength(1)
  })

  test('stock that cannot be held for two minutes: the order is given up and the cart is open again', async () => {
    const cart = await aFullCart()
    warehouse.trouble.set('reserve', ['down', 'down', 'down'])
    await expect(placeOrder(await aCheckout(cart.id), guest())).rejects.toMatchObject({ code: 'catalog_unavailable' })
    await aMinuteLater()
    // The database's clock decides, whatever a worker takes the time to be.
    await completeDueOrders(guest(addSeconds(new Date(), 130)), 50)
    expect(await ordersOf(cart.id)).toMatchObject([{ status: 'placing' }])
    await db().raw(`UPDATE orders SET placed_at = placed_at - interval '130 seconds' WHERE cart_id = ?`, [cart.id])
    await aMinuteLater()
    await completeDueOrders(guest(addSeconds(new Date(), -3600)), 50)
    const [order] = await ordersOf(cart.id)
    expect(order.status).toBe('expired')
    expect(await cartStatus(cart.id)).toBe('open')
    expect(warehouse.holds.get(order.id)?.status).toBe('released')
  })

  test('an answer lost after the sale was booked: it is booked once, and the order is paid', async () => {
    const order = await aPlacedOrder()
    await payOn(order.paymentUrl)
    warehouse.trouble.set('commit', ['lost'])
    await settle({ orderId: order.id }, guest())
    expect(await statusOf(order.id)).toBe('payment_received')
    await aMinuteLater()
    await completeDueOrders(guest(), 50)
    expect(await statusOf(order.id)).toBe('paid')
    expect(warehouse.calls.filter((call) => call === 'commit')).toHaveLength(2)
    expect(await topicsOf(order.id)).toEqual(['order.placed', 'order.paid'])
  })
})

describe('paying again', () => {
  test('after a declined card the same page takes another one', async () => {
    const order = await aPlacedOrder()
    expect((await payOn(order.paymentUrl, '4000000000000002')).status).toBe(402)
    expect((await settle({ orderId: order.id }, guest()))?.outcome).toBe('waiting')
    expect(await statusOf(order.id)).toBe('awaiting_payment')
    const { paymentUrl } = await resumePayment(order, guest())
    expect(paymentUrl).toBe(order.paymentUrl)
    expect((await payOn(paymentUrl ?? '')).status).toBe(303)
    expect(await resumePayment(order, guest()).catch((error) => error.code)).toEqual({ paymentUrl: null })
    expect(await statusOf(order.id)).toBe('paid')
  })

  test('a page that ended early is replaced by a second one; there is still one order and one live attempt', async () => {
    const order = await aPlacedOrder()
    const { providerSessionId } = await db()('payments').where({ orderId: order.id }).first()
    await fetch(`${process.env.STRIPE_API_URL}/v1/checkout/sessions/${providerSessionId}/expire`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${process.env.STRIPE_SECRET_KEY}` },
    })
    const { paymentUrl } = await resumePayment(order, guest())
    expect(paymentUrl).not.toBe(order.paymentUrl)
    const payments = await db()('payments').where({ orderId: order.id }).orderBy('attempt')
    expect(payments.map(({ attempt, status }) => [attempt, status])).toEqual([
      [1, 'expired'],
      [2, 'open'],
    ])
    await payOn(paymentUrl ?? '')
    await settle({ orderId: order.id }, guest())
    expect(await statusOf(order.id)).toBe('paid')
  })

  test('a paid order has nothing to pay', async () => {
    const order = await aPaidOrder()
    await expect(resumePayment(order, guest())).rejects.toMatchObject({ code: 'illegal_transition' })
  })

  test('an order whose time is over cannot be paid; its things are in the cart again and for sale again', async () => {
    const order = await aPlacedOrder()
    await providerClock(32 * 60)
    const later = guest(addSeconds(new Date(), 32 * 60))
    await expect(resumePayment(order, later)).rejects.toMatchObject({ code: 'illegal_transition' })
    await providerClock(-32 * 60)
    expect(await statusOf(order.id)).toBe('expired')
    expect(await cartStatus(order.cartId)).toBe('open')
    expect(warehouse.variants.get('MUG-SAGE')?.available).toBe(20)
    expect(await topicsOf(order.id)).toEqual(['order.placed'])
  })

  test('changing a cart that is being paid for cancels that payment first', async () => {
    const order = await aPlacedOrder()
    expect(await freeCart(order.cartId, guest())).toBe(true)
    expect(await statusOf(order.id)).toBe('cancelled')
    expect(await cartStatus(order.cartId)).toBe('open')
    expect((await payOn(order.paymentUrl)).to).toBeNull()
    const paid = await aPlacedOrder()
    await payOn(paid.paymentUrl)
    expect(await freeCart(paid.cartId, guest())).toBe(false)
    expect(await statusOf(paid.id)).toBe('paid')
  })
})

describe('whose order it is', () => {
  test('a shopper sees their own orders only, by any way in', async () => {
    const [alice, bob] = [await aUser(), await aUser()]
    const order = await aPlacedOrder({ userId: alice })
    expect(await findOrderOf(alice, order.number)).toMatchObject({ number: order.number })
    expect(await findOrderOf(bob, order.number)).toBeNull()
    expect((await listOrdersOf(bob, 1)).items).toEqual([])
    expect((await listOrdersOf(alice, 1)).items).toMatchObject([{ number: order.number, itemCount: 2 }])
  })

  test('the secret link opens with its token only: not with an empty one, nor another order’s', async () => {
    const [one, two] = [await aPlacedOrder(), await aPlacedOrder()]
    expect(await findOrderByToken(one.number, one.token)).toMatchObject({ number: one.number })
    for (const token of ['', two.token, one.token.slice(1)])
      expect(await findOrderByToken(one.number, token)).toBeNull()
    expect(await findOrderByToken('HS-0000-0000', one.token)).toBeNull()
  })

  test('orders refused for want of stock are not in the history', async () => {
    const alice = await aUser()
    const variant = aMug({ sku: 'GONE', available: 2 })
    const cart = await aFullCart({ variant, userId: alice })
    const checkout = await aCheckout(cart.id, alice)
    warehouse.trouble.set('reserve', ['down'])
    await placeOrder(checkout, guest()).catch(() => null)
    warehouse.sell({ ...variant, available: 0 })
    await expect(placeOrder(checkout, guest())).rejects.toMatchObject({ code: 'out_of_stock' })
    expect((await listOrdersOf(alice, 1)).total).toBe(0)
  })
})
