import '../../../test/stage.ts'
import { beforeEach, describe, expect, test } from 'vitest'
import { cancelOrder } from '#app/domain/checkout/cancel.server.ts'
import { completeDueOrders } from '#app/domain/checkout/complete.server.ts'
import { deliverOrder } from '#app/domain/orders/deliver.server.ts'
import { findOrderByToken } from '#app/domain/orders/queries.server.ts'
import { shipOrder } from '#app/domain/orders/ship.server.ts'
import { db } from '#app/lib/db.server.ts'
import {
  aMinuteLater,
  aPaidOrder,
  aPlacedOrder,
  guest,
  openForBusiness,
  statusOf,
  topicsOf,
} from '../../../test/shopping.ts'
import { warehouse } from '../../../test/stage.ts'

beforeEach(openForBusiness)

const staff = () => ({ actor: 'staff:test', at: new Date() })
const post = { carrier: 'An Post', trackingNumber: 'AP123', trackingUrl: 'https://anpost.example/AP123' }
const nothing = { carrier: null, trackingNumber: null, trackingUrl: null }

describe('sending', () => {
  test('everything in one parcel: the order is on its way and the shopper hears how to follow it', async () => {
    const order = await aPaidOrder()
    expect(await shipOrder({ orderId: order.id, ...post }, staff())).toEqual({ parcelNo: 1, told: true })
    expect(await findOrderByToken(order.number, order.token)).toMatchObject({
      status: 'fulfilling',
      parcels: [{ parcelNo: 1, ...post, lines: [{ sku: 'MUG-SAGE', quantity: 2 }] }],
      can: { pay: false, cancel: false },
    })
    const mail = await db()('outbox')
      .where({ dedupeKey: `order.shipped:${order.id}` })
      .first()
    expect(mail.payload.parcel).toMatchObject({ parcelNo: 1, trackingNumber: 'AP123' })
  })

  test('the same form sent twice is one parcel; another one with that number is refused', async () => {
    const order = await aPaidOrder()
    const form = { orderId: order.id, parcelNo: 1, ...post }
    await Promise.all([shipOrder(form, staff()), shipOrder(form, staff())])
    expect(await db()('parcels').where({ orderId: order.id })).toHaveLength(1)
    await expect(shipOrder({ ...form, trackingNumber: 'OTHER' }, staff())).rejects.toMatchObject({ code: 'conflict' })
    expect(await topicsOf(order.id)).toEqual(['order.placed', 'order.paid', 'order.shipped'])
  })

  test('in two parcels: a mail for each, delivered when both arrived', async () => {
    const order = await aPaidOrder({ quantity: 3 })
    await shipOrder({ orderId: order.id, ...nothing, lines: [{ sku: 'MUG-SAGE', quantity: 1 }] }, staff())
    await shipOrder({ orderId: order.id, ...post }, staff())
    expect((await topicsOf(order.id)).filter((topic) => topic === 'order.shipped')).toHaveLength(2)
    expect(await deliverOrder({ orderId: order.id, parcelNo: 1 }, staff())).toEqual({ status: 'fulfilling' })
    expect(await deliverOrder({ orderId: order.id }, staff())).toEqual({ status: 'fulfilled' })
    expect(await deliverOrder({ orderId: order.id }, staff())).toEqual({ status: 'fulfilled' })
    expect((await topicsOf(order.id)).filter((topic) => topic === 'order.delivered')).toHaveLength(1)
  })

  test('never more than was bought, never nothing, never what is not in the order', async () => {
    const order = await aPaidOrder({ quantity: 2 })
    for (const lines of [
      [{ sku: 'MUG-SAGE', quantity: 3 }],
      [{ sku: 'MUG-SAGE', quantity: 0 }],
      [{ sku: 'NOPE', quantity: 1 }],
    ])
      await expect(shipOrder({ orderId: order.id, ...nothing, lines }, staff())).rejects.toMatchObject({
        code: 'validation_failed',
      })
    await shipOrder({ orderId: order.id, ...nothing }, staff())
    await expect(shipOrder({ orderId: order.id, ...nothing }, staff())).rejects.toMatchObject({
      code: 'illegal_transition',
    })
  })

  test.each(['javascript:alert(1)', 'http://anpost.example', 'data:text/html,x'])(
    'a tracking link of %s is refused',
    async (trackingUrl) => {
      const order = await aPaidOrder()
      await expect(shipOrder({ orderId: order.id, ...post, trackingUrl }, staff())).rejects.toMatchObject({
        code: 'validation_failed',
      })
    },
  )

  test('an unpaid order is not sent, and one on its way is not cancelled', async () => {
    const unpaid = await aPlacedOrder()
    await expect(shipOrder({ orderId: unpaid.id, ...nothing }, staff())).rejects.toMatchObject({
      code: 'illegal_transition',
    })
    const paid = await aPaidOrder()
    await shipOrder({ orderId: paid.id, ...nothing }, staff())
    await expect(cancelOrder({ orderId: paid.id, reason: '' }, guest())).rejects.toMatchObject({
      code: 'illegal_transition',
    })
  })

  test('while the catalogue is away the parcel is kept, and told as soon as it is back', async () => {
    const order = await aPaidOrder()
    warehouse.trouble.set('fulfillments', ['down'])
    expect(await shipOrder({ orderId: order.id, ...post }, staff())).toEqual({ parcelNo: 1, told: false })
    expect(await statusOf(order.id)).toBe('paid')
    await expect(cancelOrder({ orderId: order.id, reason: '' }, guest())).rejects.toMatchObject({
      code: 'illegal_transition',
    })
    await aMinuteLater()
    await completeDueOrders(guest(), 50)
    expect(await statusOf(order.id)).toBe('fulfilling')
  })

  test('a parcel that the warehouse refuses is taken back and staff see why; the order can still be sent', async () => {
    const order = await aPaidOrder()
    const hold = warehouse.holds.get(order.id)
    warehouse.holds.delete(order.id)
    await expect(shipOrder({ orderId: order.id, ...post }, staff())).rejects.toMatchObject({ code: 'conflict' })
    expect(await db()('parcels').where({ orderId: order.id })).toEqual([])
    expect(await db()('order_history').where({ orderId: order.id, kind: 'parcel' })).toMatchObject([
      { isPublic: false },
    ])
    if (hold) warehouse.holds.set(order.id, hold)
    warehouse.parcels.clear()
    expect(await shipOrder({ orderId: order.id, ...post }, staff())).toEqual({ parcelNo: 1, told: true })
  })
})
