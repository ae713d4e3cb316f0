// Draws a base map for some points as SVG paths, from outlines that live on this machine (Natural Earth, public domain).
// Mercator, like the live map that may take its place, so that nothing jumps. Asks no network.
import { createRequire } from 'node:module'
import { geoMercator, geoPath } from 'd3-geo'
import { LRUCache } from 'lru-cache'
import { feature, mesh } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import { type DrawnMap, type GeoPoint, mainPoints } from '#app/domain/geo/drawn-map.ts'

type Atlas = Topology<{ countries: GeometryCollection; land: GeometryCollection }>

const require = createRequire(import.meta.url)
const atlases: Record<string, Atlas> = {}
function atlas(detail: '50m' | '110m'): Atlas {
  atlases[detail] ??= require(`world-atlas/countries-${detail}.json`) as Atlas
  return atlases[detail]
}

const outlines = new LRUCache<string, { land: string; borders: string }>({ max: 200 })

/** The smallest box of degrees around the points, at least `span` wide and high, as its corners. */
function cornersAround(points: readonly GeoPoint[], span: number): [[number, number], [number, number]] {
  const range = (values: number[], limit: number): [number, number] => {
    const low = Math.min(...values)
    const high = Math.max(...values)
    const grow = Math.max(0, span - (high - low)) / 2
    return [Math.max(-limit, low - grow), Math.min(limit, high + grow)]
  }
  const [west, east] = range(
    points.map(({ longitude }) => longitude),
    540,
  )
  const [south, north] = range(
    points.map(({ latitude }) => latitude),
    84,
  )
  return [
    [west, south],
    [east, north],
  ]
}

/**
 * The same points with longitudes that lie together: where the widest empty stretch is not the date line, those west of
 * it go on beyond 180 (Fiji at 179 and -179 is two degrees wide, not the world).
 */
function overDateLine<T extends GeoPoint>(points: readonly T[]): GeoPoint[] {
  const sorted = points.map(({ longitude }) => longitude).sort((a, b) => a - b)
  let [widest, cut] = [360 - ((sorted.at(-1) ?? 0) - (sorted[0] ?? 0)), -180]
  for (const [index, longitude] of sorted.entries()) {
    const gap = longitude - (sorted[index - 1] ?? longitude)
    if (gap > widest) [widest, cut] = [gap, longitude]
  }
  return points.map(({ latitude, longitude }) => ({
    latitude,
    longitude: longitude < cut ? longitude + 360 : longitude,
  }))
}

/** Pixels a radian: about six degrees across the picture. */
const detailedFrom = 5000

export type MapFrame = {
  width?: number
  height?: number
  /** How much is shown at least. */
  spanDegrees?: number
  /** What the picture is about; most of the points when not given. */
  around?: readonly GeoPoint[]
}

/** `points` on a map of `width` × `height`. Marks come in the order of the points, in the map's own units. */
export function drawMap(
  points: readonly GeoPoint[],
  { width = 720, height = 480, spanDegrees = 4, around }: MapFrame = {},
): DrawnMap {
  const about = points.length > 0 ? (around ?? mainPoints(points)) : [{ latitude: 30, longitude: 0 }]
  const shown = overDateLine(about)
  const coordinates = cornersAround(shown, spanDegrees)
  const [[westEdge], [eastEdge]] = coordinates
  const margin = Math.min(width, height) * 0.1
  const projection = geoMercator()
    .rotate([-(westEdge + eastEdge) / 2, 0])
    .fitExtent(
      [
        [margin, margin],
        [width - margin, height - margin],
      ],
      { type: 'MultiPoint', coordinates },
    )
    .clipExtent([
      [-2, -2],
      [width + 2, height + 2],
    ])
  const key = JSON.stringify([coordinates, width, height])
  let outline = outlines.get(key)
  if (!outline) {
    // A whole continent needs no fjords.
    const { objects, ...topology } = atlas(projection.scale() > detailedFrom ? '50m' : '110m')
    const path = geoPath(projection).digits(0)
    const world = { objects, ...topology } as Atlas
    const borders = mesh(world, objects.countries, (a, b) => a !== b)
    outline = { land: path(feature(world, objects.land)) ?? '', borders: path(borders) ?? '' }
    outlines.set(key, outline)
  }
  const marks = points.map(({ latitude, longitude }) => {
    const [x, y] = projection([longitude, latitude]) ?? [0, 0]
    return { x: Math.round(x * 10) / 10, y: Math.round(y * 10) / 10 }
  })
  const [[west, south], [east, north]] = coordinates
  const area: DrawnMap['area'] = [
    [south, west],
    [north, east],
  ]
  return { width, height, ...outline, marks, area }
}
