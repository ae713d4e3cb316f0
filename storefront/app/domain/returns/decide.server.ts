// What staff do with a return: approve it or say no, and write down what came. Money goes back by a refund of its own
// (checkout/refund.server.ts); goods go back on the shelf by the completer.
import type { Knex } from 'knex'
import { lockOrder } from '#app/domain/orders/transition.server.ts'
import { type OrderRow, wakeOrder } from '#app/domain/orders/work.server.ts'
import { findRefundOfReturn } from '#app/domain/payments/refund-pieces.server.ts'
import { Return, ReturnLine } from '#app/domain/returns/models.ts'
import { lockReturn, moveReturn } from '#app/domain/returns/move-return.server.ts'
import type { By } from '#app/lib/clock.ts'
import { db, transaction } from '#app/lib/db.server.ts'
import { DomainError } from '#app/lib/errors.ts'

type Which = { orderId: string; number: string }

/** Says yes, with a note to the shopper. Told twice changes nothing. Throws not_found, illegal_transition. */
export async function approveReturn({ note, ...which }: Which & { note: string | null }, by: By): Promise<void> {
  await transaction(async (trx) => {
    const found = await lockReturn(trx, which)
    await moveReturn(trx, found, 'approve', by, {
      patch: { staffNote: note, decidedAt: by.at },
      message: `Return ${found.row.number} approved`,
      topic: 'order.return_approved',
      action: 'returns:approve',
    })
  })
}

/** Says no, with the reason that the shopper reads. Throws not_found, illegal_transition, conflict while money is on its way. */
export async function rejectReturn({ note, ...which }: Which & { note: string }, by: By): Promise<void> {
  await transaction(async (trx) => {
    const found = await lockReturn(trx, which)
    if (await findRefundOfReturn(trx, found.row.id))
      throw new DomainError('conflict', 'Its money is already on the way back.')
    await moveReturn(trx, found, 'reject', by, {
      patch: { staffNote: note, decidedAt: by.at, closedAt: by.at },
      message: `Return ${found.row.number} declined: ${note}`,
      topic: 'order.return_rejected',
      action: 'returns:reject',
    })
  })
}

export type ReceivedLine = { sku: string; quantity: number; restock: boolean }

/**
 * Writes what came: for each line how many and whether they go back on the shelf; a line that is not named did not come.
 * Told twice changes nothing. Throws not_found, illegal_transition, validation_failed naming the line (`q:<sku>`).
 */
export async function receiveReturn({ lines, ...which }: Which & { lines: ReceivedLine[] }, by: By): Promise<void> {
  await transaction(async (trx) => {
    const found = await lockReturn(trx, which)
    if (found.row.status !== 'received') await writeReceived(trx, found.row, lines)
    const { moved } = await moveReturn(trx, found, 'receive', by, {
      patch: {
        receivedAt: by.at,
        restockPending: lines.some(({ restock, quantity }) => restock && quantity > 0),
      },
      message: `Return ${found.row.number} arrived`,
      topic: 'order.return_received',
      action: 'returns:receive',
    })
    if (moved) await wakeOrder(trx, found.order.id)
  })
}

async function writeReceived(trx: Knex.Transaction, row: Return, received: ReceivedLine[]): Promise<void> {
  const announced = await ReturnLine.query(trx).where({ returnId: row.id })
  for (const { sku, quantity } of received) {
    const line = announced.find((one) => one.sku === sku)
    if (!line || !Number.isInteger(quantity) || quantity < 0 || quantity > line.quantity)
      throw wrong(`q:${sku}`, `A number from 0 to ${line?.quantity ?? 0}.`)
  }
  if (!received.some(({ quantity }) => quantity > 0))
    throw wrong('form', 'Nothing came? Then leave the return as it is, or close it.')
  for (const { sku } of announced) {
    const came = received.find((one) => one.sku === sku)
    await ReturnLine.query(trx)
      .where({ returnId: row.id, sku })
      .patch({ receivedQuantity: came?.quantity ?? 0, restock: (came?.restock && came.quantity > 0) ?? false })
  }
}

const wrong = (field: string, message: string) =>
  new DomainError('validation_failed', message, { fields: { [field]: [message] } })

/**
 * The return whose money goes back now, for the refund's transaction: it has arrived, and `lines` are within what came.
 * The caller holds the order's lock. Throws not_found, illegal_transition, validation_failed.
 */
export async function requireRefundable(
  trx: Knex.Transaction,
  {
    orderId,
    returnId,
    lines,
  }: { orderId: string; returnId: string; lines: readonly { sku: string; quantity: number }[] },
): Promise<void> {
  const row = await Return.query(trx).findOne({ id: returnId, orderId })
  if (row?.status !== 'received')
    throw new DomainError('illegal_transition', 'This return has not arrived, or its money went back already.')
  const came = await ReturnLine.query(trx).where({ returnId })
  for (const { sku, quantity } of lines) {
    const most = came.find((line) => line.sku === sku)?.receivedQuantity ?? 0
    if (quantity > most) throw wrong(`q:${sku}`, `At most ${most}: so many came back.`)
  }
}

/** The money of a return went back, or came back from the bank; its order is locked. */
export async function followRefund(
  trx: Knex.Transaction,
  { order, returnId, went }: { order: OrderRow; returnId: string; went: boolean },
  by: By,
): Promise<void> {
  const row = await Return.query(trx).findById(returnId).forUpdate()
  if (!row || row.status !== (went ? 'received' : 'refunded')) return
  await moveReturn(trx, { order, row }, went ? 'refund' : 'refund_failed', by, {
    patch: { closedAt: went ? by.at : null },
    message: `Return ${row.number} ${went ? 'refunded' : 'waits for its money again'}`,
    isPublic: went,
  })
}

export type ReturnToRestock = { id: string; number: string; lines: { sku: string; quantity: number }[] }

/** Returns of the order whose goods wait to go back on the shelf, with those goods. */
export async function listReturnsToRestock(orderId: string): Promise<ReturnToRestock[]> {
  const rows = await Return.query(db()).where({ orderId, restockPending: true }).orderBy('id')
  return Promise.all(
    rows.map(async ({ id, number }) => {
      const lines = await ReturnLine.query(db()).where({ returnId: id, restock: true })
      return { id, number, lines: lines.map(({ sku, receivedQuantity }) => ({ sku, quantity: receivedQuantity ?? 0 })) }
    }),
  )
}

/** Orders that have such returns. */
export const listOrdersWithReturnsToRestock = async (): Promise<string[]> =>
  (await Return.query(db()).where({ restockPending: true }).distinct('orderId')).map(({ orderId }) => orderId)

/** The goods of this return are on the shelf. */
export const returnIsRestocked = async (trx: Knex.Transaction, { orderId, id }: { orderId: string; id: string }) => {
  await lockOrder(trx, orderId)
  await Return.query(trx).findById(id).patch({ restockPending: false })
}
