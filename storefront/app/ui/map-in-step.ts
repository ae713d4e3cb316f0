// Keeps a list of stores and the live map in step: what is pointed at, focused or opened in one is marked in the other.
// Browser only. The list's entries carry `data-store`; a button in one carries `data-show-on-map`.
import type { LiveMapHandle } from './live-map.ts'

const entryOf = (target: EventTarget | null): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>('[data-store]') : null

/** What the map calls when it is pointed at or opened. */
export function listMarker(list: HTMLElement) {
  const mark = (name: 'pointed' | 'selected') => (slugs: string[]) => {
    for (const entry of list.querySelectorAll<HTMLElement>('[data-store]')) {
      if (slugs.includes(entry.dataset.store ?? '')) entry.dataset[name] = ''
      else delete entry.dataset[name]
    }
    const first = list.querySelector(`[data-${name}]`)
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches
    if (name === 'selected' && isBeside(list))
      first?.scrollIntoView({ block: 'nearest', behavior: still ? 'auto' : 'smooth' })
  }
  return { onPoint: mark('pointed'), onSelect: mark('selected') }
}

/** Beside the map, not below it: there, going to an entry would take the map away from whoever looks at it. */
const isBeside = (list: HTMLElement): boolean => {
  const map = document.querySelector('.store-map')
  return map !== null && map.getBoundingClientRect().left !== list.getBoundingClientRect().left
}

/** Listens to the list until the answer is called. */
export function followList(list: HTMLElement, map: LiveMapHandle): () => void {
  const point = ({ target }: Event) => map.highlight(entryOf(target)?.dataset.store ?? null)
  const leave = () => map.highlight(null)
  const press = ({ target }: Event) => {
    const button = target instanceof Element ? target.closest<HTMLElement>('[data-show-on-map]') : null
    if (button) map.show(button.dataset.showOnMap ?? '')
  }
  const listened = [
    ['pointerover', point],
    ['focusin', point],
    ['pointerleave', leave],
    ['focusout', leave],
    ['click', press],
  ] as const
  for (const [name, listener] of listened) list.addEventListener(name, listener)
  list.dataset.live = ''
  return () => {
    for (const [name, listener] of listened) list.removeEventListener(name, listener)
    delete list.dataset.live
  }
}
