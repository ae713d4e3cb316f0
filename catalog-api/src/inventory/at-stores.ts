// Where a whole basket can be picked up: stores with click and collect, each with what it has of every line. For the
// eye and for choosing; only a hold makes it sure.
import { db, select } from '../lib/db.ts'
import { listNearbyStores } from '../stores/nearby.ts'
import type { Store } from '../stores/schemas.ts'
import { showStores, visibleStores } from '../stores/store.ts'
import { sumLines } from './allocation.ts'
import type { StoreWithBasket } from './schemas.ts'

const pickupService = 'click_and_collect'

type Question = {
  basket: { sku: string; quantity: number }[]
  store_id?: string
  lat?: number
  lng?: number
  radius_km?: number
  limit: number
}

/**
 * Stores that hand out orders, nearest first, or the one asked for (none when it is no such store), at the moment `at`:
 * five statements whatever the number of stores and lines.
 */
export async function listStoresForBasket({ basket, ...where }: Question, at: Date): Promise<StoreWithBasket[]> {
  const stores = await storesFor(where, at)
  const wanted = [...sumLines(basket)].map(([sku, quantity]) => ({ sku, quantity }))
  const free = await unitsAt(
    stores.map(({ id }) => id),
    wanted.map(({ sku }) => sku),
  )
  return stores.map((store) => {
    const lines = wanted.map((line) => ({ ...line, available: free.get(`${store.id} ${line.sku}`) ?? 0 }))
    return { store, complete: lines.every((line) => line.available >= line.quantity), lines }
  })
}

async function storesFor({ store_id, lat, lng, ...rest }: Omit<Question, 'basket'>, at: Date): Promise<Store[]> {
  if (store_id === undefined)
    return lat === undefined || lng === undefined
      ? []
      : (await listNearbyStores({ lat, lng, ...rest, service: [pickupService] }, at)).items
  const row = await visibleStores().findOne({ id: store_id }).whereRaw('? = ANY(services)', [pickupService])
  return row ? showStores([row], at) : []
}

/** Free units of what is sold, by `store SKU`. */
async function unitsAt(storeIds: string[], skus: string[]): Promise<Map<string, number>> {
  const rows = await select<{ storeId: string; sku: string; available: number }>(
    db(),
    `SELECT i.store_id, v.sku, i.on_hand - i.reserved AS available
     FROM inventory i JOIN variants v ON v.id = i.variant_id JOIN products p ON p.id = v.product_id
     WHERE i.store_id = ANY(:storeIds) AND v.sku = ANY(:skus) AND v.status = 'active' AND p.status = 'published'`,
    { storeIds, skus },
  )
  return new Map(rows.map(({ storeId, sku, available }) => [`${storeId} ${sku}`, available]))
}
