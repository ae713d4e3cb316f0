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
  /** What to show at first: south-west and north-east. */
  area: [[number, number], [number, number]]
  from?: { latitude: number; longitude: number; name: string }
  numbered: boolean
  /** The first mark has its name beside it. */
  labelled: boolean
}
type Atlas = Topology<{ countries: GeometryCollection; land: GeometryCollection }>
type Member = { mark: MapMark; number: number; at: leaflet.Point }

/** Marks nearer than this become one: two targets must not lie on each other (WCAG 2.2, 2.5.8). */
const togetherPx = 38

/** Fills `element`; the answer takes the map away again. Throws when the outlines cannot be read. */
export async function showLiveMap(element: HTMLElement, input: LiveMap): Promise<() => void> {
  const answer = await fetch(outlines)
  if (!answer.ok) throw new Error(`outlines: status ${answer.status}`)
  const atlas = (await answer.json()) as Atlas
  const map = leaflet.map(element, { scrollWheelZoom: false, minZoom: 1, maxZoom: 11, zoomControl: false })
  leaflet.control.zoom({ zoomInTitle: 'Show more detail', zoomOutTitle: 'Show more of the world' }).addTo(map)
  map.attributionControl.setPrefix(false).addAttribution('Outlines: Natural Earth')
  const { marks, from, area } = input
  // Paths can be drawn only once the map has a view.
  map.fitBounds(area, { padding: [24, 24], maxZoom: 7, animate: false })
  const style = (className: string) => ({ interactive: false, smoothFactor: 1, style: { className } })
  const borders = mesh(atlas, atlas.objects.countries, (a, b) => a !== b)
  leaflet.geoJSON(feature(atlas, atlas.objects.land), style('map-land')).addTo(map)
  leaflet.geoJSON(borders, style('map-border')).addTo(map)
  if (from) leaflet.circleMarker([from.latitude, from.longitude], { radius: 8, className: 'map-from' }).addTo(map)
  const layer = leaflet.layerGroup().addTo(map)
  const placeMarks = () => {
    layer.clearLayers()
    for (const group of groupsOf(map, marks)) addGroup(layer, group, input)
  }
  map.on('zoomend', placeMarks)
  placeMarks()
  return () => void map.remove()
}

/** Marks by nearness on the screen, in their order. */
function groupsOf(map: leaflet.Map, marks: MapMark[]): Member[][] {
  const groups: Member[][] = []
  for (const [index, mark] of marks.entries()) {
    const at = map.latLngToLayerPoint([mark.latitude, mark.longitude])
    const near = groups.find(([first]) => first && first.at.distanceTo(at) < togetherPx)
    if (near) near.push({ mark, number: index + 1, at })
    else groups.push([{ mark, number: index + 1, at }])
  }
  return groups
}

function addGroup(layer: leaflet.LayerGroup, group: Member[], { numbered, labelled }: LiveMap): void {
  const [first] = group
  if (!first) return
  const many = group.length > 1
  const named = labelled && first.number === 1
  const face = numbered ? `${first.number}${many ? '+' : ''}` : many && !named ? String(group.length) : ''
  const size = face ? 30 : 24
  const title = many ? `${group.length} stores: ${group.map(({ mark }) => mark.name).join(', ')}` : first.mark.name
  const icon = leaflet.divIcon({ className: 'map-pin', html: withText('span', face), iconSize: [size, size] })
  const at: leaflet.LatLngExpression = [first.mark.latitude, first.mark.longitude]
  const marker = leaflet.marker(at, { icon, title, zIndexOffset: named ? 1000 : 0 }).addTo(layer)
  if (named)
    marker.bindTooltip(withText('span', first.mark.name), {
      permanent: true,
      direction: 'right',
      className: 'map-name',
    })
  const popup = document.createElement('ul')
  popup.append(...group.map(({ mark }) => describe(mark)))
  marker.bindPopup(popup, { minWidth: 200, maxHeight: 220, autoPanPadding: [24, 24] })
  followFocus(marker, popup)
}

/** Whoever opens a mark by keyboard is taken to the link inside, and back to the mark by Escape. */
function followFocus(marker: leaflet.Marker, popup: HTMLElement): void {
  let byKeyboard = false
  marker.on('popupopen', () => {
    byKeyboard = document.activeElement === marker.getElement()
    if (byKeyboard) popup.querySelector('a')?.focus()
  })
  // Leaflet hears Escape only while the map itself has the focus.
  popup.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') marker.closePopup()
  })
  marker.on('popupclose', () => {
    if (byKeyboard) marker.getElement()?.focus()
    byKeyboard = false
  })
}

/** Built from nodes, not from markup: a store's name is text. */
function describe(mark: MapMark): HTMLElement {
  const item = document.createElement('li')
  const link = withText('a', mark.name) as HTMLAnchorElement
  link.href = paths.store(mark.slug)
  item.append(link, withText('p', mark.note))
  return item
}

function withText(tag: string, words: string): HTMLElement {
  const element = document.createElement(tag)
  element.textContent = words
  return element
}
