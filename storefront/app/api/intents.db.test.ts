import '../../test/stage.ts'
import { beforeEach, describe, expect, test } from 'vitest'
import { cancelOrder } from '#app/domain/checkout/cancel.server.ts'
import { completeDueOrders } from '#app/domain/checkout/complete.server.ts'
import { refundOrder } from '#app/domain/checkout/refund.server.ts'
import { resumePayment } from '#app/domain/checkout/resume-payment.server.ts'
import { closeSuperfluousPages } from '#app/domain/checkout/sweep.server.ts'
import { workInbox } from '#app/domain/checkout/webhook-inbox.server.ts'
import { db } from '#app/lib/db.server.ts'
import { aCaller, anIntent, aSealedCart, type Caller, call, confirm } from '../../test/api-client.ts'
import { aMinuteLater, aMug, guest, openForBusiness, statusOf, topicsOf } from '../../test/shopping.ts'
import { atProvider, payOn, warehouse } from '../../test/stage.ts'

let caller: Caller
const mug = aMug({ available: 99 })
beforeEach(async () => {
  await openForBusiness()
  warehouse.sell(mug)
  caller ??= await aCaller()
})

type Intent = { id: string; status: string; amount: number; metadata: { order_id: string } }
const orderIdOf = async (number: string): Promise<string> => (await db()('orders').where({ number }).first('id')).id
const paymentsOf = (orderId: string) => db()('payments').where({ orderId }).orderBy('attempt')
/** A browser's confirmation, as the provider's script sends it. */
const confirmInBrowser = (intentId: string, clientSecret: string, method = 'pm_card_visa') =>
  fetch(`${process.env.STRIPE_API_URL}/v1/payment_intents/${intentId}/confirm`, {
    method: 'POST',
    body: new URLSearchParams({ key: 'pk_test_standin', client_secret: clientSecret, payment_method: method }),
  })
const deliverNews = async (intentId: string, type: string) => {
  const { data } = await atProvider<{ data: { id: string; type: string; data: { object: Intent } }[] }>(
    'events?limit=50',
  )
  const event = data.find((one) => one.type === type && one.data.object.id === intentId)
  if (!event) throw new Error(`no ${type}`)
  const row = {
    eventId: event.id,
    type,
    objectId: intentId,
    orderId: event.data.object.metadata.order_id,
    livemode: false,
  }
  await db()('stripe_events').insert({ ...row, payload: JSON.stringify(event) })
  await aMinuteLater()
  await workInbox(guest(), 100)
  await completeDueOrders(guest(), 100)
  return (await db()('stripe_events').where({ eventId: event.id }).first()).verdict
}

describe('an order paid by the client’s own form', () => {
  test('waits with its goods held, is confirmed with a card, and is paid for exactly what was sealed', async () => {
    const { number, intentId } = await anIntent(caller)
    const orderId = await orderIdOf(number)
    expect(await statusOf(orderId)).toBe('awaiting_payment')
    expect(await atProvider<Intent>(`payment_intents/${intentId}`)).toMatchObject({
      amount: 4090,
      status: 'requires_payment_method',
    })
    expect(await paymentsOf(orderId)).toMatchObject([
      { kind: 'intent', status: 'open', providerSessionId: intentId, sessionUrl: null },
    ])
    const { status, body } = await confirm(caller, { orderNumber: number, paymentMethod: 'pm_card_visa' })
    expect([status, body]).toMatchObject([
      200,
      { orderNumber: number, orderStatus: 'paid', paymentStatus: 'succeeded', amountMinor: 4090, clientSecret: null },
    ])
    expect(await topicsOf(orderId)).toEqual(['order.placed', 'order.paid'])
    expect(await paymentsOf(orderId)).toMatchObject([
      { status: 'succeeded', capturedMinor: 4090, cardBrand: 'visa', cardLast4: '4242', providerIntentId: intentId },
    ])
    expect(await deliverNews(intentId, 'payment_intent.succeeded')).toBe('duplicate')
    expect((await confirm(caller, { paymentIntentId: intentId, paymentMethod: 'pm_card_visa' })).body).toMatchObject({
      orderStatus: 'paid',
      paymentStatus: 'succeeded',
    })
    const refund = await refundOrder({ orderId, amountMinor: 1000, reason: 'A chip' }, guest())
    expect(refund).toMatchObject({ status: 'succeeded', amountMinor: 1000 })
  })

  test('confirmed in the browser, it is paid by the webhook alone; only who knows the secret may confirm', async () => {
    const { number, intentId, clientSecret } = await anIntent(caller)
    expect((await confirmInBrowser(intentId, `${clientSecret}x`)).status).toBe(401)
    expect((await confirmInBrowser(intentId, clientSecret)).status).toBe(200)
    expect(await deliverNews(intentId, 'payment_intent.succeeded')).toBe('applied')
    expect(await statusOf(await orderIdOf(number))).toBe('paid')
  })

  test('a declined card is told, the order keeps waiting, another card pays it', async () => {
    const { number } = await anIntent(caller)
    const declined = await confirm(caller, {
      orderNumber: number,
      paymentMethod: 'pm_card_chargeDeclinedInsufficientFunds',
    })
    expect([declined.status, declined.body]).toMatchObject([
      402,
      { code: 'payment_declined', details: { declineCode: 'insufficient_funds', orderNumber: number } },
    ])
    expect(await statusOf(await orderIdOf(number))).toBe('awaiting_payment')
    expect((await confirm(caller, { orderNumber: number, paymentMethod: 'pm_card_mastercard' })).body).toMatchObject({
      orderStatus: 'paid',
    })
  })

  test('a card that asks for 3-D Secure leads the shopper there, and is settled when asked again', async () => {
    const { number, intentId } = await anIntent(caller)
    const asked = await confirm(caller, { orderNumber: number, paymentMethod: 'pm_card_authenticationRequired' })
    expect(asked.body).toMatchObject({ paymentStatus: 'requires_action', orderStatus: 'awaiting_payment' })
    await fetch(String(asked.body.nextUrl), {
      method: 'POST',
      body: new URLSearchParams({ answer: 'accept' }),
      redirect: 'manual',
    })
    const state = await atProvider<Intent>(`payment_intents/${intentId}`)
    const after = await confirm(caller, { orderNumber: number })
    expect([state.status, after.body.orderStatus]).toEqual(['succeeded', 'paid'])
  })

  test('a payment method that nobody knows is a wrong value and changes nothing', async () => {
    const { number } = await anIntent(caller)
    const wrong = await confirm(caller, { orderNumber: number, paymentMethod: 'pm_card_nobody' })
    expect([wrong.status, wrong.body]).toMatchObject([422, { errors: [{ path: 'paymentMethod' }] }])
    expect(await statusOf(await orderIdOf(number))).toBe('awaiting_payment')
  })
})

describe('one way to pay at a time', () => {
  test('the page asked for instead: the intent is cancelled first, the same order is paid on the page', async () => {
    const { number, intentId } = await anIntent(caller)
    const orderId = await orderIdOf(number)
    const { paymentUrl } = await resumePayment({ id: orderId }, guest())
    expect((await atProvider<Intent>(`payment_intents/${intentId}`)).status).toBe('canceled')
    expect(await paymentsOf(orderId)).toMatchObject([
      { kind: 'intent', status: 'expired' },
      { kind: 'page', status: 'open' },
    ])
    expect((await confirm(caller, { orderNumber: number, paymentMethod: 'pm_card_visa' })).body.code).toBe('conflict')
    expect(await deliverNews(intentId, 'payment_intent.canceled')).toBe('duplicate')
    expect(await statusOf(orderId)).toBe('awaiting_payment')
    await payOn(paymentUrl ?? '')
    await resumePayment({ id: orderId }, guest())
    expect(await statusOf(orderId)).toBe('paid')
  })

  test('an intent asked for while a page is open: the page is closed, it is the same order', async () => {
    const seal = await aSealedCart(caller)
    const { body: placed } = await call('POST', '/checkout/place-order', { token: caller.token, json: { seal } })
    expect(placed.paymentUrl).toMatch(/\/pay\/cs_test_/)
    const { body } = await call('POST', '/checkout/create-payment-intent', { token: caller.token, json: { seal } })
    expect(body).toMatchObject({ orderNumber: placed.orderNumber, paymentStatus: 'requires_payment_method' })
    expect(await paymentsOf(await orderIdOf(String(placed.orderNumber)))).toMatchObject([
      { kind: 'page', status: 'expired' },
      { kind: 'intent', status: 'open' },
    ])
    expect(
      (await confirm(caller, { orderNumber: placed.orderNumber, paymentMethod: 'pm_card_visa' })).body.orderStatus,
    ).toBe('paid')
  })

  test('cancelled: the intent can no longer be paid; a payment that was faster wins', async () => {
    const first = await anIntent(caller)
    const { status } = await cancelOrder({ orderId: await orderIdOf(first.number), reason: 'No' }, guest())
    expect(status).toBe('cancelled')
    expect((await confirmInBrowser(first.intentId, first.clientSecret)).status).toBe(400)
    expect((await confirm(caller, { orderNumber: first.number, paymentMethod: 'pm_card_visa' })).status).toBe(409)
    const second = await anIntent(caller)
    await confirmInBrowser(second.intentId, second.clientSecret)
    const orderId = await orderIdOf(second.number)
    await cancelOrder({ orderId, reason: 'Too late', unpaidOnly: true }, guest())
    expect(await statusOf(orderId)).toBe('paid')
  })

  test('an intent left open by an order that is over is cancelled by the sweeper', async () => {
    const { number, intentId } = await anIntent(caller)
    const orderId = await orderIdOf(number)
    await db().raw('ALTER TABLE orders DISABLE TRIGGER ALL')
    await db()('orders').where({ id: orderId }).update({ status: 'refunded' })
    await db().raw('ALTER TABLE orders ENABLE TRIGGER ALL')
    await closeSuperfluousPages(guest())
    expect((await atProvider<Intent>(`payment_intents/${intentId}`)).status).toBe('canceled')
    expect(await paymentsOf(orderId)).toMatchObject([{ status: 'expired' }])
    await db()('carts').update({ status: 'ordered' })
  })

  test('another amount than was asked for is never taken as paid', async () => {
    const { number } = await anIntent(caller)
    const orderId = await orderIdOf(number)
    await db().raw('ALTER TABLE payments DISABLE TRIGGER ALL')
    await db()('payments').where({ orderId }).update({ amountMinor: 999_00 })
    await db().raw('ALTER TABLE payments ENABLE TRIGGER ALL')
    await confirm(caller, { orderNumber: number, paymentMethod: 'pm_card_visa' })
    expect(await statusOf(orderId)).toBe('awaiting_payment')
    expect(await paymentsOf(orderId)).toMatchObject([{ status: 'processing', failureCode: 'mismatch' }])
  })
})
