// Links to the pages of a list: previous, next and where we are.
import { Link } from '@remix-run/react'
import { Icon } from './icon.tsx'

const step = 'inline-flex min-h-11 items-center gap-2 rounded-full border border-edge px-4 hover:border-ink'

export function Pager({ page, pages, to }: { page: number; pages: number; to: (page: number) => string }) {
  if (pages <= 1) return null
  return (
    <nav aria-label="Pages" className="mt-8 flex items-center justify-center gap-4">
      {page > 1 && (
        <Link to={to(page - 1)} rel="prev" className={step}>
          <Icon name="arrow-left" size={18} /> Previous
        </Link>
      )}
      <span className="nums text-muted">
        Page {page} of {pages}
      </span>
      {page < pages && (
        <Link to={to(page + 1)} rel="next" className={step}>
          Next <Icon name="arrow-right" size={18} />
        </Link>
      )}
    </nav>
  )
}
