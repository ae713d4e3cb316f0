// What a product's variants were offered at, for staff: each change with its moment, newest first.
import { Price, When } from './money.tsx'

type PriceChange = { sku: string; since: string; priceMinor: number; compareAtMinor: number | null }

export function PriceHistory({ changes, currency }: { changes: PriceChange[]; currency: string }) {
  return (
    <section id="prices" className="mt-12" aria-labelledby="prices-title">
      <h2 id="prices-title" className="text-xl">
        Prices so far
      </h2>
      <p className="mt-1 mb-4 text-muted">
        Beside a reduced price shoppers read the lowest of the thirty days before it. It is worked out from this list.
      </p>
      <section
        aria-label="Price changes"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard (WCAG 2.1.1)
        tabIndex={0}
        className="card max-h-96 overflow-auto"
      >
        <ul className="divide-y divide-line px-5">
          {changes.map(({ sku, since, priceMinor, compareAtMinor }) => (
            <li key={`${sku} ${since}`} className="flex flex-wrap items-baseline gap-x-4 gap-y-1 py-3">
              <span className="font-semibold wrap-anywhere">{sku}</span>
              <span className="mr-auto text-sm text-muted">
                <When date={since} time />
              </span>
              <Price minor={priceMinor} compareAtMinor={compareAtMinor} currency={currency} />
            </li>
          ))}
        </ul>
      </section>
    </section>
  )
}
