// Stores on a map: drawn by the server, so that it is there without JavaScript; with it a live map takes its place.
// The list beside it says the same, so the drawing is hidden from readers and never takes the keyboard's focus.
import { useEffect, useRef, useState } from 'react'
import type { DrawnMap } from '#app/domain/geo/drawn-map.ts'
import { paths } from '#app/paths.ts'
import type { MapMark } from './live-map.ts'
import type { Tiles } from './map-base.ts'

type StoreMapProps = {
  drawn: DrawnMap
  /** In the order of the drawing's marks. */
  marks: MapMark[]
  /** Where the visitor asked from; the drawing's last mark. */
  from?: { latitude: number; longitude: number; name: string }
  numbered?: boolean
  /** The first mark is the page's own: larger, with its name beside it. */
  labelled?: boolean
  /** The id of the list beside it, which is kept in step. */
  listId?: string
  /** Under the live map, in place of the outlines. */
  tiles?: Tiles | null
  /** False: stays a drawing. */
  live?: boolean
  className?: string
}

export function StoreMap({
  drawn,
  marks,
  from,
  numbered = false,
  labelled = false,
  listId,
  tiles = null,
  live = true,
  className = '',
}: StoreMapProps) {
  const box = useRef<HTMLDivElement>(null)
  const [alive, setAlive] = useState(false)
  // Pages make their marks anew each time they are drawn; the map is made anew only when something in them differs.
  const told = JSON.stringify({ area: drawn.area, marks: marks.map(toMark), from, numbered, labelled, tiles })
  useEffect(() => {
    const element = box.current
    const given = JSON.parse(told) as Told
    if (!element || !live || given.marks.length === 0) return
    let stop: (() => void) | undefined
    let gone = false
    const seen = new IntersectionObserver(async ([entry]) => {
      if (!entry?.isIntersecting) return
      seen.disconnect()
      const [{ showLiveMap }, { followList, listMarker }] = await Promise.all([
        import('./live-map.ts'),
        import('./map-in-step.ts'),
      ])
      if (gone) return
      const list = listId ? document.getElementById(listId) : null
      const map = await showLiveMap(element, { ...given, ...(list && listMarker(list)) })
      const leave = list ? followList(list, map) : undefined
      stop = () => {
        leave?.()
        map.stop()
      }
      // The page was left while the outlines were on their way.
      if (gone) stop()
      else setAlive(true)
    })
    seen.observe(element)
    return () => {
      gone = true
      seen.disconnect()
      stop?.()
      setAlive(false)
    }
  }, [told, listId, live])
  return (
    <figure
      className={`store-map isolate relative overflow-hidden rounded-card border border-line bg-sunk ${className}`}
    >
      <Drawing drawn={drawn} marks={marks} from={from} numbered={numbered} labelled={labelled} hidden={alive} />
      {/* Leaflet writes classes of its own on its box: React must not write there. */}
      <div className={`absolute inset-0 ${alive ? '' : 'invisible'}`}>
        <div ref={box} className="size-full" />
      </div>
      <figcaption className="sr-only">
        {marks.length === 1 ? 'A map with the store' : `A map with ${marks.length} stores`}; the page says the same in
        words.
      </figcaption>
    </figure>
  )
}

type Told = Pick<Required<StoreMapProps>, 'marks' | 'numbered' | 'labelled' | 'tiles'> & {
  area: DrawnMap['area']
  from?: StoreMapProps['from']
}
const toMark = ({ slug, name, note, latitude, longitude }: MapMark) => ({ slug, name, note, latitude, longitude })

type DrawingProps = Pick<StoreMapProps, 'drawn' | 'marks' | 'from' | 'numbered' | 'labelled'> & { hidden: boolean }

function Drawing({ drawn, marks, from, numbered, labelled, hidden }: DrawingProps) {
  const here = from && drawn.marks[marks.length]
  return (
    <svg
      viewBox={`0 0 ${drawn.width} ${drawn.height}`}
      preserveAspectRatio="xMidYMid slice"
      className={`size-full ${hidden ? 'invisible' : ''}`}
      aria-hidden="true"
    >
      <path className="map-land" d={drawn.land} />
      <path className="map-border" d={drawn.borders} />
      {here && <circle className="map-from" cx={here.x} cy={here.y} r="7" />}
      {marks.map((mark, index) => {
        const at = drawn.marks[index]
        if (!at) return null
        return (
          <a key={mark.slug} href={paths.store(mark.slug)} tabIndex={-1}>
            <title>{mark.name}</title>
            <circle className="map-mark" cx={at.x} cy={at.y} r={numbered ? 13 : labelled && index === 0 ? 10 : 6} />
            {labelled && index === 0 && (
              <text className="map-label" x={at.x + 16} y={at.y + 6}>
                {mark.name}
              </text>
            )}
            {numbered && (
              <text className="map-number" x={at.x} y={at.y + 4.5} textAnchor="middle">
                {index + 1}
              </text>
            )}
          </a>
        )
      })}
    </svg>
  )
}
