// The net below the books: orders paid and refunds gone through whose document is missing (of before there were any) get
// it now. Each in its own transaction; running twice changes nothing.
import { issueCreditNote, issueInvoice } from '#app/domain/invoices/issue.server.ts'
import { lockOrder } from '#app/domain/orders/transition.server.ts'
import { listPayments } from '#app/domain/payments/payments.server.ts'
import { findRefundRow } from '#app/domain/payments/refunds.server.ts'
import type { By } from '#app/lib/clock.ts'
import { db, transaction } from '#app/lib/db.server.ts'

/** Issues up to `limit` missing invoices, then as many credit notes, oldest first. Answers how many. */
export async function issueMissing(by: By, limit = 100): Promise<number> {
  const { rows: orders } = await db().raw<{ rows: { id: string }[] }>(
    `SELECT id FROM orders o WHERE paid_at IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM invoices i WHERE i.order_id = o.id AND i.kind = 'invoice')
     ORDER BY paid_at, id LIMIT ?`,
    [limit],
  )
  for (const { id } of orders) await transaction(async (trx) => issueInvoice(trx, await lockOrder(trx, id), by))
  const { rows: refunds } = await db().raw<{ rows: { id: string }[] }>(
    `SELECT r.id FROM refunds r JOIN payments p ON p.id = r.payment_id AND p.status = 'succeeded'
     JOIN invoices i ON i.order_id = r.order_id AND i.kind = 'invoice'
     WHERE r.status = 'succeeded' AND NOT EXISTS (SELECT 1 FROM invoices n WHERE n.refund_id = r.id)
     ORDER BY r.updated_at, r.id LIMIT ?`,
    [limit],
  )
  for (const { id } of refunds) await creditMissing(id, by)
  return orders.length + refunds.length
}

async function creditMissing(refundId: string, by: By): Promise<void> {
  const { orderId } = await findRefundRow(refundId)
  await transaction(async (trx) => {
    const order = await lockOrder(trx, orderId)
    const refund = await findRefundRow(refundId, trx)
    const payment = (await listPayments(orderId, trx)).find(({ id }) => id === refund.paymentId)
    if (payment && refund.status === 'succeeded') await issueCreditNote(trx, { order, refund, payment }, by)
  })
}
