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

/** So many stores are looked at in one circle, fitting or not: what a search costs does not grow with the shop. */
export const mostLookedAt = 10_000

/**
 * One statement. A circle is looked into only while the one before held too few that fit, and only when no more than `most`
 * stores lie in its boxes: nothing further away is asked about then. The last one looked into is read whole and put in order.
 */
const nearSql = (fits: string) => `
  WITH RECURSIVE boxes AS MATERIALIZED (
    SELECT step, km, box(point(west, south), point(east, north)) AS area
    FROM unnest(:step::int[], :km::float8[], :west::float8[], :south::float8[], :east::float8[], :north::float8[])
      AS b (step, km, west, south, east, north)
  ), circles AS (
    SELECT -1 AS step, 0::bigint AS found, false AS is_full
    UNION ALL
    SELECT c.step + 1, CASE WHEN looked.at > :most THEN 0 ELSE (
      SELECT count(*) FROM (
        SELECT 1 FROM boxes b JOIN stores s ON point(s.longitude, s.latitude) <@ b.area
        WHERE b.step = c.step + 1 AND ${fits} AND ${distance} <= b.km LIMIT :limit
      ) few
    ) END, looked.at > :most
    FROM circles c CROSS JOIN LATERAL (
      SELECT count(*) AS at FROM (
        SELECT 1 FROM boxes b JOIN stores s ON point(s.longitude, s.latitude) <@ b.area
        WHERE b.step = c.step + 1 AND s.kind = 'shop' AND s.status = 'open' LIMIT :most::int + 1
      ) seen
    ) looked
    WHERE c.found < :limit AND c.step < :last AND NOT c.is_full
  ), chosen AS (
    SELECT greatest(0, max(step) FILTER (WHERE NOT is_full)) AS step, bool_or(is_full) AS is_cut FROM circles
  ), found AS (
    SELECT s.id, ${distance} AS distance_km
    FROM boxes b JOIN stores s ON point(s.longitude, s.latitude) <@ b.area
    WHERE b.step = (SELECT step FROM chosen) AND ${fits} AND ${distance} <= b.km
    ORDER BY distance_km, s.id LIMIT :limit
  )
  SELECT found.id, found.distance_km, (SELECT min(km) FROM boxes b WHERE chosen.is_cut AND b.step = chosen.step) AS cut_km
  FROM chosen LEFT JOIN found ON true ORDER BY found.distance_km, found.id`

type Question = { lat: number; lng: number; radius_km?: number; limit: number } & StoreFilters
type Near = {
  near: { id: string; distanceKm: number }[]
  /** No further than this was looked, because too many stores lie there; null: all of the radius that mattered. */
  cutKm: number | null
}

/** Ids of the nearest stores that fit, with their distance: one statement. */
export async function findNearest(
  trx: Trx,
  { radius_km: radius = defaultRadiusKm, limit, ...query }: Question,
  at: Date,
  most = mostLookedAt,
): Promise<Near> {
  const { lat: exactLat, lng: exactLng, ...filters } = query
  const [lat, lng] = [toCentimetres(exactLat), toCentimetres(exactLng)]
  const circles = circlesUpTo(radius)
  const boxes = circles.flatMap((km, step) => boxesAround({ lat, lng }, km).map((box) => ({ step, km, ...box })))
  const columns = Object.fromEntries(
    (['step', 'km', 'west', 'south', 'east', 'north'] as const).map((name) => [name, boxes.map((box) => box[name])]),
  )
  const { sql, bindings } = fitting(filters, at)
  const around = { ...bindings, ...columns, lat, lng, limit, most, last: circles.length - 1 }
  const rows = await select<{ id: string | null; distanceKm: number; cutKm: number | null }>(trx, nearSql(sql), around)
  return {
    near: rows.flatMap(({ id, distanceKm }) => (id ? { id, distanceKm } : [])),
    cutKm: rows[0]?.cutKm ?? null,
  }
}

/** Visible stores within `radius_km` of a point (those that fit), nearest first, at the moment `at`: four statements, five with a SKU. */
export async function listNearbyStores(query: Question, at: Date): Promise<{ items: Store[]; cutKm: number | null }> {
  const { near, cutKm } = await findNearest(db(), query, at)
  const rows = await visibleStores().whereIn(
    'stores.id',
    near.map((one) => one.id),
  )
  const shown = new Map((await withStock(await showStores(rows, at), query.sku)).map((store) => [store.id, store]))
  const items = near.flatMap(({ id, distanceKm }) => {
    const store = shown.get(id)
    return store ? [{ ...store, distanceKm: Math.round(distanceKm * 10) / 10 }] : []
  })
  return { items, cutKm: cutKm === null ? null : Math.round(cutKm * 10) / 10 }
}
