import '../../../test/database.ts'
import { beforeEach, describe, expect, test } from 'vitest'
import { type OrderMove, orderEdges, orderMoves, orderStatuses } from '#app/domain/orders/order-status.ts'
import { transition } from '#app/domain/orders/transition.server.ts'
import { paymentStatuses, refundStatuses } from '#app/domain/payments/payment-status.ts'
import { db, transaction } from '#app/lib/db.server.ts'
import { newId, newToken } from '#app/lib/ids.ts'
import { anOrderRow, eventOf } from '../../../test/an-order.ts'
import { startClock } from '../../../test/clock.ts'
import { whileHeld } from '../../../test/waiting.ts'

const now = startClock()
let orderId: string

/** Puts an order into a state without the door, as no code of the shop can. */
async function forceStatus(id: string, status: string): Promise<void> {
  await db().transaction(async (trx) => {
    await trx.raw('ALTER TABLE orders DISABLE TRIGGER orders_move_only_along_edges')
    await trx('orders').where({ id }).update({ status })
    await trx.raw('ALTER TABLE orders ENABLE TRIGGER orders_move_only_along_edges')
  })
}

const checkedWords = async (constraint: string): Promise<string[]> => {
  const { rows } = await db().raw('SELECT pg_get_constraintdef(oid) AS text FROM pg_constraint WHERE conname = ?', [
    constraint,
  ])
  return [...String(rows[0].text).matchAll(/'([a-z_]+)'/g)].map((match) => match[1] ?? '').sort()
}
const move = (id: string, name: OrderMove) =>
  transaction((trx) => transition(trx, id, name, now(), { event: eventOf[name] as never }))

beforeEach(async () => {
  orderId = await anOrderRow(now())
})

describe('the database and the table agree', () => {
  test('on every edge an order may take', async () => {
    const rows = await db()('order_edges').select('from_status', 'to_status')
    const stored = rows.map(({ fromStatus, toStatus }) => `${fromStatus} ${toStatus}`).sort()
    expect(stored).toEqual(
      orderEdges()
        .map((edge) => edge.join(' '))
        .sort(),
    )
  })

  test('on the names of all states of orders, payments and refunds', async () => {
    expect(await checkedWords('orders_status_known')).toEqual([...orderStatuses].sort())
    expect(await checkedWords('payments_status_known')).toEqual([...paymentStatuses].sort())
    expect(await checkedWords('refunds_status_known')).toEqual([...refundStatuses].sort())
  })
})

describe('the door', () => {
  const pairs = (Object.keys(orderMoves) as OrderMove[]).flatMap((name) =>
    orderStatuses.map((status) => [name, status] as const),
  )

  test.each(pairs)(
    '%s from %s: moves and tells, says “already so”, or refuses and writes nothing',
    async (name, status) => {
      await forceStatus(orderId, status)
      const rows = async () => ({
        order: (await db()('orders').where({ id: orderId }).first()).status,
        history: (await db()('order_history').where({ orderId })).length,
        told: (await db()('outbox').where('dedupe_key', 'like', `%:${orderId}`)).length,
      })
      const before = await rows()
      const { from, to, ...rest } = orderMoves[name] as { from: readonly string[]; to: string; event?: string }
      if (status === to) {
        expect((await move(orderId, name)).moved).toBe(false)
        expect(await rows()).toEqual(before)
      } else if (from.includes(status)) {
        expect((await move(orderId, name)).moved).toBe(true)
        expect(await rows()).toEqual({
          order: to,
          history: before.history + 1,
          told: before.told + (rest.event ? 1 : 0),
        })
      } else {
        await expect(move(orderId, name)).rejects.toMatchObject({ code: 'illegal_transition' })
        expect(await rows()).toEqual(before)
      }
    },
  )

  test('a move that cannot be told is not made', async () => {
    const untold = transaction((trx) => transition(trx, orderId, 'cancel', now(), {}))
    await expect(untold).rejects.toThrow()
    expect((await db()('orders').where({ id: orderId }).first()).status).toBe('placing')
  })

  test('a move that is taken back was never told', async () => {
    const takenBack = transaction(async (trx) => {
      await transition(trx, orderId, 'reserve', now())
      await transition(trx, orderId, 'open_payment', now())
      throw new Error('somebody tripped')
    })
    await expect(takenBack).rejects.toThrow('somebody tripped')
    expect((await db()('orders').where({ id: orderId }).first()).status).toBe('placing')
    expect(await db()('outbox').where('dedupe_key', 'like', `%:${orderId}`)).toEqual([])
    expect(await db()('order_history').where({ orderId })).toHaveLength(1)
  })

  test('two at once: one moves the order, the other hears that it is already so', async () => {
    const both = await whileHeld(['orders', { id: orderId }], 2, () =>
      Promise.all([move(orderId, 'reserve'), move(orderId, 'reserve')]),
    )
    expect(both.map(({ moved }) => moved).sort()).toEqual([false, true])
    expect(await db()('order_history').where({ orderId, toStatus: 'reserved' })).toHaveLength(1)
  })

  test('an order that is not there is not found', async () => {
    await expect(move(newId(), 'reserve')).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('what the database refuses by itself', () => {
  test('an edge that is not in the table', async () => {
    const skip = db()('orders').where({ id: orderId }).update({ status: 'fulfilled' })
    await expect(skip).rejects.toMatchObject({ constraint: 'orders_move_only_along_edges' })
  })

  test('a changed or removed line of an order that was placed', async () => {
    await move(orderId, 'reserve')
    const cheaper = db()('order_items').where({ orderId }).update({ unitPriceMinor: 1, lineTotalMinor: 2 })
    await expect(cheaper).rejects.toMatchObject({ constraint: 'order_items_are_frozen' })
    const gone = db()('order_items').where({ orderId }).delete()
    await expect(gone).rejects.toMatchObject({ constraint: 'order_items_are_frozen' })
  })

  test('a total that is not the sum of its parts', async () => {
    const cheaper = db()('orders').where({ id: orderId }).update({ totalMinor: 1 })
    await expect(cheaper).rejects.toMatchObject({ constraint: 'orders_total_is_its_parts' })
  })

  test('a second live order of one cart', async () => {
    const order = await db()('orders').where({ id: orderId }).first()
    const json = { shippingAddress: '{}', billingAddress: '{}', shippingMethod: '{}' }
    const twin = db()('orders').insert({
      ...order,
      ...json,
      id: newId(),
      number: 'HS-2222-2222',
      checkoutKey: newToken(),
    })
    await expect(twin).rejects.toMatchObject({ constraint: 'orders_one_live_per_cart' })
  })

  test('an order without a secret', async () => {
    const open = db()('orders')
      .where({ id: orderId })
      .update({ accessTokenHash: Buffer.alloc(0) })
    await expect(open).rejects.toMatchObject({ constraint: 'orders_access_token_is_a_sha256' })
  })
})
