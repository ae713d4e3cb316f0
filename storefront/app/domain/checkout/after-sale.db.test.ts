import '../../../test/stage.ts'
import { beforeEach, describe, expect, test } from 'vitest'
import { cancelOrder } from '#app/domain/checkout/cancel.server.ts'
import { closeReturn } from '#app/domain/checkout/close-return.server.ts'
import { completeDueOrders, settle } from '#app/domain/checkout/complete.server.ts'
import { endMismatch } from '#app/domain/checkout/end-mismatch.server.ts'
import { forgetShopper } from '#app/domain/checkout/forget-shopper.server.ts'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { refundOrder } from '#app/domain/checkout/refund.server.ts'
import { recordSession } from '#app/domain/checkout/steps/settle-payment.server.ts'
import { refundDue, sweep } from '#app/domain/checkout/sweep.server.ts'
import { workInbox } from '#app/domain/checkout/webhook-inbox.server.ts'
import { issueInvoice } from '#app/domain/invoices/issue.server.ts'
import { issueMissing } from '#app/domain/invoices/issue-missing.server.ts'
import { deliverOrder } from '#app/domain/orders/deliver.server.ts'
import { shipOrder } from '#app/domain/orders/ship.server.ts'
import { lockOrder } from '#app/domain/orders/transition.server.ts'
import { retrieveSession } from '#app/domain/payments/stripe.server.ts'
import { approveReturn, receiveReturn, rejectReturn } from '#app/domain/returns/decide.server.ts'
import { findReturnable } from '#app/domain/returns/queries.server.ts'
import { cancelReturn, requestReturn } from '#app/domain/returns/request.server.ts'
import { returnEdges } from '#app/domain/returns/return-status.ts'
import { addSeconds } from '#app/lib/clock.ts'
import { db, transaction } from '#app/lib/db.server.ts'
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
} from '../../../test/shopping.ts'
import { atProvider, payOn, warehouse } from '../../../test/stage.ts'

beforeEach(openForBusiness)

const staff = (at = new Date()) => ({ actor: 'staff:test', at })
const nothing = { carrier: null, trackingNumber: null, trackingUrl: null }
const documentsOf = (orderId: string) =>
  db()('invoices').where({ orderId }).orderByRaw("kind = 'invoice' DESC, issued_at, sequence")
const refundsOf = (orderId: string) => db()('refunds').where({ orderId }).orderBy('id')
const stock = () => warehouse.variants.get('MUG-SAGE')?.available
const mails = (orderId: string, topic: string) =>
  db()('outbox').where({ topic }).where('dedupe_key', 'like', `%${orderId}%`).orderBy('id')
const mug = (quantity: number, restock = true) => [{ sku: 'MUG-SAGE', quantity, restock }]
const intentOf = async (orderId: string): Promise<string> =>
  (await db()('payments').where({ orderId }).first()).providerIntentId

/** A refund made in the provider's dashboard, and its webhook. */
async function refundInDashboard(orderId: string, amount?: number) {
  const body = new URLSearchParams({
    payment_intent: await intentOf(orderId),
    ...(amount && { amount: String(amount) }),
  })
  const answer = await fetch(`${process.env.STRIPE_API_URL}/v1/refunds`, {
    method: 'POST',
    body,
    headers: { Authorization: `Bearer ${process.env.STRIPE_SECRET_KEY}` },
  })
  const { id } = (await answer.json()) as { id: string }
  await tell('refund.created', id, orderId)
}
async function tell(type: string, objectId: string, orderId: string) {
  const eventId = `evt_${newToken().slice(0, 12)}`
  await db()('stripe_events').insert({ eventId, type, objectId, orderId, livemode: false, payload: '{}' })
  await workInbox(staff())
  return db()('stripe_events').where({ eventId }).first()
}

async function aDeliveredOrder(quantity = 3) {
  const order = await aPaidOrder({ quantity })
  await shipOrder({ orderId: order.id, ...nothing }, staff())
  await deliverOrder({ orderId: order.id }, staff())
  return order
}
const wish = (quantity: number) => [{ sku: 'MUG-SAGE', quantity, reason: 'damaged' as const }]
const announce = (orderId: string, quantity: number, formKey = newToken(), at = new Date()) =>
  requestReturn({ orderId, formKey, note: 'The handle is off', lines: wish(quantity) }, guest(at))

describe('invoices', () => {
  test('of twenty orders at once, some of which roll back, are numbered one to twenty without a hole', async () => {
    const year = 2031
    const at = new Date(Date.UTC(year, 5, 1))
    const orders = await db()('orders')
      .insert(await bareOrders(20))
      .returning('id')
    const issue = (id: string, fails: boolean) =>
      transaction(async (trx) => {
        await issueInvoice(trx, await lockOrder(trx, id), staff(at))
        if (fails) throw new Error('the rest of the transaction failed')
      }).catch(() => {})
    await Promise.all(orders.flatMap(({ id }, index) => [...(index % 3 ? [] : [issue(id, true)]), issue(id, false)]))
    const rows = await db()('invoices').where({ year }).orderBy('sequence')
    expect(rows.map(({ number }) => number)).toEqual(
      Array.from({ length: 20 }, (_, index) => `INV-${year}-${String(index + 1).padStart(6, '0')}`),
    )
    expect(new Set(rows.map(({ orderId }) => orderId)).size).toBe(20)
  })

  test('are written with the sale, once; an unpaid order has none; what was issued never changes', async () => {
    const unpaid = await aPlacedOrder()
    const order = await aPaidOrder()
    await settle({ orderId: order.id }, guest())
    await issueMissing(staff())
    expect(await documentsOf(unpaid.id)).toEqual([])
    const [invoice, ...more] = await documentsOf(order.id)
    expect(more).toEqual([])
    expect(invoice).toMatchObject({ kind: 'invoice', totalMinor: 4090, currency: 'EUR' })
    expect(invoice.snapshot).toMatchObject({
      seller: { name: 'Highstreet' },
      buyer: { address: { fullName: 'Alice Archer' }, email: 'alice@example.com' },
      paidWith: 'Visa ending in 4242',
      taxRows: [{ basisPoints: 2300, netMinor: 3325, taxMinor: 765 }],
      totals: { totalMinor: 4090 },
    })
    const [paid] = await mails(order.id, 'order.paid')
    expect(paid.payload.order.invoiceUrl).toContain(`/orders/${order.number}/invoice?token=`)
    await expect(db()('invoices').update({ totalMinor: 1 })).rejects.toThrow(/never changed/)
    await expect(db()('invoices').delete()).rejects.toThrow(/never changed/)
  })

  test('are corrected under the name they were written to, also when the account is deleted since', async () => {
    const userId = newId()
    await db()('users').insert({ id: userId, email: 'alice@example.com', name: 'Alice' })
    const order = await aPaidOrder({ userId })
    await shipOrder({ orderId: order.id, ...nothing }, staff())
    await deliverOrder({ orderId: order.id }, staff())
    await forgetShopper({ userId, email: 'alice@example.com' }, guest())
    await refundOrder({ orderId: order.id, amountMinor: 1000, reason: 'Goodwill' }, staff())
    const [invoice, note] = await documentsOf(order.id)
    expect(note).toMatchObject({ kind: 'credit_note', totalMinor: 1000 })
    expect(note.snapshot.buyer).toEqual(invoice.snapshot.buyer)
    expect(note.snapshot.deliveredTo).toEqual(invoice.snapshot.deliveredTo)
    expect(await mails(order.id, 'order.refunded')).toMatchObject([{ payload: { channels: [] } }])
  })

  test('missing of orders and refunds of before are issued by the sweeper, oldest first, once', async () => {
    const order = await aPaidOrder()
    await refundOrder({ orderId: order.id, amountMinor: 1000, reason: 'Scratch' }, staff())
    await db().raw('ALTER TABLE invoices DISABLE TRIGGER invoices_are_append_only')
    await db()('invoices').where({ orderId: order.id }).delete()
    await db().raw('ALTER TABLE invoices ENABLE TRIGGER invoices_are_append_only')
    await Promise.all([sweep(staff()), sweep(staff())])
    await sweep(staff())
    expect((await documentsOf(order.id)).map(({ kind, totalMinor }) => [kind, totalMinor])).toEqual([
      ['invoice', 4090],
      ['credit_note', 1000],
    ])
  })
})

/** Paid orders as rows, without their way here. */
async function bareOrders(count: number) {
  const { cartId } = await aPlacedOrder()
  const row = await db()('orders').where({ cartId }).first()
  const isJson = (value: unknown) =>
    value && typeof value === 'object' && !(value instanceof Date || Buffer.isBuffer(value))
  const columns = Object.entries(row).map(([name, value]) => [name, isJson(value) ? JSON.stringify(value) : value])
  return Array.from({ length: count }, (_, index) => ({
    ...Object.fromEntries(columns),
    id: crypto.randomUUID(),
    number: `HS-BARE-${String(index).padStart(4, '0')}`,
    checkoutKey: newToken(),
    accessTokenHash: crypto.getRandomValues(Buffer.alloc(32)),
    status: 'paid',
    paidAt: new Date(),
    nextAttemptAt: null,
  }))
}

describe('refunds by line', () => {
  test('give back what the pieces cost, put them on the shelf once, and are not sent any more', async () => {
    const order = await aPaidOrder({ quantity: 3 })
    const before = stock() ?? 0
    warehouse.trouble.set('restock', ['lost'])
    const refund = { orderId: order.id, lines: mug(1), shippingMinor: 490, reason: 'Changed', formKey: newToken() }
    const [first, again] = await Promise.all([refundOrder(refund, staff()), refundOrder(refund, staff())])
    expect(again.id).toBe(first.id)
    expect(first).toMatchObject({ status: 'succeeded', amountMinor: 2290, shippingMinor: 490 })
    expect(first.lines).toEqual([{ sku: 'MUG-SAGE', quantity: 1, amountMinor: 1800, restock: true, unsent: 1 }])
    for (let round = 0; round < 3; round++) {
      await aMinuteLater()
      await completeDueOrders(staff(), 50)
    }
    expect(stock()).toBe(before + 1)
    expect(warehouse.restocked.filter((ref) => ref === first.id)).toHaveLength(1)
    await shipOrder({ orderId: order.id, ...nothing }, staff())
    expect((await db()('parcels').where({ orderId: order.id }).first()).lines).toMatchObject([{ quantity: 2 }])
    await deliverOrder({ orderId: order.id }, staff())
    expect(await statusOf(order.id)).toBe('fulfilled')
    expect((await documentsOf(order.id)).at(-1)?.snapshot).toMatchObject({
      corrects: { reason: 'Changed' },
      lines: [
        { key: 'MUG-SAGE', quantity: 1, amountMinor: 1800 },
        { key: 'shipping', amountMinor: 490 },
      ],
    })
  })

  test('of what was not sent yet end an order whose parcels have all arrived', async () => {
    const order = await aPaidOrder({ quantity: 2 })
    await shipOrder({ orderId: order.id, ...nothing, lines: [{ sku: 'MUG-SAGE', quantity: 1 }] }, staff())
    await deliverOrder({ orderId: order.id }, staff())
    expect(await statusOf(order.id)).toBe('fulfilling')
    await refundOrder({ orderId: order.id, lines: mug(1, false), reason: 'Never came in' }, staff())
    await aMinuteLater()
    await completeDueOrders(staff(), 50)
    expect(await statusOf(order.id)).toBe('fulfilled')
  })

  test('written off stay off the shelf, also when the rest of the order is cancelled', async () => {
    const order = await aPaidOrder({ quantity: 3 })
    const before = stock() ?? 0
    await refundOrder({ orderId: order.id, lines: mug(1, false), reason: 'Broken here' }, staff())
    expect(await cancelOrder({ orderId: order.id, reason: 'Changed my mind' }, guest())).toEqual({ status: 'refunded' })
    expect(stock()).toBe(before + 2)
    const documents = await documentsOf(order.id)
    expect(documents.map(({ kind, totalMinor }) => [kind, totalMinor])).toEqual([
      ['invoice', 5890],
      ['credit_note', 1800],
      ['credit_note', 4090],
    ])
    const tax = (document: { snapshot: { lines: { taxMinor: number }[] } } | undefined) =>
      document?.snapshot.lines.reduce((sum, line) => sum + line.taxMinor, 0) ?? 0
    expect(tax(documents[1]) + tax(documents[2])).toBe(tax(documents[0]))
  })

  test('of all goods one by one, then cancelled: nothing is left for the shelf and the order ends', async () => {
    const order = await aPaidOrder({ quantity: 2 })
    const before = stock() ?? 0
    await refundOrder({ orderId: order.id, lines: mug(2), reason: 'Changed' }, staff())
    await completeDueOrders(staff(), 50)
    expect(await cancelOrder({ orderId: order.id, reason: 'The delivery too' }, guest())).toEqual({
      status: 'refunded',
    })
    expect(stock()).toBe(before + 2)
    expect(await db()('orders').where({ id: order.id }).first()).toMatchObject({
      releasePending: false,
      lastError: null,
    })
  })

  test('by two members of staff at once never exceed what was bought nor what was paid', async () => {
    const order = await aPaidOrder({ quantity: 3 })
    const tries = await Promise.allSettled(
      Array.from({ length: 8 }, () => refundOrder({ orderId: order.id, lines: mug(1), reason: 'Goodwill' }, staff())),
    )
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
    expect((await refundsOf(order.id)).map(({ amountMinor }) => amountMinor)).toEqual([1800, 1800, 1800])
    await refundOrder({ orderId: order.id, amountMinor: 400, reason: 'Goodwill' }, staff())
    await expect(
      refundOrder({ orderId: order.id, lines: [], shippingMinor: 490, reason: 'Delivery' }, staff()),
    ).rejects.toMatchObject({ code: 'refund_too_large' })
  })

  test('of nothing, of less, of a half, of more, of foreign things or twice the same are refused and change nothing', async () => {
    const order = await aPaidOrder({ quantity: 2 })
    const foreign = [{ sku: 'LAMP', quantity: 1, restock: true }]
    for (const lines of [[], mug(0), mug(-1), mug(0.5), mug(3), mug(1e9), foreign, [...mug(1), ...mug(1)]])
      await expect(refundOrder({ orderId: order.id, lines, reason: 'x' }, staff())).rejects.toMatchObject({
        code: 'validation_failed',
      })
    expect(await refundsOf(order.id)).toEqual([])
  })

  test('of more delivery than was paid are refused; the same form with other goods is a conflict', async () => {
    const order = await aPaidOrder({ quantity: 2 })
    const formKey = newToken()
    for (const shippingMinor of [-1, 491, 1e12])
      await expect(
        refundOrder({ orderId: order.id, lines: mug(1), shippingMinor, reason: 'x' }, staff()),
      ).rejects.toMatchObject({ code: 'validation_failed' })
    await refundOrder({ orderId: order.id, lines: mug(1), reason: 'x', formKey }, staff())
    await expect(
      refundOrder({ orderId: order.id, lines: mug(2), reason: 'x', formKey }, staff()),
    ).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('what the provider says later', () => {
  test('a refund that the bank sends back: its credit note is withdrawn, the next one is told and credited anew', async () => {
    const order = await aPaidOrder({}, '4000000000005126')
    await refundOrder({ orderId: order.id, amountMinor: 'rest', reason: 'Goodwill' }, staff())
    await new Promise((resolve) => setTimeout(resolve, 600))
    await db()('refunds')
      .where({ orderId: order.id })
      .update({ nextAttemptAt: new Date(0) })
    await refundDue(staff())
    expect(await statusOf(order.id)).toBe('refund_due')
    await db()('payments').where({ orderId: order.id }).update({ cardLast4: '4242' })
    await refundOrder({ orderId: order.id, amountMinor: 'rest', reason: 'Once more' }, staff())
    expect((await documentsOf(order.id)).map(({ kind, totalMinor }) => [kind, totalMinor])).toEqual([
      ['invoice', 4090],
      ['credit_note', 4090],
      ['withdrawal', 4090],
      ['credit_note', 4090],
    ])
    expect(await mails(order.id, 'order.refunded')).toHaveLength(2)
  })

  test('a refund made in its dashboard is credited and told, each of several by itself', async () => {
    const order = await aPaidOrder()
    await refundInDashboard(order.id, 1000)
    await refundInDashboard(order.id)
    expect(await statusOf(order.id)).toBe('refunded')
    expect((await documentsOf(order.id)).map(({ totalMinor }) => totalMinor)).toEqual([4090, 1000, 3090])
    const told = await mails(order.id, 'order.refunded')
    expect(told.map(({ payload }) => payload.refundMinor)).toEqual([1000, 3090])
    expect(told[0].payload.creditNoteUrl).toContain(`/orders/${order.number}/credit-notes/CN-`)
  })

  test('a parcel that was booked before all money went back in the dashboard is told all the same', async () => {
    const order = await aPaidOrder()
    warehouse.trouble.set('fulfillments', ['down', 'down'])
    expect(await shipOrder({ orderId: order.id, ...nothing }, staff())).toMatchObject({ told: false })
    await refundInDashboard(order.id)
    expect(await statusOf(order.id)).toBe('refunded')
    await db()('orders').where({ id: order.id }).update({ nextAttemptAt: null })
    await sweep(staff())
    for (let round = 0; round < 2; round++) {
      await completeDueOrders(staff(), 50)
      await aMinuteLater()
    }
    await completeDueOrders(staff(), 50)
    expect(await db()('parcels').where({ orderId: order.id })).toMatchObject([{ status: 'shipped' }])
    expect(await mails(order.id, 'order.shipped')).toHaveLength(1)
  })

  test('a dispute is a flag with its deadline: no status and no stock moves', async () => {
    const order = await aPaidOrder({}, '4000000000000259')
    const list = await atProvider<{ data: { id: string }[] }>(`disputes?payment_intent=${await intentOf(order.id)}`)
    const id = list.data[0]?.id ?? ''
    expect(await tell('charge.dispute.created', id, order.id)).toMatchObject({ verdict: 'applied' })
    expect(await tell('charge.dispute.updated', id, order.id)).toMatchObject({ verdict: 'duplicate' })
    expect(await db()('disputes').where({ orderId: order.id })).toMatchObject([
      { status: 'needs_response', reason: 'fraudulent', amountMinor: 4090, evidenceDueAt: expect.any(Date) },
    ])
    expect(await statusOf(order.id)).toBe('paid')
  })
})

describe('a payment that is not what the order asks for', () => {
  async function aMismatch() {
    const order = await aPlacedOrder()
    await payOn(order.paymentUrl)
    const session = await retrieveSession(
      (await db()('payments').where({ orderId: order.id }).first()).providerSessionId,
    )
    // As if it had been asked for less: what was taken is more.
    await db()('payments').where({ orderId: order.id }).update({ amountMinor: 3000 })
    return { order, session }
  }

  test('is noted once however often it is looked at, and goes back whole when staff say so: the cart is free again', async () => {
    const { order, session } = await aMismatch()
    await db()('payments').where({ orderId: order.id }).update({ status: 'processing' })
    for (let look = 0; look < 3; look++) expect((await recordSession(session, guest())).outcome).toBe('mismatch')
    const notes = await db()('order_history').where({ orderId: order.id, kind: 'payment' })
    expect(notes).toHaveLength(1)
    const [one, other] = await Promise.allSettled([
      endMismatch({ orderId: order.id }, staff()),
      endMismatch({ orderId: order.id }, staff()),
    ])
    expect([one.status, other.status].sort()).toEqual(['fulfilled', 'rejected'])
    expect(await statusOf(order.id)).toBe('cancelled')
    expect(await refundsOf(order.id)).toMatchObject([{ status: 'succeeded', amountMinor: 4090 }])
    expect(await db()('payments').where({ orderId: order.id })).toMatchObject([
      { status: 'failed', failureCode: 'mismatch', capturedMinor: 4090, refundedMinor: 4090 },
    ])
    expect((await db()('carts').where({ id: order.cartId }).first()).status).toBe('open')
    expect((await recordSession(session, guest())).outcome).toBe('over')
    expect(await documentsOf(order.id)).toEqual([])
  })

  test('cannot be ended where nothing is wrong', async () => {
    const order = await aPaidOrder()
    await expect(endMismatch({ orderId: order.id }, staff())).rejects.toMatchObject({ code: 'illegal_transition' })
    expect(await refundsOf(order.id)).toEqual([])
  })
})

describe('returns', () => {
  test('the table of moves and the database’s are the same', async () => {
    const rows = await db()('return_edges').select('fromStatus', 'toStatus')
    expect(rows.map(({ fromStatus, toStatus }) => `${fromStatus} ${toStatus}`).sort()).toEqual(
      returnEdges()
        .map((edge) => edge.join(' '))
        .sort(),
    )
  })

  test('from asking to the money: each step is told, what came goes back on the shelf, what is broken does not', async () => {
    const order = await aDeliveredOrder(3)
    const before = stock() ?? 0
    const { number } = await announce(order.id, 2)
    const which = { orderId: order.id, number }
    await approveReturn({ ...which, note: 'Send it to Dublin' }, staff())
    await approveReturn({ ...which, note: 'Twice' }, staff())
    warehouse.trouble.set('restock', ['down', 'lost'])
    const came = [{ sku: 'MUG-SAGE', quantity: 1, restock: true }]
    await receiveReturn({ ...which, lines: came }, staff())
    await receiveReturn({ ...which, lines: came }, staff())
    for (let round = 0; round < 4; round++) {
      await aMinuteLater()
      await completeDueOrders(staff(), 50)
    }
    expect(stock()).toBe(before + 1)
    const row = await db()('returns').where({ number }).first()
    expect(row).toMatchObject({ status: 'received', restockPending: false, staffNote: 'Send it to Dublin' })
    const refund = { orderId: order.id, returnId: row.id, reason: `Return ${number}` }
    await expect(refundOrder({ ...refund, lines: mug(2, false) }, staff())).rejects.toMatchObject({
      code: 'validation_failed',
    })
    const both = await Promise.allSettled([
      refundOrder({ ...refund, lines: mug(1, false) }, staff()),
      refundOrder({ ...refund, lines: mug(1, false) }, staff()),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await db()('returns').where({ number }).first()).toMatchObject({ status: 'refunded' })
    expect(await refundsOf(order.id)).toMatchObject([{ amountMinor: 1800, returnId: row.id, restockPending: false }])
    expect(stock()).toBe(before + 1)
    const told = await db()('outbox').where('dedupe_key', 'like', `order.return_%${row.id}`).orderBy('id')
    expect(told.map(({ topic }) => topic)).toEqual([
      'order.return_requested',
      'order.return_approved',
      'order.return_received',
    ])
    expect(told[0].payload).toMatchObject({ returnNumber: number, reason: 'The handle is off' })
  })

  test('never announce more than was sent and not given back: two forms at once, a form twice, a second return', async () => {
    const order = await aDeliveredOrder(2)
    const key = newToken()
    const same = await Promise.all([announce(order.id, 1, key), announce(order.id, 1, key)])
    expect(same[0].number).toBe(same[1].number)
    const two = await Promise.allSettled([announce(order.id, 1), announce(order.id, 1)])
    expect(two.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    await cancelReturn({ orderId: order.id, number: same[0].number }, guest())
    await cancelReturn({ orderId: order.id, number: same[0].number }, guest())
    await refundOrder({ orderId: order.id, lines: mug(1), reason: 'Lost on its way' }, staff())
    expect((await findReturnable({ id: order.id, status: 'fulfilled' }, new Date())).lines).toEqual([])
    await expect(announce(order.id, 1)).rejects.toMatchObject({ code: 'illegal_transition' })
  })

  test('end thirty days after the parcel arrived, and begin when it was sent', async () => {
    const order = await aPaidOrder({ quantity: 1 })
    await expect(announce(order.id, 1)).rejects.toMatchObject({ code: 'illegal_transition' })
    await shipOrder({ orderId: order.id, ...nothing }, staff())
    expect((await findReturnable({ id: order.id, status: 'fulfilling' }, new Date())).lines).toMatchObject([
      { quantity: 1 },
    ])
    await deliverOrder({ orderId: order.id }, staff())
    const day = 24 * 3600
    await expect(announce(order.id, 1, newToken(), addSeconds(new Date(), 31 * day))).rejects.toMatchObject({
      code: 'illegal_transition',
    })
    await announce(order.id, 1, newToken(), addSeconds(new Date(), 29 * day))
  })

  test('of none, of a half, of more than was bought, of foreign things or twice the same are refused', async () => {
    const order = await aDeliveredOrder(3)
    for (const quantity of [0, -1, 0.5, 4, 1e9])
      await expect(announce(order.id, quantity)).rejects.toMatchObject({ code: 'validation_failed' })
    const foreign = [{ ...wish(1)[0], sku: 'LAMP' }] as ReturnType<typeof wish>
    for (const lines of [[], foreign, [...wish(1), ...wish(1)]])
      await expect(
        requestReturn({ orderId: order.id, formKey: newToken(), note: null, lines }, guest()),
      ).rejects.toMatchObject({ code: 'validation_failed' })
    expect(await db()('returns').where({ orderId: order.id })).toEqual([])
  })

  test('of another order, or moved out of turn, are refused and change nothing', async () => {
    const [order, other] = [await aDeliveredOrder(1), await aDeliveredOrder(1)]
    const { number } = await announce(order.id, 1)
    const foreign = { orderId: other.id, number }
    await expect(approveReturn({ ...foreign, note: null }, staff())).rejects.toMatchObject({ code: 'not_found' })
    await expect(cancelReturn(foreign, guest())).rejects.toMatchObject({ code: 'not_found' })
    const row = await db()('returns').where({ number }).first()
    const early = { orderId: order.id, returnId: row.id, lines: mug(1), reason: 'x' }
    await expect(refundOrder(early, staff())).rejects.toMatchObject({ code: 'illegal_transition' })
    await expect(refundOrder({ ...early, orderId: other.id }, staff())).rejects.toMatchObject({
      code: 'illegal_transition',
    })
    await expect(receiveReturn({ orderId: order.id, number, lines: mug(1) }, staff())).rejects.toMatchObject({
      code: 'illegal_transition',
    })
    await rejectReturn({ orderId: order.id, number, note: 'It was worn' }, staff())
    await expect(approveReturn({ orderId: order.id, number, note: null }, staff())).rejects.toMatchObject({
      code: 'illegal_transition',
    })
    expect(await db()('returns').where({ number }).first()).toMatchObject({
      status: 'rejected',
      staffNote: 'It was worn',
    })
  })

  test('whose things were free, or whose money went back before they came, are closed without money; others are not', async () => {
    await db()('shipping_methods').update({ priceMinor: 0 })
    const cart = await aFullCart({ variant: aMug({ sku: 'MUG-GIFT', priceMinor: 0 }), quantity: 1 })
    const gift = await placeOrder(await aCheckout(cart.id), guest())
    await db()('shipping_methods').update({ priceMinor: 490 })
    await shipOrder({ orderId: gift.orderId, ...nothing }, staff())
    await deliverOrder({ orderId: gift.orderId }, staff())
    const arrives = async (orderId: string, sku: string) => {
      const lines = [{ sku, quantity: 1, reason: 'damaged' as const }]
      const { number } = await requestReturn({ orderId, formKey: newToken(), note: null, lines }, guest())
      await approveReturn({ orderId, number, note: null }, staff())
      await expect(closeReturn({ orderId, number }, staff())).rejects.toMatchObject({ code: 'illegal_transition' })
      await receiveReturn({ orderId, number, lines: [{ sku, quantity: 1, restock: false }] }, staff())
      return { orderId, number }
    }
    const free = await arrives(gift.orderId, 'MUG-GIFT')
    await closeReturn(free, staff())
    await closeReturn(free, staff())
    const order = await aDeliveredOrder(1)
    const paid = await arrives(order.id, 'MUG-SAGE')
    await expect(closeReturn(paid, staff())).rejects.toMatchObject({ code: 'conflict' })
    await refundOrder({ orderId: order.id, amountMinor: 'rest', reason: 'All of it' }, staff())
    await closeReturn(paid, staff())
    const rows = await db()('returns').whereIn('number', [free.number, paid.number])
    expect(rows.map(({ status }) => status)).toEqual(['refunded', 'refunded'])
    expect(await refundsOf(gift.orderId)).toEqual([])
  })

  test('whose money the bank sends back wait for it again', async () => {
    const order = await aPaidOrder({ quantity: 2 }, '4000000000005126')
    await shipOrder({ orderId: order.id, ...nothing }, staff())
    await deliverOrder({ orderId: order.id }, staff())
    const { number } = await announce(order.id, 1)
    await approveReturn({ orderId: order.id, number, note: null }, staff())
    await receiveReturn({ orderId: order.id, number, lines: mug(1, false) }, staff())
    const { id } = await db()('returns').where({ number }).first()
    const refund = { orderId: order.id, returnId: id, lines: mug(1, false), reason: 'Return' }
    await refundOrder(refund, staff())
    await new Promise((resolve) => setTimeout(resolve, 600))
    await db()('refunds')
      .where({ orderId: order.id })
      .update({ nextAttemptAt: new Date(0) })
    await refundDue(staff())
    expect(await db()('returns').where({ number }).first()).toMatchObject({ status: 'received' })
    await refundOrder(refund, staff())
    expect(await db()('returns').where({ number }).first()).toMatchObject({ status: 'refunded' })
  })
})
