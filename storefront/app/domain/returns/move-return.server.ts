// The one door by which a return moves: it locks the order and the return, asks the table, and writes state, timeline,
// message and audit line together or not at all. No network here.
import type { Knex } from 'knex'
import type { PartialModelObject } from 'objection'
import { recordAct } from '#app/domain/audit/audit.server.ts'
import { snapshot } from '#app/domain/orders/snapshot.server.ts'
import { lockOrder, writeHistory } from '#app/domain/orders/transition.server.ts'
import type { OrderRow } from '#app/domain/orders/work.server.ts'
import { append } from '#app/domain/outbox/outbox.server.ts'
import { Return, ReturnLine } from '#app/domain/returns/models.ts'
import { canMoveReturn, type ReturnMove, returnMoves, returnStatusLabel } from '#app/domain/returns/return-status.ts'
import type { By } from '#app/lib/clock.ts'
import { DomainError, notFound } from '#app/lib/errors.ts'

type ReturnTopic =
  | 'order.return_requested'
  | 'order.return_approved'
  | 'order.return_rejected'
  | 'order.return_received'

type MoveExtra = {
  patch?: PartialModelObject<Return>
  /** The timeline's words. */
  message: string
  isPublic?: boolean
  /** Which message the shopper gets, if any. */
  topic?: ReturnTopic
  /** The audit log's word for it. */
  action?: string
  refundMinor?: number
}

/** The return of that number and its order, both locked. Throws not_found, also when it is another order's. */
export async function lockReturn(
  trx: Knex.Transaction,
  { orderId, number }: { orderId: string; number: string },
): Promise<{ order: OrderRow; row: Return }> {
  const order = await lockOrder(trx, orderId)
  const row = await Return.query(trx).findOne({ orderId, number }).forUpdate()
  if (!row) throw notFound('The return')
  return { order, row }
}

/** Moves a locked return. `moved: false`: it is there already, nothing is written. Throws illegal_transition. */
export async function moveReturn(
  trx: Knex.Transaction,
  { order, row }: { order: OrderRow; row: Return },
  move: ReturnMove,
  by: By,
  extra: MoveExtra,
): Promise<{ row: Return; moved: boolean }> {
  const { to } = returnMoves[move]
  if (row.status === to) return { row, moved: false }
  if (!canMoveReturn(move, row.status))
    throw new DomainError(
      'illegal_transition',
      `This return is “${returnStatusLabel[row.status].toLowerCase()}”: that is no longer possible.`,
    )
  const before = row.status
  const moved = await row.$query(trx).patchAndFetch({ ...extra.patch, status: to, updatedAt: by.at })
  await writeHistory(trx, order.id, by, {
    kind: 'note',
    message: extra.message,
    isPublic: extra.isPublic ?? true,
    details: { returnNumber: row.number },
  })
  if (extra.topic) await tell(trx, order, moved, extra.topic, extra.refundMinor)
  if (extra.action)
    await recordAct(trx, by, {
      action: extra.action,
      subject: `return:${row.number}`,
      before: { status: before },
      after: { status: to, order: order.number },
    })
  return { row: moved, moved: true }
}

/** Writes the message of a return: what it is about, why, and what the shop says. */
export async function tell(
  trx: Knex.Transaction,
  order: OrderRow,
  row: Return,
  topic: ReturnTopic,
  refundMinor?: number,
): Promise<void> {
  const lines = await ReturnLine.query(trx).where({ returnId: row.id }).orderBy('sku')
  await append(trx, topic, `${topic}:${row.id}`, {
    order: await snapshot(trx, order),
    returnNumber: row.number,
    lines: lines.map(({ title, variantTitle, sku, quantity }) => ({ title, variantTitle, sku, quantity })),
    reason: row.note,
    note: row.staffNote,
    ...(refundMinor !== undefined && { refundMinor }),
  })
}
