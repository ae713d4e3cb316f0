// The form of a product, for a new one and for a change: words, category, status, options and one row a variant.
// Works without JavaScript: empty rows stand ready, "More rows" adds some and keeps what was typed.

import { maxVariantRows } from '#app/domain/catalog/product-limits.ts'
import type { FormProblem } from '#app/http/problem.ts'
import { currencyExponent } from '#app/lib/money.ts'
import { Button } from './button.tsx'
import { CheckboxField, Field, fieldId, PostForm, SelectField, TextareaField } from './form.tsx'

export type ProductFormInfo = {
  title: string
  slug: string
  subtitle: string
  brand: string
  description: string
  categoryId: string
  taxCategory: string
  status: string
  featured: boolean
  version?: number
  options: { name: string }[]
  variants: {
    id: string
    sku: string
    barcode: string | null
    optionValues: Record<string, string>
    priceMinor: number
    compareAtMinor: number | null
    weightGrams: number
  }[]
}
type CategoryChoice = { id: string; label: string }
type ProductFormProps = {
  product?: ProductFormInfo
  categories: CategoryChoice[]
  currency: string
  rows: number
  problem?: FormProblem
  submit: string
}

const statusWords: Record<string, string> = { draft: 'Draft', published: 'Published', archived: 'Archived' }
export const productStatusLabel = (status: string): string => statusWords[status] ?? status
export const productStatusTone = (status: string) =>
  status === 'published' ? ('good' as const) : status === 'draft' ? ('warn' as const) : ('info' as const)

/** "More rows" pressed: the form comes back as it was typed, five rows longer. */
export const moreRows = (values: Record<string, string>): { problem: FormProblem } => ({
  problem: {
    code: 'validation_failed',
    message: '',
    fields: {},
    values: { ...values, rows: String(Number(values.rows || 0) + 5) },
    intent: 'rows',
  },
})

/** How many variant rows to draw: what the form asks for, or `stored`; never more than it can take. */
export const rowsShown = (stored: number, problem?: FormProblem): number =>
  Math.min(maxVariantRows, Math.max(stored, Number(problem?.values.rows) || 0))

export function ProductForm({ product, categories, currency, rows, problem, submit }: ProductFormProps) {
  return (
    <PostForm problem={problem} className="grid grid-cols-1 gap-8">
      {product?.version !== undefined && <input type="hidden" name="version" value={product.version} />}
      <input type="hidden" name="rows" value={rows} />
      <section className="card grid gap-5 p-5 sm:grid-cols-2">
        <h2 className="text-xl sm:col-span-2">What it is</h2>
        <Field label="Name" name="title" required maxLength={200} defaultValue={product?.title} problem={problem} />
        <Field
          label="Subtitle"
          name="subtitle"
          optional
          maxLength={200}
          defaultValue={product?.subtitle}
          problem={problem}
        />
        <Field label="Brand" name="brand" optional maxLength={80} defaultValue={product?.brand} problem={problem} />
        <Field
          label="Address in the shop"
          name="slug"
          optional
          maxLength={120}
          pattern="[a-z0-9]+(-[a-z0-9]+)*"
          hint="Empty: made from the name."
          defaultValue={product?.slug}
          problem={problem}
        />
        <TextareaField
          label="Description"
          name="description"
          rows={8}
          maxLength={10000}
          hint="An empty line begins a new paragraph."
          defaultValue={product?.description}
          problem={problem}
          className="sm:col-span-2"
        />
      </section>
      <section className="card grid gap-5 p-5 sm:grid-cols-3">
        <h2 className="text-xl sm:col-span-3">Where and when it is shown</h2>
        <SelectField
          label="Category"
          name="categoryId"
          required
          defaultValue={product?.categoryId ?? ''}
          problem={problem}
        >
          <option value="">Choose …</option>
          {categories.map((category) => (
            <option key={category.id} value={category.id}>
              {category.label}
            </option>
          ))}
        </SelectField>
        <SelectField label="Status" name="status" defaultValue={product?.status ?? 'draft'} problem={problem}>
          {Object.entries(statusWords).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </SelectField>
        <SelectField label="Tax" name="taxCategory" defaultValue={product?.taxCategory ?? 'standard'} problem={problem}>
          <option value="standard">Standard rate</option>
          <option value="reduced">Reduced rate (books, food)</option>
          <option value="zero">No tax</option>
        </SelectField>
        <CheckboxField
          label="Show on the home page"
          name="featured"
          defaultChecked={product?.featured}
          problem={problem}
          className="sm:col-span-3"
        />
      </section>
      <Variants product={product} currency={currency} rows={rows} problem={problem} />
      <div className="flex flex-wrap gap-3">
        <Button name="intent" value="save">
          {submit}
        </Button>
        <Button variant="secondary" name="intent" value="rows" formNoValidate>
          More rows
        </Button>
      </div>
    </PostForm>
  )
}

const optionPlaces = [0, 1, 2]
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index)

type VariantsProps = Pick<ProductFormProps, 'product' | 'currency' | 'rows' | 'problem'>

function Variants({ product, currency, rows, problem }: VariantsProps) {
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
  variant?: ProductFormInfo['variants'][number]
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
