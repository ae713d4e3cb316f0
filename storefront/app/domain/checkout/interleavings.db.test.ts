// Pairs of acts about the same order, cart, payment or coupon, made to meet at its row in an order that is told: what each is
// answered, and what became of money, goods and messages. No clock and no luck. Leases are leases.db.test.ts's.
import '../../../test/stage.ts'
import { beforeEach, describe, expect, test } from 'vitest'
import { setQuantity } from '#app/domain/cart/items.server.ts'
import { mergeCarts } from '#app/domain/cart/merge.server.ts'
import { cancelOrder } from '#app/domain/checkout/cancel.server.ts'
import { settle } from '#app/domain/checkout/complete.server.ts'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { refundOrder } from '#app/domain/checkout/refund.server.ts'
import { recordSession } from '#app/domain/checkout/steps/settle-payment.server.ts'
import { recordProviderRefund } from '#app/domain/checkout/steps/settle-refund.server.ts'
import { shipOrder } from '#app/domain/orders/ship.server.ts'
import { expireSession, retrieveRefund, retrieveSession } from '#app/domain/payments/stripe.server.ts'
import { db } from '#app/lib/db.server.ts'
import { newId, newToken } from '#app/lib/ids.ts'
import { meetAt, type Verb } from '../../../../local/testing/meet.ts'
import {
  aCheckout,
  aFullCart,
  aPaidOrder,
  aPlacedOrder,
  guest,
  openForBusiness,
  statusOf,
  topicsOf,
} from '../../../test/shopping.ts'
import { payments, payOn, warehouse } from '../../../test/stage.ts'

beforeEach(openForBusiness)

type Meeting = {
  at: { sql: string; bindings: unknown[] }
  acts: [Verb, Verb]
  answers: [unknown, unknown]
  /** What must be so afterwards. */
  left: () => Promise<unknown>
  due: unknown
}

const row = (table: string, id: string) => ({ sql: 'SELECT 1 FROM ?? WHERE id = ? FOR UPDATE', bindings: [table, id] })
const paymentsOf = async (orderId: string) => (await db()('payments').where({ orderId })).map(({ status }) => status)
const sessionOf = async (orderId: string): Promise<string> =>
  (await db()('payments').where({ orderId }).first()).providerSessionId

const settling = (orderId: string) => async () => (await settle({ orderId }, guest()))?.outcome
const cancelling = (orderId: string) => async () =>
  (await cancelOrder({ orderId, reason: 'Changed my mind' }, guest())).status
const shipping = (orderId: string) => async () => {
  await shipOrder({ orderId, carrier: null, trackingNumber: null, trackingUrl: null }, guest())
  return 'sent'
}
const refunding =
  (orderId: string, amountMinor: number | 'rest', formKey = newToken()) =>
  async () =>
    (await refundOrder({ orderId, amountMinor, reason: 'A scratch', formKey }, guest())).status
type Checkout = Awaited<ReturnType<typeof aCheckout>>
const placing = (checkout: Checkout, say: (number: string) => string = () => 'placed') => {
  return async () => say((await placeOrder(checkout, guest())).number)
}
const soldAndTold = (orderId: string) => async () => [
  await statusOf(orderId),
  await paymentsOf(orderId),
  await topicsOf(orderId),
  warehouse.holds.get(orderId)?.status,
]
const soldOnce = ['paid', ['succeeded'], ['order.placed', 'order.paid'], 'committed']

async function aWaitingOrder(isPaid: boolean) {
  const order = await aPlacedOrder()
  if (isPaid) await payOn(order.paymentUrl)
  return order
}

/** Given back and on its way, of what was taken. */
async function moneyOf(orderId: string): Promise<{ taken: number; booked: number; back: number }> {
  const [payment] = await db()('payments').where({ orderId })
  const rows: { status: string; amountMinor: number }[] = await db()('refunds').where({ orderId })
  const counted = rows.filter(({ status }) => status !== 'failed')
  return {
    taken: payment.capturedMinor,
    booked: counted.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
    back: payment.refundedMinor,
  }
}

async function aCouponCart(limits: { limitTotal?: number; limitPerCustomer?: number }, email?: string) {
  const id = newId()
  const code = `CODE-${id.slice(-8).toUpperCase()}`
  await db()('coupons').insert({ id, code, currency: 'EUR', kind: 'percent', value: 1000, ...limits })
  const carts = [await aFullCart(), await aFullCart()]
  for (const cart of carts)
    await db()('carts')
      .where({ id: cart.id })
      .update({ couponCode: code, email: email ?? `${cart.id}@example.com` })
  const [one, two] = [await aCheckout(carts[0]?.id ?? ''), await aCheckout(carts[1]?.id ?? '')]
  const left = async () => [
    (await db()('coupons').where({ id }).first()).used,
    (await db()('coupon_uses').where({ couponId: id, status: 'claimed' })).length,
  ]
  return { id, acts: [placing(one), placing(two)] as [Verb, Verb], left }
}

const meetings: Record<string, () => Promise<Meeting>> = {
  'the webhook and the return page bring the same payment: paid once, told once': async () => {
    const { id } = await aWaitingOrder(true)
    const acts: [Verb, Verb] = [settling(id), settling(id)]
    return { at: row('orders', id), acts, answers: ['paid', 'already'], left: soldAndTold(id), due: soldOnce }
  },
  'a payment, then a page that was read before it: nothing goes back': async () => {
    const order = await aWaitingOrder(false)
    const before = await retrieveSession(await sessionOf(order.id))
    await payOn(order.paymentUrl)
    const late = async () => (await recordSession(before, guest())).outcome
    return {
      ...{ at: row('orders', order.id), acts: [settling(order.id), late], answers: ['paid', 'waiting'] },
      ...{ left: soldAndTold(order.id), due: soldOnce },
    }
  },
  'the wish to cancel, then the payment that was faster at the provider: the payment wins': async () => {
    const { id } = await aWaitingOrder(true)
    const acts: [Verb, Verb] = [cancelling(id), settling(id)]
    return { at: row('orders', id), acts, answers: ['paid', 'paid'], left: soldAndTold(id), due: soldOnce }
  },
  'a payment, then the wish to cancel before its goods are sold: it is too late for that': async () => {
    const { id } = await aWaitingOrder(true)
    const acts: [Verb, Verb] = [settling(id), cancelling(id)]
    const answers: Meeting['answers'] = ['paid', 'illegal_transition']
    return { at: row('orders', id), acts, answers, left: soldAndTold(id), due: soldOnce }
  },
  'a page that ended, heard from the webhook and by the sweeper: the order ends once': async () => {
    const { id, cartId } = await aWaitingOrder(false)
    const ended = await expireSession(await sessionOf(id))
    const hear = async () => (await recordSession(ended, guest())).outcome
    const left = async () => [
      ...[await statusOf(id), await paymentsOf(id), await topicsOf(id)],
      (await db()('carts').where({ id: cartId }).first()).status,
    ]
    const due = ['expired', ['expired'], ['order.placed'], 'open']
    return { at: row('orders', id), acts: [hear, hear], answers: ['ended', 'over'], left, due }
  },
  'two cancellations: the goods are given back once, told once': async () => {
    const { id } = await aWaitingOrder(false)
    const left = async () => [await topicsOf(id), warehouse.variants.get('MUG-SAGE')?.available]
    const acts: [Verb, Verb] = [cancelling(id), cancelling(id)]
    const due = [['order.placed', 'order.cancelled'], 20]
    return { at: row('orders', id), acts, answers: ['cancelled', 'cancelled'], left, due }
  },
  'a parcel, then the wish to cancel: it is on its way': async () => {
    const { id } = await aPaidOrder()
    const acts: [Verb, Verb] = [shipping(id), cancelling(id)]
    const answers: Meeting['answers'] = ['sent', 'illegal_transition']
    return { at: row('orders', id), acts, answers, left: () => statusOf(id), due: 'fulfilling' }
  },
  'the wish to cancel, then a parcel: nothing is sent, the money goes back': async () => {
    const { id } = await aPaidOrder()
    const acts: [Verb, Verb] = [cancelling(id), shipping(id)]
    const left = async () => [await statusOf(id), (await db()('parcels').where({ orderId: id })).length]
    return { at: row('orders', id), acts, answers: ['refunded', 'illegal_transition'], left, due: ['refunded', 0] }
  },
  'two parcels of everything: one is sent': async () => {
    const { id } = await aPaidOrder()
    const left = async () => (await db()('parcels').where({ orderId: id })).length
    const answers: Meeting['answers'] = ['sent', 'illegal_transition']
    return { at: row('orders', id), acts: [shipping(id), shipping(id)], answers, left, due: 1 }
  },
  'two shopkeepers give back most of one payment: one of them may': async () => {
    const { id } = await aPaidOrder()
    const acts: [Verb, Verb] = [refunding(id, 2500), refunding(id, 2500)]
    const due = { taken: 4090, booked: 2500, back: 2500 }
    return { at: row('orders', id), acts, answers: ['succeeded', 'refund_too_large'], left: () => moneyOf(id), due }
  },
  'one refund form sent twice: given back once': async () => {
    const { id } = await aPaidOrder()
    const form = newToken()
    const acts: [Verb, Verb] = [refunding(id, 1000, form), refunding(id, 1000, form)]
    const due = { taken: 4090, booked: 1000, back: 1000 }
    return { at: row('orders', id), acts, answers: ['succeeded', 'succeeded'], left: () => moneyOf(id), due }
  },
  'all the rest given back here, and most of it in the provider’s dashboard: never more than was taken': async () => {
    const { id } = await aPaidOrder()
    const [{ providerIntentId }] = await db()('payments').where({ orderId: id })
    const made = await fetch(`${payments.url}/v1/refunds`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${process.env.STRIPE_SECRET_KEY}` },
      body: new URLSearchParams({ payment_intent: providerIntentId, amount: '3000' }),
    })
    const dashboard = await retrieveRefund(((await made.json()) as { id: string }).id)
    const hear = async () => (await recordProviderRefund(dashboard, guest())).changed
    const due = { taken: 4090, booked: 3000, back: 3000 }
    const acts: [Verb, Verb] = [refunding(id, 'rest'), hear]
    return { at: row('orders', id), acts, answers: ['failed', true], left: () => moneyOf(id), due }
  },
  'one refund of the dashboard, told by two events: one row': async () => {
    const { id } = await aPaidOrder()
    const [{ providerIntentId }] = await db()('payments').where({ orderId: id })
    const made = await fetch(`${payments.url}/v1/refunds`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${process.env.STRIPE_SECRET_KEY}` },
      body: new URLSearchParams({ payment_intent: providerIntentId, amount: '1500' }),
    })
    const dashboard = await retrieveRefund(((await made.json()) as { id: string }).id)
    const hear = async () => (await recordProviderRefund(dashboard, guest())).changed
    const due = { taken: 4090, booked: 1500, back: 1500 }
    return { at: row('orders', id), acts: [hear, hear], answers: [true, false], left: () => moneyOf(id), due }
  },
  'two buyers claim the last use of a code: one has it, the other is asked again': async () => {
    const { id, acts, left } = await aCouponCart({ limitTotal: 1 })
    return { at: row('coupons', id), acts, answers: ['placed', 'quote_changed'], left, due: [1, 1] }
  },
  'one customer claims a code twice that is for one use each: claimed once': async () => {
    const { id, acts, left } = await aCouponCart({ limitPerCustomer: 1 }, `${newId()}@example.com`)
    return { at: row('coupons', id), acts, answers: ['placed', 'quote_changed'], left, due: [1, 1] }
  },
  'two tabs order one cart: one order, one page to pay on': async () => {
    const cart = await aFullCart()
    const [one, two] = [await aCheckout(cart.id), await aCheckout(cart.id)]
    const left = async () => {
      const orders = await db()('orders').where({ cartId: cart.id })
      return [orders.length, (await paymentsOf(orders[0].id)).length]
    }
    const acts: [Verb, Verb] = [placing(one), placing(two)]
    return { at: row('carts', cart.id), acts, answers: ['placed', 'placed'], left, due: [1, 1] }
  },
  'a change of the cart, then the order of what was in it: asked to look again': async () => {
    const { id, variant } = await aFullCart()
    const checkout = await aCheckout(id)
    const change = async () =>
      (await setQuantity({ userId: null, cartId: id, sku: variant.sku, quantity: 3 }, guest())).quantity
    const left = async () => (await db()('orders').where({ cartId: id })).length
    return { at: row('carts', id), acts: [change, placing(checkout)], answers: [3, 'quote_changed'], left, due: 0 }
  },
  'two log-ins merge one guest’s cart: everything is there once': async () => {
    const userId = newId()
    await db()('users').insert({ id: userId, email: `${userId}@example.com`, name: 'Alice' })
    const [own, other] = [await aFullCart({ quantity: 2 }), await aFullCart({ quantity: 3 })]
    await db()('carts').where({ id: own.id }).update({ userId })
    const merge = async () => (await mergeCarts({ guestCartId: other.id, userId }, guest())).cartId === own.id
    const left = async () => (await db()('cart_items').where({ cartId: own.id })).map(({ quantity }) => quantity)
    return { at: row('carts', other.id), acts: [merge, merge], answers: [true, true], left, due: [5] }
  },
}

describe('made to meet', () => {
  test.each(Object.entries(meetings))('%s', async (_title, arrange) => {
    const { at, acts, answers, left, due } = await arrange()
    expect(await meetAt(db(), at, acts)).toEqual(answers)
    expect(await left()).toEqual(due)
  })
})
