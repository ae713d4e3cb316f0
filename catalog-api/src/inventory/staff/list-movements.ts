// The ledger of one SKU, latest first: what changed, where, by how much, for what and by whom. Reads only.
import { cursorKeys, readCursor, writeCursor } from '../../lib/cursor.ts'
import { db, select } from '../../lib/db.ts'
import { notFound } from '../../lib/errors.ts'
import type { Movement, MovementPage } from './schemas.ts'

type Row = Omit<Movement, 'createdAt'> & { createdAt: Date; seq: number }
const order = 'movements'

/** A keyset page by the ledger's own numbers; two statements. @throws not_found, validation_failed for a forged cursor */
export async function listMovements(
  sku: string,
  query: { store_id?: string; cursor?: string; limit: number },
): Promise<MovementPage> {
  const cursor = readCursor(query.cursor, order, cursorKeys.number)
  const [variant] = await select<{ id: string }>(
    db(),
    "SELECT v.id FROM variants v JOIN products p ON p.id = v.product_id WHERE v.sku = :sku AND p.status <> 'scratch'",
    { sku },
  )
  if (!variant) throw notFound('The SKU')
  const narrowed = [
    query.store_id ? 'AND m.store_id = :storeId' : '',
    cursor ? 'AND m.seq < :before::bigint' : '',
  ].join(' ')
  const rows = await select<Row>(
    db(),
    `SELECT m.id, m.seq, m.created_at, m.kind, m.store_id, s.name AS store_name, m.delta_on_hand, m.delta_reserved, m.ref,
       m.reason, m.actor
     FROM stock_movements m JOIN stores s ON s.id = m.store_id
     WHERE m.variant_id = :variantId ${narrowed} ORDER BY m.seq DESC LIMIT :take`,
    { variantId: variant.id, storeId: query.store_id ?? null, before: cursor?.k ?? null, take: query.limit + 1 },
  )
  const shown = rows.slice(0, query.limit)
  const last = shown.at(-1)
  const more = rows.length > query.limit && last
  return {
    items: shown.map(({ seq: _seq, createdAt, ...row }) => ({ ...row, createdAt: createdAt.toISOString() })),
    nextCursor: more ? writeCursor({ o: order, k: last.seq, id: last.id, d: 'next' }) : null,
  }
}
