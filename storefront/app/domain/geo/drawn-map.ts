// A map as the server draws it: SVG paths, and marks in the picture's own units; and which part of the world to show. Pure.

export type GeoPoint = { latitude: number; longitude: number }
export type DrawnMap = {
  width: number
  height: number
  land: string
  borders: string
  marks: { x: number; y: number }[]
  /** What the picture was made to show: south-west and north-east, as latitude and longitude. */
  area: [[number, number], [number, number]]
}

const continentDegrees = 22
const fewPoints = 12

/**
 * The points that most of them lie around, when at least half do: a shop with many stores on one continent and a few
 * overseas shows the continent, not the oceans. Otherwise, and when there are but few, all of them.
 */
export function mainPoints<T extends GeoPoint>(points: readonly T[]): readonly T[] {
  if (points.length <= fewPoints) return points
  const middle = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
  const latitude = middle(points.map((point) => point.latitude))
  const longitude = middle(points.map((point) => point.longitude))
  const near = points.filter(
    (point) =>
      Math.abs(point.latitude - latitude) <= continentDegrees &&
      Math.abs(point.longitude - longitude) <= continentDegrees,
  )
  return near.length * 2 >= points.length ? near : points
}
