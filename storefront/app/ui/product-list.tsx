// A list of products with its filters (ui/filter-bar.tsx), what is chosen as removable chips, and its pages: plain links.
import { Link, useNavigation } from '@remix-run/react'
import { Fragment, type ReactNode } from 'react'
import { clearedHref, hasFilters, type ListState, listHref, toggled } from '#app/http/list-state.ts'
import { ButtonLink } from './button.tsx'
import { ListCount, productCount } from './facet-count.tsx'
import { categoryName, type FacetsInfo } from './facet-filters.tsx'
import { FilterBar } from './filter-bar.tsx'
import { Icon } from './icon.tsx'
import { type ProductCardInfo, ProductGrid } from './product-card.tsx'

type ProductListProps = {
  list: ListState
  page: {
    items: ProductCardInfo[]
    total: number
    totalIsMore?: boolean
    nextCursor: string | null
    prevCursor: string | null
    facets: FacetsInfo | null
  }
  /** What the list's own order is called: "Newest", "Best match". */
  ownOrder: string
  empty: ReactNode
}

export function ProductList({ list, page, ownOrder, empty }: ProductListProps) {
  const { state, location, formMethod } = useNavigation()
  const loading = state === 'loading' && location.pathname === list.path && formMethod !== 'POST'
  return (
    <section aria-labelledby="list-count">
      {page.total > 0 || hasFilters(list) ? (
        <FilterBar list={list} page={page} ownOrder={ownOrder} />
      ) : (
        <ListCount className="border-y border-line py-6" page={page} />
      )}
      <Chips list={list} facets={page.facets} />
      <div className={`mt-8 transition-opacity ${loading ? 'opacity-50' : ''}`} aria-busy={loading || undefined}>
        {page.items.length > 0 ? <ProductGrid products={page.items} priority={4} /> : empty}
      </div>
      {isEndOfBest(list, page) && <EndOfBest list={list} total={page.total} />}
      <Pager list={list} page={page} />
    </section>
  )
}

function Chips({ list, facets }: { list: ListState; facets: FacetsInfo | null }) {
  if (!hasFilters(list)) return null
  return (
    <ul aria-label="Filters in use" className="mt-4 flex flex-wrap items-center gap-2">
      {list.min && <Chip to={listHref(list, { min: '' })}>From €{list.min}</Chip>}
      {list.max && <Chip to={listHref(list, { max: '' })}>Up to €{list.max}</Chip>}
      {list.inStock && <Chip to={listHref(list, { inStock: false })}>In stock</Chip>}
      {list.store && (
        <Chip to={listHref(list, { store: '' })}>
          At {facets?.store?.slug === list.store ? facets.store.name : list.store}
        </Chip>
      )}
      {list.categories.map((slug) => (
        <Chip key={slug} to={listHref(list, { categories: toggled(list.categories, slug) })}>
          {categoryName(slug, facets)}
        </Chip>
      ))}
      {list.options.map((option) => (
        <Chip key={option} to={listHref(list, { options: toggled(list.options, option) })}>
          {option.replace(':', ': ')}
        </Chip>
      ))}
      {list.attributes.map((attribute) => (
        <Chip key={attribute} to={listHref(list, { attributes: toggled(list.attributes, attribute) })}>
          {attribute.replace(':', ': ')}
        </Chip>
      ))}
      {list.brands.map((brand) => (
        <Chip key={brand} to={listHref(list, { brands: toggled(list.brands, brand) })}>
          {brand}
        </Chip>
      ))}
      {list.rating && <Chip to={listHref(list, { rating: '' })}>{list.rating} stars and up</Chip>}
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

/** Of more products than are counted, a search ranks the best known: as many as catalog-api's page-sql.ts says. */
const ranked = 200

const isEndOfBest = (list: ListState, { items, totalIsMore, nextCursor }: ProductListProps['page']) =>
  Boolean(list.q && list.sort === '' && totalIsMore && items.length > 0 && nextCursor === null)

/** After the last page of the best matches: what comes after them, and how to get there. */
function EndOfBest({ list, total }: { list: ListState; total: number }) {
  const orders = [
    ['newest', 'newest first'],
    ['rating', 'best rated first'],
    ['price_asc', 'by price'],
  ] as const
  return (
    <p className="mt-10 text-center text-muted">
      These were the {ranked} best matches of {productCount(total, true).toLowerCase()}. Narrow the list by its filters,
      or see all of them{' '}
      {orders.map(([sort, words], at) => (
        <Fragment key={sort}>
          {at > 0 && (at === orders.length - 1 ? ' or ' : ', ')}
          <Link to={listHref(list, { sort })} rel="nofollow" className="link inline-flex min-h-6 items-center">
            {words}
          </Link>
        </Fragment>
      ))}
      .
    </p>
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
