// The part of the product form about options and variants: one row each, empty rows ready; errors beside their cell.
import type { FormProblem } from '#app/http/problem.ts'
import { currencyExponent } from '#app/lib/money.ts'
import { Field, fieldId } from './form.tsx'

export type VariantInfo = {
  id: string
  sku: string
  barcode: string | null
  optionValues: Record<string, string>
  priceMinor: number
  compareAtMinor: number | null
  weightGrams: number
}
/** What a product's options and variants are made of. */
export type VariantsInfo = { options: { name: string }[]; variants: VariantInfo[] }

const optionPlaces = [0, 1, 2]
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index)

type VariantsProps = { product?: VariantsInfo; currency: string; rows: number; problem?: FormProblem }

export function Variants({ product, currency, rows, problem }: VariantsProps) {
  const names = optionPlaces.map((option) => problem?.values[`option${option}`] ?? product?.options[option]?.name ?? '')
  return (
    <section className="card p-5">
      <h2 className="text-xl">Options and variants</h2>
      <p className="mt-1 text-muted">
        What a shopper chooses (colour, size …), and one row for each combination you sell. Leave options empty for a
        single article.
      </p>
      <div className="mt-4 grid gap-4 sm:grid-cols-3">
        {optionPlaces.map((option) => (
          <Field
            key={option}
            label={`Option ${option + 1}`}
            name={`option${option}`}
            optional
            maxLength={40}
            defaultValue={names[option]}
            problem={problem}
          />
        ))}
      </div>
      <div className="mt-6 overflow-x-auto">
        <table className="w-full min-w-280 text-left text-sm">
          <caption className="sr-only">Variants</caption>
          <thead className="text-muted">
            <tr>
              <Head>SKU</Head>
              {optionPlaces.map((option) => (
                <Head key={option}>{names[option] || `Option ${option + 1}`}</Head>
              ))}
              <Head>{`Price (${currency})`}</Head>
              <Head>Before</Head>
              <Head>Weight (g)</Head>
              <Head>Barcode</Head>
              <Head>Remove</Head>
            </tr>
          </thead>
          <tbody>
            {upTo(rows).map((row) => (
              <VariantRow
                key={row}
                index={row}
                names={names}
                variant={product?.variants[row]}
                currency={currency}
                problem={problem}
              />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

const Head = ({ children }: { children: string }) => <th className="px-1.5 pb-2 font-medium">{children}</th>

type RowProps = {
  index: number
  names: string[]
  variant?: VariantInfo
  currency: string
  problem?: FormProblem
}

function VariantRow({ index, names, variant, currency, problem }: RowProps) {
  const digits = currencyExponent(currency)
  const typed = (minor: number | null | undefined) => (minor == null ? '' : (minor / 10 ** digits).toFixed(digits))
  const cell = (name: string, label: string, stored: string, extra: Record<string, unknown> = {}) => {
    const field = `v${index}.${name}`
    const error = problem?.fields[field]?.[0]
    return (
      <td key={field} className="px-1.5 py-1 align-top">
        <input
          id={fieldId(field)}
          name={field}
          aria-label={`${label}, row ${index + 1}`}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${fieldId(field)}-error` : undefined}
          defaultValue={problem?.values[field] ?? stored}
          className="field px-2"
          {...extra}
        />
        {error && (
          <p id={`${fieldId(field)}-error`} className="mt-1 text-sm font-medium text-bad">
            {error}
          </p>
        )}
      </td>
    )
  }
  return (
    <tr>
      {cell('sku', 'SKU', variant?.sku ?? '', {
        maxLength: 64,
        autoCapitalize: 'characters',
        className: 'field w-64 px-2',
      })}
      {names.map((name, option) =>
        cell(`o${option}`, name || `Option ${option + 1}`, variant?.optionValues[name] ?? '', { maxLength: 60 }),
      )}
      {cell('price', 'Price', typed(variant?.priceMinor), { inputMode: 'decimal' })}
      {cell('compareAt', 'Price before', typed(variant?.compareAtMinor), { inputMode: 'decimal' })}
      {cell('weight', 'Weight in grams', variant ? String(variant.weightGrams) : '', { inputMode: 'numeric' })}
      {cell('barcode', 'Barcode', variant?.barcode ?? '', {
        inputMode: 'numeric',
        maxLength: 14,
        className: 'field w-40 px-2',
      })}
      <td className="px-1.5 py-1 text-center align-middle">
        {variant && (
          <>
            <input type="hidden" name={`v${index}.id`} value={variant.id} />
            <input
              type="checkbox"
              name={`v${index}.remove`}
              aria-label={`Remove ${variant.sku}`}
              className="size-5 accent-bad"
            />
          </>
        )}
      </td>
    </tr>
  )
}
