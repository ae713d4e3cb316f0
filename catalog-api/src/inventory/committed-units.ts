// What was sold under a reference, for those who send it.
import type { Knex } from 'knex'
import { select } from '../lib/db.ts'
import { DomainError, notFound } from '../lib/errors.ts'
import { ReservationModel } from './models.ts'

/** Units sold by SKU; the reservation stays locked until the transaction ends. @throws not_found, conflict when not committed */
export async function committedUnits(
  trx: Knex.Transaction,
  ref: string,
): Promise<Map<string, { variantId: string; quantity: number }>> {
  const row = await ReservationModel.query(trx).findById(ref).forUpdate()
  if (!row) throw notFound('The reservation')
  if (row.status !== 'committed') throw new DomainError('conflict', 'Only what was sold can be sent.')
  const rows = await select<{ sku: string; variantId: string; quantity: number }>(
    trx,
    `SELECT v.sku, l.variant_id, sum(l.quantity)::int AS quantity FROM reservation_lines l
     JOIN variants v ON v.id = l.variant_id WHERE l.ref = :ref GROUP BY v.sku, l.variant_id`,
    { ref },
  )
  return new Map(rows.map(({ sku, variantId, quantity }) => [sku, { variantId, quantity }]))
}
