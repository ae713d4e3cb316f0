// Amounts and dates as people read them. Money comes as integer minor units.
import { formatMoney } from '#app/lib/money.ts'

export function Money({ minor, currency, className }: { minor: number; currency: string; className?: string }) {
  return (
    <data value={minor} className={className}>
      {formatMoney(minor, currency)}
    </data>
  )
}

type PriceProps = {
  minor: number
  toMinor?: number
  compareAtMinor?: number | null
  currency: string
  className?: string
}

/** A price; with `toMinor` "from", with a higher `compareAtMinor` the old price struck out beside it. */
export function Price({ minor, toMinor, compareAtMinor, currency, className = '' }: PriceProps) {
  const reduced = compareAtMinor != null && compareAtMinor > minor
  return (
    <span className={`inline-flex flex-wrap items-baseline gap-x-2 ${className}`}>
      {toMinor !== undefined && toMinor > minor && <span className="text-sm font-normal text-muted">from</span>}
      {reduced && <span className="sr-only">Now </span>}
      <Money minor={minor} currency={currency} className={reduced ? 'text-bad' : undefined} />
      {reduced && (
        <s className="text-sm font-normal text-muted">
          <span className="sr-only">before </span>
          <Money minor={compareAtMinor} currency={currency} />
        </s>
      )}
    </span>
  )
}

type LowestBeforeProps = { minor: number | null; currency: string; className?: string }

/** Beside every reduced price: the lowest of the 30 days before it (Directive 98/6/EC, Article 6a). Nothing when null. */
export function LowestBefore({ minor, currency, className = '' }: LowestBeforeProps) {
  if (minor === null) return null
  return (
    <span className={`block text-sm font-normal text-muted ${className}`}>
      Lowest in the 30 days before: <Money minor={minor} currency={currency} />
    </span>
  )
}

const day = new Intl.DateTimeFormat('en-IE', { dateStyle: 'long', timeZone: 'UTC' })
const minute = new Intl.DateTimeFormat('en-IE', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' })

/** A moment; the same text on server and browser (UTC), the exact one in `datetime`. */
export function When({ date, time = false }: { date: Date | string; time?: boolean }) {
  const moment = new Date(date)
  return <time dateTime={moment.toISOString()}>{time ? `${minute.format(moment)} UTC` : day.format(moment)}</time>
}
