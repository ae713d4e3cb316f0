// Stock of everything, place by place, and one SKU with all its places and holders. Reads only.
import { db, select } from '../../lib/db.ts'
import { notFound } from '../../lib/errors.ts'
import { searchQuery } from '../../search/words.ts'
import type { PlaceLevel } from '../schemas.ts'
import type { SkuStock, StockList, StockQuery, StockRow } from './schemas.ts'

type Row = Omit<StockRow, 'place'> & NonNullable<StockRow['place']>

const from = `FROM variants v JOIN products p ON p.id = v.product_id
  LEFT JOIN inventory i ON i.variant_id = v.id LEFT JOIN stores s ON s.id = i.store_id`
const named = `v.sku, v.title AS variant_title, p.id AS product_id, p.title AS product_title, p.status AS product_status`

/** Live variants of products that are not archived, at open places; a numbered page, two statements. */
export async function listStock(query: StockQuery): Promise<StockList> {
  const code = query.q?.replace(/\s+/g, '').toUpperCase().slice(0, 64) ?? ''
  const bindings = {
    ...query,
    words: searchQuery(query.q ?? ''),
    code,
    codes: `${code.replace(/[\\%_]/g, '\\$&')}%`,
    skip: (query.page - 1) * query.limit,
  }
  const all = [`v.status = 'active' AND p.status NOT IN ('archived', 'scratch')`, `(s.id IS NULL OR s.status = 'open')`]
  if (query.q) all.push('(v.sku LIKE :codes OR upper(v.barcode) = :code OR p.search @@ :words::tsquery)')
  if (query.store_id) all.push('i.store_id = :store_id')
  if (query.low) all.push('i.on_hand - i.reserved <= i.low_stock_threshold')
  const where = all.join(' AND ')
  const rows = await select<Row>(
    db(),
    `SELECT ${named}, i.store_id, s.name, i.on_hand, i.reserved, i.on_hand - i.reserved AS available, i.low_stock_threshold
     ${from} WHERE ${where} ORDER BY v.sku, s.kind DESC, s.name, s.id LIMIT :limit OFFSET :skip`,
    bindings,
  )
  const [count] = await select<{ total: number }>(
    db(),
    `SELECT count(*)::int AS total ${from} WHERE ${where}`,
    bindings,
  )
  const total = count?.total ?? 0
  return { items: rows.map(toStockRow), total, page: query.page, pages: Math.max(1, Math.ceil(total / query.limit)) }
}

function toStockRow({ storeId, name, onHand, reserved, available, lowStockThreshold, ...row }: Row): StockRow {
  return { ...row, place: storeId ? { storeId, name, onHand, reserved, available, lowStockThreshold } : null }
}

/** One SKU at every place that could have it; three statements. @throws not_found */
export async function getSkuStock(sku: string): Promise<SkuStock> {
  const [variant] = await select<Omit<SkuStock, 'places' | 'holders'> & { id: string }>(
    db(),
    `SELECT v.id, ${named} FROM variants v JOIN products p ON p.id = v.product_id
     WHERE v.sku = :sku AND p.status <> 'scratch'`,
    { sku },
  )
  if (!variant) throw notFound('The SKU')
  const { id, ...names } = variant
  const places = await select<PlaceLevel>(
    db(),
    `SELECT s.id AS store_id, s.slug, s.name, s.city, s.country, s.kind, s.ships_orders,
       s.services @> '{click_and_collect}' AS keeps_for_shoppers, COALESCE(i.on_hand, 0) AS on_hand,
       COALESCE(i.reserved, 0) AS reserved, COALESCE(i.on_hand - i.reserved, 0) AS available,
       COALESCE(i.low_stock_threshold, 3) AS low_stock_threshold
     FROM stores s LEFT JOIN inventory i ON i.store_id = s.id AND i.variant_id = :id
     WHERE s.status = 'open' OR i.on_hand > 0
     ORDER BY s.ships_orders DESC, s.kind DESC, s.country, s.name, s.id`,
    { id },
  )
  const holders = await select<Omit<SkuStock['holders'][number], 'expiresAt'> & { expiresAt: Date }>(
    db(),
    `SELECT r.ref, l.store_id, s.name AS store_name, l.quantity, r.expires_at
     FROM reservation_lines l JOIN reservations r ON r.ref = l.ref JOIN stores s ON s.id = l.store_id
     WHERE l.variant_id = :id AND r.status = 'held' ORDER BY r.expires_at, r.ref LIMIT 200`,
    { id },
  )
  return { ...names, places, holders: holders.map((row) => ({ ...row, expiresAt: row.expiresAt.toISOString() })) }
}
