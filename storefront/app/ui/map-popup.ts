// What a mark of the live map says when it is opened, and where the keyboard goes then. Browser only.
import type * as leaflet from 'leaflet'
import { paths } from '#app/paths.ts'

type Described = { slug: string; name: string; note: string }

/** Whoever opens a mark by keyboard is taken to the link inside, and back to the mark by Escape. */
export function followFocus(marker: leaflet.Marker, popup: HTMLElement): void {
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
export function describeStores(stores: readonly Described[]): HTMLElement {
  const list = document.createElement('ul')
  for (const { slug, name, note } of stores) {
    const item = document.createElement('li')
    const link = withText('a', name) as HTMLAnchorElement
    link.href = paths.store(slug)
    item.append(link, withText('p', note))
    list.append(item)
  }
  return list
}

export function withText(tag: string, words: string): HTMLElement {
  const element = document.createElement(tag)
  element.textContent = words
  return element
}
