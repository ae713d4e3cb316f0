// Stores around a point. A box by latitude and longitude first (indexed), the true distance on the sphere after;
// right across the antimeridian and at the poles.
import { db, select } from '../lib/db.ts'
import type { Store } from './schemas.ts'
import { toStore, visibleStores } from './store.ts'

const earthKm = 6371.0088
const defaultRadiusKm = 50
const degrees = (radians: number) => (radians * 180) / Math.PI
const radians = (value: number) => (value * Math.PI) / 180

/** How far a circle reaches in degrees; a circle over a pole reaches all longitudes. Pure. */
export function boxAround(lat: number, radiusKm: number): { lat: number; lng: number } {
  const angle = radiusKm / earthKm
  const reach = degrees(angle)
  if (Math.abs(lat) + reach >= 90) return { lat: reach, lng: 180 }
  return { lat: reach, lng: degrees(Math.asin(Math.min(1, Math.sin(angle) / Math.cos(radians(lat))))) }
}

const nearSql = `
  SELECT * FROM (
    SELECT id, 2 * ${earthKm} * asin(least(1, sqrt(
      power(sin(radians(latitude - :lat::float8) / 2), 2)
      + cos(radians(:lat::float8)) * cos(radians(latitude)) * power(sin(radians(longitude - :lng::float8) / 2), 2)
    ))) AS distance_km
    FROM stores
    WHERE kind = 'shop' AND status = 'open' AND (:service::text IS NULL OR :service::text = ANY(services))
      AND latitude BETWEEN :lat::float8 - :latReach::float8 AND :lat::float8 + :latReach::float8
      AND (abs(longitude - :lng::float8) <= :lngReach::float8 OR abs(longitude - :lng::float8) >= 360 - :lngReach::float8)
  ) near
  WHERE distance_km <= :radius::float8 ORDER BY distance_km, id LIMIT :limit`

/** Visible stores within `radius_km` of a point (those with `service`), nearest first, at the moment `at`: three statements. */
export async function listNearbyStores(
  query: { lat: number; lng: number; radius_km?: number; limit: number; service?: string },
  at: Date,
): Promise<Store[]> {
  const { lat, lng, limit, radius_km: radius = defaultRadiusKm } = query
  const reach = boxAround(lat, radius)
  const service = query.service ?? null
  const bindings = { lat, lng, limit, radius, service, latReach: reach.lat, lngReach: reach.lng }
  const near = await select<{ id: string; distanceKm: number }>(db(), nearSql, bindings)
  const rows = await visibleStores().whereIn(
    'stores.id',
    near.map((one) => one.id),
  )
  const byId = new Map(rows.map((row) => [row.id, row]))
  return near.flatMap(({ id, distanceKm }) => {
    const row = byId.get(id)
    return row ? [{ ...toStore(row, at), distanceKm: Math.round(distanceKm * 10) / 10 }] : []
  })
}
