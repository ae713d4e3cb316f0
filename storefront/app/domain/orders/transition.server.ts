// THE DOOR: the only file that writes orders.status. It locks the row, asks the table, and writes status, history and
// outbox together or not at all. No network here: it runs inside the caller's transaction.
import type { Knex } from 'knex'
import type { PartialModelObject } from 'objection'
import { type HistoryKind, Order, OrderHistory } from '#app/domain/orders/models.ts'
import { canMove, type OrderMove, orderMoves, orderStatusLabel } from '#app/domain/orders/order-status.ts'
import { snapshot } from '#app/domain/orders/snapshot.server.ts'
import type { EventPayload, EventTopic } from '#app/domain/outbox/events.ts'
import { append } from '#app/domain/outbox/outbox.server.ts'
import type { By } from '#app/lib/clock.ts'
import { DomainError, notFound } from '#app/lib/errors.ts'
import { newId } from '#app/lib/ids.ts'

type Moves = typeof orderMoves
type TopicOf<M extends OrderMove> = Moves[M] extends { event: infer T extends EventTopic } ? T : never
/** What the move's event says besides the order itself. */
type EventExtra<M extends OrderMove> = [TopicOf<M>] extends [never]
  ? undefined
  : Omit<EventPayload<TopicOf<M>>, 'order'>

type TransitionExtra<M extends OrderMove> = {
  /** Other columns to write with the status. */
  patch?: PartialModelObject<Order>
  /** The timeline's words; the status's own label when absent. */
  message?: string
  details?: Record<string, unknown>
  /** Whether the shopper sees it on the timeline; true when absent. */
  isPublic?: boolean
  event?: EventExtra<M>
  /** Names the fact beside the order, where an order can meet with it more than once (a refund's id). */
  eventKey?: string
}

/** Locks the order's row until the transaction ends. Throws not_found. */
export async function lockOrder(trx: Knex.Transaction, orderId: string): Promise<Order> {
  const order = await Order.query(trx).findById(orderId).forUpdate()
  if (!order) throw notFound('The order')
  return order
}

/**
 * Moves the order. `moved: false` says that it is already there (told twice, nothing is written).
 * Throws not_found, or illegal_transition when the table does not allow the move from where the order is.
 */
export async function transition<M extends OrderMove>(
  trx: Knex.Transaction,
  orderId: string,
  move: M,
  by: By,
  extra: TransitionExtra<M> = {},
): Promise<{ order: Order; moved: boolean }> {
  const order = await lockOrder(trx, orderId)
  const { to } = orderMoves[move]
  if (order.status === to) return { order, moved: false }
  if (!canMove(move, order.status)) {
    throw new DomainError(
      'illegal_transition',
      `This order is “${orderStatusLabel[order.status].toLowerCase()}”: that is no longer possible.`,
      { details: { move, status: order.status } },
    )
  }
  const from = order.status
  const moved = await order.$query(trx).patchAndFetch({ ...extra.patch, status: to, updatedAt: by.at })
  await writeHistory(trx, orderId, by, {
    kind: 'status',
    fromStatus: from,
    toStatus: to,
    message: extra.message ?? orderStatusLabel[to],
    details: extra.details ?? {},
    isPublic: extra.isPublic ?? true,
  })
  await announce(trx, moved, move, extra)
  return { order: moved, moved: true }
}

async function announce(
  trx: Knex.Transaction,
  order: Order,
  move: OrderMove,
  { event, eventKey }: { event?: object; eventKey?: string },
) {
  const { event: topic } = orderMoves[move] as { event?: EventTopic }
  if (!topic) return
  const payload = { order: await snapshot(trx, order), ...event } as EventPayload<typeof topic>
  await append(trx, topic, [topic, order.id, eventKey].filter(Boolean).join(':'), payload)
}

type HistoryRow = {
  kind: HistoryKind
  message: string
  details?: Record<string, unknown>
  /** Whether the shopper sees it; true when absent. */
  isPublic?: boolean
  fromStatus?: Order['status'] | null
  toStatus?: Order['status']
}

/** Whether the order's timeline has a row about this event of the provider. */
export const hasHistoryOf = async (trx: Knex, orderId: string, eventId: string): Promise<boolean> =>
  (await OrderHistory.query(trx).where({ orderId }).whereRaw("details->>'eventId' = ?", [eventId]).first()) !==
  undefined

/** Adds a row to the order's timeline. Rows of kind `status` are written by the door alone. */
export async function writeHistory(trx: Knex, orderId: string, by: By, row: HistoryRow): Promise<void> {
  await OrderHistory.query(trx).insert({
    id: newId(by.at.getTime()),
    orderId,
    actor: by.actor,
    createdAt: by.at,
    isPublic: true,
    details: {},
    ...row,
  })
}
