import { payOn, providerClock, warehouse } from '../../../test/stage.ts'
import { beforeEach, describe, expect, test } from 'vitest'
import { settle } from '#app/domain/checkout/complete.server.ts'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { resumePayment } from '#app/domain/checkout/resume-payment.server.ts'
import { addSeconds } from '#app/lib/clock.ts'
import { db } from '#app/lib/db.server.ts'
import { aCheckout, aFullCart, aMug, aPlacedOrder, guest, openForBusiness, statusOf, topicsOf } from '../../../test/shopping.ts'

beforeEach(openForBusiness)

const ordersOf = (cartId: string) => db()('orders').where({ cartId })
const cartStatus = async (id: string) => (await db()('carts').where({ id }).first()).status

describe('from a cart to a paid order', () => {
  test('a guest buys: the order waits for payment, then it is paid, its goods sold and its cart closed', async () => {
    const order = await aPlacedOrder({ quantity: 2 })
    expect(await statusOf(order.id)).toBe('awaiting_payment')
    expect(order.paymentUrl).toMatch(/^http/)
    expect(await cartStatus(order.cartId)).toBe('checking_out')
    expect(warehouse.variants.get('MUG-SAGE')?.available).toBe(18)

    const { status, to } = await payOn(order.paymentUrl)
    expect(status).toBe(303)
    expect(to).toContain(`/orders/${order.number}/return?session_id=cs_`)
    const settled = await settle({ sessionId: new URL(to ?? '').searchParams.get('session_id') ?? '' }, guest())

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
})
