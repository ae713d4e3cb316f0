// Returns, to be shown: those of an order, what may still come back, and the list of staff. Whose order it is, its page asks.
import type { Knex } from 'knex'
import { listParcels } from '#app/domain/orders/queries.server.ts'
import { listOrderItems, type OrderRow } from '#app/domain/orders/work.server.ts'
import { refundedPieces } from '#app/domain/payments/refund-pieces.server.ts'
import { Return, ReturnLine } from '#app/domain/returns/models.ts'
import {
  countsAsReturned,
  type ReturnReason,
  type ReturnStatus,
  returnStatusLabel,
  waitsForStaff,
} from '#app/domain/returns/return-status.ts'
import { type ReturnableLine, returnableLines, returnUntil } from '#app/domain/returns/returnable.ts'
import { db } from '#app/lib/db.server.ts'

export type ReturnView = {
  id: string
  number: string
  status: ReturnStatus
  statusLabel: string
  note: string | null
  staffNote: string | null
  requestedAt: Date
  receivedAt: Date | null
  lines: {
    sku: string
    title: string
    variantTitle: string
    quantity: number
    reason: ReturnReason
    receivedQuantity: number | null
    restock: boolean | null
  }[]
}

/** The returns of an order, oldest first. */
export async function listReturnsOf(orderId: string, knex: Knex = db()): Promise<ReturnView[]> {
  const returns = await Return.query(knex).where({ orderId }).orderBy('requestedAt').orderBy('id')
  const lines = await ReturnLine.query(knex)
    .whereIn(
      'returnId',
      returns.map(({ id }) => id),
    )
    .orderBy('sku')
  return returns.map((row) => ({
    id: row.id,
    number: row.number,
    status: row.status,
    statusLabel: returnStatusLabel[row.status],
    note: row.note,
    staffNote: row.staffNote,
    requestedAt: row.requestedAt,
    receivedAt: row.receivedAt,
    lines: lines
      .filter(({ returnId }) => returnId === row.id)
      .map(({ sku, title, variantTitle, quantity, reason, receivedQuantity, restock }) => ({
        sku,
        title,
        variantTitle,
        quantity,
        reason,
        receivedQuantity,
        restock,
      })),
  }))
}

/** What of the order may be announced as a return at `at`, and until when. Nothing unless it was sent and is not given back whole. */
export async function findReturnable(
  order: Pick<OrderRow, 'id' | 'status'>,
  at: Date,
  knex: Knex = db(),
): Promise<{ lines: ReturnableLine[]; until: Date | null }> {
  if (order.status !== 'fulfilling' && order.status !== 'fulfilled') return { lines: [], until: null }
  const [lines, parcels, returns, pieces] = [
    await listOrderItems(order.id, knex),
    await listParcels(order.id, knex),
    await listReturnsOf(order.id, knex),
    await refundedPieces(order.id, knex),
  ]
  const announced = (sku: string) =>
    returns
      .filter(({ status }) => countsAsReturned(status))
      .flatMap((one) => one.lines)
      .reduce((sum, line) => sum + (line.sku === sku ? (line.receivedQuantity ?? line.quantity) : 0), 0)
  const gone = (sku: string) => announced(sku) + pieces(sku).withoutReturn
  return { lines: returnableLines({ lines, parcels, gone, at }), until: returnUntil(parcels) }
}

export type StaffReturn = {
  number: string
  status: ReturnStatus
  statusLabel: string
  requestedAt: Date
  pieces: number
  order: { number: string; email: string }
}

const pageSize = 30

/** A page of returns for staff, those longest waiting first; `waiting`: only those that staff must look at. */
export async function listReturnsForStaff(filter: {
  status?: ReturnStatus
  waiting?: boolean
  page: number
}): Promise<{ items: StaffReturn[]; total: number; page: number; pages: number }> {
  const { results, total } = await Return.query(db())
    .modify((query) => {
      if (filter.status) query.where({ status: filter.status })
      else if (filter.waiting) query.whereIn('status', [...waitsForStaff])
    })
    .orderBy('requestedAt', filter.waiting ? 'asc' : 'desc')
    .orderBy('id')
    .page(filter.page - 1, pageSize)
  const ids = results.map(({ id }) => id)
  const [lines, orders] = await Promise.all([
    ReturnLine.query(db()).whereIn('returnId', ids),
    db()('orders')
      .whereIn(
        'id',
        results.map(({ orderId }) => orderId),
      )
      .select('id', 'number', 'email'),
  ])
  const items = results.map((row) => {
    const order = orders.find(({ id }: { id: string }) => id === row.orderId)
    return {
      number: row.number,
      status: row.status,
      statusLabel: returnStatusLabel[row.status],
      requestedAt: row.requestedAt,
      pieces: lines.filter(({ returnId }) => returnId === row.id).reduce((sum, { quantity }) => sum + quantity, 0),
      order: { number: order?.number ?? '', email: order?.email ?? '' },
    }
  })
  return { items, total, page: filter.page, pages: Math.max(1, Math.ceil(total / pageSize)) }
}

/** How many returns wait for staff. */
export const countReturnsToLookAt = async (): Promise<number> =>
  Return.query(db())
    .whereIn('status', [...waitsForStaff])
    .resultSize()
