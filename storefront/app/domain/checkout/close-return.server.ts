// The end of a return that has arrived and whose money is not to be sent: its things were free, or their money went back
// before they came. Without it such a return would wait for ever. Never ends one that money is still owed for.
import type { Knex } from 'knex'
import { listRefundableLines } from '#app/domain/checkout/refund-goods.server.ts'
import { orderCan } from '#app/domain/orders/order-status.ts'
import type { OrderRow } from '#app/domain/orders/work.server.ts'
import { priceOfPieces } from '#app/domain/payments/refund-lines.ts'
import { findRefundOfReturn } from '#app/domain/payments/refund-pieces.server.ts'
import { lockReturn, moveReturn } from '#app/domain/returns/move-return.server.ts'
import { listReturnsOf } from '#app/domain/returns/queries.server.ts'
import type { By } from '#app/lib/clock.ts'
import { transaction } from '#app/lib/db.server.ts'
import { DomainError } from '#app/lib/errors.ts'

/**
 * Ends the return as refunded, without money. Told twice changes nothing. Throws not_found, illegal_transition (it has not
 * arrived), conflict (money is owed for it, or on its way).
 */
export async function closeReturn(which: { orderId: string; number: string }, by: By): Promise<void> {
  await transaction(async (trx) => {
    const found = await lockReturn(trx, which)
    if (found.row.status === 'received') await requireNothingOwed(trx, found.order, found.row.id)
    await moveReturn(trx, found, 'refund', by, {
      patch: { closedAt: by.at },
      message: `Return ${found.row.number} is done: nothing more is to be paid back`,
      action: 'returns:close',
    })
  })
}

async function requireNothingOwed(trx: Knex.Transaction, order: OrderRow, returnId: string): Promise<void> {
  if (await findRefundOfReturn(trx, returnId))
    throw new DomainError('conflict', 'The money of this return is already on its way.')
  if (!orderCan.refund(order)) return
  const lines = await listRefundableLines(order.id, trx)
  const came = (await listReturnsOf(order.id, trx)).find(({ id }) => id === returnId)?.lines ?? []
  const isOwed = came.some(({ sku, receivedQuantity }) => {
    const line = lines.find((one) => one.sku === sku)
    const pieces = Math.min(receivedQuantity ?? 0, line ? line.quantity - line.refunded : 0)
    return line && pieces > 0 && priceOfPieces(line, pieces) > 0
  })
  if (isOwed) throw new DomainError('conflict', 'There is money to give back for this return.')
}
