// The product page's part about stores: what the reader's own store has, where else it lies, and the way to the nearest.
import { Form, Link } from '@remix-run/react'
import { paths } from '#app/paths.ts'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'

type StorePlace = {
  slug: string
  name: string
  available: number
  /** Things can be reserved there. */
  keepsForShoppers: boolean
}
type Props = {
  sku: string
  stores: StorePlace[]
  /** The slug of the reader's own store, if they chose one. */
  mine: string | null
}

const shownAtOnce = 8

/** Stock of the chosen variant in each store, the reader's own first, then most first. */
export function StockByStore({ sku, stores, mine }: Props) {
  const having = stores.filter((store) => store.available > 0).sort((a, b) => b.available - a.available)
  const own = stores.find(({ slug }) => slug === mine)
  return (
    <section aria-label="In our stores" className="mt-5 border-t border-line pt-2">
      {own && <Own store={own} sku={sku} />}
      <details className="group">
        <summary className="flex min-h-11 items-center gap-3 font-medium">
          <Icon name="store" className="text-accent" />
          {having.length === 0
            ? 'Not in any store at the moment'
            : `Available at ${having.length} ${having.length === 1 ? 'store' : 'stores'}`}
          <Icon name="chevron-down" className="ml-auto transition-transform group-open:rotate-180" />
        </summary>
        <ul className="pb-2">
          {having.slice(0, shownAtOnce).map((store) => (
            <Row key={store.slug} store={store} sku={sku} />
          ))}
        </ul>
        {having.length > 0 && (
          <>
            <Form
              action={paths.stores()}
              role="search"
              aria-label="Stores that have it"
              className="flex items-end gap-2 pb-2"
            >
              <input type="hidden" name="sku" value={sku} />
              <label className="min-w-0 flex-1">
                <span className="mb-1 block text-sm font-semibold">Near a town or postcode</span>
                <input name="q" type="search" maxLength={80} autoComplete="address-level2" className="field" />
              </label>
              <Button variant="secondary" className="min-h-11.5">
                Find it
              </Button>
            </Form>
            <Link to={paths.stores({ sku })} className="link inline-flex min-h-11 items-center text-sm">
              All stores that have it, and reserving it there
            </Link>
          </>
        )}
      </details>
    </section>
  )
}

function Own({ store, sku }: { store: StorePlace; sku: string }) {
  return (
    <p className="flex min-h-11 flex-wrap items-center gap-x-4 text-sm">
      <span>
        Your store,{' '}
        <Link to={paths.store(store.slug)} className="link">
          {store.name}
        </Link>
        : <Units units={store.available} />
      </span>
      {store.available > 0 && store.keepsForShoppers && <Reserve store={store} sku={sku} />}
    </p>
  )
}

function Row({ store, sku }: { store: StorePlace; sku: string }) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 border-b border-line py-0.5 text-sm">
      <Link to={paths.store(store.slug)} className="inline-flex min-h-11 items-center hover:underline">
        {store.name}
      </Link>
      <span className="flex items-center gap-4">
        <Units units={store.available} />
        {store.keepsForShoppers && <Reserve store={store} sku={sku} />}
      </span>
    </li>
  )
}

const Reserve = ({ store, sku }: { store: StorePlace; sku: string }) => (
  <Link to={paths.storeReserve(store.slug, { sku })} className="link inline-flex min-h-11 items-center">
    Reserve<span className="sr-only"> at {store.name}</span>
  </Link>
)

function Units({ units }: { units: number }) {
  if (units <= 0) return <span className="text-muted">None left there</span>
  return (
    <span className={units <= 3 ? 'text-warn' : 'text-good'}>{units <= 3 ? `Only ${units} left` : 'In stock'}</span>
  )
}
