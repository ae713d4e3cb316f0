// A parcel leaves. Once per order and parcel number; all parcels together never hold more than was sold.
import { createHash } from 'node:crypto'
import type { Knex } from 'knex'
import { committedUnits } from '../inventory/committed-units.ts'
import { select, transaction } from '../lib/db.ts'
import { DomainError } from '../lib/errors.ts'
import { newId } from '../lib/ids.ts'
import { FulfillmentLineModel, FulfillmentModel, getFulfillment } from './fulfillment.ts'
import type { Fulfillment, FulfillmentInput } from './schemas.ts'

/**
 * @returns the parcel; `created` is false when the same one was sent before
 * @throws not_found (no such reservation), conflict (not committed, too many units, the number has another parcel)
 */
export async function createFulfillment(
  input: FulfillmentInput,
): Promise<{ created: boolean; fulfillment: Fulfillment }> {
  const bodyHash = hashOf(input)
  return transaction(async (trx) => {
    // Locks the reservation: two parcels of one order are counted one after the other.
    const sold = await committedUnits(trx, input.orderRef)
    const { orderRef, parcelNo } = input
    const before = await FulfillmentModel.query(trx).findOne({ orderRef, parcelNo })
    if (before && before.bodyHash !== bodyHash)
      throw new DomainError('conflict', `Parcel ${parcelNo} of this order is another one.`)
    if (before) return { created: false, fulfillment: await getFulfillment(trx, before.id) }
    const id = newId()
    const lines = linesWithin(sold, await sentUnits(trx, orderRef), input.lines)
    const { orderNumber, carrier, trackingNumber, trackingUrl } = input
    const row = { id, orderRef, orderNumber, parcelNo, carrier, trackingNumber, trackingUrl, bodyHash }
    await trx(FulfillmentModel.tableName).insert({ ...row, status: 'shipped', shippedAt: trx.fn.now() })
    await trx(FulfillmentLineModel.tableName).insert(lines.map((line) => ({ fulfillmentId: id, ...line })))
    return { created: true, fulfillment: await getFulfillment(trx, id) }
  })
}

/** The parcel's lines with their variants. @throws conflict for more than is left to send */
function linesWithin(
  sold: Map<string, { variantId: string; quantity: number }>,
  sent: Map<string, number>,
  lines: FulfillmentInput['lines'],
) {
  const sums = new Map<string, number>()
  for (const { sku, quantity } of lines) sums.set(sku, (sums.get(sku) ?? 0) + quantity)
  return [...sums].map(([sku, quantity]) => {
    const bought = sold.get(sku)
    const left = (bought?.quantity ?? 0) - (sent.get(sku) ?? 0)
    if (!bought || quantity > left)
      throw new DomainError('conflict', `${sku}: ${left} left to send, ${quantity} asked for.`)
    return { variantId: bought.variantId, sku, quantity }
  })
}

async function sentUnits(trx: Knex.Transaction, orderRef: string): Promise<Map<string, number>> {
  const rows = await select<{ sku: string; quantity: number }>(
    trx,
    `SELECT l.sku, sum(l.quantity)::int AS quantity FROM fulfillment_lines l JOIN fulfillments f ON f.id = l.fulfillment_id
     WHERE f.order_ref = :orderRef AND f.status <> 'cancelled' GROUP BY l.sku`,
    { orderRef },
  )
  return new Map(rows.map((row) => [row.sku, row.quantity]))
}

/** Tracking is no part of it: it may be corrected later, and a retry is still the same parcel. */
function hashOf(input: FulfillmentInput): string {
  const lines = [...input.lines].sort((a, b) => (a.sku < b.sku ? -1 : 1)).map((line) => [line.sku, line.quantity])
  return createHash('sha256')
    .update(JSON.stringify([input.orderNumber, lines]))
    .digest('hex')
}
