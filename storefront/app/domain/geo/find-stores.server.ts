// Which stores to show: around a point, around a town that was typed, or all. Never guesses where somebody is.
import type { Store, Town } from '#app/domain/catalog/answers.ts'
import { findPlaces, listStores, nearbyStores } from '#app/domain/catalog/stores.server.ts'
import { countryName } from '#app/domain/geo/country-name.ts'

/** `country`: the only one in which a town of that name is meant. */
export type StoreQuery = { q: string; country?: string; near?: string; lat?: number; lng?: number; radiusKm: number }
type From = { name: string; latitude: number; longitude: number }
export type StoreSummary = Awaited<ReturnType<typeof findStores>>['stores'][number]

const shownNearby = 40

/** All stores, in as many pages as it takes. */
async function listAllStores(): Promise<Store[]> {
  const stores: Store[] = []
  let cursor: string | undefined
  do {
    const page = await listStores({ limit: 100, cursor })
    stores.push(...page.items)
    cursor = page.nextCursor ?? undefined
  } while (cursor && stores.length < 1000)
  return stores
}

/**
 * `from`: around where, null when nothing was asked or the town is unknown (then all stores come). `others`: towns of
 * the same name. `outside`: said when none is within the radius and the nearest ones are shown instead.
 */
export async function findStores(query: StoreQuery) {
  const { from, others } = await findStart(query)
  if (!from) return { from: null, others: [], outside: null, stores: (await listAllStores()).map(summary) }
  const point = { lat: from.latitude, lng: from.longitude }
  const inside = await nearbyStores({ ...point, radiusKm: query.radiusKm, limit: shownNearby })
  const stores = inside.length > 0 ? inside : await nearbyStores({ ...point, radiusKm: 20_000, limit: 3 })
  const outside = inside.length > 0 ? null : `None within ${query.radiusKm} km. These are the nearest ones.`
  return { from, others: others.map(otherTown), outside, stores: stores.map(summary) }
}

/** The point meant by a position, a town or a postcode; `others`: towns of the same name. */
export async function findStart(query: StoreQuery): Promise<{ from: From | null; others: Town[] }> {
  if (query.lat !== undefined && query.lng !== undefined)
    return { from: { name: query.near || 'your position', latitude: query.lat, longitude: query.lng }, others: [] }
  if (!query.q) return { from: null, others: [] }
  const [town, ...others] = await findPlaces({ q: query.q, country: query.country, limit: 5 })
  if (town) return { from: { ...pointOf(town), name: townName(town) }, others }
  return { from: await findByPostcode(query.q), others: [] }
}

/** The store whose postcode begins most like what was typed, by two characters at least, stands for that area. */
async function findByPostcode(q: string): Promise<From | null> {
  const plain = (text: string) => text.replace(/[\s-]/g, '').toLowerCase()
  if (!/\d/.test(q)) return null
  const stores = await listAllStores()
  for (let typed = plain(q); typed.length >= 2; typed = typed.slice(0, -1)) {
    const store = stores.find(({ postcode }) => postcode && plain(postcode).startsWith(typed))
    if (store) return { ...pointOf(store), name: `${store.postcode} ${store.city}` }
  }
  return null
}

const pointOf = ({ latitude, longitude }: { latitude: number; longitude: number }) => ({ latitude, longitude })
const townName = (town: Town): string => `${town.name}, ${countryName(town.country)}`

export const otherTown = (town: Town) => ({
  ...pointOf(town),
  name: [town.name, town.region, countryName(town.country)].filter(Boolean).join(', '),
  query: { near: town.name, lat: town.latitude, lng: town.longitude },
})

const summary = (store: Store) => ({
  ...pointOf(store),
  slug: store.slug,
  name: store.name,
  line1: store.line1,
  postcode: store.postcode,
  city: store.city,
  countryName: countryName(store.country),
  services: store.services,
  open: store.open,
  distanceKm: store.distanceKm ?? null,
})
