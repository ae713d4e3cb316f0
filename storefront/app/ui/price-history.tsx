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
        <table className="w-full text-left">
          <thead className="text-sm text-muted">
            <tr className="border-b border-line">
              <th className="px-4 py-3 font-medium">Since</th>
              <th className="px-4 py-3 font-medium">SKU</th>
              <th className="px-4 py-3 text-right font-medium">Price</th>
            </tr>
          </thead>
          <tbody>
            {changes.map(({ sku, since, priceMinor, compareAtMinor }) => (
              <tr key={`${sku} ${since}`} className="border-b border-line last:border-0">
                <td className="px-4 py-2">
                  <When date={since} time />
                </td>
                <td className="px-4 py-2 wrap-anywhere">{sku}</td>
                <td className="px-4 py-2 text-right">
                  <Price minor={priceMinor} compareAtMinor={compareAtMinor} currency={currency} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  )
}
