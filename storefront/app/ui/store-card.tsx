// A store in a list, and what a store says in words: opening, services, address. Hours are the store's own.
import { Link } from '@remix-run/react'
import { paths } from '#app/paths.ts'

type OpenInfo = { now: boolean; until: string | null; next: { weekday: number; opens: string } | null }
export type StoreCardInfo = {
  slug: string
  name: string
  line1: string
  postcode: string | null
  city: string
  countryName: string
  services: string[]
  open: OpenInfo
  distanceKm?: number | null
}

export const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

export function openWords(open: OpenInfo): string {
  if (open.now) return open.until ? `Open now until ${open.until}` : 'Open now'
  if (!open.next) return 'Closed at the moment'
  return `Closed, opens ${weekdays[open.next.weekday - 1]} at ${open.next.opens}`
}

const serviceNames: Record<string, string> = {
  click_and_collect: 'Click and collect',
  gift_wrap: 'Gift wrapping',
  wheelchair_access: 'Step-free entrance',
  cafe: 'Café',
}

/** `gift_wrap` → "Gift wrapping"; a service without a name of its own is read from its code. */
export const serviceName = (code: string): string =>
  serviceNames[code] ?? code.charAt(0).toUpperCase() + code.slice(1).replace(/[-_]/g, ' ')

/** `0.84` → "840 m", `12.6` → "13 km". */
export const distanceWords = (km: number): string =>
  km < 1 ? `${Math.round(km * 100) * 10} m` : `${km < 10 ? km.toFixed(1) : Math.round(km)} km`

export function OpenNow({ open }: { open: OpenInfo }) {
  return (
    <span className={`inline-flex items-center gap-2 text-sm font-medium ${open.now ? 'text-good' : 'text-muted'}`}>
      <span className={`size-2 rounded-full ${open.now ? 'bg-good' : 'border border-edge'}`} aria-hidden="true" />
      {openWords(open)}
    </span>
  )
}

/** `number` ties the entry to its mark on the map. */
export function StoreCard({ store, number, level = 3 }: { store: StoreCardInfo; number?: number; level?: 2 | 3 }) {
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <article className="relative flex gap-4 border-b border-line py-4 hover:bg-sunk">
      {number !== undefined && (
        <span
          aria-hidden="true"
          className="nums mt-0.5 inline-flex size-7 shrink-0 items-center justify-center rounded-full bg-accent text-sm font-semibold text-accent-ink"
        >
          {number}
        </span>
      )}
      <div className="min-w-0 flex-1">
        <Heading className="font-sans text-base font-semibold tracking-normal">
          <Link to={paths.store(store.slug)} className="after:absolute after:inset-0">
            {store.name}
          </Link>
        </Heading>
        <p className="text-sm text-muted">
          {store.line1},{' '}
          <span className="whitespace-nowrap">{[store.postcode, store.city].filter(Boolean).join(' ')}</span>
        </p>
        <OpenNow open={store.open} />
      </div>
      {store.distanceKm != null && (
        <span className="nums shrink-0 text-sm font-medium">{distanceWords(store.distanceKm)}</span>
      )}
    </article>
  )
}
