// Issues the shop's documents, each in the transaction of its fact and under the order's lock: the invoice when an order
// is paid, the credit note when a refund went through, its withdrawal when that refund came back. Numbers have no gaps.
import type { Knex } from 'knex'
import { type CreditedSoFar, creditLines } from '#app/domain/invoices/credit.ts'
import {
  type DocumentLine,
  type DocumentSnapshot,
  grossOf,
  invoiceLines,
  taxRowsOf,
  totalsOf,
} from '#app/domain/invoices/document.ts'
import { type DocumentKind, Invoice } from '#app/domain/invoices/models.ts'
import { sellerNow } from '#app/domain/invoices/seller.server.ts'
import { listOrderItems, type OrderRow } from '#app/domain/orders/work.server.ts'
import { effectivePayment, listPayments, type PaymentRow } from '#app/domain/payments/payments.server.ts'
import type { RefundRow } from '#app/domain/payments/refunds.server.ts'
import type { By } from '#app/lib/clock.ts'
import { newId } from '#app/lib/ids.ts'

export type Issued = { number: string; isNew: boolean }

/** The order's invoice, written now unless it has one. The caller holds the order's lock; the order is paid. */
export async function issueInvoice(trx: Knex.Transaction, order: OrderRow, by: By): Promise<Issued> {
  const known = await Invoice.query(trx).findOne({ orderId: order.id, kind: 'invoice' })
  if (known) return { number: known.number, isNew: false }
  const [items, payments] = await Promise.all([listOrderItems(order.id, trx), listPayments(order.id, trx)])
  const lines = invoiceLines(order, items)
  const snapshot = snapshotOf(order, effectivePayment(payments), lines, null)
  return insert(trx, { kind: 'invoice', order, refundId: null, snapshot }, by)
}

/**
 * The credit note of a refund that went through, written now unless it has one; null when the order has no invoice (its
 * goods were never sold) or the money was another payment's. The caller holds the order's lock.
 */
export async function issueCreditNote(
  trx: Knex.Transaction,
  { order, refund, payment }: { order: OrderRow; refund: RefundRow; payment: Pick<PaymentRow, 'status'> },
  by: By,
): Promise<Issued | null> {
  if (payment.status !== 'succeeded') return null
  const known = await Invoice.query(trx).findOne({ refundId: refund.id, kind: 'credit_note' })
  if (known) return { number: known.number, isNew: false }
  const documents = await Invoice.query(trx).where({ orderId: order.id })
  const invoice = documents.find(({ kind }) => kind === 'invoice')
  if (!invoice) return null
  const lines = creditLines(invoice.snapshot.lines, creditedBy(documents), refund)
  const snapshot = snapshotOf(order, undefined, lines, { document: invoice, reason: refund.reason })
  return insert(
    trx,
    { kind: 'credit_note', order, refundId: refund.id, snapshot: { ...snapshot, seller: sellerNow() } },
    by,
  )
}

/** Takes back the credit note of a refund that the bank sent back; null when there is none or it is withdrawn already. */
export async function withdrawCreditNote(
  trx: Knex.Transaction,
  { order, refundId, reason }: { order: OrderRow; refundId: string; reason: string },
  by: By,
): Promise<Issued | null> {
  const documents = await Invoice.query(trx).where({ refundId })
  const note = documents.find(({ kind }) => kind === 'credit_note')
  if (!note || documents.some(({ kind }) => kind === 'withdrawal')) return null
  const snapshot = snapshotOf(order, undefined, note.snapshot.lines, { document: note, reason })
  return insert(trx, { kind: 'withdrawal', order, refundId, snapshot }, by)
}

/** What the order's credit notes, less those withdrawn, have credited of each line. */
function creditedBy(documents: readonly Invoice[]): CreditedSoFar {
  const sums = new Map<string, { grossMinor: number; taxMinor: number }>()
  for (const { kind, snapshot } of documents) {
    if (kind === 'invoice') continue
    const sign = kind === 'credit_note' ? 1 : -1
    for (const line of snapshot.lines) {
      const before = sums.get(line.key) ?? { grossMinor: 0, taxMinor: 0 }
      sums.set(line.key, {
        grossMinor: before.grossMinor + sign * grossOf(line),
        taxMinor: before.taxMinor + sign * line.taxMinor,
      })
    }
  }
  return sums
}

function snapshotOf(
  order: OrderRow,
  payment: PaymentRow | undefined,
  lines: DocumentLine[],
  corrects: { document: Invoice; reason: string } | null,
): DocumentSnapshot {
  return {
    version: 1,
    seller: sellerNow(),
    // What corrects a document names whom that names, whatever became of the account since.
    buyer: corrects?.document.snapshot.buyer ?? { address: order.billingAddress, email: order.email },
    deliveredTo: corrects?.document.snapshot.deliveredTo ?? order.shippingAddress,
    order: {
      number: order.number,
      placedAt: order.placedAt.toISOString(),
      paidAt: order.paidAt?.toISOString() ?? null,
    },
    paidWith: payment ? cardWords(payment) : null,
    corrects: corrects && {
      number: corrects.document.number,
      issuedAt: corrects.document.issuedAt.toISOString(),
      reason: corrects.reason,
    },
    lines,
    taxRows: taxRowsOf(lines),
    totals: totalsOf(lines),
  }
}

function cardWords({ provider, cardBrand, cardLast4 }: PaymentRow): string {
  if (provider === 'in_store') return 'Paid in the store'
  const brand = cardBrand ? `${cardBrand[0]?.toUpperCase()}${cardBrand.slice(1)}` : 'Card'
  return cardLast4 ? `${brand} ending in ${cardLast4}` : brand
}

type Draft = { kind: DocumentKind; order: OrderRow; refundId: string | null; snapshot: DocumentSnapshot }

async function insert(trx: Knex.Transaction, { kind, order, refundId, snapshot }: Draft, by: By): Promise<Issued> {
  const series = kind === 'invoice' ? 'invoice' : 'credit_note'
  const year = by.at.getUTCFullYear()
  const sequence = await takeNumber(trx, series, year)
  const number = `${kind === 'invoice' ? 'INV' : 'CN'}-${year}-${String(sequence).padStart(6, '0')}`
  await Invoice.query(trx).insert({
    id: newId(by.at.getTime()),
    number,
    series,
    year,
    sequence,
    kind,
    orderId: order.id,
    refundId,
    currency: order.currency,
    totalMinor: snapshot.totals.totalMinor,
    snapshot,
    issuedAt: by.at,
  })
  return { number, isNew: true }
}

/** The next number of the series. Its row stays locked until the transaction ends: a rollback gives the number back. */
async function takeNumber(trx: Knex.Transaction, series: string, year: number): Promise<number> {
  await trx('document_counters').insert({ series, year }).onConflict(['series', 'year']).ignore()
  const [row] = await trx('document_counters')
    .where({ series, year })
    .increment('lastNumber', 1)
    .returning('lastNumber')
  return row.lastNumber
}
