// The filters and order of a product list: one GET form. With JavaScript it sends itself, keeping the keyboard's place.
import { Form, useNavigate } from '@remix-run/react'
import { type FormEvent, type KeyboardEvent, type RefObject, useEffect, useRef } from 'react'
import { type ListState, listHref } from '#app/http/list-state.ts'
import { ApplyButton } from './apply-button.tsx'
import { AreEstimates, FacetCount, ListCount } from './facet-count.tsx'
import { FacetFilters, type FacetsInfo } from './facet-filters.tsx'
import { PriceFilter, pill, StoreFilter } from './filter-fields.tsx'
import { Icon } from './icon.tsx'

type FilterBarProps = {
  list: ListState
  page: { total: number; totalIsMore?: boolean; facets: FacetsInfo | null }
  /** What the list's own order is called: "Newest", "Best match". */
  ownOrder: string
}

/** Where the form would lead, without its empty fields. */
function hrefOf(form: HTMLFormElement | null, list: ListState): string {
  const values = new FormData(form ?? undefined)
  const text = (name: string) => String(values.get(name) ?? '').trim()
  const all = (name: string) => values.getAll(name).map(String)
  return listHref(list, {
    min: text('min'),
    max: text('max'),
    sort: text('sort'),
    inStock: values.has('stock'),
    store: text('store'),
    categories: all('cat'),
    brands: all('brand'),
    options: all('opt'),
    attributes: all('attr'),
    rating: text('rating'),
  })
}

/**
 * After "back" or a removed chip the fields show the address again; remounting them would lose the keyboard's place. The
 * amount somebody is typing is theirs.
 */
function showState(form: HTMLFormElement | null, list: ListState): void {
  const shown: Record<string, string> = { min: list.min, max: list.max, sort: list.sort }
  for (const field of form?.elements ?? []) {
    if (field instanceof HTMLInputElement && field.type === 'text' && field === document.activeElement) continue
    if (field instanceof HTMLInputElement && /checkbox|radio/.test(field.type)) field.checked = isChosen(field, list)
    else if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement)
      field.value = shown[field.name] ?? field.value
  }
}

/** Whether somebody has checked, chosen or typed something that the address does not say: before the scripts had come. */
function isTouched(form: HTMLFormElement | null): boolean {
  return [...(form?.elements ?? [])].some((field) => {
    if (field instanceof HTMLSelectElement) return field.selectedOptions[0]?.defaultSelected === false
    if (!(field instanceof HTMLInputElement)) return false
    if (/checkbox|radio/.test(field.type)) return field.checked !== field.defaultChecked
    return field !== document.activeElement && field.value !== field.defaultValue
  })
}

function isChosen({ name, value }: HTMLInputElement, list: ListState): boolean {
  const several: Record<string, string[]> = {
    cat: list.categories,
    brand: list.brands,
    opt: list.options,
    attr: list.attributes,
    store: [list.store],
    rating: [list.rating],
  }
  return several[name]?.includes(value) ?? list.inStock
}

const openIn = (form: HTMLFormElement | null) =>
  form?.querySelector<HTMLDetailsElement>('details[name=facet][open]') ?? null

/** A fold-out that lies over the page is closed by Escape and by a press elsewhere; one that stands in the page stays. */
function useClosing(form: RefObject<HTMLFormElement>): (event: KeyboardEvent) => void {
  useEffect(() => {
    const onPress = ({ target }: PointerEvent) => {
      const details = openIn(form.current)
      if (details && !details.contains(target as Node) && matchMedia('(min-width: 64rem)').matches) details.open = false
    }
    document.addEventListener('pointerdown', onPress)
    return () => document.removeEventListener('pointerdown', onPress)
  }, [form])
  return (event) => {
    const details = event.key === 'Escape' ? openIn(form.current) : null
    if (!details) return
    details.open = false
    details.querySelector('summary')?.focus()
  }
}

/** How many filters are set; a price is one. */
const chosenIn = ({ categories, brands, options, attributes, ...one }: ListState): number =>
  [categories, brands, options, attributes].reduce((sum, { length }) => sum + length, 0) +
  [one.min || one.max, one.inStock, one.store, one.rating].filter(Boolean).length

export function FilterBar({ list, page, ownOrder }: FilterBarProps) {
  const { facets } = page
  const navigate = useNavigate()
  const form = useRef<HTMLFormElement>(null)
  const send = () => navigate(hrefOf(form.current, list), { replace: true, preventScrollReset: true })
  // Amounts are sent when the field is left, so that nothing happens in the middle of a number.
  const isAmount = (target: EventTarget): target is HTMLInputElement =>
    target instanceof HTMLInputElement && target.type === 'text'
  const closeOnEscape = useClosing(form)
  const isFresh = useRef(true)
  useEffect(() => {
    const isAhead = isFresh.current && isTouched(form.current)
    isFresh.current = false
    if (isAhead) form.current?.requestSubmit()
    else showState(form.current, list)
  }, [list])
  const chosen = chosenIn(list)
  const filters = (
    <Form
      ref={form}
      action={list.path}
      onKeyDown={closeOnEscape}
      onChange={(event: FormEvent) => isAmount(event.target) || send()}
      onBlur={({ target }: { target: EventTarget }) =>
        isAmount(target) && target.value !== target.defaultValue && send()
      }
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        send()
      }}
      className="flex flex-wrap items-center gap-x-3 gap-y-3 border-y border-line py-3"
    >
      {list.q !== undefined && <input type="hidden" name="q" value={list.q} />}
      {list.literal && <input type="hidden" name="literal" value="1" />}
      <ListCount className="mr-auto max-sm:order-first max-sm:basis-[calc(100%-7rem)]" page={page} />
      <details className="fold-on-phone group/fold open:basis-full">
        <summary className={`${pill} ${chosen > 0 ? 'border-accent bg-accent-soft' : ''} cursor-pointer`}>
          Filters
          {chosen > 0 && (
            <span className="nums text-sm font-semibold text-accent-strong">
              <span className="sr-only">, chosen: </span>
              {chosen}
            </span>
          )}
          <Icon name="chevron-down" size={16} className="group-open/fold:rotate-180" />
        </summary>
        <div className="mt-3 flex flex-wrap items-center gap-3 sm:contents">
          {facets && <FacetFilters list={list} facets={facets} />}
          <PriceFilter list={list} range={facets?.price ?? null} />
          <label className={`${pill} has-checked:border-accent has-checked:bg-accent-soft`}>
            <input
              type="checkbox"
              name="stock"
              value="1"
              defaultChecked={list.inStock}
              className="size-4.5 accent-accent"
            />
            In stock
            {facets && <FacetCount count={facets.inStock} />}
          </label>
          <StoreFilter list={list} store={facets?.store ?? null} />
        </div>
      </details>
      <span className="inline-flex flex-wrap items-center max-sm:contents">
        <label className={`${pill} pr-3`}>
          <span className="text-muted">Sort</span>
          <select name="sort" defaultValue={list.sort} className="min-h-10 w-36 cursor-pointer bg-transparent">
            <option value="">{ownOrder}</option>
            {ownOrder !== 'Newest' && <option value="newest">Newest</option>}
            <option value="price_asc">Price, low to high</option>
            <option value="price_desc">Price, high to low</option>
            <option value="rating">Best rated</option>
            <option value="title">Name, A to Z</option>
          </select>
        </label>
        <ApplyButton variant="quiet" keepsPlace className="max-sm:order-first" />
      </span>
    </Form>
  )
  return <AreEstimates.Provider value={facets?.isEstimate ?? false}>{filters}</AreEstimates.Provider>
}
