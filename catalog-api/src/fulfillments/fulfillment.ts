// Parcels as rows with their lines, and as the API shows them; only this folder imports the models.
import { Model } from 'objection'
import type { Trx } from '../lib/db.ts'
import { notFound } from '../lib/errors.ts'
import type { Fulfillment } from './schemas.ts'

export class FulfillmentLineModel extends Model {
  static override tableName = 'fulfillment_lines'
  static override idColumn = ['fulfillmentId', 'variantId']
  declare fulfillmentId: string
  declare variantId: string
  declare sku: string
  declare quantity: number
}

export class FulfillmentModel extends Model {
  static override tableName = 'fulfillments'
  declare id: string
  declare orderRef: string
  declare orderNumber: string
  declare parcelNo: number
  declare status: Fulfillment['status']
  declare carrier: string | null
  declare trackingNumber: string | null
  declare trackingUrl: string | null
  declare bodyHash: string
  declare createdAt: Date
  declare shippedAt: Date | null
  declare deliveredAt: Date | null
  declare lines?: FulfillmentLineModel[]

  static override get relationMappings() {
    return {
      lines: {
        relation: Model.HasManyRelation,
        modelClass: FulfillmentLineModel,
        join: { from: 'fulfillments.id', to: 'fulfillment_lines.fulfillmentId' },
      },
    }
  }
}

/** Parcels with their lines: two statements. */
export const withLines = (trx: Trx) =>
  FulfillmentModel.query(trx)
    .withGraphFetched('lines(inOrder)')
    .modifiers({ inOrder: (lines) => lines.orderBy('sku') })

/** @throws not_found */
export async function getFulfillment(trx: Trx, id: string): Promise<Fulfillment> {
  const row = await withLines(trx).findById(id)
  if (!row) throw notFound('The parcel')
  return toFulfillment(row)
}

export const toFulfillment = (row: FulfillmentModel): Fulfillment => ({
  id: row.id,
  orderRef: row.orderRef,
  orderNumber: row.orderNumber,
  parcelNo: row.parcelNo,
  status: row.status,
  carrier: row.carrier,
  trackingNumber: row.trackingNumber,
  trackingUrl: row.trackingUrl,
  lines: (row.lines ?? []).map(({ sku, quantity }) => ({ sku, quantity })),
  createdAt: row.createdAt.toISOString(),
  shippedAt: row.shippedAt?.toISOString() ?? null,
  deliveredAt: row.deliveredAt?.toISOString() ?? null,
})
