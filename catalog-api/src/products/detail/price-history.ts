// The history of a product's prices, as the triggers of `variants` wrote it: nobody else writes it, nobody alters it.
import { select, type Trx } from '../../lib/db.ts'
import type { PriceChange } from '../staff/schemas.ts'

type Row = Omit<PriceChange, 'since'> & { since: Date }

/** A variant's reduction is told with the lowest price of the 30 days before it (Directive 98/6/EC, Article 6a). */
export const lowestBefore = 'CASE WHEN v.compare_at_minor IS NOT NULL THEN lowest_price_before(v.id) END'

/** The latest fifty price changes of a product's variants, newest first; one statement. */
export async function priceChangesOf(trx: Trx, productId: string): Promise<PriceChange[]> {
  const rows = await select<Row>(
    trx,
    `SELECT v.sku, c.since, c.price_minor, c.compare_at_minor FROM price_changes c JOIN variants v ON v.id = c.variant_id
     WHERE v.product_id = :productId ORDER BY c.since DESC, v.position, v.id LIMIT 50`,
    { productId },
  )
  return rows.map((row) => ({ ...row, since: row.since.toISOString() }))
}
