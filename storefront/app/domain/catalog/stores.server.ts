// Stores and towns, from catalog-api. Opening hours are in the store's own time zone; warehouses are never listed.
import { z } from 'zod'
import { type Store, store, type Town, town } from '#app/domain/catalog/answers.ts'
import { ask, browse, catalogApi, keep } from '#app/domain/catalog/transport.server.ts'

const freshMs = 15_000
const storeList = z.object({ items: z.array(store), nextCursor: z.string().nullish() })

/** Stores by country and name, a page at a time. */
export async function listStores(
  query: { country?: string; limit?: number; cursor?: string } = {},
): Promise<{ items: Store[]; nextCursor: string | null }> {
  const answer = await keep(`stores ${JSON.stringify(query)}`, freshMs, () =>
    ask(storeList, browse, (init) => catalogApi().GET('/stores', { params: { query }, ...init })),
  )
  return { items: answer.items, nextCursor: answer.nextCursor ?? null }
}

/** Stores within `radiusKm` of a point, nearest first, each with `distanceKm`. */
export async function nearbyStores(input: {
  lat: number
  lng: number
  radiusKm: number
  limit?: number
}): Promise<Store[]> {
  const query = { lat: input.lat, lng: input.lng, radius_km: input.radiusKm, limit: input.limit }
  const answer = await keep(`nearby ${JSON.stringify(query)}`, freshMs, () =>
    ask(storeList, browse, (init) => catalogApi().GET('/stores/nearby', { params: { query }, ...init })),
  )
  return answer.items
}

/** A store by id or slug. Throws not_found. */
export async function getStore(idOrSlug: string): Promise<Store> {
  return keep(`store ${idOrSlug}`, freshMs, () =>
    ask(store, browse, (init) => catalogApi().GET('/stores/{idOrSlug}', { params: { path: { idOrSlug } }, ...init })),
  )
}

/** Towns whose name begins like `q`, likeliest first. */
export async function findPlaces(query: { q: string; country?: string; limit?: number }): Promise<Town[]> {
  const answer = await keep(`places ${JSON.stringify(query)}`, 60_000, () =>
    ask(z.object({ items: z.array(town) }), browse, (init) =>
      catalogApi().GET('/places', { params: { query }, ...init }),
    ),
  )
  return answer.items
}
