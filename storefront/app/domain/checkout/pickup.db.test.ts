import '../../../test/real-catalogue.ts'
import { beforeEach, describe, expect, test } from 'vitest'
import { setPaymentMethod, setPickup } from '#app/domain/cart/pickup.server.ts'
import { quoteCart } from '#app/domain/cart/quote.server.ts'
import { cancelOrder } from '#app/domain/checkout/cancel.server.ts'
import { completeDueOrders } from '#app/domain/checkout/complete.server.ts'
import { handOver } from '#app/domain/checkout/hand-over.server.ts'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { refundOrder } from '#app/domain/checkout/refund.server.ts'
import { resumePayment } from '#app/domain/checkout/resume-payment.server.ts'
import { closeSuperfluousPages } from '#app/domain/checkout/sweep.server.ts'
import { collectionCodeFor } from '#app/domain/orders/collection-code.server.ts'
import { readyForPickup } from '#app/domain/orders/pickup.server.ts'
import { findOrderByToken } from '#app/domain/orders/queries.server.ts'
import { shipOrder } from '#app/domain/orders/ship.server.ts'
import { listOrdersForStaff } from '#app/domain/orders/staff-queries.server.ts'
import { findPickup } from '#app/domain/pickup/find-pickup.server.ts'
import { addSeconds } from '#app/lib/clock.ts'
import { db } from '#app/lib/db.server.ts'
import { armFailpoint, Killed } from '#app/lib/failpoints.ts'
import { newId } from '#app/lib/ids.ts'
import { aPickup, aPickupCart, aShop, onShelf, shelfOf, theWarehouse } from '../../../test/pickup.ts'
import { inCatalogue } from '../../../test/real-catalogue.ts'
import {
  aCheckout,
  aFullCart,
  aMinuteLater,
  guest,
  openForBusiness,
  statusOf,
  topicsOf,
} from '../../../test/shopping.ts'
import { payOn } from '../../../test/stage.ts'

beforeEach(openForBusiness)

const hour = 3600
const staff = (at = new Date()) => ({ actor: 'staff:test', at })
const orderRow = (id: string) => db()('orders').where({ id }).first()
const paymentsOf = (orderId: string) => db()('payments').where({ orderId }).orderBy('attempt')
const cartStatus = async (id: string) => (await db()('carts').where({ id }).first()).status
const parcelsAtCatalogue = (orderId: string) =>
  inCatalogue('SELECT carrier, status FROM fulfillments WHERE order_ref = $1', [orderId])

/** Laid ready, and handed over against the right code. */
async function collect(order: { id: string }, tender: 'cash' | 'card' | null = null) {
  await readyForPickup({ orderId: order.id }, staff())
  return handOver({ orderId: order.id, code: collectionCodeFor(order.id), tender }, staff())
}

async function theCompleterRuns(): Promise<void> {
  for (let round = 0; round < 3; round++) {
    await aMinuteLater()
    await completeDueOrders(guest(), 100)
  }
}

describe('picked up and paid by card', () => {
  test('held in that store alone, paid, laid ready with a code, handed over: sold there, and no parcel is announced', async () => {
    const order = await aPickup({ units: 5, quantity: 2 })
    expect(await orderRow(order.id)).toMatchObject({ status: 'paid', shippingMinor: 0, totalMinor: 3600 })
    expect(await shelfOf(order.storeId, order.variant.id)).toEqual({ on_hand: 3, reserved: 0 })
    const before = await findOrderByToken(order.number, order.token)
    expect(before).toMatchObject({ pickup: { code: null, isPaidThere: false }, statusLabel: 'Paid' })
    expect(before?.shippingAddress).toMatchObject({ fullName: 'Alice Archer', city: 'Cork', country: 'IE' })

    await readyForPickup({ orderId: order.id }, staff())
    await readyForPickup({ orderId: order.id }, staff())
    const code = collectionCodeFor(order.id)
    expect(code).toMatch(/^[2-9A-HJ-NP-TV-Z]{3} [2-9A-HJ-NP-TV-Z]{3}$/)
    expect(await findOrderByToken(order.number, order.token)).toMatchObject({
      pickup: { code },
      statusLabel: 'Ready for pickup',
    })
    const mail = await db()('outbox')
      .where({ dedupeKey: `order.ready_for_pickup:${order.id}` })
      .first()
    expect(mail.payload).toMatchObject({ code, store: { city: 'Cork' }, order: { fulfilment: 'pickup' } })
    const { collectBy, readyAt } = await orderRow(order.id)
    expect((collectBy - readyAt) / 1000).toBe(7 * 24 * hour)

    expect(
      await handOver({ orderId: order.id, code: code.toLowerCase().replace(' ', '-'), tender: null }, staff()),
    ).toEqual({
      status: 'fulfilled',
    })
    expect(await findOrderByToken(order.number, order.token)).toMatchObject({
      statusLabel: 'Collected',
      pickup: { code: null },
      parcels: [],
      can: { cancel: false, pay: false },
    })
    expect(await parcelsAtCatalogue(order.id)).toEqual([{ carrier: 'pickup', status: 'delivered' }])
    expect(await topicsOf(order.id)).toEqual([
      'order.placed',
      'order.paid',
      'order.ready_for_pickup',
      'order.delivered',
    ])
  })

  test('only a store that hands out orders and has everything can be chosen', async () => {
    const shop = await aShop()
    const variant = await onShelf(shop, 1)
    const cart = await aFullCart({ variant, quantity: 2 })
    const owner = { userId: null, cartId: cart.id, name: 'Alice', billingAddress: null }
    const others = [await aShop({ services: [] }), await aShop({ status: 'closed' })]
    for (const storeId of [shop, await theWarehouse(), ...others, newId(), 'nowhere', ''])
      await expect(setPickup({ ...owner, storeId }, guest())).rejects.toMatchObject({
        code: 'validation_failed',
        extra: { fields: { storeId: [expect.any(String)] } },
      })
    expect(await db()('carts').where({ id: cart.id }).first()).toMatchObject({ fulfilment: 'delivery', version: 1 })
    const found = await findPickup(shop, [{ sku: variant.sku, quantity: 2 }])
    expect(found).toMatchObject({ complete: false, lines: [{ available: 1 }] })
  })

  test('what somebody else took from that shelf meanwhile stops the order before anything is charged', async () => {
    const cart = await aPickupCart({ units: 2, quantity: 2 })
    const checkout = await aCheckout(cart.id)
    await aPickupCart({ quantity: 1 }, cart).then(async ({ id }) => placeOrder(await aCheckout(id), guest()))
    await expect(placeOrder(checkout, guest())).rejects.toMatchObject({ code: 'shipping_unavailable' })
    expect(await quoteCart(cart.id)).toMatchObject({
      pickupProblem: expect.stringContaining('no longer has everything'),
    })
    expect(await db()('orders').where({ cartId: cart.id })).toEqual([])
    expect(await cartStatus(cart.id)).toBe('open')
  })

  test('of two shoppers who want the last one in that store, one gets it, and it is not taken from elsewhere', async () => {
    const first = await aPickupCart({ units: 1, quantity: 1, paymentMethod: 'in_store' })
    const second = await aPickupCart({ quantity: 1 }, first)
    const checkouts = await Promise.all([first, second].map(({ id }) => aCheckout(id)))
    const results = await Promise.allSettled(checkouts.map((checkout) => placeOrder(checkout, guest())))
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await shelfOf(first.storeId, first.variant.id)).toEqual({ on_hand: 1, reserved: 1 })
    const elsewhere = await inCatalogue('SELECT reserved FROM inventory WHERE variant_id = $1 AND store_id <> $2', [
      first.variant.id,
      first.storeId,
    ])
    expect(elsewhere).toEqual([{ reserved: 0 }])
  })

  test('cancelled after it lay ready: the money goes back, the goods to that shelf, and the code opens nothing', async () => {
    const order = await aPickup({ units: 5, quantity: 2 })
    await readyForPickup({ orderId: order.id }, staff())
    expect(await cancelOrder({ orderId: order.id, reason: 'Too late' }, guest())).toEqual({ status: 'refunded' })
    expect(await shelfOf(order.storeId, order.variant.id)).toEqual({ on_hand: 5, reserved: 0 })
    await expect(
      handOver({ orderId: order.id, code: collectionCodeFor(order.id), tender: null }, staff()),
    ).rejects.toMatchObject({ code: 'illegal_transition' })
  })

  test('a pickup is never sent as a parcel, and nobody hands over what is not ready', async () => {
    const order = await aPickup()
    const nothing = { carrier: null, trackingNumber: null, trackingUrl: null }
    await expect(shipOrder({ orderId: order.id, ...nothing }, staff())).rejects.toMatchObject({
      code: 'illegal_transition',
    })
    await expect(
      handOver({ orderId: order.id, code: collectionCodeFor(order.id), tender: null }, staff()),
    ).rejects.toMatchObject({ code: 'illegal_transition' })
    expect((await listOrdersForStaff({ pickup: 'to_prepare', page: 1 })).items.map(({ number }) => number)).toContain(
      order.number,
    )
    await readyForPickup({ orderId: order.id }, staff())
    const week = addSeconds(new Date(), 8 * 24 * hour)
    const late = await listOrdersForStaff({ pickup: 'not_collected', page: 1 }, week)
    expect(late.items.map(({ number }) => number)).toContain(order.number)
    expect(await statusOf(order.id)).toBe('paid')
  })
})

describe('paid in the store', () => {
  test('held for two days without a page; two people press “handed over” at once and it is paid and collected once', async () => {
    const order = await aPickup({ units: 5, quantity: 2, paymentMethod: 'in_store' })
    expect(order.paymentUrl).toBeNull()
    const row = await orderRow(order.id)
    expect(row).toMatchObject({ status: 'awaiting_payment', paymentMethod: 'in_store' })
    expect((row.collectBy - row.placedAt) / 1000).toBe(48 * hour - 15 * 60)
    const [hold] = await inCatalogue<{ left: number }>(
      'SELECT extract(epoch FROM expires_at - now())::float8 / 3600 AS left FROM reservations WHERE ref = $1',
      [order.id],
    )
    expect(hold?.left).toBeGreaterThan(47.9)
    expect(await cartStatus(order.cartId)).toBe('ordered')
    expect(await paymentsOf(order.id)).toEqual([])
    const placed = await db()('outbox')
      .where({ dedupeKey: `order.placed:${order.id}` })
      .first()
    expect(placed.payload.order).toMatchObject({ paymentMethod: 'in_store', holdUntil: row.collectBy.toISOString() })

    await readyForPickup({ orderId: order.id }, staff())
    const code = collectionCodeFor(order.id)
    const press = (typed: string, tender: 'cash' | 'card' | null) =>
      handOver({ orderId: order.id, code: typed, tender }, staff())
    for (const wrong of ['', 'AAA AAA', collectionCodeFor(newId()), code.slice(0, 5)])
      await expect(press(wrong, 'cash')).rejects.toMatchObject({ extra: { fields: { code: [expect.any(String)] } } })
    await expect(press(code, null)).rejects.toMatchObject({ extra: { fields: { tender: [expect.any(String)] } } })
    expect(await statusOf(order.id)).toBe('awaiting_payment')

    const pressed = await Promise.all([press(code, 'cash'), press(code, 'card')])
    expect(pressed).toEqual([{ status: 'fulfilled' }, { status: 'fulfilled' }])
    expect(await paymentsOf(order.id)).toMatchObject([
      { provider: 'in_store', status: 'succeeded', amountMinor: 3600, capturedMinor: 3600 },
    ])
    expect(await parcelsAtCatalogue(order.id)).toHaveLength(1)
    expect(await shelfOf(order.storeId, order.variant.id)).toEqual({ on_hand: 3, reserved: 0 })
    expect(await topicsOf(order.id)).toEqual([
      'order.placed',
      'order.ready_for_pickup',
      'order.paid',
      'order.delivered',
    ])
  })

  test('money taken at the counter is given back there: at once, written down, never asked of the card company', async () => {
    const order = await aPickup({ paymentMethod: 'in_store' })
    await collect(order, 'cash')
    const part = await refundOrder({ orderId: order.id, amountMinor: 600, reason: 'Scratch' }, staff())
    expect(part).toMatchObject({ status: 'succeeded', providerRefundId: null })
    await refundOrder({ orderId: order.id, amountMinor: 'rest', reason: 'Came back' }, staff())
    expect(await statusOf(order.id)).toBe('refunded')
    expect(await paymentsOf(order.id)).toMatchObject([{ capturedMinor: 3600, refundedMinor: 3600 }])
    const told = await db()('outbox').where('dedupeKey', 'like', `order.refunded:${order.id}%`)
    expect(told.map(({ payload }) => payload.paidBack)).toEqual(['in_store', 'in_store'])
  })

  test('nobody comes: it ends with its time, the goods are back on that shelf, and the counter hands out nothing', async () => {
    const order = await aPickup({ units: 3, quantity: 3, paymentMethod: 'in_store' })
    await readyForPickup({ orderId: order.id }, staff())
    const hoursPass = (hours: number) =>
      db().raw('UPDATE orders SET collect_by = collect_by - make_interval(hours => ?) WHERE id = ?', [hours, order.id])
    await hoursPass(47)
    await theCompleterRuns()
    expect(await statusOf(order.id)).toBe('awaiting_payment')
    await hoursPass(1)
    await theCompleterRuns()
    expect(await orderRow(order.id)).toMatchObject({ status: 'expired', releasePending: false })
    expect(await shelfOf(order.storeId, order.variant.id)).toEqual({ on_hand: 3, reserved: 0 })
    expect(await cartStatus(order.cartId)).toBe('ordered')
    await expect(collect(order, 'cash')).rejects.toMatchObject({ code: 'illegal_transition' })
    expect(await paymentsOf(order.id)).toEqual([])
  })

  test('the shopper cancels: nothing was charged, the goods are free', async () => {
    const order = await aPickup({ units: 3, quantity: 3, paymentMethod: 'in_store' })
    expect(await cancelOrder({ orderId: order.id, reason: 'Changed my mind' }, guest())).toEqual({
      status: 'cancelled',
    })
    expect(await shelfOf(order.storeId, order.variant.id)).toEqual({ on_hand: 3, reserved: 0 })
    expect(await topicsOf(order.id)).toEqual(['order.placed', 'order.cancelled'])
  })

  test('paid by card after all: handed over without taking money; a page left unpaid changes nothing', async () => {
    const order = await aPickup({ paymentMethod: 'in_store' })
    const { paymentUrl } = await resumePayment(order, guest())
    await payOn(paymentUrl ?? '')
    expect(await resumePayment(order, guest())).toEqual({ paymentUrl: null })
    await expect(collect(order, 'cash')).rejects.toMatchObject({ code: 'conflict' })
    expect(await collect(order)).toEqual({ status: 'fulfilled' })
    expect(await paymentsOf(order.id)).toMatchObject([{ provider: 'stripe', status: 'succeeded' }])

    const other = await aPickup({ paymentMethod: 'in_store' })
    await resumePayment(other, guest())
    const [{ providerSessionId }] = await paymentsOf(other.id)
    await fetch(`${process.env.STRIPE_API_URL}/v1/checkout/sessions/${providerSessionId}/expire`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${process.env.STRIPE_SECRET_KEY}` },
    })
    await theCompleterRuns()
    expect(await statusOf(other.id)).toBe('awaiting_payment')
    await resumePayment(other, guest())
    expect(await collect(other, 'card')).toEqual({ status: 'fulfilled' })
    await closeSuperfluousPages(guest())
    expect((await paymentsOf(other.id)).map(({ provider, status }) => [provider, status])).toEqual([
      ['stripe', 'expired'],
      ['stripe', 'expired'],
      ['in_store', 'succeeded'],
    ])
  })

  test.each(['after_handed_over', 'before_commit', 'after_commit', 'after_parcel_row', 'after_parcel_told'] as const)(
    'killed %s: paid once, sold once, collected',
    async (name) => {
      const order = await aPickup({ units: 4, quantity: 2, paymentMethod: 'in_store' })
      await readyForPickup({ orderId: order.id }, staff())
      armFailpoint(name)
      const press = () => handOver({ orderId: order.id, code: collectionCodeFor(order.id), tender: 'cash' }, staff())
      await expect(press()).rejects.toThrow(Killed)
      await theCompleterRuns()
      expect(await press()).toEqual({ status: 'fulfilled' })
      expect(await paymentsOf(order.id)).toHaveLength(1)
      expect(await shelfOf(order.storeId, order.variant.id)).toEqual({ on_hand: 2, reserved: 0 })
      expect(await parcelsAtCatalogue(order.id)).toEqual([{ carrier: 'pickup', status: 'delivered' }])
      expect((await topicsOf(order.id)).filter((topic) => topic === 'order.paid')).toHaveLength(1)
    },
  )
})

describe('what may be held unpaid', () => {
  test('three orders of one person at a time, also when two are placed at once; by card a fourth goes through', async () => {
    const email = `${newId()}@example.com`
    const given = { email, quantity: 1, paymentMethod: 'in_store' } as const
    for (let count = 0; count < 2; count++) await aPickup(given)
    const carts = [await aPickupCart(given), await aPickupCart(given)]
    const checkouts = await Promise.all(carts.map(({ id }) => aCheckout(id)))
    const results = await Promise.allSettled(checkouts.map((checkout) => placeOrder(checkout, guest())))
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: {
        code: 'validation_failed',
        extra: { fields: { paymentMethod: [expect.stringContaining('3 orders')] } },
      },
    })
    expect(await aPickup({ email, quantity: 1 })).toMatchObject({ paymentUrl: expect.any(String) })
  })

  test('no more than twenty pieces, and only where the store opens in time', async () => {
    const many = await aPickupCart({ units: 30, quantity: 21, paymentMethod: 'in_store' })
    await expect(placeOrder(await aCheckout(many.id), guest())).rejects.toMatchObject({ code: 'validation_failed' })
    const storeId = await aShop({ closedDays: true })
    const closed = await aPickupCart({ paymentMethod: 'in_store' }, { storeId, variant: await onShelf(storeId, 5) })
    await expect(placeOrder(await aCheckout(closed.id), guest())).rejects.toMatchObject({ code: 'validation_failed' })
    expect(await db()('orders').whereIn('cartId', [many.id, closed.id])).toEqual([])
  })

  test('a delivery is never paid in a store: not by the form, not in the tables', async () => {
    const variant = await onShelf(await aShop(), 1)
    const cart = await aFullCart({ variant, quantity: 1 })
    const owner = { userId: null, cartId: cart.id }
    await expect(setPaymentMethod({ ...owner, paymentMethod: 'in_store' }, guest())).rejects.toMatchObject({
      extra: { fields: { paymentMethod: [expect.any(String)] } },
    })
    await expect(db()('carts').where({ id: cart.id }).update({ paymentMethod: 'in_store' })).rejects.toThrow(
      'carts_paid_in_store_only_at_pickup',
    )
  })
})
