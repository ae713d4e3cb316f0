// The quieter half of the product page: description and facts.
import { Link } from '@remix-run/react'
import { paths } from '#app/paths.ts'

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
