// From the product form's fields to what catalog-api takes. Pure. Names of fields: `v0.sku`, `v0.o0` (its value of the
// first option), `v0.price` …; a row without a SKU is empty and left out.
import { z } from 'zod'
import type { ProductInput } from '#app/domain/catalog/admin.server.ts'
import { maxOptions, maxVariantRows } from '#app/domain/catalog/product-limits.ts'
import { attributesOf, lineField, relatedOf } from '#app/domain/catalog/staff/product-lines.ts'
import { DomainError, isDomainError } from '#app/lib/errors.ts'
import { parseMoney } from '#app/lib/money.ts'

const whole = z.object({
  title: z.string().trim().min(1, 'Give the product a name.').max(200, 'At most 200 characters.'),
  slug: z
    .string()
    .trim()
    .max(120)
    .regex(/^([a-z0-9]+(-[a-z0-9]+)*)?$/, 'Small letters, digits and single hyphens.')
    .default(''),
  subtitle: z.string().trim().max(200, 'At most 200 characters.').default(''),
  brand: z.string().trim().max(80, 'At most 80 characters.').default(''),
  description: z.string().trim().max(10_000, 'At most 10,000 characters.').default(''),
  categoryId: z.uuid('Choose a category.'),
  taxCategory: z.enum(['standard', 'reduced', 'zero']).default('standard'),
  status: z.enum(['draft', 'published', 'archived']),
  featured: z.literal('on').optional(),
})

const row = z.object({
  id: z.uuid().optional(),
  sku: z
    .string()
    .trim()
    .toUpperCase()
    .max(64, 'At most 64 characters.')
    .regex(/^[A-Z0-9]+([._-][A-Z0-9]+)*$/, 'Letters, digits and single hyphens.'),
  barcode: z
    .string()
    .trim()
    .regex(/^(\d{8,14})?$/, '8 to 14 digits.')
    .default(''),
  weight: z
    .string()
    .trim()
    .regex(/^\d{0,7}$/, 'Whole grams.')
    .default(''),
})

type Fields = Record<string, string[]>
type Variant = ProductInput['variants'][number]

/** The product a form describes; throws validation_failed with a message a field. Prices are typed in `currency`. */
export function productInputOf(values: Record<string, string>, currency: string): ProductInput {
  const fields: Fields = {}
  const main = whole.safeParse(values)
  if (!main.success) for (const issue of main.error.issues) fields[issue.path.join('.')] = [issue.message]
  const names = optionNames(values, fields)
  // A form that does not ask for them leaves them as they are.
  const lines = {
    ...(values.attributes !== undefined && { attributes: attributesOf(values.attributes, fields) }),
    ...(values.related !== undefined && { related: relatedOf(values.related, fields) }),
  }
  const variants = variantRows(values).map((index) => variantOf(values, index, names, currency, fields))
  if (variants.length === 0) fields['v0.sku'] = ['A product needs at least one variant: give it a SKU and a price.']
  if (!main.success || Object.keys(fields).length > 0)
    throw new DomainError('validation_failed', 'Please check what you entered.', { fields })
  const { featured, slug, ...rest } = main.data
  const options = names.map((name) => ({
    name,
    values: distinct(variants.map((variant) => variant.optionValues[name] ?? '')),
  }))
  return { ...rest, ...(slug && { slug }), featured: featured === 'on', ...lines, options, variants }
}

function optionNames(values: Record<string, string>, fields: Fields): string[] {
  const names: string[] = []
  for (let option = 0; option < maxOptions; option++) {
    const name = values[`option${option}`]?.trim() ?? ''
    if (!name) continue
    if (name.length > 40 || names.includes(name)) fields[`option${option}`] = ['A short name, used once.']
    names.push(name)
  }
  return names
}

/** Indexes of the rows that were filled in. */
function variantRows(values: Record<string, string>): number[] {
  return Array.from({ length: maxVariantRows }, (_, index) => index).filter(
    (index) => values[`v${index}.sku`]?.trim() && values[`v${index}.remove`] !== 'on',
  )
}

function variantOf(
  values: Record<string, string>,
  index: number,
  names: string[],
  currency: string,
  fields: Fields,
): Variant {
  const of = (name: string) => values[`v${index}.${name}`]
  const fault = (name: string, message: string) => {
    fields[`v${index}.${name}`] = [message]
  }
  const parsed = row.safeParse({
    id: of('id') || undefined,
    sku: of('sku'),
    barcode: of('barcode'),
    weight: of('weight'),
  })
  if (!parsed.success) for (const issue of parsed.error.issues) fault(String(issue.path[0]), issue.message)
  const priceMinor = parseMoney(of('price') ?? '', currency)
  if (priceMinor === null) fault('price', 'A price like 12.50.')
  const typedBefore = of('compareAt')?.trim() ?? ''
  const compareAtMinor = typedBefore ? parseMoney(typedBefore, currency) : null
  if (typedBefore && (compareAtMinor === null || compareAtMinor <= (priceMinor ?? 0)))
    fault('compareAt', 'Higher than the price, or empty.')
  const optionValues: Record<string, string> = {}
  for (const [option, name] of names.entries()) {
    const value = of(`o${option}`)?.trim() ?? ''
    if (!value || value.length > 60) fault(`o${option}`, `Which ${name}?`)
    optionValues[name] = value
  }
  return {
    ...(parsed.data?.id && { id: parsed.data.id }),
    sku: parsed.data?.sku ?? '',
    ...(parsed.data?.barcode && { barcode: parsed.data.barcode }),
    optionValues,
    priceMinor: priceMinor ?? 0,
    ...(compareAtMinor !== null && { compareAtMinor }),
    weightGrams: Number(parsed.data?.weight || 0),
  }
}

const distinct = (words: string[]): string[] => [...new Set(words)]

/** What catalog-api said about a product, beside the fields of the form that sent it. */
export function onProductForm(error: unknown): unknown {
  if (!isDomainError(error)) return error
  const { fields = {} } = error.extra
  const beside: Fields = Object.fromEntries(
    Object.entries(fields).map(([path, messages]) => [lineField(path.replace(/^variants\.(\d+)\./, 'v$1.')), messages]),
  )
  if (error.code === 'slug_taken') beside.slug = [error.message]
  if (error.code === 'sku_taken') beside['v0.sku'] ??= [error.message]
  return new DomainError(error.code, error.message, { ...error.extra, fields: beside })
}
