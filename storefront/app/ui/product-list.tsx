// A list of products with its filters, order and pages: one GET form and plain links. With JavaScript the form sends itself.
import { Form, Link, useNavigate, useNavigation } from '@remix-run/react'
import { type FormEvent, type ReactNode, useEffect, useRef } from 'react'
import { clearedHref, hasFilters, type ListState, listHref } from '#app/http/list-state.ts'
import { Button, ButtonLink } from './button.tsx'
import { Icon } from './icon.tsx'
import { type ProductCardInfo, ProductGrid } from './product-card.tsx'

type ProductListProps = {
  list: ListState
  page: { items: ProductCardInfo[]; total: number; nextCursor: string | null; prevCursor: string | null }
  /** What the list's own order is called: "Newest", "Best match". */
  ownOrder: string
  empty: ReactNode
}

export function ProductList({ list, page, ownOrder, empty }: ProductListProps) {
  const { state, location, formMethod } = useNavigation()
  const loading = state === 'loading' && location.pathname === list.path && formMethod !== 'POST'
  return (
    <section aria-labelledby="list-count">
      <FilterBar list={list} total={page.total} ownOrder={ownOrder} />
      <Chips list={list} />
      <div className={`mt-8 transition-opacity ${loading ? 'opacity-50' : ''}`} aria-busy={loading || undefined}>
        {page.items.length > 0 ? <ProductGrid products={page.items} priority={4} /> : empty}
      </div>
      <Pager list={list} page={page} />
    </section>
  )
}

/** Where the form would lead, without its empty fields. */
function hrefOf(form: HTMLFormElement | null, list: ListState): string {
  const values = new FormData(form ?? undefined)
  const text = (name: string) => String(values.get(name) ?? '').trim()
  return listHref(list, { min: text('min'), max: text('max'), sort: text('sort'), inStock: values.has('stock') })
}

/**
 * After "back" or a removed chip the fields show the address again; remounting them would lose the keyboard's place. The
 * amount somebody is typing is theirs.
 */
function showState(form: HTMLFormElement | null, list: ListState): void {
  const shown: Record<string, string> = { min: list.min, max: list.max, sort: list.sort }
  for (const field of form?.elements ?? []) {
    if (field instanceof HTMLInputElement && field.type === 'text' && field === document.activeElement) continue
    if (field instanceof HTMLInputElement && field.name === 'stock') field.checked = list.inStock
    else if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement)
      field.value = shown[field.name] ?? field.value
  }
}

const pill = 'inline-flex min-h-11 items-center gap-2 rounded-full border border-edge bg-surface px-4'

function FilterBar({ list, total, ownOrder }: { list: ListState; total: number; ownOrder: string }) {
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
      <h2 id="list-count" className="mr-auto font-sans text-base font-semibold tracking-normal" aria-live="polite">
        {total === 1 ? '1 product' : `${total} products`}
      </h2>
      <PriceFilter list={list} />
      <label className={`${pill} has-checked:border-accent has-checked:bg-accent-soft`}>
        <input
          type="checkbox"
          name="stock"
          value="1"
          defaultChecked={list.inStock}
          className="size-4.5 accent-accent"
        />
        In stock
      </label>
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

function PriceFilter({ list }: { list: ListState }) {
  return (
    <fieldset className="inline-flex" aria-label="Price in euros">
      <div className={`${pill} gap-1.5 pr-2`}>
        <span aria-hidden="true" className="text-muted">
          €
        </span>
        <AmountInput name="min" label="Lowest price" placeholder="from" value={list.min} />
        <span aria-hidden="true">–</span>
        <AmountInput name="max" label="Highest price" placeholder="to" value={list.max} />
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

function Chips({ list }: { list: ListState }) {
  if (!hasFilters(list)) return null
  return (
    <ul aria-label="Filters in use" className="mt-4 flex flex-wrap items-center gap-2">
      {list.min && <Chip to={listHref(list, { min: '' })}>From €{list.min}</Chip>}
      {list.max && <Chip to={listHref(list, { max: '' })}>Up to €{list.max}</Chip>}
      {list.inStock && <Chip to={listHref(list, { inStock: false })}>In stock</Chip>}
      <li>
        <Link to={clearedHref(list)} className="link inline-flex min-h-9 items-center px-2 text-sm" preventScrollReset>
          Clear all
        </Link>
      </li>
    </ul>
  )
}

function Chip({ to, children }: { to: string; children: ReactNode }) {
  return (
    <li>
      <Link
        to={to}
        preventScrollReset
        className="inline-flex min-h-9 items-center gap-1.5 rounded-full bg-accent-soft pr-2.5 pl-4 text-sm font-medium text-accent-strong hover:bg-sunk"
      >
        <span className="sr-only">Remove filter: </span>
        {children}
        <Icon name="x" size={16} />
      </Link>
    </li>
  )
}

function Pager({ list, page }: Pick<ProductListProps, 'list' | 'page'>) {
  if (!page.prevCursor && !page.nextCursor) return null
  return (
    <nav aria-label="Pages" className="mt-14 flex justify-center gap-3">
      {page.prevCursor && (
        <ButtonLink variant="secondary" rel="prev" to={listHref(list, { cursor: page.prevCursor })}>
          <Icon name="arrow-left" size={18} /> Previous
        </ButtonLink>
      )}
      {page.nextCursor && (
        <ButtonLink variant="secondary" rel="next" to={listHref(list, { cursor: page.nextCursor })}>
          Next <Icon name="arrow-right" size={18} />
        </ButtonLink>
      )}
    </nav>
  )
}
