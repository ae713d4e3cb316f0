import '../../../test/stage.ts'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { cancelOrder } from '#app/domain/checkout/cancel.server.ts'
import { completeDueOrders, hurry, settle } from '#app/domain/checkout/complete.server.ts'
import { refundOrder } from '#app/domain/checkout/refund.server.ts'
import { recordSession } from '#app/domain/checkout/steps/settle-payment.server.ts'
import { recordProviderRefund } from '#app/domain/checkout/steps/settle-refund.server.ts'
import { closeSuperfluousPages, refundDue } from '#app/domain/checkout/sweep.server.ts'
import { retrieveRefund, retrieveSession, stripe } from '#app/domain/payments/stripe.server.ts'
import { addSeconds } from '#app/lib/clock.ts'
import { db } from '#app/lib/db.server.ts'
import {
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

const staff = () => ({ actor: 'staff:test', at: new Date() })
const paymentsOf = (orderId: string) => db()('payments').where({ orderId }).orderBy('attempt')
const refundsOf = (orderId: string) => db()('refunds').where({ orderId }).orderBy('id')
const sessionOf = async (orderId: string): Promise<string> => (await paymentsOf(orderId))[0].providerSessionId
const refundsAtProvider = async (orderId: string) => {
  const [payment] = await paymentsOf(orderId)
  const list = await atProvider<{ data: { amount: number; status: string }[] }>(
    `refunds?payment_intent=${payment.providerIntentId}`,
  )
  return list.data.map(({ amount, status }) => [amount, status])
}
const cartStatus = async (id: string) => (await db()('carts').where({ id }).first()).status

/** The page was paid in the moment in which we believed that it had ended. */
async function anOrderPaidLate(how: 'expire' | 'cancel') {
  const order = await aPlacedOrder({ variant: aMug({ sku: `LATE-${Math.random()}`.slice(0, 12), available: 2 }) })
  const session = await retrieveSession(await sessionOf(order.id))
  if (how === 'cancel')
    await db()('orders')
      .where({ id: order.id })
      .update({ cancelRequestedAt: new Date(), cancelReason: 'Cancelled by you' })
  await recordSession({ ...session, status: 'expired' }, guest())
  await hurry(order.id, guest())
  expect(await statusOf(order.id)).toBe(how === 'cancel' ? 'cancelled' : 'expired')
  await payOn(order.paymentUrl)
  return order
}

describe('settling', () => {
  test('webhook and return page at the same time: paid once, told once', async () => {
    const order = await aPlacedOrder()
    await payOn(order.paymentUrl)
    const session = await sessionOf(order.id)
    const outcomes = await Promise.all([
      settle({ sessionId: session }, guest()),
      settle({ orderId: order.id }, guest()),
      settle({ sessionId: session }, guest()),
    ])
    expect(outcomes.map((settled) => settled?.outcome).sort()).toEqual(['already', 'already', 'paid'])
    expect(await statusOf(order.id)).toBe('paid')
    expect(await topicsOf(order.id)).toEqual(['order.placed', 'order.paid'])
    expect(warehouse.calls.filter((call) => call === 'commit')).toHaveLength(1)
  })

  test('a page that nobody paid settles nothing', async () => {
    const order = await aPlacedOrder()
    expect((await settle({ orderId: order.id }, guest()))?.outcome).toBe('waiting')
    expect(await statusOf(order.id)).toBe('awaiting_payment')
  })

  test('the result arrives before we had stored which page it was: it is recorded all the same', async () => {
    const order = await aPlacedOrder()
    const session = await sessionOf(order.id)
    await db()('payments')
      .where({ orderId: order.id })
      .update({ providerSessionId: null, sessionUrl: null, status: 'new' })
    await payOn(order.paymentUrl)
    expect((await settle({ sessionId: session }, guest()))?.outcome).toBe('paid')
    expect(await paymentsOf(order.id)).toMatchObject([{ status: 'succeeded', providerSessionId: session }])
    expect(await statusOf(order.id)).toBe('paid')
  })

  test.each([
    ['another amount', { amountMinor: 100 }],
    ['another currency', { currency: 'USD' }],
  ])('%s than the order asks for is never shipped: a person must look', async (_, wrong) => {
    const order = await aPlacedOrder()
    await payOn(order.paymentUrl)
    const session = await retrieveSession(await sessionOf(order.id))
    expect((await recordSession({ ...session, ...wrong }, guest())).outcome).toBe('mismatch')
    await recordSession({ ...session, ...wrong }, guest())
    expect(await statusOf(order.id)).toBe('awaiting_payment')
    expect(await db()('order_history').where({ orderId: order.id, kind: 'payment' })).toMatchObject([
      { isPublic: false },
    ])
  })

  test('money that was on its way and did not come: the order ends, its goods and its cart are free', async () => {
    const order = await aPlacedOrder()
    const session = await retrieveSession(await sessionOf(order.id))
    const asked = await recordSession({ ...session, status: 'complete', isPaid: false }, guest())
    expect(asked.outcome).toBe('processing')
    const told = await recordSession({ ...session, status: 'expired' }, guest())
    expect(told.outcome).toBe('ended')
    expect([await statusOf(order.id), await cartStatus(order.cartId)]).toEqual(['expired', 'open'])
  })

  test('a cheap order’s payment does not pay a dear one', async () => {
    const cheap = await aPlacedOrder({ quantity: 1 })
    const dear = await aPlacedOrder({ quantity: 9 })
    await payOn(cheap.paymentUrl)
    const session = await retrieveSession(await sessionOf(cheap.id))
    expect((await recordSession({ ...session, orderId: dear.id }, guest())).outcome).toBe('mismatch')
    expect(await statusOf(dear.id)).toBe('awaiting_payment')
  })

  test('paid on two pages: the order is paid once, the second payment is recorded and goes back', async () => {
    const order = await aPlacedOrder()
    const [first] = await paymentsOf(order.id)
    const session = await retrieveSession(first.providerSessionId)
    // Attempt 1 is believed to have ended, attempt 2 is paid; then attempt 1 turns out to be paid as well.
    await db()('payments').where({ id: first.id }).update({ status: 'expired' })
    await db()('payments').insert({
      id: crypto.randomUUID(),
      orderId: order.id,
      attempt: 2,
      amountMinor: 4090,
      currency: 'EUR',
    })
    await hurry(order.id, guest())
    const [, second] = await paymentsOf(order.id)
    await payOn(second.sessionUrl)
    await settle({ sessionId: second.providerSessionId }, guest())
    expect(await statusOf(order.id)).toBe('paid')
    await payOn(order.paymentUrl)
    expect((await settle({ sessionId: session.id }, guest()))?.outcome).toBe('paid_twice')
    await refundDue(guest())
    expect(await paymentsOf(order.id)).toMatchObject([
      { status: 'succeeded_duplicate', refundedMinor: 4090 },
      { status: 'succeeded', refundedMinor: 0 },
    ])
    expect(await statusOf(order.id)).toBe('paid')
    expect(await refundsAtProvider(order.id)).toEqual([[4090, 'succeeded']])
    // The bank sends it back: nobody is led to refund the sale instead.
    const [{ providerRefundId }] = await refundsOf(order.id)
    await recordProviderRefund({ ...(await retrieveRefund(providerRefundId)), status: 'failed' }, guest())
    const notes = await db()('order_history').where({ orderId: order.id, kind: 'refund', isPublic: false })
    expect(notes.at(-1)?.message).toContain('dashboard')
    expect(await statusOf(order.id)).toBe('paid')
  })

  test('once paid, a second page that is still open is closed at the provider', async () => {
    const order = await aPlacedOrder()
    const [first] = await paymentsOf(order.id)
    await db()('payments').where({ id: first.id }).update({ status: 'expired' })
    await db()('payments').insert({
      id: crypto.randomUUID(),
      orderId: order.id,
      attempt: 2,
      amountMinor: 4090,
      currency: 'EUR',
    })
    await hurry(order.id, guest())
    await payOn(order.paymentUrl)
    await settle({ sessionId: first.providerSessionId }, guest())
    await closeSuperfluousPages(guest())
    const [, second] = await paymentsOf(order.id)
    expect(second.status).toBe('expired')
    expect(await atProvider(`checkout/sessions/${second.providerSessionId}`)).toMatchObject({ status: 'expired' })
  })
})

describe('a payment that comes too late', () => {
  test('after expiry with stock left: the goods are taken after all and the order is paid', async () => {
    const order = await anOrderPaidLate('expire')
    await settle({ orderId: order.id }, guest())
    expect(await statusOf(order.id)).toBe('paid')
    expect(warehouse.holds.get(order.id)?.status).toBe('committed')
    expect(await cartStatus(order.cartId)).toBe('ordered')
  })

  test('after expiry with nothing left: the money goes back, once, and the shopper is told', async () => {
    const order = await anOrderPaidLate('expire')
    for (const [sku, variant] of warehouse.variants) warehouse.variants.set(sku, { ...variant, available: 0 })
    await Promise.all([settle({ orderId: order.id }, guest()), settle({ orderId: order.id }, guest())])
    await refundDue(guest())
    expect(await statusOf(order.id)).toBe('refunded')
    expect(await refundsAtProvider(order.id)).toEqual([[4090, 'succeeded']])
    expect(await refundsOf(order.id)).toMatchObject([{ status: 'succeeded', amountMinor: 4090 }])
    expect(await topicsOf(order.id)).toEqual(['order.placed', 'order.cancelled', 'order.refunded'])
  })

  test('after the shopper had cancelled: the money goes back even with stock left', async () => {
    const order = await anOrderPaidLate('cancel')
    await settle({ orderId: order.id }, guest())
    expect(await statusOf(order.id)).toBe('refunded')
    expect(warehouse.calls).not.toContain('commit')
    expect(await refundsAtProvider(order.id)).toEqual([[4090, 'succeeded']])
  })
})

describe('cancelling', () => {
  test('an unpaid order: the page is closed at the provider first, then the goods go back', async () => {
    const order = await aPlacedOrder()
    expect(await cancelOrder({ orderId: order.id, reason: 'Changed my mind' }, guest())).toEqual({
      status: 'cancelled',
    })
    expect(await atProvider(`checkout/sessions/${await sessionOf(order.id)}`)).toMatchObject({ status: 'expired' })
    expect((await payOn(order.paymentUrl)).to).toBeNull()
    expect(warehouse.variants.get('MUG-SAGE')?.available).toBe(20)
    expect(await cartStatus(order.cartId)).toBe('open')
    expect(await topicsOf(order.id)).toEqual(['order.placed', 'order.cancelled'])
    expect(await cancelOrder({ orderId: order.id, reason: 'Again' }, guest())).toEqual({ status: 'cancelled' })
    expect(await topicsOf(order.id)).toHaveLength(2)
  })

  test('who cancels while their own payment goes through has paid: paid wins', async () => {
    const order = await aPlacedOrder()
    await payOn(order.paymentUrl)
    expect(await cancelOrder({ orderId: order.id, reason: 'Changed my mind' }, guest())).toEqual({ status: 'paid' })
    expect(await topicsOf(order.id)).toEqual(['order.placed', 'order.paid'])
    expect(await refundsOf(order.id)).toEqual([])
  })

  test('an order whose money is on its way at the bank does not end, and is paid when it comes', async () => {
    const order = await aPlacedOrder()
    const page = await atProvider<object>(`checkout/sessions/${await sessionOf(order.id)}`)
    const onItsWay = { ...page, status: 'complete', payment_status: 'unpaid' }
    for (const call of ['expire', 'retrieve'] as const)
      vi.spyOn(stripe().checkout.sessions, call).mockResolvedValue(onItsWay as never)
    await cancelOrder({ orderId: order.id, reason: 'Changed my mind' }, guest())
    vi.restoreAllMocks()
    expect(await statusOf(order.id)).toBe('awaiting_payment')
    expect(await paymentsOf(order.id)).toMatchObject([{ status: 'processing' }])
    expect(warehouse.holds.get(order.id)?.status).toBe('held')
    await payOn(order.paymentUrl)
    await settle({ orderId: order.id }, guest())
    expect(await statusOf(order.id)).toBe('paid')
  })

  test('a paid order gives the money and the goods back, in one go', async () => {
    const order = await aPaidOrder()
    expect(warehouse.variants.get('MUG-SAGE')?.available).toBe(18)
    expect(await cancelOrder({ orderId: order.id, reason: 'Wrong colour' }, guest())).toEqual({ status: 'refunded' })
    expect(await refundsAtProvider(order.id)).toEqual([[4090, 'succeeded']])
    expect(warehouse.restocked).toContain(`cancel:${order.id}`)
    expect(warehouse.variants.get('MUG-SAGE')?.available).toBe(20)
    expect(await topicsOf(order.id)).toEqual(['order.placed', 'order.paid', 'order.cancelled', 'order.refunded'])
  })

  test('two who cancel a paid order at once give the money back once', async () => {
    const order = await aPaidOrder()
    await Promise.all([
      cancelOrder({ orderId: order.id, reason: 'Shopper' }, guest()),
      cancelOrder({ orderId: order.id, reason: 'Staff' }, staff()),
    ])
    expect(await refundsAtProvider(order.id)).toEqual([[4090, 'succeeded']])
    expect(await statusOf(order.id)).toBe('refunded')
  })
})

describe('refunds', () => {
  test('in parts, then the rest: the order is refunded only when all of it went back', async () => {
    const order = await aPaidOrder()
    await refundOrder({ orderId: order.id, amountMinor: 1000, reason: 'Scratch' }, staff())
    expect(await statusOf(order.id)).toBe('paid')
    await refundOrder({ orderId: order.id, amountMinor: 'rest', reason: 'Goodwill' }, staff())
    expect(await statusOf(order.id)).toBe('refunded')
    expect(await refundsAtProvider(order.id)).toEqual(
      expect.arrayContaining([
        [1000, 'succeeded'],
        [3090, 'succeeded'],
      ]),
    )
    expect((await topicsOf(order.id)).filter((topic) => topic === 'order.refunded')).toHaveLength(2)
  })

  test('never more than was paid, also when ten people press the button at once', async () => {
    const order = await aPaidOrder()
    const tries = await Promise.allSettled(
      Array.from({ length: 10 }, () =>
        refundOrder({ orderId: order.id, amountMinor: 1000, reason: 'Goodwill' }, staff()),
      ),
    )
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(4)
    for (const refused of tries.filter((one) => one.status === 'rejected'))
      expect(refused.reason).toMatchObject({ code: 'refund_too_large' })
    expect(await paymentsOf(order.id)).toMatchObject([{ capturedMinor: 4090, refundedMinor: 4000 }])
    expect(await refundsAtProvider(order.id)).toHaveLength(4)
  })

  test('a form sent twice gives back once; with another amount it is refused', async () => {
    const order = await aPaidOrder()
    const wish = { orderId: order.id, amountMinor: 500, reason: 'Scratch', formKey: 'k'.repeat(43) }
    const [first, second] = await Promise.all([refundOrder(wish, staff()), refundOrder(wish, staff())])
    expect(second?.id).toBe(first?.id)
    expect(await refundsAtProvider(order.id)).toEqual([[500, 'succeeded']])
    expect(await paymentsOf(order.id)).toMatchObject([{ refundedMinor: 500 }])
    await expect(refundOrder({ ...wish, amountMinor: 700 }, staff())).rejects.toMatchObject({ code: 'conflict' })
  })

  test('a cart that is changed in the moment of its payment gives no money back', async () => {
    const order = await aPaidOrder()
    const wish = { orderId: order.id, reason: 'The cart was changed', unpaidOnly: true }
    expect(await cancelOrder(wish, guest())).toEqual({ status: 'paid' })
    expect(await refundsOf(order.id)).toEqual([])
  })

  test.each([0, -5, 4091])('an amount of %s is refused', async (amountMinor) => {
    const order = await aPaidOrder()
    await expect(refundOrder({ orderId: order.id, amountMinor, reason: '' }, staff())).rejects.toMatchObject({
      code: 'refund_too_large',
    })
  })

  test('an unpaid order has nothing to refund', async () => {
    const order = await aPlacedOrder()
    await expect(refundOrder({ orderId: order.id, amountMinor: 1, reason: '' }, staff())).rejects.toMatchObject({
      code: 'illegal_transition',
    })
  })

  test('one that the bank sends back later: nobody is told “refunded” again, the order owes money and staff see why', async () => {
    const order = await aPaidOrder({}, '4000000000005126')
    await refundOrder({ orderId: order.id, amountMinor: 'rest', reason: 'Return' }, staff())
    await new Promise((resolve) => setTimeout(resolve, 600))
    const [refund] = await refundsOf(order.id)
    await db()('refunds')
      .where({ id: refund.id })
      .update({ nextAttemptAt: new Date(0) })
    await refundDue(staff())
    expect(await refundsOf(order.id)).toMatchObject([{ status: 'failed' }])
    expect(await statusOf(order.id)).toBe('refund_due')
    expect(await paymentsOf(order.id)).toMatchObject([{ refundedMinor: 0 }])
    const notes = await db()('order_history').where({ orderId: order.id, kind: 'refund', isPublic: false })
    expect(notes.at(-1)?.message).toContain('failed')
    await completeDueOrders(staff(), 50)
    expect(await refundsOf(order.id)).toHaveLength(1)
  })

  test('older than a day: it is looked up at the provider before anything is sent again', async () => {
    const order = await aPaidOrder()
    const refund = await refundOrder({ orderId: order.id, amountMinor: 500, reason: 'Scratch' }, staff())
    // As if we had been killed before hearing the answer, a day ago.
    await db()('refunds')
      .where({ id: refund.id })
      .update({
        providerRefundId: null,
        status: 'pending',
        createdAt: addSeconds(new Date(), -24 * 3600),
        nextAttemptAt: new Date(0),
      })
    // The provider has forgotten the key meanwhile.
    await providerClock(25 * 3600)
    await refundDue(staff())
    await providerClock(-25 * 3600)
    expect(await refundsOf(order.id)).toMatchObject([{ status: 'succeeded' }])
    expect(await refundsAtProvider(order.id)).toEqual([[500, 'succeeded']])
  })
})

describe('the provider’s page ends without us', () => {
  test('a webhook that never comes: the completer asks by itself and the order is paid', async () => {
    const order = await aPlacedOrder()
    await payOn(order.paymentUrl)
    await aMinuteLater()
    await completeDueOrders(guest(), 50)
    expect(await statusOf(order.id)).toBe('paid')
  })
})
