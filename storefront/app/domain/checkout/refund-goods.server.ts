// What a refund by line comes to: pieces within what was bought and not given back yet, priced by what their line cost.
// Reads rows; the caller holds the order's lock when the answer is written.
import type { Knex } from 'knex'
import { listParcels } from '#app/domain/orders/queries.server.ts'
import { leftToSend } from '#app/domain/orders/ship.server.ts'
import { listOrderItems, type OrderRow } from '#app/domain/orders/work.server.ts'
import { countsAsRefunded } from '#app/domain/payments/payment-status.ts'
import { priceOfPieces, type RefundableLine, type RefundLine } from '#app/domain/payments/refund-lines.ts'
import { findRefundOfReturn, refundedPieces } from '#app/domain/payments/refund-pieces.server.ts'
import { listRefundRows } from '#app/domain/payments/refunds.server.ts'
import { requireRefundable } from '#app/domain/returns/decide.server.ts'
import { db } from '#app/lib/db.server.ts'
import { DomainError } from '#app/lib/errors.ts'
import { formatMoney } from '#app/lib/money.ts'

/** Every line of an order with what it cost, what was given back of it and what is still to be sent. */
export async function listRefundableLines(orderId: string, knex: Knex = db()): Promise<RefundableLine[]> {
  const [items, pieces] = [await listOrderItems(orderId, knex), await refundedPieces(orderId, knex)]
  const left = await leftToSend(knex, orderId, await listParcels(orderId, knex))
  return items.map((item) => ({
    sku: item.sku,
    title: [item.title, item.variantTitle].filter(Boolean).join(' · '),
    quantity: item.quantity,
    grossMinor: item.lineTotalMinor + (item.taxIncluded ? 0 : item.taxMinor),
    refunded: pieces(item.sku).refunded,
    refundedMinor: pieces(item.sku).refundedMinor,
    leftToSend: left.find(({ sku }) => sku === item.sku)?.quantity ?? 0,
  }))
}

/** What delivery cost with its tax, less what was given back of it. */
export async function refundableShipping(order: OrderRow, knex: Knex = db()): Promise<number> {
  const tax = order.shippingTax
  const gross = order.shippingMinor + (tax && !tax.included ? tax.taxMinor : 0)
  const rows = await listRefundRows(order.id, knex)
  const taken = rows.filter(({ status }) => countsAsRefunded(status)).reduce((sum, row) => sum + row.shippingMinor, 0)
  return Math.max(0, gross - taken)
}

type Wanted = {
  lines: readonly { sku: string; quantity: number; restock: boolean }[]
  shippingMinor?: number
  returnId?: string
}

type Priced = { amountMinor: number; lines: RefundLine[]; shippingMinor: number; returnId?: string }

/** The refund that `wanted` comes to. Throws validation_failed naming the line, illegal_transition and conflict of a return. */
export async function priceLines(trx: Knex.Transaction, order: OrderRow, wanted: Wanted): Promise<Priced> {
  const { returnId, shippingMinor = 0 } = wanted
  const chosen = wanted.lines.filter(({ quantity }) => quantity !== 0)
  if (new Set(chosen.map(({ sku }) => sku)).size < chosen.length) throw wrong('form', 'Name each thing once.')
  if (returnId) await requireReturn(trx, order.id, returnId, chosen)
  const known = await listRefundableLines(order.id, trx)
  const lines = chosen.map(({ sku, quantity, restock }): RefundLine => {
    const line = known.find((one) => one.sku === sku)
    const most = line ? line.quantity - line.refunded : 0
    if (!line || !Number.isInteger(quantity) || quantity < 1 || quantity > most)
      throw wrong(`q:${sku}`, most > 0 ? `A number from 0 to ${most}.` : 'Nothing of this can be given back.')
    // What comes back by a return was sent; of anything else those pieces go first that never left.
    const unsent = returnId ? 0 : Math.min(quantity, line.leftToSend)
    return { sku, quantity, amountMinor: priceOfPieces(line, quantity), restock: restock && !returnId, unsent }
  })
  const mostShipping = await refundableShipping(order, trx)
  if (!Number.isInteger(shippingMinor) || shippingMinor < 0 || shippingMinor > mostShipping)
    throw wrong('shipping', `At most ${formatMoney(mostShipping, order.currency)} of the delivery.`)
  const amountMinor = lines.reduce((sum, line) => sum + line.amountMinor, shippingMinor)
  if (amountMinor === 0) throw wrong('form', 'Choose what to give back.')
  return { amountMinor, lines, shippingMinor, returnId }
}

async function requireReturn(trx: Knex.Transaction, orderId: string, returnId: string, lines: Wanted['lines']) {
  if (await findRefundOfReturn(trx, returnId))
    throw new DomainError('conflict', 'The money of this return is already on its way.')
  await requireRefundable(trx, { orderId, returnId, lines })
}

const wrong = (field: string, message: string) =>
  new DomainError('validation_failed', message, { fields: { [field]: [message] } })
