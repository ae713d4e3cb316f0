// When an order's buyer is asked for reviews: set as it is delivered, read by whoever asks, cleared when that is done.
import type { Knex } from 'knex'
import { Order } from '#app/domain/orders/models.ts'
import type { OrderRow } from '#app/domain/orders/work.server.ts'
import { env } from '#app/env.server.ts'
import { addSeconds } from '#app/lib/clock.ts'
import { db } from '#app/lib/db.server.ts'

/** When to ask about an order that arrived at `at`; null where the shop asks nobody. */
export function reviewRequestTime(at: Date): Date | null {
  const days = env().REVIEW_REQUEST_DAYS
  return days === 'never' ? null : addSeconds(at, days * 24 * 3600)
}

/** Up to `limit` orders about which it is time to ask, longest waiting first. */
export const listOrdersToAskAbout = async (limit: number): Promise<OrderRow[]> =>
  Order.query(db()).whereRaw('review_request_at <= now()').orderBy('reviewRequestAt').limit(limit)

/** Locks the order until the transaction ends; null when somebody asked meanwhile, or is asking now. */
export async function takeOrderToAskAbout(trx: Knex.Transaction, orderId: string): Promise<OrderRow | null> {
  const order = await Order.query(trx).findById(orderId).whereRaw('review_request_at <= now()').forUpdate().skipLocked()
  return order ?? null
}

/** Nobody is asked about the order again; or, with `later`, after so many seconds. */
export const setReviewRequest = async (knex: Knex, orderId: string, later: number | null): Promise<void> => {
  const time = later === null ? null : knex.raw('now() + make_interval(secs => ?)', [later])
  await knex('orders').where({ id: orderId }).update({ reviewRequestAt: time })
}
