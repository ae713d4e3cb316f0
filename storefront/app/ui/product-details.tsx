// The quieter half of the product page: description, facts, and where it can be seen and taken home today.
import { Link } from '@remix-run/react'
import { paths } from '#app/paths.ts'
import { Icon } from './icon.tsx'

type Attribute = { name: string; value: string }
type Described = {
  description: string
  brand: string
  category: { slug: string; name: string }
  attributes: Attribute[]
}
type Facts = { sku: string; barcode: string | null; weightGrams: number; optionValues: Record<string, string> }

export function ProductDetails({ product, chosen }: { product: Described; chosen?: Facts }) {
  const options = Object.entries(chosen?.optionValues ?? {})
  const rows = [
    ['Brand', product.brand],
    ...byName(product.attributes.filter(({ name }) => !chosen || !(name in chosen.optionValues))),
    ...options,
    ['Weight', chosen && chosen.weightGrams > 0 ? weight(chosen.weightGrams) : ''],
    ['SKU', chosen?.sku ?? ''],
    ['Barcode', chosen?.barcode ?? ''],
  ].filter((row): row is [string, string] => Boolean(row[1]))
  return (
    <section aria-labelledby="about-title" className="mt-16 grid gap-10 lg:grid-cols-[minmax(0,1fr)_26rem] lg:gap-14">
      <div>
        <h2 id="about-title" className="text-2xl">
          About it
        </h2>
        <div className="mt-4 grid max-w-prose gap-4 text-lg">
          {product.description.split(/\n{2,}/).map((paragraph) => (
            <p key={paragraph} className="whitespace-pre-line">
              {paragraph}
            </p>
          ))}
        </div>
      </div>
      <div>
        <h2 className="text-xl">Details</h2>
        <table className="mt-3 w-full text-left">
          <tbody>
            {rows.map(([name, value]) => (
              <tr key={`${name} ${value}`} className="border-b border-line">
                <th scope="row" className="py-2.5 pr-4 font-normal text-muted">
                  {name}
                </th>
                <td className="py-2.5 wrap-anywhere">{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p className="mt-4 text-sm">
          <Link to={paths.category(product.category.slug)} className="link">
            More in {product.category.name}
          </Link>
        </p>
      </div>
    </section>
  )
}

/** Several values of one name on one line, where the name stands first. */
function byName(attributes: Attribute[]): [string, string][] {
  const values = new Map<string, string[]>()
  for (const { name, value } of attributes) values.set(name, [...(values.get(name) ?? []), value])
  return [...values].map(([name, own]) => [name, own.join(', ')])
}

const weight = (grams: number): string => (grams < 1000 ? `${grams} g` : `${Number((grams / 1000).toFixed(2))} kg`)

type StorePlace = { slug: string; name: string; city: string; country: string; available: number }

/** Stock of the chosen variant in each store, most first. */
export function StockByStore({ stores }: { stores: StorePlace[] }) {
  const having = stores.filter((store) => store.available > 0).sort((a, b) => b.available - a.available)
  return (
    <details className="group mt-5 border-t border-line pt-2">
      <summary className="flex min-h-11 items-center gap-3 font-medium">
        <Icon name="store" className="text-accent" />
        {having.length === 0
          ? 'Not in any store at the moment'
          : `In stock at ${having.length} ${having.length === 1 ? 'store' : 'stores'}`}
        <Icon name="chevron-down" className="ml-auto transition-transform group-open:rotate-180" />
      </summary>
      <ul className="max-h-80 overflow-y-auto pb-2">
        {having.map((store) => (
          <li key={store.slug} className="flex items-center justify-between gap-4 border-b border-line py-2 text-sm">
            <Link to={paths.store(store.slug)} className="inline-flex min-h-6 items-center hover:underline">
              {store.name}, {store.city}
            </Link>
            <span className={store.available <= 3 ? 'text-warn' : 'text-good'}>
              {store.available <= 3 ? `Only ${store.available} left` : 'In stock'}
            </span>
          </li>
        ))}
      </ul>
      <Link to={paths.stores()} className="link inline-flex min-h-9 items-center text-sm">
        Find a store near you
      </Link>
    </details>
  )
}
