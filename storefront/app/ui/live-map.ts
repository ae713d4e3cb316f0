// The live map: Leaflet over outlines served from this machine, or over the tiles of the one server that was set. Browser
// only: Leaflet touches `window` when imported, so this file is imported after hydration and never by the server.
import * as leaflet from 'leaflet'
import { addBase, type Tiles } from './map-base.ts'
import { groupNear, togetherPx } from './map-groups.ts'
import { describeStores, followFocus, withText } from './map-popup.ts'

export type MapMark = { slug: string; name: string; note: string; latitude: number; longitude: number }
type LiveMap = {
  marks: MapMark[]
  /** What to show at first: south-west and north-east; over the date line beyond 180. */
  area: [[number, number], [number, number]]
  from?: { latitude: number; longitude: number; name: string }
  numbered: boolean
  /** The first mark has its name beside it. */
  labelled: boolean
  tiles: Tiles | null
  /** Which stores the pointer or the keyboard is at; none when it leaves. */
  onPoint?: (slugs: string[]) => void
  /** Whose mark was opened; none when it was closed. */
  onSelect?: (slugs: string[]) => void
}
export type LiveMapHandle = {
  /** Lifts the mark of a store out; null: none. */
  highlight: (slug: string | null) => void
  /** Goes there and opens its mark. */
  show: (slug: string) => void
  stop: () => void
}

/** More than these are shown by going nearer, not by a list. */
const mostInPopup = 6
const isStill = () => matchMedia('(prefers-reduced-motion: reduce)').matches

/** Fills `element`. Throws when the outlines cannot be read. */
export async function showLiveMap(element: HTMLElement, input: LiveMap): Promise<LiveMapHandle> {
  const map = leaflet.map(element, {
    scrollWheelZoom: false,
    minZoom: 1,
    maxZoom: input.tiles ? 18 : 11,
    zoomControl: false,
    fadeAnimation: !isStill(),
    zoomAnimation: !isStill(),
  })
  element.setAttribute('role', 'region')
  element.setAttribute('aria-label', 'Map of stores. Arrow keys move it, plus and minus zoom; the list says the same.')
  leaflet.control.zoom({ zoomInTitle: 'Show more detail', zoomOutTitle: 'Show more of the world' }).addTo(map)
  map.attributionControl.setPrefix(false)
  const { area, from } = input
  // Paths can be drawn only once the map has a view.
  map.fitBounds(area, { padding: [24, 24], maxZoom: input.tiles ? 14 : 7, animate: false })
  try {
    await addBase(map, input)
  } catch (error) {
    map.remove()
    throw error
  }
  const middle = (area[0][1] + area[1][1]) / 2
  /** The copy of the world that is in view. */
  const near = (longitude: number) => longitude + 360 * Math.round((middle - longitude) / 360)
  if (from) leaflet.circleMarker([from.latitude, near(from.longitude)], { radius: 8, className: 'map-from' }).addTo(map)
  return placeMarks(map, { ...input, marks: input.marks.map((mark) => ({ ...mark, longitude: near(mark.longitude) })) })
}

function placeMarks(map: leaflet.Map, input: LiveMap): LiveMapHandle {
  const layer = leaflet.layerGroup().addTo(map)
  const pins = new Map<string, leaflet.Marker>()
  let lifted: string | null = null
  const lift = (slug: string | null, isUp: boolean) => {
    const pin = slug === null ? undefined : pins.get(slug)
    pin?.getElement()?.classList.toggle('map-pin-lifted', isUp)
    pin?.setZIndexOffset(isUp ? 2000 : 0)
  }
  const place = () => {
    layer.clearLayers()
    pins.clear()
    const points = input.marks.map(({ latitude, longitude }) => map.latLngToLayerPoint([latitude, longitude]))
    for (const group of groupNear(points)) {
      const marker = addGroup(map, layer, group, input)
      for (const index of group) pins.set(input.marks[index]?.slug ?? '', marker)
    }
    lift(lifted, true)
  }
  map.on('zoomend', place)
  place()
  return {
    highlight: (slug) => {
      lift(lifted, false)
      lifted = slug
      lift(slug, true)
    },
    show: (slug) => {
      const mark = input.marks.find((one) => one.slug === slug)
      if (!mark) return
      const zoom = zoomToPart(map, mark, input.marks)
      map.setView([mark.latitude, mark.longitude], zoom, { animate: false })
      pins.get(slug)?.openPopup()
    },
    stop: () => void map.remove(),
  }
}

/** So near that the mark stands alone; no nearer than now when it does, and never further than the map goes. */
function zoomToPart(map: leaflet.Map, mark: MapMark, marks: MapMark[]): number {
  const isAlone = (zoom: number) => {
    const here = map.project([mark.latitude, mark.longitude], zoom)
    return marks.every(
      (other) => other === mark || map.project([other.latitude, other.longitude], zoom).distanceTo(here) >= togetherPx,
    )
  }
  let zoom = map.getZoom()
  while (zoom < map.getMaxZoom() && !isAlone(zoom)) zoom++
  return zoom
}

function addGroup(map: leaflet.Map, layer: leaflet.LayerGroup, group: number[], input: LiveMap): leaflet.Marker {
  const stores = group.flatMap((index) => input.marks[index] ?? [])
  const [first = input.marks[0] as MapMark] = stores
  const number = (group[0] ?? 0) + 1
  const many = stores.length > 1
  const named = input.labelled && number === 1
  const face = input.numbered ? `${number}${many ? '+' : ''}` : many && !named ? String(stores.length) : ''
  const size = face ? 30 : 24
  const listed = stores.slice(0, 8).map(({ name }) => name)
  const title = many ? `${stores.length} stores: ${listed.join(', ')}${stores.length > 8 ? ' …' : ''}` : first.name
  const icon = leaflet.divIcon({ className: 'map-pin', html: withText('span', face), iconSize: [size, size] })
  const marker = leaflet.marker([first.latitude, first.longitude], { icon, title, zIndexOffset: named ? 1000 : 0 })
  marker.addTo(layer)
  if (named)
    marker.bindTooltip(withText('span', first.name), { permanent: true, direction: 'right', className: 'map-name' })
  const slugs = stores.map(({ slug }) => slug)
  marker.on('mouseover', () => input.onPoint?.(slugs)).on('mouseout', () => input.onPoint?.([]))
  const element = marker.getElement()
  element?.addEventListener('focus', () => input.onPoint?.(slugs))
  element?.addEventListener('blur', () => input.onPoint?.([]))
  if (stores.length > mostInPopup && map.getZoom() < map.getMaxZoom()) goNearer(map, marker, stores)
  else openList(marker, stores, input)
  return marker
}

function openList(marker: leaflet.Marker, stores: MapMark[], { onSelect }: LiveMap): void {
  const popup = describeStores(stores)
  marker.bindPopup(popup, { minWidth: 200, maxHeight: 220, autoPanPadding: [24, 24] })
  followFocus(marker, popup)
  marker.on('popupopen', () => onSelect?.(stores.map(({ slug }) => slug)))
  marker.on('popupclose', () => onSelect?.([]))
}

/** Many in one place: the map goes to where they part. */
function goNearer(map: leaflet.Map, marker: leaflet.Marker, stores: MapMark[]): void {
  const bounds = leaflet.latLngBounds(stores.map(({ latitude, longitude }) => [latitude, longitude]))
  const go = () => {
    const zoom = Math.max(map.getZoom() + 1, map.getBoundsZoom(bounds, false, leaflet.point(24, 24)))
    map.getContainer().focus({ preventScroll: true })
    map.setView(bounds.getCenter(), Math.min(zoom, map.getMaxZoom()), { animate: !isStill() })
  }
  marker.on('click', go)
  marker.getElement()?.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') go()
  })
}
