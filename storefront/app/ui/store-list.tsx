// The list of stores: nearest first or by country, each with what can be done there; beside it the map, in step.
import { Link } from '@remix-run/react'
import { radii, type StoresState, storesHref } from '#app/http/stores-state.ts'
import { type DistanceUnit, distanceWords } from '#app/lib/distance.ts'
import { paths } from '#app/paths.ts'
import { MyStoreButton } from './my-store.tsx'
import { StoreCard, type StoreCardInfo } from './store-card.tsx'

type Thing = { sku: string; title: string; variant: string; slug: string }
type Listed = StoreCardInfo & { stock: number | null; latitude: number; longitude: number }
type ListProps = { stores: Listed[]; thing: Thing | null; mine: string | null; state: StoresState }

type HeadingProps = {
  from: { name: string; isAbout: boolean } | null
  thing: Thing | null
  stores: Listed[]
  state: StoresState
  unit: DistanceUnit
  /** None is within the radius. */
  isFar: boolean
  /** More are within the radius than are shown. */
  isMore: boolean
  /** No further was looked. */
  cutKm: number | null
}

function told({ from, stores, state, unit, isFar, isMore, cutKm }: HeadingProps): string {
  const countries = new Set(stores.map(({ countryName }) => countryName)).size
  const radius = `${state.radius} ${unit}`
  if (from) {
    const cut =
      cutKm === null ? '' : ` Very many stores lie there: we looked no further than ${distanceWords(cutKm, unit)}.`
    const about = from.isAbout
      ? ' We know this postcode only by its beginning, so this is about the area, and we tell no distances.'
      : ''
    const which = isFar
      ? `None within ${radius}. These are the nearest ones.`
      : isMore
        ? `The nearest ${stores.length} within ${radius}; there are more.`
        : `${stores.length} within ${radius}, nearest first.`
    return which + about + cut
  }
  return `${stores.length} ${stores.length === 1 ? 'store' : 'stores'} in ${countries} ${countries === 1 ? 'country' : 'countries'}. Type a town, and we show the way.`
}

export function StoresHeading(props: HeadingProps) {
  const { from, thing, stores, state, unit, isMore } = props
  const smaller = radii.filter((radius) => radius < state.radius).at(-1)
  return (
    <header className="pt-10 pb-8">
      <h1 className="text-3xl">{heading(from, thing)}</h1>
      {thing && (
        <p className="mt-3">
          <Link to={paths.product(thing.slug, { sku: thing.sku })} className="link">
            {thing.title}, {thing.variant}
          </Link>{' '}
          <Link to={paths.stores()} className="link ml-3 text-sm">
            Show all stores
          </Link>
        </p>
      )}
      {stores.length > 0 && (
        <p className="mt-3 max-w-2xl text-lg text-muted">
          {told(props)}{' '}
          {isMore && smaller && (
            <Link to={storesHref(state, { radius: smaller })} className="link">
              Within {smaller} {unit}
            </Link>
          )}
        </p>
      )}
    </header>
  )
}

function heading(from: HeadingProps['from'], thing: Thing | null): string {
  if (thing) return from ? `In stock near ${from.name}` : 'Stores that have it'
  return from ? `Stores near ${from.name}` : 'Come and see us'
}

type OtherTownsProps = {
  others: { name: string; query: { near: string; lat: number; lng: number } }[]
  state: StoresState
}

export function OtherTowns({ others, state }: OtherTownsProps) {
  if (others.length === 0) return null
  return (
    <p className="mt-4 text-sm text-muted">
      Or did you mean{' '}
      {others.map((town, index) => (
        <span key={`${town.name} ${town.query.lat},${town.query.lng}`}>
          {index > 0 && ', '}
          <Link to={storesHref(state, { q: '', ...town.query })} className="link">
            {town.name}
          </Link>
        </span>
      ))}
      ?
    </p>
  )
}

export function NearStores(list: ListProps) {
  return (
    <ol aria-label="Stores, nearest first">
      {list.stores.map((store, index) => (
        <Entry key={store.slug} {...list} store={store} number={index + 1} />
      ))}
    </ol>
  )
}

export function AllStores(list: ListProps) {
  const countries = [...new Set(list.stores.map(({ countryName }) => countryName))].sort()
  return (
    <div className="grid gap-8">
      {countries.map((country) => (
        <section key={country}>
          <h2 className="text-xl">{country}</h2>
          <ul className="mt-2">
            {list.stores
              .filter((store) => store.countryName === country)
              .map((store) => (
                <Entry key={store.slug} {...list} store={store} />
              ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

type EntryProps = Omit<ListProps, 'stores'> & { store: Listed; number?: number }

/** `data-store` is what the map looks for. */
function Entry({ store, number, thing, mine, state }: EntryProps) {
  const mayReserve = thing && (store.stock ?? 0) > 0 && store.services.includes('click_and_collect')
  return (
    <li data-store={store.slug} className="store-entry">
      <StoreCard store={store} number={number} level={number === undefined ? 3 : 2}>
        {thing && <Stock units={store.stock ?? 0} />}
        {(thing || number !== undefined || state.back) && (
          <div className="relative z-10 mt-1 flex w-fit flex-wrap items-center gap-x-5 text-sm">
            {mayReserve && (
              <Link
                to={paths.storeReserve(store.slug, { sku: thing.sku })}
                className="inline-flex min-h-11 items-center font-semibold text-accent hover:underline"
              >
                Reserve here<span className="sr-only"> at {store.name}</span>
              </Link>
            )}
            <Directions store={store} />
            <button type="button" data-show-on-map={store.slug} className="show-on-map link min-h-11 items-center">
              On the map<span className="sr-only">: {store.name}</span>
            </button>
            <MyStoreButton
              slug={store.slug}
              name={store.name}
              isMine={store.slug === mine}
              back={(store.slug !== mine && state.back) || storesHref(state)}
              quiet
            />
          </div>
        )}
      </StoreCard>
    </li>
  )
}

function Stock({ units }: { units: number }) {
  const words = units === 0 ? 'None left here' : units <= 3 ? `Only ${units} left here` : `${units} here`
  return (
    <p className={`text-sm font-medium ${units === 0 ? 'text-muted' : units <= 3 ? 'text-warn' : 'text-good'}`}>
      {words}
    </p>
  )
}

type Place = { name: string; latitude: number; longitude: number }

/** From wherever the reader is, on OpenStreetMap: a plain link, no key. */
export function Directions({ store }: { store: Place }) {
  const to = `https://www.openstreetmap.org/directions?route=%3B${store.latitude}%2C${store.longitude}`
  return (
    <a href={to} rel="noopener noreferrer" target="_blank" className="link inline-flex min-h-11 items-center">
      Directions<span className="sr-only"> to {store.name} on OpenStreetMap, in a new window</span>
    </a>
  )
}
