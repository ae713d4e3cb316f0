import '../../../test/stage.ts'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { completeDueOrders } from '#app/domain/checkout/complete.server.ts'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { refundOrder } from '#app/domain/checkout/refund.server.ts'
import { drive } from '#app/domain/checkout/steps/drive.server.ts'
import { askToCancel } from '#app/domain/orders/cancel.server.ts'
import {
  claimDueOrders,
  claimOrder,
  type Lease,
  putDown,
  putDownFailed,
  wakeOrder,
} from '#app/domain/orders/work.server.ts'
import { claimEvents, closeEvent, postponeEvent } from '#app/domain/payments/events.server.ts'
import { bookRefund, claimDueRefunds } from '#app/domain/payments/refunds.server.ts'
import { addSeconds } from '#app/lib/clock.ts'
import { db, transaction } from '#app/lib/db.server.ts'
import { armFailpoint, Killed } from '#app/lib/failpoints.ts'
import { newId } from '#app/lib/ids.ts'
import {
  aCheckout,
  aFullCart,
  aMinuteLater,
  aPaidOrder,
  guest,
  openForBusiness,
  statusOf,
} from '../../../test/shopping.ts'
import { atProvider, warehouse } from '../../../test/stage.ts'

beforeEach(openForBusiness)
afterEach(async () => {
  vi.restoreAllMocks()
  await db()('orders').update({ nextAttemptAt: null, leaseToken: null, leaseUntil: null })
})

/** Orders that are due now, as left behind at a failpoint by a process that was killed. */
async function dueOrders(count: number, at: 'order_placed' | 'goods_held' = 'order_placed'): Promise<string[]> {
  const ids: string[] = []
  for (let each = 0; each < count; each++) {
    const cart = await aFullCart({ quantity: 1 })
    armFailpoint(at)
    await expect(placeOrder(await aCheckout(cart.id), guest())).rejects.toThrow(Killed)
    ids.push((await db()('orders').where({ cartId: cart.id }).first('id')).id)
  }
  await aMinuteLater()
  return ids
}

async function dueEvents(count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => `evt_${newId()}`)
  await db()('stripe_events').delete()
  await db()('stripe_events').insert(
    ids.map((eventId) => ({ eventId, type: 'none', objectId: 'none', livemode: false, payload: '{}' })),
  )
  return ids
}

async function dueRefunds(): Promise<string[]> {
  const order = await aPaidOrder({ quantity: 2 })
  for (const reason of ['one', 'two']) await refundOrder({ orderId: order.id, amountMinor: 100, reason }, guest())
  const ids = (await db()('refunds').where({ orderId: order.id }).select('id')).map(({ id }) => id)
  await db()('refunds').update({ nextAttemptAt: null })
  await db()('refunds')
    .whereIn('id', ids)
    .update({ status: 'pending', nextAttemptAt: new Date(0) })
  return ids
}

/** Claims while somebody else holds `locked` of the table, as another worker in the middle of its claim does. */
async function beside<T>(table: string, key: string, locked: string, claim: () => Promise<T>): Promise<T> {
  const other = await db().transaction()
  try {
    await other(table).where(key, locked).forUpdate()
    return await claim()
  } finally {
    await other.rollback()
  }
}

describe('work is shared out', () => {
  test('an order that another completer is taking is left to it, and nobody waits', async () => {
    const [first = '', second] = await dueOrders(2)
    const leases = await beside('orders', 'id', first, () => claimDueOrders(10))
    expect(leases.map(({ orderId }) => orderId)).toEqual([second])
  })

  test('an event that another worker is taking is left to it, and nobody waits', async () => {
    const [first = '', second] = await dueEvents(2)
    const events = await beside('stripe_events', 'event_id', first, () => claimEvents(db(), 10))
    expect(events.map(({ eventId }) => eventId)).toEqual([second])
  })

  test('a refund that another worker is taking is left to it, and nobody waits', async () => {
    const [first = '', second] = await dueRefunds()
    const refunds = await beside('refunds', 'id', first, () => claimDueRefunds(10))
    expect(refunds.map(({ id }) => id)).toEqual([second])
  })

  test('an order that somebody works on is taken by no completer, though it was woken, until the lease is over', async () => {
    const [orderId = ''] = await dueOrders(1)
    expect(await claimDueOrders(10)).toMatchObject([{ orderId }])
    await wakeOrder(db(), orderId)
    expect(await claimDueOrders(10)).toEqual([])
    await db()('orders')
      .where({ id: orderId })
      .update({ leaseUntil: new Date(0) })
    expect(await claimDueOrders(10)).toMatchObject([{ orderId }])
  })

  test('an order that somebody works on is taken by no request', async () => {
    const [orderId = ''] = await dueOrders(1)
    expect(await claimOrder(orderId)).toMatchObject({ orderId })
    expect(await claimOrder(orderId)).toBeNull()
  })

  test('an event that somebody works on is taken by no other, until the lease is over', async () => {
    await dueEvents(1)
    expect(await claimEvents(db(), 10)).toHaveLength(1)
    expect(await claimEvents(db(), 10)).toEqual([])
    await db()('stripe_events').update({ leaseUntil: new Date(0) })
    expect(await claimEvents(db(), 10)).toHaveLength(1)
  })
})

describe('whoever was too slow and lost the order to another', () => {
  const another = newId()
  const lost = async (orderId: string): Promise<Lease> => {
    const lease = await claimOrder(orderId)
    await db()('orders').where({ id: orderId }).update({ leaseToken: another })
    if (!lease) throw new Error('the order is taken')
    return lease
  }

  test('writes no hold down', async () => {
    const [orderId = ''] = await dueOrders(1)
    await drive(await lost(orderId), guest())
    expect(warehouse.calls).toContain('reserve')
    expect(await statusOf(orderId)).toBe('placing')
  })

  test('writes no payment page down', async () => {
    const [orderId = ''] = await dueOrders(1, 'goods_held')
    await drive(await lost(orderId), guest())
    expect(await statusOf(orderId)).toBe('reserved')
    expect(await db()('payments').where({ orderId })).toMatchObject([{ status: 'new', providerSessionId: null }])
  })

  test('ends nobody’s lease, neither when done nor when failed', async () => {
    const [orderId = ''] = await dueOrders(1)
    const lease = await lost(orderId)
    await putDown(lease, 0)
    await putDownFailed(lease, 0, 'too slow')
    expect(await db()('orders').where({ id: orderId })).toMatchObject([{ leaseToken: another, lastError: null }])
  })

  test('closes and postpones no event of another', async () => {
    await dueEvents(1)
    const [event] = await claimEvents(db(), 1)
    if (!event) throw new Error('no event')
    await db()('stripe_events').update({ leaseToken: another })
    await closeEvent(db(), event, { verdict: 'ignored', note: null })
    await postponeEvent(db(), event, 60, 'too slow')
    expect(await db()('stripe_events')).toMatchObject([{ leaseToken: another, processedAt: null, lastError: null }])
  })
})

describe('asked again', () => {
  test('seconds after the answer was lost, the provider is asked for the very same page', async () => {
    const cart = await aFullCart()
    armFailpoint('after_session')
    await expect(placeOrder(await aCheckout(cart.id), guest())).rejects.toThrow(Killed)
    // The provider counts in whole seconds: asked in another one, another end would be another page.
    const second = () => Math.floor(Date.now() / 1000)
    const asked = second()
    await expect.poll(second, { timeout: 5_000 }).toBeGreaterThan(asked)
    for (let round = 0; round < 3; round++) {
      await aMinuteLater()
      await completeDueOrders(guest())
    }
    const order = await db()('orders').where({ cartId: cart.id }).first()
    const { data } = await atProvider<{ data: { client_reference_id: string; status: string }[] }>(
      'checkout/sessions?limit=100',
    )
    expect(data.filter((page) => page.client_reference_id === order.id)).toMatchObject([{ status: 'open' }])
    expect(await db()('payments').where({ orderId: order.id })).toMatchObject([{ attempt: 1, status: 'open' }])
  })

  test('an instance whose clock is an hour fast writes due times and histories by the database’s clock', async () => {
    const fast = () => guest(addSeconds(new Date(), 3600))
    const cart = await aFullCart()
    armFailpoint('order_placed')
    await expect(placeOrder(await aCheckout(cart.id), fast())).rejects.toThrow(Killed)
    const soon = (table: string, column: string) =>
      db()(table).whereRaw(`?? BETWEEN now() - interval '1 minute' AND now() + interval '1 minute'`, [column])
    expect(await soon('orders', 'next_attempt_at').where({ cartId: cart.id })).toHaveLength(1)
    await aMinuteLater()
    await completeDueOrders(fast(), 50)
    const order = await db()('orders').where({ cartId: cart.id }).first()
    expect(order.status).toBe('awaiting_payment')
    expect(await db()('order_history').where({ orderId: order.id })).toHaveLength(3)
    expect(await soon('order_history', 'created_at').where({ orderId: order.id })).toHaveLength(3)
    await transaction((trx) => askToCancel(trx, order.id, 'test', fast()))
    expect(await soon('orders', 'next_attempt_at').where({ cartId: cart.id })).toHaveLength(1)
    const paid = await aPaidOrder()
    const payment = await db()('payments').where({ orderId: paid.id }).first('id')
    const wish = { paymentId: payment.id, amountMinor: 100, reason: 'test' }
    await transaction((trx) => bookRefund(trx, wish, fast()))
    expect(await soon('refunds', 'next_attempt_at').where({ orderId: paid.id })).toHaveLength(1)
    await db()('refunds').where({ orderId: paid.id }).update({ nextAttemptAt: null })
  })

  test('a cart that changes while its total is worked out is not ordered as it was', async () => {
    const cart = await aFullCart()
    const checkout = await aCheckout(cart.id)
    const call = globalThis.fetch
    // The cart was read, its prices are being asked for: in this moment another tab changes it and back again.
    vi.spyOn(globalThis, 'fetch').mockImplementationOnce(async (...asked) => {
      await db()('carts').where({ id: cart.id }).increment('version', 2)
      return call(...asked)
    })
    await expect(placeOrder(checkout, guest())).rejects.toMatchObject({ code: 'cart_changed' })
    expect(await db()('orders').where({ cartId: cart.id })).toEqual([])
  })

  test('an order that was woken while it was worked on is looked at at once, however late its worker wanted', async () => {
    const [orderId = ''] = await dueOrders(1)
    const lease = await claimOrder(orderId)
    if (!lease) throw new Error('the order is taken')
    await wakeOrder(db(), orderId)
    await putDown(lease, 3600)
    const { nextAttemptAt } = await db()('orders').where({ id: orderId }).first('nextAttemptAt')
    expect(nextAttemptAt.getTime()).toBeLessThan(Date.now() + 60_000)
  })
})
