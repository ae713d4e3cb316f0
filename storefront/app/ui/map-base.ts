// What lies under the marks of the live map: land and borders from the outlines that come with the shop (Natural Earth,
// public domain), or the pictures of the one tile server that was set. Browser only.
import type { FeatureCollection, Position } from 'geojson'
import * as leaflet from 'leaflet'
import { feature, mesh } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import outlines from 'world-atlas/countries-50m.json?url'

export type Tiles = { url: string; attribution: string }
type Land = FeatureCollection
type Atlas = Topology<{ countries: GeometryCollection; land: GeometryCollection }>
type Base = { tiles: Tiles | null; area: [[number, number], [number, number]] }

/** Throws when the outlines cannot be read. */
export async function addBase(map: leaflet.Map, { tiles, area }: Base): Promise<void> {
  if (tiles) {
    leaflet.tileLayer(tiles.url, { maxZoom: 18, attribution: credit(tiles.attribution) }).addTo(map)
    return
  }
  const answer = await fetch(outlines)
  if (!answer.ok) throw new Error(`outlines: status ${answer.status}`)
  const atlas = (await answer.json()) as Atlas
  map.attributionControl.addAttribution('Outlines: Natural Earth')
  const land = overDateLine(feature(atlas, atlas.objects.land))
  const borders = mesh(atlas, atlas.objects.countries, (a, b) => a !== b)
  for (const shift of shiftsFor(area)) {
    // Over the date line the world goes on.
    const coordsToLatLng = ([lng = 0, lat = 0]: number[]) => leaflet.latLng(lat, lng + shift)
    const style = (className: string) => ({ interactive: false, smoothFactor: 1, style: { className }, coordsToLatLng })
    leaflet.geoJSON(land, style('map-land')).addTo(map)
    leaflet.geoJSON(borders, style('map-border')).addTo(map)
  }
}

const shiftsFor = ([[, west], [, east]]: Base['area']): number[] => [
  0,
  ...(east > 150 ? [360] : []),
  ...(west < -150 ? [-360] : []),
]

/**
 * Land that lies over the date line goes on beyond 180: where its outline jumps from one edge of the world to the other,
 * Leaflet would draw a bar across all of it. The south pole's stays: nobody sees it.
 */
function overDateLine(land: Land): Land {
  const outline = (ring: Position[]): Position[] => {
    if (ring.some(([, lat = 0]) => lat < -85)) return ring
    let last = ring[0]?.[0] ?? 0
    return ring.map(([lng = 0, lat = 0]) => {
      last = lng + 360 * Math.round((last - lng) / 360)
      return [last, lat]
    })
  }
  const features = land.features.map((one) => {
    const { geometry } = one
    if (geometry.type === 'Polygon')
      return { ...one, geometry: { ...geometry, coordinates: geometry.coordinates.map(outline) } }
    if (geometry.type !== 'MultiPolygon') return one
    const coordinates = geometry.coordinates.map((polygon) => polygon.map(outline))
    return { ...one, geometry: { ...geometry, coordinates } }
  })
  return { ...land, features }
}

/** Text, not markup; OpenStreetMap asks that its name leads to its licence. */
function credit(attribution: string): string {
  const text = attribution.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
  return text.replace('OpenStreetMap', '<a href="https://www.openstreetmap.org/copyright">OpenStreetMap</a>')
}
