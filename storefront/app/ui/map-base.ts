// What lies under the marks of the live map: land and borders from the outlines that come with the shop (Natural Earth,
// public domain), or the pictures of the one tile server that was set. Browser only.
import * as leaflet from 'leaflet'
import { feature, mesh } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import outlines from 'world-atlas/countries-50m.json?url'

export type Tiles = { url: string; attribution: string }
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
  const land = feature(atlas, atlas.objects.land)
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
  ...(east > 180 ? [360] : []),
  ...(west < -180 ? [-360] : []),
]

/** Text, not markup; OpenStreetMap asks that its name leads to its licence. */
function credit(attribution: string): string {
  const text = attribution.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
  return text.replace('OpenStreetMap', '<a href="https://www.openstreetmap.org/copyright">OpenStreetMap</a>')
}
