// A store in a list, and what a store says in words: opening, services, address. Hours are the store's own.
import { Link, useRouteLoaderData } from '@remix-run/react'
import type { ReactNode } from 'react'
import { dateWords, specialHours } from '#app/domain/pickup/pickup-store.ts'
import { type DistanceUnit, distanceWords } from '#app/lib/distance.ts'
import { paths } from '#app/paths.ts'

type OpenInfo = { now: boolean; until: string | null; next: { date?: string; weekday: number; opens: string } | null }
type SpecialDayInfo = { date: string; note: string; hours: { opens: string; closes: string }[] }
export type StoreCardInfo = {
  slug: string
  name: string
  line1: string
  postcode: string | null
  city: string
  countryName: string
  services: string[]
  open: OpenInfo
  /** The store's own date now. */
  today: string
  specialDays: SpecialDayInfo[]
  distanceKm?: number | null
}

export const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

const daysFrom = (today: string, date: string): number =>
  Math.round((Date.parse(date) - Date.parse(today)) / 86_400_000)

/** "Open now until 19:00", "Closed, opens tomorrow at 10:00"; `today`: the store's own date. */
export function openWords(open: OpenInfo, today?: string): string {
  if (open.now) return open.until ? `Open now until ${open.until}` : 'Open now, around the clock'
  if (!open.next) return 'Closed at the moment'
  const { date, weekday, opens } = open.next
  const days = today && date ? daysFrom(today, date) : undefined
  if (days === 0) return `Closed, opens today at ${opens}`
  if (days === 1) return `Closed, opens tomorrow at ${opens}`
  return `Closed, opens ${days !== undefined && days > 6 && date ? dateWords(date) : weekdays[weekday - 1]} at ${opens}`
}

/** What is special about today there: "Closed today: Christmas Day"; null on a day like every week's. */
export function todayWords({ today, specialDays }: Pick<StoreCardInfo, 'today' | 'specialDays'>): string | null {
  const special = specialDays.find(({ date }) => date === today)
  if (!special) return null
  const what = special.hours.length === 0 ? 'Closed today' : `Open ${specialHours(special)} today`
  return special.note ? `${what}: ${special.note}` : what
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

/** Kilometres or miles, as the root loader found. */
export const useDistanceUnit = (): DistanceUnit =>
  (useRouteLoaderData('root') as { unit?: DistanceUnit } | undefined)?.unit ?? 'km'

export function Distance({ km }: { km: number }) {
  return <span className="nums shrink-0 text-sm font-medium">{distanceWords(km, useDistanceUnit())}</span>
}

export function OpenNow({ open, today }: { open: OpenInfo; today?: string }) {
  return (
    <span className={`inline-flex items-center gap-2 text-sm font-medium ${open.now ? 'text-good' : 'text-muted'}`}>
      <span
        className={`size-2 shrink-0 rounded-full ${open.now ? 'bg-good' : 'border border-edge'}`}
        aria-hidden="true"
      />
      {openWords(open, today)}
    </span>
  )
}

type StoreCardProps = {
  store: StoreCardInfo
  /** Ties the entry to its mark on the map. */
  number?: number
  level?: 2 | 3
  /** What can be done with this store, below its facts. */
  children?: ReactNode
}

export function StoreCard({ store, number, level = 3, children }: StoreCardProps) {
  const Heading = level === 2 ? 'h2' : 'h3'
  const special = todayWords(store)
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
        <OpenNow open={store.open} today={store.today} />
        {special && <p className="text-sm font-medium text-warn">{special}</p>}
        {children}
      </div>
      {store.distanceKm != null && <Distance km={store.distanceKm} />}
    </article>
  )
}
