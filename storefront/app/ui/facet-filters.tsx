// Facets of a list inside its GET form: one fold-out for each, with boxes to check and counts. HTML alone opens and closes
// them; `name` lets one be open at a time.
import type { ReactNode } from 'react'
import type { ListState } from '#app/http/list-state.ts'
import { ApplyButton } from './apply-button.tsx'
import { FacetCount } from './facet-count.tsx'
import { Icon } from './icon.tsx'

type Value = { value: string; count: number }
type Named = { name: string; values: Value[] }
export type FacetsInfo = {
  /** Counts are estimates, for the list is large. */
  isEstimate?: boolean
  categories: { slug: string; name: string; count: number }[]
  brands: Value[]
  options: Named[]
  attributes: Named[]
  ratings: { min: number; count: number }[]
  inStock: number
  store: { slug: string; name: string; count: number } | null
  price: { minMinor: number; maxMinor: number } | null
}

const sizes = ['XXS', 'XS', 'S', 'M', 'L', 'XL', 'XXL', '3XL']
const byWords = new Intl.Collator('en', { numeric: true })

/** Sizes from small to large, everything else by its words; what is chosen is shown though nothing fits it any more. */
export function facetValues(values: Value[], chosen: string[]): Value[] {
  const missing = chosen.filter((one) => !values.some(({ value }) => value === one))
  const rank = ({ value }: Value) => sizes.indexOf(value.toUpperCase())
  return [...values, ...missing.map((value) => ({ value, count: 0 }))].sort(
    (a, b) => rank(a) - rank(b) || byWords.compare(a.value, b.value),
  )
}

/** A list of many kinds of things has many options: those that most of it has, and those that are chosen. */
const mostOptions = 4
const mostAttributes = 3

/** The names of one kind that are offered: `known` are what the list has, `chosen` is `Colour:Sage`. */
export function facetNames(chosen: readonly string[], known: readonly Named[], most = mostOptions): string[] {
  const weight = (values: Value[]) => values.reduce((sum, { count }) => sum + count, 0)
  const common = known
    .filter(({ values }) => values.length > 1)
    .sort((a, b) => weight(b.values) - weight(a.values) || byWords.compare(a.name, b.name))
    .slice(0, most)
  return [...new Set([...common.map(({ name }) => name), ...chosen.map((one) => one.split(':')[0] ?? '')])]
}

/** A category's own name; one that there is no more by its address. */
export const categoryName = (slug: string, facets: Pick<FacetsInfo, 'categories'> | null): string =>
  facets?.categories.find((category) => category.slug === slug)?.name ?? slug.replaceAll('-', ' ')

/** One fold-out for each name of options or attributes. */
function NamedFacets({
  field,
  chosen,
  known,
  most,
}: {
  field: string
  chosen: string[]
  known: Named[]
  most: number
}) {
  return facetNames(chosen, known, most).map((name) => {
    const own = chosen.filter((one) => one.startsWith(`${name}:`)).map((one) => one.slice(name.length + 1))
    const values = facetValues(known.find((one) => one.name === name)?.values ?? [], own)
    return (
      <Facet key={`${field} ${name}`} label={name} chosen={own.length}>
        {values.map(({ value, count }) => (
          <Box key={value} name={field} value={`${name}:${value}`} checked={own.includes(value)} count={count}>
            {value}
          </Box>
        ))}
      </Facet>
    )
  })
}

function CategoryFacet({ chosen, facets }: { chosen: string[]; facets: FacetsInfo }) {
  const gone = chosen.filter((slug) => !facets.categories.some((category) => category.slug === slug))
  const all = [...facets.categories, ...gone.map((slug) => ({ slug, name: categoryName(slug, null), count: 0 }))]
  if (all.length < 2 && chosen.length === 0) return null
  return (
    <Facet label="Category" chosen={chosen.length}>
      {all.map(({ slug, name, count }) => (
        <Box key={slug} name="cat" value={slug} checked={chosen.includes(slug)} count={count}>
          {name}
        </Box>
      ))}
    </Facet>
  )
}

export function FacetFilters({ list, facets }: { list: ListState; facets: FacetsInfo }) {
  const { categories, options, attributes } = list
  return (
    <>
      <CategoryFacet chosen={categories} facets={facets} />
      <NamedFacets field="opt" chosen={options} known={facets.options} most={mostOptions} />
      <NamedFacets field="attr" chosen={attributes} known={facets.attributes} most={mostAttributes} />
      {(facets.brands.length > 1 || list.brands.length > 0) && (
        <Facet label="Brand" chosen={list.brands.length}>
          {facetValues(facets.brands, list.brands).map(({ value, count }) => (
            <Box key={value} name="brand" value={value} checked={list.brands.includes(value)} count={count}>
              {value}
            </Box>
          ))}
        </Facet>
      )}
      {(facets.ratings.some(({ count }) => count > 0) || list.rating !== '') && (
        <Facet label="Rating" chosen={list.rating === '' ? 0 : 1}>
          <Box name="rating" value="" radio checked={list.rating === ''}>
            Any
          </Box>
          {facets.ratings.map(({ min, count }) => (
            <Box key={min} name="rating" value={String(min)} radio checked={list.rating === String(min)} count={count}>
              {min === 1 ? '1 star and up' : `${min} stars and up`}
            </Box>
          ))}
        </Facet>
      )}
    </>
  )
}

/** On a phone it opens in the page, on a wide screen below its button. */
function Facet({ label, chosen, children }: { label: string; chosen: number; children: ReactNode }) {
  return (
    <details name="facet" className="group relative open:basis-full lg:open:basis-auto">
      <summary
        className={`inline-flex min-h-11 cursor-pointer items-center gap-1.5 rounded-full border px-4 ${chosen > 0 ? 'border-accent bg-accent-soft' : 'border-edge bg-surface'}`}
      >
        {label}
        {chosen > 0 && (
          <span className="nums text-sm font-semibold text-accent-strong">
            <span className="sr-only">, chosen: </span>
            {chosen}
          </span>
        )}
        <Icon name="chevron-down" size={16} className="group-open:rotate-180" />
      </summary>
      <fieldset className="z-20 mt-2 max-h-80 overflow-y-auto rounded-card border border-line bg-surface p-2 lg:absolute lg:left-0 lg:w-64 lg:shadow-lg">
        <legend className="sr-only">{label}</legend>
        {children}
        <ApplyButton variant="secondary" className="sticky bottom-0 mt-2 w-full" />
      </fieldset>
    </details>
  )
}

type BoxProps = {
  name: string
  value: string
  checked: boolean
  count?: number
  radio?: boolean
  children: ReactNode
}

function Box({ name, value, checked, count, radio = false, children }: BoxProps) {
  const empty = count === 0 && !checked
  return (
    <label
      className={`flex min-h-11 items-center gap-3 rounded-lg px-2 hover:bg-sunk lg:min-h-9 ${empty ? 'text-muted' : ''}`}
    >
      <input
        type={radio ? 'radio' : 'checkbox'}
        name={name}
        value={value}
        defaultChecked={checked}
        className="size-4.5 shrink-0 accent-accent"
      />
      <span className="min-w-0 flex-1 wrap-anywhere">{children}</span>
      {count !== undefined && <FacetCount count={count} />}
    </label>
  )
}
