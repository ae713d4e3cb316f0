// The filters and order of a product list: one GET form. With JavaScript it sends itself, keeping the keyboard's place.
import { Form, Link, useNavigate } from '@remix-run/react'
import { type FormEvent, useEffect, useRef } from 'react'
import { type ListState, listHref } from '#app/http/list-state.ts'
import { paths } from '#app/paths.ts'
import { Button } from './button.tsx'
import { FacetFilters, type FacetsInfo } from './facet-filters.tsx'
import { Icon } from './icon.tsx'

type FilterBarProps = {
  list: ListState
  page: { total: number; facets: FacetsInfo | null }
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

const pill = 'inline-flex min-h-11 items-center gap-2 rounded-full border border-edge bg-surface px-4'

export function FilterBar({ list, page, ownOrder }: FilterBarProps) {
  const { total, facets } = page
  const navigate = useNavigate()
  const form = useRef<HTMLFormElement>(null)
  const send = () => navigate(hrefOf(form.current, list), { replace: true, preventScrollReset: true })
  // Amounts are sent when the field is left, so that nothing happens in the middle of a number.
  const isAmount = (target: EventTarget): target is HTMLInputElement =>
    target instanceof HTMLInputElement && target.type === 'text'
  useEffect(() => showState(form.current, list), [list])
  return (
    <Form
      ref={form}
      action={list.path}
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
      <h2 id="list-count" className="mr-auto font-sans text-base font-semibold tracking-normal" aria-live="polite">
        {total === 1 ? '1 product' : `${total} products`}
      </h2>
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
        {facets && <span className="nums text-sm text-muted">{facets.inStock}</span>}
      </label>
      <StoreFilter list={list} store={facets?.store ?? null} />
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
      <Button variant="quiet" className="hidden! noscript:inline-flex!">
        Show
      </Button>
    </Form>
  )
}

/** "In stock at my store", or the way to choose one. */
function StoreFilter({ list, store }: { list: ListState; store: FacetsInfo['store'] }) {
  if (!store && list.store === '')
    return (
      <Link to={paths.stores()} className={`${pill} hover:border-ink`}>
        <Icon name="map-pin" size={16} />
        At my store
      </Link>
    )
  return (
    <label className={`${pill} has-checked:border-accent has-checked:bg-accent-soft`}>
      <input
        type="checkbox"
        name="store"
        value={store?.slug ?? list.store}
        defaultChecked={list.store !== ''}
        className="size-4.5 accent-accent"
      />
      At {store?.name ?? list.store}
      {store && <span className="nums text-sm text-muted">{store.count}</span>}
    </label>
  )
}

/** `range`: what the list costs by all other filters, shown where nothing is typed. */
function PriceFilter({ list, range }: { list: ListState; range: FacetsInfo['price'] }) {
  const whole = (minor: number | null, words: string) => (minor === null ? words : String(minor))
  return (
    <fieldset className="inline-flex" aria-label="Price in euros">
      <div className={`${pill} gap-1.5 pr-2`}>
        <span aria-hidden="true" className="text-muted">
          €
        </span>
        <AmountInput
          name="min"
          label="Lowest price"
          placeholder={whole(range && Math.floor(range.minMinor / 100), 'from')}
          value={list.min}
        />
        <span aria-hidden="true">–</span>
        <AmountInput
          name="max"
          label="Highest price"
          placeholder={whole(range && Math.ceil(range.maxMinor / 100), 'to')}
          value={list.max}
        />
        <button
          type="submit"
          className="inline-flex size-8 items-center justify-center rounded-full text-muted hover:bg-sunk hover:text-ink"
        >
          <Icon name="arrow-right" size={16} />
          <span className="sr-only">Apply price</span>
        </button>
      </div>
    </fieldset>
  )
}

function AmountInput({ name, label, placeholder, value }: Record<'name' | 'label' | 'placeholder' | 'value', string>) {
  return (
    <input
      type="text"
      inputMode="decimal"
      name={name}
      aria-label={label}
      placeholder={placeholder}
      defaultValue={value}
      maxLength={10}
      autoComplete="off"
      className="nums h-9 w-14 bg-surface text-center placeholder:text-muted"
    />
  )
}
