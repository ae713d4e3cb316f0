// What waits for staff: orders by status, pickups by how far they are, and how the last 30 days went. Reads only.
import type { QueryBuilder } from 'objection'
import { Order } from '#app/domain/orders/models.ts'
import type { OrderStatus } from '#app/domain/orders/order-status.ts'
import { db } from '#app/lib/db.server.ts'

/** No pickup; any; to be made ready, waiting at the counter, not collected in its time. */
export const pickupStages = ['none', 'any', 'to_prepare', 'waiting', 'not_collected'] as const
export type PickupStage = (typeof pickupStages)[number]

/** Narrows a query of orders to that stage, as of `at`. */
export function atStage(query: QueryBuilder<Order>, stage: PickupStage, at: Date): void {
  query.where({ fulfilment: stage === 'none' ? 'delivery' : 'pickup' })
  if (stage === 'none' || stage === 'any') return
  query.where((open) =>
    open
      .where({ status: 'paid' })
      .orWhere((unpaid) => unpaid.where({ status: 'awaiting_payment', paymentMethod: 'in_store' })),
  )
  if (stage === 'to_prepare') query.whereNull('readyAt')
  else query.whereNotNull('readyAt').whereNull('collectedAt')
  if (stage === 'not_collected') query.where('collectBy', '<', at)
}

export type WorkToDo = {
  byStatus: Partial<Record<OrderStatus, number>>
  /** `paid`: those in `byStatus` that go over a counter, not into a parcel. */
  pickups: { toPrepare: number; notCollected: number; paid: number }
  /** Paid orders of the last 30 days, oldest first; `day` is `2026-11-22` (UTC). */
  sales: { day: string; orders: number; totalMinor: number }[]
}

/** What waits for staff, and how the last 30 days went: five statements. */
export async function getWorkToDo(at: Date): Promise<WorkToDo> {
  const since = new Date(at.getTime() - 29 * 24 * 3600 * 1000)
  const [counts, { rows: sales }, pickups] = await Promise.all([
    db()('orders').groupBy('status').select('status').count('* as count'),
    db().raw<{ rows: { day: string; orders: string; total_minor: string }[] }>(
      `SELECT to_char(paid_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, count(*) AS orders, sum(total_minor) AS total_minor
       FROM orders WHERE paid_at >= ? GROUP BY 1`,
      [since.toISOString().slice(0, 10)],
    ),
    countPickups(at),
  ])
  const byDay = new Map(sales.map((row) => [row.day, row]))
  const days = Array.from({ length: 30 }, (_, index) =>
    new Date(since.getTime() + index * 24 * 3600 * 1000).toISOString().slice(0, 10),
  )
  return {
    byStatus: Object.fromEntries(counts.map((row) => [row.status, Number(row.count)])),
    pickups,
    sales: days.map((day) => ({
      day,
      orders: Number(byDay.get(day)?.orders ?? 0),
      totalMinor: Number(byDay.get(day)?.total_minor ?? 0),
    })),
  }
}

async function countPickups(at: Date): Promise<WorkToDo['pickups']> {
  const count = (stage: PickupStage) => Order.query(db()).modify(atStage, stage, at).resultSize()
  const [toPrepare, notCollected, paid] = await Promise.all([
    count('to_prepare'),
    count('not_collected'),
    Order.query(db()).where({ fulfilment: 'pickup', status: 'paid' }).resultSize(),
  ])
  return { toPrepare, notCollected, paid }
}
