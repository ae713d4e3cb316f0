// Which stores to show: around a point, around a town that was typed, or all. Never guesses where somebody is.
import type { Store, Town } from '#app/domain/catalog/answers.ts'
import { findPlaces, listStores, nearbyStores, type StoreFilter } from '#app/domain/catalog/stores.server.ts'
import { countryName } from '#app/domain/geo/country-name.ts'

/** `country`: the only one in which a town of that name is meant. */
export type StoreQuery = { q: string; country?: string; near?: string; lat?: number; lng?: number; radiusKm: number }
/** `isAbout`: only the area is known, so that no distance is told. */
type From = { name: string; latitude: number; longitude: number; isAbout: boolean }
export type StoreSummary = Awaited<ReturnType<typeof findStores>>['stores'][number]

export const shownNearby = 40

/** All stores, in as many pages as it takes. */
async function listAllStores(filter: StoreFilter = {}): Promise<Store[]> {
  const stores: Store[] = []
  let cursor: string | undefined
  do {
    const page = await listStores({ limit: 100, cursor, ...filter })
    stores.push(...page.items)
    cursor = page.nextCursor ?? undefined
  } while (cursor && stores.length < 1000)
  return stores
}

/**
 * Stores that fit `filter`. `from`: around where, null when nothing was asked or the town is unknown (then all stores
 * come). `others`: towns of the same name. `isFar`: none is within the radius, these are the nearest ones. `isMore`: there are
 * more within the radius, these are the nearest. `cutKm`: very many stores lie there, no further was looked; else null.
 */
export async function findStores(query: StoreQuery, filter: StoreFilter = {}) {
  const { from, others } = await findStart(query)
  const all = { from, others: others.map(otherTown), isFar: false, isMore: false, cutKm: null as number | null }
  if (!from) return { ...all, stores: (await listAllStores(filter)).map(summary) }
  const point = { ...filter, lat: from.latitude, lng: from.longitude }
  const inside = await nearbyStores({ ...point, radiusKm: query.radiusKm, limit: shownNearby + 1 })
  const isFar = inside.items.length === 0
  const { items, cutKm } = isFar ? await nearbyStores({ ...point, radiusKm: 20_000, limit: 3 }) : inside
  const stores = items.slice(0, shownNearby).map(summary)
  return {
    ...{ ...all, isFar, isMore: items.length > shownNearby, cutKm },
    stores: from.isAbout ? stores.map((store) => ({ ...store, distanceKm: null })) : stores,
  }
}

/** The point meant by a town, a postcode of our stores or a position; `others`: towns of the same name. */
export async function findStart(query: StoreQuery): Promise<{ from: From | null; others: Town[] }> {
  if (!query.q && query.lat !== undefined && query.lng !== undefined)
    return {
      from: { name: query.near || 'your position', latitude: query.lat, longitude: query.lng, isAbout: false },
      others: [],
    }
  if (!query.q) return { from: null, others: [] }
  const [town, ...others] = await findPlaces({ q: query.q, country: query.country, limit: 5 })
  return town
    ? { from: { ...pointOf(town), name: townName(town), isAbout: town.approximate }, others }
    : { from: null, others: [] }
}

const pointOf = ({ latitude, longitude }: { latitude: number; longitude: number }) => ({ latitude, longitude })
const townName = ({ name, postcode, country, approximate }: Town): string =>
  approximate
    ? `${name}, ${countryName(country)}, by the beginning of the postcode`
    : [[postcode, name].filter(Boolean).join(' '), countryName(country)].join(', ')

export const otherTown = (town: Town) => ({
  ...pointOf(town),
  name: [[town.postcode, town.name].filter(Boolean).join(' '), town.region, countryName(town.country)]
    .filter(Boolean)
    .join(', '),
  query: { near: [town.postcode, town.name].filter(Boolean).join(' '), lat: town.latitude, lng: town.longitude },
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
  today: store.today,
  specialDays: store.specialDays,
  stock: store.stock?.available ?? null,
  distanceKm: store.distanceKm ?? null,
})
