// Small parts that several pages share: breadcrumb, notice, empty state, stars, page title.
import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { ButtonLink } from './button.tsx'
import { Icon, type IconName } from './icon.tsx'

export function Breadcrumb({ items }: { items: { name: string; to?: string }[] }) {
  return (
    <nav aria-label="Breadcrumb" className="py-4 text-sm text-muted">
      <ol className="flex flex-wrap items-center gap-x-2">
        {items.map((item, index) => (
          <li key={item.name} className="flex items-center gap-x-2">
            {index > 0 && <Icon name="chevron-right" size={14} />}
            {item.to ? (
              <Link to={item.to} className="inline-flex min-h-6 items-center hover:text-ink hover:underline">
                {item.name}
              </Link>
            ) : (
              <span aria-current="page" className="text-ink">
                {item.name}
              </span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}

const tones = {
  good: { box: 'border-good bg-good-soft text-good', icon: 'check' },
  warn: { box: 'border-warn bg-warn-soft text-warn', icon: 'triangle-alert' },
  bad: { box: 'border-bad bg-bad-soft text-bad', icon: 'circle-alert' },
  info: { box: 'border-line bg-sunk text-ink', icon: 'info' },
} satisfies Record<string, { box: string; icon: IconName }>

export function Notice({
  kind = 'info',
  children,
  live = false,
}: {
  kind?: keyof typeof tones
  children: ReactNode
  live?: boolean
}) {
  return (
    <div role={live ? 'status' : undefined} className={`flex gap-3 rounded-card border px-4 py-3 ${tones[kind].box}`}>
      <Icon name={tones[kind].icon} className="mt-0.5 shrink-0" />
      <div className="min-w-0">{children}</div>
    </div>
  )
}

/** Nothing here yet: says so and what to do next. */
export function EmptyState({
  title,
  children,
  action,
}: {
  title: string
  children?: ReactNode
  action?: { to: string; label: string }
}) {
  return (
    <div className="card mx-auto my-10 max-w-xl px-6 py-14 text-center">
      <h2 className="text-xl">{title}</h2>
      {children && <div className="mt-2 text-muted">{children}</div>}
      {action && (
        <ButtonLink to={action.to} className="mt-6">
          {action.label}
        </ButtonLink>
      )}
    </div>
  )
}

/** Stars drawn as a picture with words for readers: "4.6 out of 5, 31 reviews". */
export function Stars({ average, count, size = 16 }: { average: number | null; count?: number; size?: number }) {
  if (average === null || count === 0) return <span className="text-sm text-muted">No reviews yet</span>
  const filled = Math.round(average * 2) / 2
  return (
    <span className="inline-flex items-center gap-1.5 text-sm">
      <span className="inline-flex" aria-hidden="true">
        {[1, 2, 3, 4, 5].map((star) => (
          <svg key={star} width={size} height={size} viewBox="0 0 24 24" className="text-accent" aria-hidden="true">
            <path
              d="m12 2.6 2.9 5.9 6.5.9-4.7 4.6 1.1 6.4-5.8-3-5.8 3 1.1-6.4L2.600 9.4l6.500-.9z"
              fill={filled >= star ? 'currentColor' : filled >= star - 0.5 ? 'url(#half-star)' : 'none'}
              stroke="currentColor"
              strokeWidth="1.5"
            />
          </svg>
        ))}
      </span>
      <span className="sr-only">
        {average.toFixed(1)} out of 5{count !== undefined && `, ${count} ${count === 1 ? 'review' : 'reviews'}`}
      </span>
      <span aria-hidden="true" className="text-muted">
        {average.toFixed(1)}
        {count !== undefined && ` (${count})`}
      </span>
    </span>
  )
}

export function PageTitle({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <header className="mb-8 flex flex-wrap items-end justify-between gap-4">
      <h1 className="min-w-0 wrap-anywhere text-2xl">{title}</h1>
      {children}
    </header>
  )
}

export function StatusBadge({ tone, children }: { tone: keyof typeof tones; children: ReactNode }) {
  return (
    <span
      className={`inline-flex items-center rounded-full border px-2.5 py-0.5 text-sm font-medium whitespace-nowrap ${tones[tone].box}`}
    >
      {children}
    </span>
  )
}
