// Stock of a SKU as it stands: over all, to be bought online, and place by place.
import { db, select, type Trx } from '../lib/db.ts'
import { notFound } from '../lib/errors.ts'
import type { PlaceLevel, StockOfSku } from './schemas.ts'
import { sellableUnits } from './sellable.ts'

/** Two statements, however many places. Drafts too: their stock is counted before they are shown. @throws not_found */
export async function getStock(sku: string): Promise<StockOfSku> {
  const [variant] = await select<{ id: string; available: number }>(
    db(),
    `SELECT v.id, ${sellableUnits} AS available FROM variants v JOIN products p ON p.id = v.product_id
     WHERE v.sku = :sku AND p.status <> 'scratch'`,
    { sku },
  )
  if (!variant) throw notFound('The SKU')
  const places = await placeLevels(db(), variant.id)
  const sum = (pick: (place: PlaceLevel) => number) => places.reduce((total, place) => total + pick(place), 0)
  return {
    sku,
    variantId: variant.id,
    onHand: sum((place) => place.onHand),
    reserved: sum((place) => place.reserved),
    available: variant.available,
    places,
  }
}

/** The levels of a variant at its open places, or at one place; by name. */
export function placeLevels(trx: Trx, variantId: string, storeId?: string): Promise<PlaceLevel[]> {
  return select<PlaceLevel>(
    trx,
    `SELECT i.store_id, s.slug, s.name, s.city, s.country, s.kind, s.ships_orders,
       s.services @> '{click_and_collect}' AS keeps_for_shoppers, i.on_hand, i.reserved,
       i.on_hand - i.reserved AS available, i.low_stock_threshold
     FROM inventory i JOIN stores s ON s.id = i.store_id
     WHERE i.variant_id = :variantId AND ${storeId ? 'i.store_id = :storeId' : `s.status = 'open'`}
     ORDER BY s.kind, s.country, s.name, s.id`,
    { variantId, storeId: storeId ?? null },
  )
}
