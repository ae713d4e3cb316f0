// Stores around a point, nearest first: right across the date line and at the poles. An index of points finds them, in
// circles that grow until enough are in; the true distance on the sphere decides.
import { db, select, type Trx } from '../lib/db.ts'
import { fitting, type StoreFilters, withStock } from './conditions.ts'
import type { Store } from './schemas.ts'
import { boxesAround, circlesUpTo, earthKm, toCentimetres } from './sphere.ts'
import { showStores, visibleStores } from './store.ts'

const defaultRadiusKm = 50

const distance = `2 * ${earthKm} * asin(least(1, sqrt(
  power(sin(radians(s.latitude - :lat::float8) / 2), 2)
  + cos(radians(:lat::float8)) * cos(radians(s.latitude)) * power(sin(radians(s.longitude - :lng::float8) / 2), 2)
)))`

/**
 * One statement. A circle is looked into only while the one before held too few, and no further than to `limit` stores;
 * only the last one is read whole and put in order.
 */
const nearSql = (fits: string) => `
  WITH RECURSIVE boxes AS MATERIALIZED (
    SELECT step, km, box(point(west, south), point(east, north)) AS area
    FROM unnest(:step::int[], :km::float8[], :west::float8[], :south::float8[], :east::float8[], :north::float8[])
      AS b (step, km, west, south, east, north)
  ), circles AS (
    SELECT -1 AS step, 0::bigint AS found
    UNION ALL
    SELECT c.step + 1, (
      SELECT count(*) FROM (
        SELECT 1 FROM boxes b JOIN stores s ON point(s.longitude, s.latitude) <@ b.area
        WHERE b.step = c.step + 1 AND ${fits} AND ${distance} <= b.km LIMIT :limit
      ) few
    ) FROM circles c WHERE c.found < :limit AND c.step < :last
  )
  SELECT s.id, ${distance} AS distance_km
  FROM boxes b JOIN stores s ON point(s.longitude, s.latitude) <@ b.area
  WHERE b.step = (SELECT max(step) FROM circles) AND ${fits} AND ${distance} <= b.km
  ORDER BY distance_km, s.id LIMIT :limit`

type Question = { lat: number; lng: number; radius_km?: number; limit: number } & StoreFilters

/** Ids of the nearest stores that fit, with their distance: one statement. */
export async function findNearest(
  trx: Trx,
  { radius_km: radius = defaultRadiusKm, limit, ...query }: Question,
  at: Date,
): Promise<{ id: string; distanceKm: number }[]> {
  const { lat: exactLat, lng: exactLng, ...filters } = query
  const [lat, lng] = [toCentimetres(exactLat), toCentimetres(exactLng)]
  const circles = circlesUpTo(radius)
  const boxes = circles.flatMap((km, step) => boxesAround({ lat, lng }, km).map((box) => ({ step, km, ...box })))
  const columns = Object.fromEntries(
    (['step', 'km', 'west', 'south', 'east', 'north'] as const).map((name) => [name, boxes.map((box) => box[name])]),
  )
  const { sql, bindings } = fitting(filters, at)
  return select(trx, nearSql(sql), { ...bindings, ...columns, lat, lng, limit, last: circles.length - 1 })
}

/** Visible stores within `radius_km` of a point (those that fit), nearest first, at the moment `at`: four statements, five with a SKU. */
export async function listNearbyStores(query: Question, at: Date): Promise<Store[]> {
  const near = await findNearest(db(), query, at)
  const rows = await visibleStores().whereIn(
    'stores.id',
    near.map((one) => one.id),
  )
  const shown = new Map((await withStock(await showStores(rows, at), query.sku)).map((store) => [store.id, store]))
  return near.flatMap(({ id, distanceKm }) => {
    const store = shown.get(id)
    return store ? [{ ...store, distanceKm: Math.round(distanceKm * 10) / 10 }] : []
  })
}
