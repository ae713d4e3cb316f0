// The earth as a sphere: how far, and which boxes of degrees hold all points of a circle. Pure.

/** The mean radius of the earth (IUGG), kilometres. */
export const earthKm = 6371.0088
/** Half the way around: nothing is further away. */
export const furthestKm = 20_100

const degrees = (radians: number) => (radians * 180) / Math.PI
const radians = (value: number) => (value * Math.PI) / 180

type Point = { lat: number; lng: number }

/** Along the great circle, in kilometres (haversine: exact for near points too). */
export function distanceKm(a: Point, b: Point): number {
  const half = (value: number) => Math.sin(radians(value) / 2) ** 2
  const h = half(a.lat - b.lat) + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * half(a.lng - b.lng)
  return 2 * earthKm * Math.asin(Math.min(1, Math.sqrt(h)))
}

/**
 * Degrees to about a centimetre, as stores have theirs. Postgres refuses to square what is nearly nothing (`underflow`):
 * between two such positions there is either nothing or more than that.
 */
export const toCentimetres = (value: number): number => Math.round(value * 1e7) / 1e7

/** How far a circle reaches in degrees; a circle over a pole reaches all longitudes. */
export function boxAround(lat: number, radiusKm: number): Point {
  const angle = radiusKm / earthKm
  const reach = degrees(angle)
  if (Math.abs(lat) + reach >= 90) return { lat: reach, lng: 180 }
  return { lat: reach, lng: degrees(Math.asin(Math.min(1, Math.sin(angle) / Math.cos(radians(lat))))) }
}

export type Box = { west: number; south: number; east: number; north: number }

/** A point on the very edge must not be lost to rounding; degrees, about a centimetre. */
const edge = 1e-7

/** The boxes, within ±180 and ±90, that together hold every point of the circle: two when it lies over the date line. */
export function boxesAround({ lat, lng }: Point, radiusKm: number): Box[] {
  const reach = boxAround(lat, radiusKm)
  const south = Math.max(-90, lat - reach.lat - edge)
  const north = Math.min(90, lat + reach.lat + edge)
  const west = lng - reach.lng - edge
  const east = lng + reach.lng + edge
  if (reach.lng >= 180 || east - west >= 360) return [{ west: -180, south, east: 180, north }]
  const box = { west: Math.max(-180, west), south, east: Math.min(180, east), north }
  if (west < -180) return [box, { ...box, west: west + 360, east: 180 }]
  if (east > 180) return [box, { ...box, west: -180, east: east - 360 }]
  // The date line itself is written as 180 and as -180.
  if (box.east === 180) return [box, { ...box, west: -180, east: -180 }]
  if (box.west === -180) return [box, { ...box, west: 180, east: 180 }]
  return [box]
}

/** Circles to look through one after the other, the widest of them `radiusKm`: each holds about twice what the one before did. */
export function circlesUpTo(radiusKm: number): number[] {
  const circles = [Math.min(radiusKm, furthestKm)]
  for (let km = circles[0] ?? 0; km > 1; km /= Math.SQRT2) circles.unshift(km / Math.SQRT2)
  return circles
}
