// What there is about an order after its sale, for its pages: documents, returns, what may come back, and for staff what
// can be given back, disputes and a payment that does not fit. Reads only.
import { listRefundableLines, refundableShipping } from '#app/domain/checkout/refund-goods.server.ts'
import { type DocumentSummary, listDocumentsOf } from '#app/domain/invoices/queries.server.ts'
import { getOrderRow, type OrderRow } from '#app/domain/orders/work.server.ts'
import { type DisputeView, listDisputesOf } from '#app/domain/payments/disputes.server.ts'
import { listPayments, mismatchedPayment } from '#app/domain/payments/payments.server.ts'
import type { RefundableLine } from '#app/domain/payments/refund-lines.ts'
import { findRefundOfReturn } from '#app/domain/payments/refund-pieces.server.ts'
import { findReturnable, listReturnsOf, type ReturnView } from '#app/domain/returns/queries.server.ts'
import { db } from '#app/lib/db.server.ts'

export type AfterSale = {
  documents: DocumentSummary[]
  returns: ReturnView[]
  /** Something of the order may be announced as a return now; until when, null while that is not known. */
  returnable: boolean
  returnUntil: Date | null
}

export async function getAfterSale(order: Pick<OrderRow, 'id' | 'status'>, at: Date): Promise<AfterSale> {
  const [documents, returns, { lines, until }] = await Promise.all([
    listDocumentsOf(order.id),
    listReturnsOf(order.id),
    findReturnable(order, at),
  ])
  return { documents, returns, returnable: lines.length > 0, returnUntil: until }
}

export type StaffAfterSale = {
  documents: DocumentSummary[]
  returns: (ReturnView & { refundStarted: boolean })[]
  lines: RefundableLine[]
  shippingMinor: number
  disputes: DisputeView[]
  /** A payment took another amount than the order asks for and waits for a decision. */
  mismatch: boolean
}

export async function getAfterSaleForStaff(orderId: string): Promise<StaffAfterSale> {
  const order = await getOrderRow(orderId)
  const [documents, returns, lines, shippingMinor, disputes, payments] = await Promise.all([
    listDocumentsOf(orderId),
    listReturnsOf(orderId),
    listRefundableLines(orderId),
    refundableShipping(order),
    listDisputesOf(orderId),
    listPayments(orderId),
  ])
  const withRefund = await Promise.all(
    returns.map(async (one) => ({
      ...one,
      refundStarted: one.status === 'received' && (await findRefundOfReturn(db(), one.id)) !== undefined,
    })),
  )
  const mismatch = mismatchedPayment(payments) !== undefined
  return { documents, returns: withRefund, lines, shippingMinor, disputes, mismatch }
}
