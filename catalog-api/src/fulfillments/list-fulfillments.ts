// The parcels of one order, by number: two statements.
import { db } from '../lib/db.ts'
import { toFulfillment, withLines } from './fulfillment.ts'
import type { Fulfillment } from './schemas.ts'

/** Empty for an order nothing was sent of. */
export async function listFulfillments(orderRef: string): Promise<Fulfillment[]> {
  const rows = await withLines(db()).where({ orderRef }).orderBy('parcelNo')
  return rows.map(toFulfillment)
}
