// The form of a product, for a new one and for a change: words, category, status, options and one row a variant.
// Works without JavaScript: empty rows stand ready, "More rows" adds some and keeps what was typed.

import { maxVariantRows } from '#app/domain/catalog/product-limits.ts'
import { attributeLines } from '#app/domain/catalog/staff/product-lines.ts'
import type { FormProblem } from '#app/http/problem.ts'
import { Button } from './button.tsx'
import { CheckboxField, Field, PostForm, SelectField, TextareaField } from './form.tsx'
import { type VariantInfo, Variants } from './variant-rows.tsx'

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
  attributes: { name: string; value: string }[]
  companions: { slug: string; title: string; status: string }[]
  options: { name: string }[]
  variants: VariantInfo[]
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
export const productStatusChoices = Object.entries(statusWords).map(([value, label]) => ({ value, label }))
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
      <Beside product={product} problem={problem} />
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

/** What stands beside the words: attributes, and products to go with it. A line each. */
function Beside({ product, problem }: { product?: ProductFormInfo; problem?: FormProblem }) {
  const hidden = product?.companions.filter(({ status }) => status !== 'published') ?? []
  return (
    <section className="card grid gap-5 p-5 sm:grid-cols-2">
      <h2 className="text-xl sm:col-span-2">What belongs to it</h2>
      <TextareaField
        label="Attributes"
        name="attributes"
        optional
        rows={6}
        maxLength={4000}
        hint="A line each: “Material: Stoneware”. Shoppers see them in this order and can filter by them."
        defaultValue={product && attributeLines(product.attributes)}
        problem={problem}
      />
      <TextareaField
        label="Goes well with"
        name="related"
        optional
        rows={6}
        maxLength={2000}
        hint={
          <>
            A line each: a product’s address or SKU, the best first. Left free, places are filled with what is bought
            together, then from the same category.
            {hidden.length > 0 &&
              ` Not shown now: ${hidden.map(({ title, status }) => `${title} (${status})`).join(', ')}.`}
          </>
        }
        defaultValue={product?.companions.map(({ slug }) => slug).join('\n')}
        problem={problem}
      />
    </section>
  )
}
