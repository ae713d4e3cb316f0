// The columns of an order that belong to its driver: who works on it, when to look again, what went wrong.
// Never writes status; every expiry is compared with the database's clock, so that instances need not agree on time.
import type { Knex } from 'knex'
import type { ModelObject } from 'objection'
import { Order, OrderItem } from '#app/domain/orders/models.ts'
import type { OrderStatus } from '#app/domain/orders/order-status.ts'
import { db } from '#app/lib/db.server.ts'
import { notFound } from '#app/lib/errors.ts'
import { newId } from '#app/lib/ids.ts'

/** A row of `orders` as the conductor sees it: data, to be read only. */
export type OrderRow = Readonly<ModelObject<Order>>
export type OrderItemRow = Readonly<ModelObject<OrderItem>>
export type Lease = { orderId: string; token: string }

const leaseSeconds = 60

// While leased, an order is next looked at when the lease ends. Whoever wakes it meanwhile writes another time, which is
// how the holder, putting it down, learns that something happened and does not overwrite it.
const takeLease = `lease_token = ?, lease_until = now() + make_interval(secs => ?),
  next_attempt_at = now() + make_interval(secs => ?)`
const unlessWoken = `CASE WHEN next_attempt_at IS NOT DISTINCT FROM lease_until
  THEN now() + make_interval(secs => ?::double precision) ELSE now() END`

/** Takes up to `limit` orders that are due and that nobody works on; each is ours for 60 s. */
export async function claimDueOrders(limit: number): Promise<Lease[]> {
  const token = newId()
  const { rows } = await db().raw<{ rows: { id: string }[] }>(
    `UPDATE orders SET ${takeLease}
     WHERE id IN (
       SELECT id FROM orders
       WHERE next_attempt_at <= now() AND (lease_until IS NULL OR lease_until < now())
       ORDER BY next_attempt_at LIMIT ? FOR UPDATE SKIP LOCKED
     ) RETURNING id`,
    [token, leaseSeconds, leaseSeconds, limit],
  )
  return rows.map(({ id }) => ({ orderId: id, token }))
}

/** Takes this order now, due or not; null when somebody else works on it. */
export async function claimOrder(orderId: string): Promise<Lease | null> {
  const token = newId()
  const { rows } = await db().raw<{ rows: { id: string }[] }>(
    `UPDATE orders SET ${takeLease}
     WHERE id = ? AND (lease_until IS NULL OR lease_until < now()) RETURNING id`,
    [token, leaseSeconds, leaseSeconds, orderId],
  )
  return rows.length > 0 ? { orderId, token } : null
}

/** Whether the lease is still ours. Locks the row: what follows in the transaction is done under it. */
export async function holdsLease(trx: Knex.Transaction, lease: Lease): Promise<boolean> {
  const row = await trx('orders').where({ id: lease.orderId, leaseToken: lease.token }).forUpdate().first('id')
  return row !== undefined
}

/** Ends the lease; the order is looked at again after `seconds`, or never when null. */
export async function putDown(lease: Lease, seconds: number | null): Promise<void> {
  await db().raw(
    `UPDATE orders SET lease_token = NULL, lease_until = NULL, attempts = 0, last_error = NULL,
       next_attempt_at = ${unlessWoken}
     WHERE id = ? AND lease_token = ?`,
    [seconds, lease.orderId, lease.token],
  )
}

/** Ends the lease after a failure; tried again after `seconds`, or never (a person must look) when null. */
export async function putDownFailed(lease: Lease, seconds: number | null, reason: string): Promise<void> {
  await db().raw(
    `UPDATE orders SET lease_token = NULL, lease_until = NULL, attempts = attempts + 1, last_error = ?,
       next_attempt_at = ${unlessWoken}
     WHERE id = ? AND lease_token = ?`,
    [reason.slice(0, 500), seconds, lease.orderId, lease.token],
  )
}

/** Makes the order due at once, for whoever drives next. */
export async function wakeOrder(knex: Knex, orderId: string): Promise<void> {
  await knex('orders').where({ id: orderId }).update({ nextAttemptAt: knex.fn.now() })
}

/** The order's goods are released or back on the shelf; not noted when the order moved on meanwhile. */
export async function goodsAreBack(order: OrderRow): Promise<void> {
  await db()('orders').where({ id: order.id, status: order.status }).update({ releasePending: false })
}

/** Makes those of these orders due that nobody would look at. Answers how many. */
export const wakeIdleOrders = async (orderIds: string[]): Promise<number> =>
  orderIds.length === 0
    ? 0
    : db()('orders').whereIn('id', orderIds).whereNull('nextAttemptAt').update({ nextAttemptAt: db().fn.now() })

/** The order's row. Throws not_found. */
export async function getOrderRow(orderId: string, knex: Knex = db()): Promise<OrderRow> {
  const order = await Order.query(knex).findById(orderId)
  if (!order) throw notFound('The order')
  return order
}

export const listOrderItems = async (orderId: string, knex: Knex = db()): Promise<OrderItemRow[]> =>
  OrderItem.query(knex).where({ orderId }).orderBy('position')

export const findOrderRow = async (number: string, knex: Knex = db()): Promise<OrderRow | undefined> =>
  Order.query(knex).findOne({ number })

export const findOrderByCheckoutKey = async (checkoutKey: string): Promise<OrderRow | undefined> =>
  Order.query(db()).findOne({ checkoutKey })

/** The newest order of a cart, whatever became of it. */
export const findNewestOrderOfCart = async (knex: Knex, cartId: string): Promise<OrderRow | undefined> =>
  Order.query(knex).where({ cartId }).orderBy('id', 'desc').first()

/** Where these orders stand, by id; an order that is not known here is not in it. */
export async function listStatuses(orderIds: readonly string[]): Promise<Map<string, OrderStatus>> {
  const rows = await Order.query(db())
    .whereIn('id', [...orderIds])
    .select('id', 'status')
  return new Map(rows.map(({ id, status }) => [id, status]))
}

/** Which of these orders need no payment any more and have nobody at work on them. */
export async function findOrdersBeyondPaying(orderIds: string[]): Promise<OrderRow[]> {
  return Order.query(db())
    .whereIn('id', orderIds)
    .whereNotIn('status', ['placing', 'reserved', 'awaiting_payment'])
    .whereRaw('(lease_until IS NULL OR lease_until < now())')
}

/** Orders with something left to do that nobody would look at: the net below the completer. Answers how many. */
export async function wakeForgottenOrders(): Promise<number> {
  const { rows } = await db().raw<{ rows: { id: string }[] }>(
    `UPDATE orders SET next_attempt_at = now()
     WHERE next_attempt_at IS NULL
       AND (release_pending OR status IN ('placing', 'reserved', 'awaiting_payment', 'payment_received')
         OR EXISTS (SELECT 1 FROM parcels p WHERE p.order_id = orders.id AND p.status IN ('packing')))
     RETURNING id`,
  )
  return rows.length
}
