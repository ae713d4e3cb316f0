// The live map: Leaflet over outlines served from this machine; no tile server, no other host. Browser only: Leaflet
// touches `window` when imported, so this file is imported after hydration and never by the server.
import * as leaflet from 'leaflet'
import { feature, mesh } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import outlines from 'world-atlas/countries-50m.json?url'
import { paths } from '#app/paths.ts'

export type MapMark = { slug: string; name: string; note: string; latitude: number; longitude: number }
type LiveMap = {
  marks: MapMark[]
  from?: { latitude: number; longitude: number; name: string }
  numbered: boolean
  labelled: boolean
}
type Atlas = Topology<{ countries: GeometryCollection; land: GeometryCollection }>

const labels = { in: 'Show more detail', out: 'Show more of the world' }

/** Fills `element`; the answer takes the map away again. Throws when the outlines cannot be read. */
export async function showLiveMap(
  element: HTMLElement,
  { marks, from, numbered, labelled }: LiveMap,
): Promise<() => void> {
  const answer = await fetch(outlines)
  if (!answer.ok) throw new Error(`outlines: status ${answer.status}`)
  const atlas = (await answer.json()) as Atlas
  const map = leaflet.map(element, { scrollWheelZoom: false, minZoom: 1, maxZoom: 11, zoomControl: false })
  leaflet.control.zoom({ zoomInTitle: labels.in, zoomOutTitle: labels.out }).addTo(map)
  map.attributionControl.setPrefix(false).addAttribution('Outlines: Natural Earth')
  const points = marks.map((mark) => leaflet.latLng(mark.latitude, mark.longitude))
  if (from) points.push(leaflet.latLng(from.latitude, from.longitude))
  // Paths can be drawn only once the map has a view.
  map.fitBounds(leaflet.latLngBounds(points), { padding: [36, 36], maxZoom: 7, animate: false })
  const drawn = { interactive: false, smoothFactor: 1 } as const
  const style = (className: string) => ({ ...drawn, style: { className } })
  leaflet.geoJSON(feature(atlas, atlas.objects.land), style('map-land')).addTo(map)
  leaflet
    .geoJSON(
      mesh(atlas, atlas.objects.countries, (a, b) => a !== b),
      style('map-border'),
    )
    .addTo(map)
  if (from) leaflet.circleMarker([from.latitude, from.longitude], { radius: 8, className: 'map-from' }).addTo(map)
  for (const [index, mark] of marks.entries())
    addMark(map, mark, numbered ? String(index + 1) : '', labelled && index === 0)
  return () => void map.remove()
}

function addMark(map: leaflet.Map, mark: MapMark, label: string, named: boolean): void {
  const size = label ? 28 : named ? 24 : 18
  const icon = leaflet.divIcon({ className: 'map-pin', html: text(label), iconSize: [size, size] })
  const marker = leaflet.marker([mark.latitude, mark.longitude], { icon, title: mark.name, alt: mark.name }).addTo(map)
  const popup = describe(mark)
  marker.bindPopup(popup, { minWidth: 180, autoPanPadding: [24, 24] })
  if (named) marker.bindTooltip(text(mark.name), { permanent: true, direction: 'right', className: 'map-name' })
  // Whoever opens it by keyboard is taken to the link inside, and back to the mark by Escape.
  marker.on('popupopen', () => {
    if (document.activeElement === marker.getElement()) popup.querySelector('a')?.focus()
  })
  marker.on('popupclose', () => {
    if (popup.contains(document.activeElement)) marker.getElement()?.focus()
  })
}

function text(words: string): HTMLElement {
  const span = document.createElement('span')
  span.textContent = words
  return span
}

/** Built from nodes, not from markup: a store's name is text. */
function describe(mark: MapMark): HTMLElement {
  const box = document.createElement('div')
  const link = document.createElement('a')
  link.href = paths.store(mark.slug)
  link.textContent = mark.name
  const note = document.createElement('p')
  note.textContent = mark.note
  box.append(link, note)
  return box
}
