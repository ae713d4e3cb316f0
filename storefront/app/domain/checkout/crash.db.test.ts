import '../../../test/stage.ts'
import { beforeEach, describe, expect, test } from 'vitest'
import { cancelOrder } from '#app/domain/checkout/cancel.server.ts'
import { completeDueOrders, settle } from '#app/domain/checkout/complete.server.ts'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { refundOrder } from '#app/domain/checkout/refund.server.ts'
import { refundDue, sweep } from '#app/domain/checkout/sweep.server.ts'
import { shipOrder } from '#app/domain/orders/ship.server.ts'
import { db } from '#app/lib/db.server.ts'
import { armFailpoint, type Failpoint, Killed } from '#app/lib/failpoints.ts'
import {
  aCheckout,
  aFullCart,
  aMinuteLater,
  aPaidOrder,
  aPlacedOrder,
  guest,
  openForBusiness,
  statusOf,
  topicsOf,
} from '../../../test/shopping.ts'
import { atProvider, payOn, warehouse } from '../../../test/stage.ts'

beforeEach(openForBusiness)

/** The completer of another process, a minute after the crash. */
async function theCompleterRuns(): Promise<void> {
  for (let round = 0; round < 4; round++) {
    await aMinuteLater()
    await completeDueOrders(guest(), 100)
    await refundDue(guest())
  }
  await sweep(guest())
}
const killedAt = (name: Failpoint, work: Promise<unknown>) => expect(work, name).rejects.toThrow(Killed)
const sessionsOf = async (orderId: string) => {
  const { data } = await atProvider<{ data: { client_reference_id: string; status: string }[] }>(
    'checkout/sessions?limit=100',
  )
  return data.filter((session) => session.client_reference_id === orderId)
}
const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0)

describe('killed while placing', () => {
  test.each([
    'before_reserve',
    'reserve_under_way',
    'after_reserve',
    'hold_written',
    'before_session',
    'session_under_way',
    'after_session',
    'page_written',
  ] as const)('%s: the completer brings the order to its payment page, goods held once, one page', async (name) => {
    const cart = await aFullCart()
    const checkout = await aCheckout(cart.id)
    armFailpoint(name)
    await killedAt(name, placeOrder(checkout, guest()))
    await theCompleterRuns()
    const [order] = await db()('orders').where({ cartId: cart.id })
    expect(order.status).toBe('awaiting_payment')
    expect(warehouse.variants.get('MUG-SAGE')?.available).toBe(18)
    expect(await sessionsOf(order.id)).toHaveLength(1)
    expect(await topicsOf(order.id)).toEqual(['order.placed'])
    const placed = await placeOrder(checkout, guest())
    expect(placed.number).toBe(order.number)
    expect((await payOn(placed.paymentUrl ?? '')).status).toBe(303)
  })
})

describe('killed after the shopper paid', () => {
  test.each([
    'before_payment_is_recorded',
    'payment_written',
    'after_payment_is_recorded',
    'before_commit',
    'commit_under_way',
    'after_commit',
    'sale_written',
    'sold',
  ] as const)('%s: the order is paid, its goods sold once, its mail written once', async (name) => {
    const order = await aPlacedOrder()
    await payOn(order.paymentUrl)
    armFailpoint(name)
    await killedAt(name, settle({ orderId: order.id }, guest()))
    await theCompleterRuns()
    expect(await statusOf(order.id)).toBe('paid')
    expect(warehouse.variants.get('MUG-SAGE')?.available).toBe(18)
    expect(await topicsOf(order.id)).toEqual(['order.placed', 'order.paid'])
    expect(await db()('payments').where({ orderId: order.id })).toMatchObject([{ status: 'succeeded' }])
  })
})

describe('killed while cancelling', () => {
  test.each(['page_expired', 'after_page_expired', 'end_written', 'after_cancel'] as const)(
    '%s: the order is cancelled, its page closed, its goods free, its cart open',
    async (name) => {
      const order = await aPlacedOrder()
      armFailpoint(name)
      await killedAt(name, cancelOrder({ orderId: order.id, reason: 'Changed my mind' }, guest()))
      await theCompleterRuns()
      expect(await statusOf(order.id)).toBe('cancelled')
      expect(await sessionsOf(order.id)).toMatchObject([{ status: 'expired' }])
      expect(warehouse.variants.get('MUG-SAGE')?.available).toBe(20)
      expect(await db()('orders').where({ id: order.id })).toMatchObject([{ releasePending: false }])
      expect(await db()('carts').where({ id: order.cartId })).toMatchObject([{ status: 'open' }])
      expect(await topicsOf(order.id)).toEqual(['order.placed', 'order.cancelled'])
    },
  )
})

describe('killed while giving money back', () => {
  test.each(['before_refund', 'after_refund', 'refund_written'] as const)('%s: exactly one refund', async (name) => {
    const order = await aPaidOrder()
    armFailpoint(name)
    await killedAt(name, refundOrder({ orderId: order.id, amountMinor: 1500, reason: 'Scratch' }, guest()))
    await theCompleterRuns()
    const [payment] = await db()('payments').where({ orderId: order.id })
    const { data } = await atProvider<{ data: { amount: number }[] }>(
      `refunds?payment_intent=${payment.providerIntentId}`,
    )
    expect(sum(data.map(({ amount }) => amount))).toBe(1500)
    expect(payment.refundedMinor).toBe(1500)
    expect((await topicsOf(order.id)).filter((topic) => topic === 'order.refunded')).toHaveLength(1)
  })
})

describe('killed while sending', () => {
  test.each(['after_parcel_row', 'after_parcel_told'] as const)('%s: one parcel, one mail', async (name) => {
    const order = await aPaidOrder()
    armFailpoint(name)
    const parcel = { orderId: order.id, carrier: 'An Post', trackingNumber: 'AP1', trackingUrl: null }
    await killedAt(name, shipOrder(parcel, guest()))
    await theCompleterRuns()
    expect(await statusOf(order.id)).toBe('fulfilling')
    expect(await db()('parcels').where({ orderId: order.id })).toMatchObject([{ parcelNo: 1, status: 'shipped' }])
    expect([...warehouse.parcels.keys()].filter((key) => key.startsWith(order.id))).toHaveLength(1)
    expect((await topicsOf(order.id)).filter((topic) => topic === 'order.shipped')).toHaveLength(1)
  })
})
