// Stores and towns, from catalog-api. Opening hours are in the store's own time zone; warehouses are never listed.
import { z } from 'zod'
import { type Store, store, type Town, town } from '#app/domain/catalog/answers.ts'
import { ask, browse, catalogApi, keep } from '#app/domain/catalog/transport.server.ts'

const freshMs = 15_000
const storeList = z.object({ items: z.array(store), nextCursor: z.string().nullish() })
const nearList = z.object({ items: z.array(store), cutKm: z.number().nullable() })

/** Which stores: those with all of these services, open now; `sku`: each told with what it has of it, `inStock`: only those. */
export type StoreFilter = { services?: readonly string[]; openNow?: boolean; sku?: string; inStock?: boolean }

const asked = ({ services, openNow, sku, inStock }: StoreFilter) => ({
  service: services?.length ? [...services] : undefined,
  open_now: openNow || undefined,
  sku,
  in_stock: (sku && inStock) || undefined,
})
/** What lies on a shelf is shown as it is now. */
const freshFor = ({ sku }: StoreFilter): number => (sku ? 1_000 : freshMs)

/** Stores by country and name, a page at a time. */
export async function listStores({
  country,
  limit,
  cursor,
  ...filter
}: { country?: string; limit?: number; cursor?: string } & StoreFilter = {}): Promise<{
  items: Store[]
  nextCursor: string | null
}> {
  const query = { country, limit, cursor, ...asked(filter) }
  const answer = await keep(`stores ${JSON.stringify(query)}`, freshFor(filter), () =>
    ask(storeList, browse, (init) => catalogApi().GET('/stores', { params: { query }, ...init })),
  )
  return { items: answer.items, nextCursor: answer.nextCursor ?? null }
}

/**
 * Stores within `radiusKm` of a point, nearest first, each with `distanceKm`. `cutKm`: no further than this was looked, for very
 * many stores lie there; null: all of the radius.
 */
export async function nearbyStores({
  lat,
  lng,
  radiusKm,
  limit,
  ...filter
}: { lat: number; lng: number; radiusKm: number; limit?: number } & StoreFilter): Promise<{
  items: Store[]
  cutKm: number | null
}> {
  const query = { lat, lng, radius_km: radiusKm, limit, ...asked(filter) }
  return keep(`nearby ${JSON.stringify(query)}`, freshFor(filter), () =>
    ask(nearList, browse, (init) => catalogApi().GET('/stores/nearby', { params: { query }, ...init })),
  )
}

/** A store by id or slug. Throws not_found. */
export async function getStore(idOrSlug: string): Promise<Store> {
  return keep(`store ${idOrSlug}`, freshMs, () =>
    ask(store, browse, (init) => catalogApi().GET('/stores/{idOrSlug}', { params: { path: { idOrSlug } }, ...init })),
  )
}

/** Towns whose name begins like `q`, likeliest first; for a postcode those of our stores that begin most like it. */
export async function findPlaces(query: { q: string; country?: string; limit?: number }): Promise<Town[]> {
  const answer = await keep(`places ${JSON.stringify(query)}`, 60_000, () =>
    ask(z.object({ items: z.array(town) }), browse, (init) =>
      catalogApi().GET('/places', { params: { query }, ...init }),
    ),
  )
  return answer.items
}
