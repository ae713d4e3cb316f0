// The storefront's rows of what happened after the sale: returns, refunds in part, and the documents of every sale,
// numbered without gaps in the order in which they were paid.
import type { Knex } from 'knex'
import { creditLines } from '../../storefront/app/domain/invoices/credit.ts'
import {
  type DocumentLine,
  type DocumentSnapshot,
  invoiceLines,
  taxRowsOf,
  totalsOf,
} from '../../storefront/app/domain/invoices/document.ts'
import { insertRows, type Row } from '../database.ts'
import { idOf } from '../ids.ts'
import { type PlannedRefund, type PlannedReturn, planAfterSale } from './after-sale-plan.ts'
import type { ProviderIds } from './payments.ts'
import type { PlannedOrder } from './plan.ts'

/** Who sells, as long as the settings say nothing else (local/settings.ts). */
const seller = { name: 'Highstreet', address: ['1 Quay Street', 'D02 X285 Dublin', 'Ireland'], taxId: 'IE1234567FA' }
const staff = `staff:${idOf('user:admin@example.com')}`
const paidAt = (order: PlannedOrder): Date => order.steps.find(({ move }) => move === 'complete')?.at ?? new Date(0)
const lastAt = (order: PlannedOrder): Date => order.steps.at(-1)?.at ?? new Date(0)

/** Inserts what belongs to `fresh` orders, within their transaction. `refundIds`: the provider's, by our refund's id. */
export async function seedAfterSale(
  trx: Knex.Transaction,
  fresh: readonly PlannedOrder[],
  refundIds: ReadonlyMap<string, ProviderIds['refundId']>,
): Promise<void> {
  const { returns, refunds } = planAfterSale(fresh)
  await insertRows(trx, 'returns', returns.map(returnOf))
  await insertRows(trx, 'return_lines', returns.map(lineOf))
  await insertRows(trx, 'order_history', [...returns.flatMap(notesOf), ...refunds.map(refundNote)])
  await insertRows(
    trx,
    'refunds',
    refunds.map((refund) => refundRow(refund, refundIds.get(refund.id) ?? null)),
  )
  for (const { order, amountMinor } of refunds)
    await trx('payments')
      .where({ id: idOf(`payment:${order.id}`) })
      .increment('refundedMinor', amountMinor)
  await seedDocuments(trx, fresh, refunds)
}

const returnOf = (one: PlannedReturn): Row => ({
  id: one.id,
  number: one.number,
  formKey: `seed-${one.id}`,
  orderId: one.order.id,
  status: one.status,
  note: one.note,
  staffNote: one.staffNote,
  // The completer puts these on the shelf at the first start.
  restockPending: one.status === 'received',
  requestedBy: `user:${one.order.buyer.id}`,
  requestedAt: one.asked,
  decidedAt: one.decided,
  receivedAt: one.received,
  closedAt: ['refunded', 'rejected', 'cancelled'].includes(one.status)
    ? (one.received ?? one.decided ?? one.asked)
    : null,
  updatedAt: one.received ?? one.decided ?? one.asked,
})

const lineOf = ({ id, line, reason, received, status }: PlannedReturn): Row => ({
  returnId: id,
  sku: line.sku,
  title: line.title,
  variantTitle: line.variantTitle,
  quantity: 1,
  reason,
  receivedQuantity: received ? 1 : null,
  restock: received ? status === 'received' : null,
})

function notesOf(one: PlannedReturn): Row[] {
  const buyer = `user:${one.order.buyer.id}`
  const notes: [string, string, Date | null][] = [
    ['asked for', buyer, one.asked],
    ['withdrawn', buyer, one.status === 'cancelled' ? one.asked : null],
    [one.status === 'rejected' ? `declined: ${one.staffNote}` : 'approved', staff, one.decided],
    ['arrived', staff, one.received],
  ]
  return notes.flatMap(([word, actor, createdAt]) =>
    createdAt
      ? [
          {
            id: idOf(`history:${one.id}:${word}`),
            orderId: one.order.id,
            kind: 'note',
            actor,
            message: `Return ${one.number} ${word}`,
            createdAt,
          },
        ]
      : [],
  )
}

const refundNote = (refund: PlannedRefund): Row => ({
  id: idOf(`history:${refund.id}`),
  orderId: refund.order.id,
  kind: 'refund',
  actor: staff,
  message: `€${(refund.amountMinor / 100).toFixed(2)} refunded`,
  createdAt: refund.at,
})

const refundRow = (refund: PlannedRefund, providerRefundId: string | null): Row => ({
  id: refund.id,
  paymentId: idOf(`payment:${refund.order.id}`),
  orderId: refund.order.id,
  amountMinor: refund.amountMinor,
  currency: 'EUR',
  status: 'succeeded',
  reason: refund.reason,
  requestedBy: staff,
  idempotencyKey: `refund/${refund.id}`,
  providerRefundId,
  lines: refund.lines && JSON.stringify(refund.lines),
  returnId: refund.returnId,
  createdAt: refund.at,
  updatedAt: refund.at,
})

type Draft = {
  kind: 'invoice' | 'credit_note'
  order: PlannedOrder
  refundId: string | null
  snapshot: DocumentSnapshot
  at: Date
}

/** Invoices first, then credit notes, each series by time; numbers go on where the books stand. */
async function seedDocuments(trx: Knex.Transaction, fresh: readonly PlannedOrder[], refunds: PlannedRefund[]) {
  const sold = fresh.filter((order) => order.sold).sort((one, other) => paidAt(one).getTime() - paidAt(other).getTime())
  const invoices = await number(trx, 'INV', sold.map(invoiceOf))
  const credits = [...sold.filter(({ status }) => status === 'refunded').map(wholeRefund), ...refunds]
    .sort((one, other) => one.at.getTime() - other.at.getTime())
    .map((refund) => creditOf(refund, invoices.find(({ orderId }) => orderId === refund.order.id) as Numbered))
  const notes = await number(trx, 'CN', credits)
  await insertRows(
    trx,
    'invoices',
    [...invoices, ...notes].map(({ snapshot, ...row }) => ({ ...row, snapshot: JSON.stringify(snapshot) })),
  )
}

const wholeRefund = (order: PlannedOrder): PlannedRefund => ({
  id: idOf(`refund:${order.id}`),
  order,
  amountMinor: order.totals.totalMinor,
  lines: null,
  returnId: null,
  reason: order.reason ?? '',
  at: lastAt(order),
})

type Numbered = Row & { number: string; orderId: string; issuedAt: Date; snapshot: DocumentSnapshot }

async function number(trx: Knex.Transaction, letters: 'INV' | 'CN', drafts: Draft[]): Promise<Numbered[]> {
  const series = letters === 'INV' ? 'invoice' : 'credit_note'
  const rows: Numbered[] = []
  for (const { kind, order, refundId, snapshot, at } of drafts) {
    const year = at.getUTCFullYear()
    await trx('document_counters').insert({ series, year }).onConflict(['series', 'year']).ignore()
    const [counter] = await trx('document_counters')
      .where({ series, year })
      .increment('lastNumber', 1)
      .returning('lastNumber')
    rows.push({
      id: idOf(`document:${refundId ?? order.id}`),
      number: `${letters}-${year}-${String(counter.lastNumber).padStart(6, '0')}`,
      series,
      year,
      sequence: counter.lastNumber,
      kind,
      orderId: order.id,
      refundId,
      currency: 'EUR',
      totalMinor: snapshot.totals.totalMinor,
      snapshot,
      issuedAt: at,
    })
  }
  return rows
}

const invoiceOf = (order: PlannedOrder): Draft => ({
  kind: 'invoice',
  order,
  refundId: null,
  snapshot: snapshotOf(order, invoiceLines(billed(order), order.lines), null),
  at: paidAt(order),
})

const billed = ({ totals, shipping }: PlannedOrder) => ({
  ...totals,
  shippingMethod: shipping,
  shippingTax: totals.shippingTax,
})

function creditOf(refund: PlannedRefund, invoice: Numbered): Draft {
  const lines = creditLines(invoice.snapshot.lines, new Map(), { ...refund, shippingMinor: 0 })
  const corrects = { number: invoice.number, issuedAt: invoice.issuedAt.toISOString(), reason: refund.reason }
  return {
    kind: 'credit_note',
    order: refund.order,
    refundId: refund.id,
    snapshot: snapshotOf(refund.order, lines, corrects),
    at: refund.at,
  }
}

const snapshotOf = (
  order: PlannedOrder,
  lines: DocumentLine[],
  corrects: DocumentSnapshot['corrects'],
): DocumentSnapshot => ({
  version: 1,
  seller,
  buyer: { address: order.address, email: order.buyer.email },
  deliveredTo: order.address,
  order: {
    number: order.number,
    placedAt: (order.steps[0]?.at ?? new Date(0)).toISOString(),
    paidAt: paidAt(order).toISOString(),
  },
  paidWith: corrects ? null : 'Visa ending in 4242',
  corrects,
  lines,
  taxRows: taxRowsOf(lines),
  totals: totalsOf(lines),
})
