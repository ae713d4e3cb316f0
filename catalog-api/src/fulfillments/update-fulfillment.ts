// What happens to a parcel after it left: tracking is corrected, it arrives.
import { transaction } from '../lib/db.ts'
import { DomainError, notFound } from '../lib/errors.ts'
import { FulfillmentModel, getFulfillment } from './fulfillment.ts'
import type { Fulfillment, TrackingInput } from './schemas.ts'

/** @throws not_found, conflict for a cancelled parcel */
export async function updateTracking(id: string, input: TrackingInput): Promise<Fulfillment> {
  return change(id, async (row, trx) => {
    await row.$query(trx).patch(input)
  })
}

/** Told twice, it stays as it was. @throws not_found, conflict for a cancelled parcel */
export async function markDelivered(id: string): Promise<Fulfillment> {
  return change(id, async (row, trx) => {
    if (row.status === 'delivered') return
    await trx(FulfillmentModel.tableName).where({ id }).update({ status: 'delivered', deliveredAt: trx.fn.now() })
  })
}

type Work = Parameters<typeof transaction>[0]
type Trx = Parameters<Work>[0]

async function change(id: string, work: (row: FulfillmentModel, trx: Trx) => Promise<void>): Promise<Fulfillment> {
  return transaction(async (trx) => {
    const row = await FulfillmentModel.query(trx).findById(id).forUpdate()
    if (!row) throw notFound('The parcel')
    if (row.status === 'cancelled') throw new DomainError('conflict', 'This parcel was cancelled.')
    await work(row, trx)
    return getFulfillment(trx, id)
  })
}
