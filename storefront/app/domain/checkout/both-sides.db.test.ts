import '../../../test/real-catalogue.ts'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { adminCreateProduct } from '#app/domain/catalog/admin.server.ts'
import { listVariants } from '#app/domain/catalog/catalog.server.ts'
import { adjustStock, release } from '#app/domain/catalog/inventory.server.ts'
import { cancelOrder } from '#app/domain/checkout/cancel.server.ts'
import { completeDueOrders, settle } from '#app/domain/checkout/complete.server.ts'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { deliverOrder } from '#app/domain/orders/deliver.server.ts'
import { shipOrder } from '#app/domain/orders/ship.server.ts'
import { db } from '#app/lib/db.server.ts'
import { newId } from '#app/lib/ids.ts'
import { aCategory, aWarehouse, inCatalogue } from '../../../test/real-catalogue.ts'
import {
  aCheckout,
  aFullCart,
  aMinuteLater,
  aPaidOrder,
  aPlacedOrder,
  guest,
  openForBusiness,
  statusOf,
} from '../../../test/shopping.ts'
import { payOn, warehouse } from '../../../test/stage.ts'

let storeId: string
let categoryId: string

beforeAll(async () => {
  storeId = await aWarehouse()
  categoryId = await aCategory()
})
beforeEach(openForBusiness)

/** A new product with one variant and so many pieces of it. */
async function aProduct(units: number) {
  const sku = `MUG-${newId().slice(-8).toUpperCase()}`
  await adminCreateProduct({
    title: `Stoneware mug ${sku}`,
    subtitle: '',
    description: '',
    brand: 'Highstreet',
    categoryId,
    taxCategory: 'standard',
    status: 'published',
    featured: false,
    options: [],
    variants: [{ sku, priceMinor: 1800, optionValues: {}, weightGrams: 300 }],
  })
  await adjustStock({ ref: newId(), sku, storeId, delta: units, kind: 'receive', reason: 'test', actor: 'test' })
  const [variant] = await listVariants([sku])
  if (!variant) throw new Error('the product is not for sale')
  return variant
}
const stockOf = async (variantId: string) =>
  (await inCatalogue('SELECT on_hand, reserved FROM inventory WHERE variant_id = $1', [variantId]))[0]
const holdOf = async (ref: string) =>
  (await inCatalogue('SELECT status, reason FROM reservations WHERE ref = $1', [ref]))[0]

describe('storefront and catalogue together', () => {
  test('bought, sent in two parcels and delivered: stock, hold and parcels agree', async () => {
    const variant = await aProduct(5)
    const order = await aPlacedOrder({ variant, quantity: 3 })
    expect(await stockOf(variant.id)).toEqual({ on_hand: 5, reserved: 3 })
    await payOn(order.paymentUrl)
    await settle({ orderId: order.id }, guest())
    expect(await statusOf(order.id)).toBe('paid')
    expect(await stockOf(variant.id)).toEqual({ on_hand: 2, reserved: 0 })
    const nothing = { carrier: null, trackingNumber: null, trackingUrl: null }
    const one = { orderId: order.id, ...nothing, lines: [{ sku: variant.sku, quantity: 1 }] }
    expect(await shipOrder(one, guest())).toEqual({ parcelNo: 1, told: true })
    expect(await shipOrder({ orderId: order.id, ...nothing }, guest())).toEqual({ parcelNo: 2, told: true })
    expect(await deliverOrder({ orderId: order.id }, guest())).toEqual({ status: 'fulfilled' })
    const parcels = await inCatalogue('SELECT parcel_no, status FROM fulfillments WHERE order_ref = $1 ORDER BY 1', [
      order.id,
    ])
    expect(parcels).toEqual([
      { parcel_no: 1, status: 'delivered' },
      { parcel_no: 2, status: 'delivered' },
    ])
  })

  test('cancelled before paying: the hold is released; cancelled after: everything is back on the shelf', async () => {
    const variant = await aProduct(5)
    const unpaid = await aPlacedOrder({ variant, quantity: 2 })
    await cancelOrder({ orderId: unpaid.id, reason: 'test' }, guest())
    expect(await holdOf(unpaid.id)).toMatchObject({ status: 'released' })
    expect(await stockOf(variant.id)).toEqual({ on_hand: 5, reserved: 0 })
    const paid = await aPaidOrder({ variant, quantity: 2 })
    expect(await stockOf(variant.id)).toEqual({ on_hand: 3, reserved: 0 })
    expect(await cancelOrder({ orderId: paid.id, reason: 'test' }, guest())).toEqual({ status: 'refunded' })
    expect(await stockOf(variant.id)).toEqual({ on_hand: 5, reserved: 0 })
  })

  test('twenty shoppers want the last three: three orders, no more, and every cart of the others is open', async () => {
    const variant = await aProduct(3)
    const carts = await Promise.all(Array.from({ length: 20 }, () => aFullCart({ variant, quantity: 1 })))
    const checkouts = await Promise.all(carts.map((cart) => aCheckout(cart.id)))
    const results = await Promise.allSettled(checkouts.map((checkout) => placeOrder(checkout, guest())))
    const won = results.filter(({ status }) => status === 'fulfilled')
    expect(won.length).toBeLessThanOrEqual(3)
    for (let round = 0; round < 3; round++) {
      await aMinuteLater()
      await completeDueOrders(guest(), 50)
    }
    const orders = await db()('orders')
      .whereIn(
        'cartId',
        carts.map(({ id }) => id),
      )
      .select('status')
    expect(orders.filter(({ status }) => status === 'awaiting_payment')).toHaveLength(3)
    expect(orders.filter(({ status }) => status !== 'awaiting_payment' && status !== 'cancelled')).toEqual([])
    expect(await stockOf(variant.id)).toEqual({ on_hand: 3, reserved: 3 })
    const stillOpen = await db()('carts')
      .whereIn(
        'id',
        carts.map(({ id }) => id),
      )
      .where({ status: 'open' })
    expect(stillOpen).toHaveLength(17)
  })

  test('a hold that ended before the payment came: sold from free stock when there is some, given back when not', async () => {
    const variant = await aProduct(2)
    const lucky = await aPlacedOrder({ variant, quantity: 1 })
    await release({ ref: lucky.id, reason: 'expired' })
    await payOn(lucky.paymentUrl)
    await settle({ orderId: lucky.id }, guest())
    expect(await statusOf(lucky.id)).toBe('paid')
    expect(await holdOf(lucky.id)).toMatchObject({ status: 'committed', reason: 'late_commit' })
    const late = await aPlacedOrder({ variant, quantity: 1 })
    await release({ ref: late.id, reason: 'expired' })
    await aPaidOrder({ variant, quantity: 1 })
    await payOn(late.paymentUrl)
    await settle({ orderId: late.id }, guest())
    expect(await statusOf(late.id)).toBe('refunded')
    expect(await stockOf(variant.id)).toEqual({ on_hand: 0, reserved: 0 })
  })

  test('nothing of this asked the test’s small warehouse', () => {
    expect(warehouse.calls).toEqual([])
  })
})
