// Whether an unpaid order may still be paid and collected at its store. Pure.
import type { OrderRow } from '#app/domain/orders/work.server.ts'
import type { By } from '#app/lib/clock.ts'

/** To be paid in the store, and its time is not over. */
export const canStillComeIn = (order: OrderRow, by: By): boolean =>
  order.paymentMethod === 'in_store' &&
  order.status === 'awaiting_payment' &&
  order.cancelRequestedAt === null &&
  order.collectBy !== null &&
  order.collectBy > by.at
