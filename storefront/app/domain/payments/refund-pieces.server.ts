// Which pieces of an order went back by line, and which wait to be put on the shelf. Rows only, no network.
import type { Knex } from 'knex'
import { Refund } from '#app/domain/payments/models.ts'
import { countsAsRefunded } from '#app/domain/payments/payment-status.ts'
import type { RefundLine } from '#app/domain/payments/refund-lines.ts'
import type { RefundRow } from '#app/domain/payments/refunds.server.ts'
import { db } from '#app/lib/db.server.ts'

export type RefundedPieces = {
  /** Pieces given back by line, and for how much. */
  refunded: number
  refundedMinor: number
  /** Those of them that were never sent, and are not sent any more. */
  unsent: number
  /** Those that were sent and came back without a return. */
  withoutReturn: number
}

const none: RefundedPieces = { refunded: 0, refundedMinor: 0, unsent: 0, withoutReturn: 0 }

/** By SKU what refunds that went through or are on their way gave back. */
export async function refundedPieces(orderId: string, knex: Knex = db()): Promise<(sku: string) => RefundedPieces> {
  const rows = await Refund.query(knex).where({ orderId }).whereNotNull('lines')
  const pieces = new Map<string, RefundedPieces>()
  for (const row of rows.filter(({ status }) => countsAsRefunded(status)))
    for (const line of row.lines ?? []) pieces.set(line.sku, add(pieces.get(line.sku) ?? none, line, row.returnId))
  return (sku) => pieces.get(sku) ?? none
}

const add = (sum: RefundedPieces, line: RefundLine, returnId: string | null): RefundedPieces => ({
  refunded: sum.refunded + line.quantity,
  refundedMinor: sum.refundedMinor + line.amountMinor,
  unsent: sum.unsent + line.unsent,
  withoutReturn: sum.withoutReturn + (returnId ? 0 : line.quantity - line.unsent),
})

/** Refunds of an order that went through and whose goods staff chose to put back, and are not back yet. */
export const listRefundsToRestock = async (orderId: string): Promise<RefundRow[]> =>
  Refund.query(db()).where({ orderId, status: 'succeeded', restockPending: true }).orderBy('id')

/** Orders that have such refunds. */
export const listOrdersToRestock = async (): Promise<string[]> =>
  (await Refund.query(db()).where({ status: 'succeeded', restockPending: true }).distinct('orderId')).map(
    ({ orderId }) => orderId,
  )

/** The goods of this refund are on the shelf. */
export const refundIsRestocked = async (trx: Knex, id: string): Promise<void> => {
  await Refund.query(trx).findById(id).patch({ restockPending: false })
}

/** The refund on its way or gone through for a return, if any. */
export const findRefundOfReturn = async (trx: Knex, returnId: string): Promise<RefundRow | undefined> =>
  (await Refund.query(trx).where({ returnId }).orderBy('id')).find(({ status }) => countsAsRefunded(status))
