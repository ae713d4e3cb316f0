// What somebody still has of an order: its lines without what was given back, is on its way back, or was never sent.
import type { Knex } from 'knex'
import { listOrderItems, type OrderItemRow } from '#app/domain/orders/work.server.ts'
import { refundedPieces } from '#app/domain/payments/refund-pieces.server.ts'
import { listReturnsOf } from '#app/domain/returns/queries.server.ts'
import { countsAsReturned } from '#app/domain/returns/return-status.ts'

/** One line a product, in the order's own order; four statements. */
export async function listKept(orderId: string, knex: Knex): Promise<OrderItemRow[]> {
  const items = await listOrderItems(orderId, knex)
  const pieces = await refundedPieces(orderId, knex)
  const returned = (await listReturnsOf(orderId, knex))
    .filter(({ status }) => countsAsReturned(status))
    .flatMap(({ lines }) => lines)
  const gone = (sku: string) =>
    pieces(sku).withoutReturn +
    pieces(sku).unsent +
    returned.reduce((sum, line) => sum + (line.sku === sku ? (line.receivedQuantity ?? line.quantity) : 0), 0)
  const kept = items.filter(({ sku, quantity }) => quantity > gone(sku))
  return kept.filter(({ productId }, at) => kept.findIndex((one) => one.productId === productId) === at)
}
