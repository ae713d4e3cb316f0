// Fields of a list's filter form (filter-bar.tsx) that are more than a box: the shopper's own store, the price.
import { Link } from '@remix-run/react'
import { type ListState, listHref } from '#app/http/list-state.ts'
import { paths } from '#app/paths.ts'
import { FacetCount } from './facet-count.tsx'
import type { FacetsInfo } from './facet-filters.tsx'
import { Icon } from './icon.tsx'

export const pill = 'inline-flex min-h-11 items-center gap-2 rounded-full border border-edge bg-surface px-4'

/** "In stock at my store", or the way to choose one. */
export function StoreFilter({ list, store }: { list: ListState; store: FacetsInfo['store'] }) {
  if (!store && list.store === '')
    return (
      <Link to={paths.stores({ back: listHref(list) })} className={`${pill} hover:border-ink`}>
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
      {store && <FacetCount count={store.count} />}
    </label>
  )
}

/** `range`: what the list costs by all other filters, shown where nothing is typed. */
export function PriceFilter({ list, range }: { list: ListState; range: FacetsInfo['price'] }) {
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
