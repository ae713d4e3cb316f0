// How many products: exactly, at least, or about. Of large lists nobody counts the last one, and the page says so.
import { createContext, useContext } from 'react'

const whole = new Intl.NumberFormat('en')

/** `57 products`; `More than 10,000 products` when there `isMore`. */
export function productCount(total: number, isMore = false): string {
  if (isMore) return `More than ${whole.format(total)} products`
  return total === 1 ? '1 product' : `${whole.format(total)} products`
}

/** Whether the counts of a list's facets are estimates. */
export const AreEstimates = createContext(false)

/** The number beside a facet's value. None of it in a sample is no number: there may be some outside. */
export function FacetCount({ count }: { count: number }) {
  const isAbout = useContext(AreEstimates)
  if (isAbout && count === 0) return null
  return (
    <span className="nums text-sm text-muted">
      <span className="sr-only">{isAbout ? ', products, about: ' : ', products: '}</span>
      {isAbout && <span aria-hidden="true">≈ </span>}
      {whole.format(count)}
    </span>
  )
}

type ListCountProps = { page: { total: number; totalIsMore?: boolean }; className?: string }

/** The heading of a list: how much there is, told again when it changes. */
export function ListCount({ page, className = '' }: ListCountProps) {
  return (
    <h2 id="list-count" className={`font-sans text-base font-semibold tracking-normal ${className}`} aria-live="polite">
      {productCount(page.total, page.totalIsMore)}
    </h2>
  )
}
