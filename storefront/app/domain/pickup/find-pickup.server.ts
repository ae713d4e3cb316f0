// Where a basket can be picked up: one store looked at again, or the stores near a town or position. Asked anew each time:
// what is on a shelf is never read from a copy.
import type { StoreWithBasket } from '#app/domain/catalog/answers.ts'
import { type SkuQuantity, storesForBasket } from '#app/domain/catalog/inventory.server.ts'
import { findStart, otherTown, type StoreQuery } from '#app/domain/geo/find-stores.server.ts'

const shownNearby = 12
/** As far as somebody may go for a store that has everything, when none nearby has. */
const furtherKm = 400

/** The store and what it has of the basket; null when it is none that hands out orders. Throws catalog_unavailable. */
export async function findPickup(storeId: string, basket: readonly SkuQuantity[]): Promise<StoreWithBasket | null> {
  const [found] = await storesForBasket({ basket, storeId })
  return found ?? null
}

export type PickupPlaces = {
  /** Around where; null: not asked, or the town is unknown. */
  from: { name: string; latitude: number; longitude: number } | null
  others: ReturnType<typeof otherTown>[]
  places: StoreWithBasket[]
  /** None within the radius: these are the nearest ones. */
  isFar: boolean
}

/**
 * Stores that hand out orders around what was typed, nearest first; when none of them has everything, the nearest ones
 * that do come last. Throws catalog_unavailable.
 */
export async function listPickupPlaces(query: StoreQuery, basket: readonly SkuQuantity[]): Promise<PickupPlaces> {
  const { from, others } = await findStart(query)
  if (!from) return { from: null, others: [], places: [], isFar: false }
  const around = { basket, lat: from.latitude, lng: from.longitude }
  const near = await storesForBasket({ ...around, radiusKm: query.radiusKm, limit: shownNearby })
  const isFar = near.length === 0
  const places = isFar ? await storesForBasket({ ...around, radiusKm: 20_000, limit: 3 }) : near
  if (!places.some(({ complete }) => complete)) places.push(...(await furtherAway(around, places)))
  return { from, others: others.map(otherTown), places: from.isAbout ? places.map(withoutDistance) : places, isFar }
}

/** Of a place that is known only about, no distance is told. */
const withoutDistance = (place: StoreWithBasket): StoreWithBasket => ({
  ...place,
  store: { ...place.store, distanceKm: undefined },
})

type Around = { basket: readonly SkuQuantity[]; lat: number; lng: number }

/** The nearest two that have everything, beyond those `known`. */
async function furtherAway(around: Around, known: readonly StoreWithBasket[]): Promise<StoreWithBasket[]> {
  const found = await storesForBasket({ ...around, radiusKm: furtherKm, limit: 40 })
  return found
    .filter(({ complete, store }) => complete && !known.some((place) => place.store.id === store.id))
    .slice(0, 2)
}
