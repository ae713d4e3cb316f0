// Find a store: near a town, near a position, or all of them by country; those that have a thing, offer a service, are open.
// The list is the page; the map is beside it. The store one calls one's own is chosen and forgotten here.
import type { ActionFunctionArgs, LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import leafletStyles from 'leaflet/dist/leaflet.css?url'
import { listVariants } from '#app/domain/catalog/catalog.server.ts'
import { storeServices } from '#app/domain/catalog/staff/store-input.ts'
import { drawMap } from '#app/domain/geo/draw-map.server.ts'
import { findStores } from '#app/domain/geo/find-stores.server.ts'
import { mapTiles } from '#app/env.server.ts'
import { askedUnit, keepDistanceUnit, readDistanceUnit } from '#app/http/distance-unit.server.ts'
import { answerPublic } from '#app/http/list-query.server.ts'
import { readMyStore } from '#app/http/my-store.server.ts'
import { readStoresQuery } from '#app/http/stores-query.server.ts'
import { distanceWords, kmOf } from '#app/lib/distance.ts'
import { paths } from '#app/paths.ts'
import { FindStoreForm } from '#app/ui/find-store-form.tsx'
import { pageMeta, plainTitle } from '#app/ui/page-meta.ts'
import { EmptyState } from '#app/ui/parts.tsx'
import { openWords } from '#app/ui/store-card.tsx'
import { AllStores, NearStores, OtherTowns, StoresHeading } from '#app/ui/store-list.tsx'
import { StoreMap } from '#app/ui/store-map.tsx'
import { answerMyStore } from './my-store-answers.server.ts'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: leafletStyles }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  return answerPublic(request, async () => {
    const state = readStoresQuery(request)
    const unit = readDistanceUnit(request)
    const asked = askedUnit(request)
    if (asked) keepDistanceUnit(context, asked)
    const filter = { ...state, sku: state.sku || undefined, inStock: true }
    const [found, [thing]] = await Promise.all([
      findStores({ ...state, radiusKm: kmOf(state.radius, unit) }, filter),
      state.sku ? listVariants([state.sku]) : [],
    ])
    const points = found.from && !found.from.isAbout ? [...found.stores, found.from] : found.stores
    return {
      ...found,
      state,
      unit,
      thing: thing
        ? { sku: thing.sku, title: thing.productTitle, variant: thing.title, slug: thing.productSlug }
        : null,
      services: [...new Set([...Object.keys(storeServices), ...state.services])],
      mine: readMyStore(request),
      tiles: mapTiles(),
      drawn: drawMap(points, { width: 480, height: 480, spanDegrees: found.from ? 1.5 : 8 }),
    }
  })
}

export const action = (args: ActionFunctionArgs) => answerMyStore(args, paths.stores())

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => {
  if (!data) return plainTitle('Stores')
  const { from, state, thing } = data
  const about = thing ? `Stores with ${thing.title}` : 'Stores'
  return pageMeta(matches, {
    title: from ? `${about} near ${from.name}` : thing ? about : 'Our stores',
    description: 'Find a Highstreet store near you: address, opening hours, services and directions.',
    path: paths.stores(),
    noindex: from !== null || state.sku !== '' || state.services.length > 0 || state.openNow,
  })
}

const listId = 'store-list'

export default function StoresPage() {
  const found = useLoaderData<typeof loader>()
  const { stores, from, others, state, unit, drawn, thing, services, mine, tiles } = found
  const near = from !== null
  const marks = stores.map((store) => ({
    ...store,
    note: `${store.line1}, ${store.city}. ${openWords(store.open, store.today)}.`,
  }))
  const list = { stores, thing, mine, state }
  return (
    <div className="page">
      <StoresHeading {...found} />
      {state.back && (
        <p className="mb-6">
          Choose your store, and what you were looking at comes back.{' '}
          <Link to={state.back} className="link">
            Back without one
          </Link>
        </p>
      )}
      <FindStoreForm state={state} unit={unit} services={services} />
      {state.q !== '' && !near && (
        <EmptyState title={`We do not know “${state.q}”`}>
          <p>Try the name of a larger town nearby. Below are all our stores{thing ? ' that have it' : ''}.</p>
        </EmptyState>
      )}
      <OtherTowns others={others} state={state} />
      {stores.length === 0 ? (
        <EmptyState title="No store fits" action={{ to: paths.stores({ back: state.back }), label: 'Show all stores' }}>
          <p>Nothing we have offers all of that at the moment. Take a tick away, or look again later.</p>
          {found.cutKm !== null && (
            <p>We looked no further than {distanceWords(found.cutKm, unit)}: very many stores lie there.</p>
          )}
        </EmptyState>
      ) : (
        <div className="mt-8 grid items-start gap-8 lg:grid-cols-2">
          <StoreMap
            drawn={drawn}
            marks={marks}
            from={from && !from.isAbout ? from : undefined}
            numbered={near}
            listId={listId}
            tiles={tiles}
            className="h-80 lg:sticky lg:top-32 lg:order-last lg:h-[calc(100vh-10rem)] lg:max-h-[44rem]"
          />
          <div id={listId}>{near ? <NearStores {...list} /> : <AllStores {...list} />}</div>
        </div>
      )}
      {near && stores.length > 0 && (
        <p className="mt-6 text-sm">
          <Link to={paths.stores({ sku: state.sku, back: state.back })} className="link">
            All stores{thing ? ' that have it' : ''}
          </Link>
        </p>
      )}
    </div>
  )
}
