// All stock of one product for staff: every place that can hold stock, and the levels of each variant there.
import { db } from '../lib/db.ts'
import { notFound } from '../lib/errors.ts'
import type { ProductStock } from './schemas.ts'

/** Two statements whatever the number of variants and places. Throws not_found. */
export async function getProductStock(productId: string): Promise<ProductStock> {
  const places: ProductStock['places'] = await db()('stores')
    .where({ status: 'open' })
    .orderByRaw("kind = 'warehouse' DESC, ships_orders DESC, allocation_priority, name")
    .select({ storeId: 'id' }, 'name', 'city', 'country', 'kind', 'shipsOrders')
  const rows: (ProductStock['levels'][number] & { storeId: string | null })[] = await db()('variants as v')
    .leftJoin('inventory as i', 'i.variantId', 'v.id')
    .where('v.productId', productId)
    .orderBy(['v.position', 'v.sku'])
    .select('v.sku', 'i.storeId', 'i.onHand', 'i.reserved', 'i.lowStockThreshold')
  if (rows.length === 0) throw notFound('The product')
  return { places, levels: rows.filter((row) => row.storeId !== null) }
}
