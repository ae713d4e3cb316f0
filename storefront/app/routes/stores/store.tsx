// A store: where it is, when it is open (by its own clock, holidays among it), what it offers, how to get there, what is
// nearby.
import type { ActionFunctionArgs, LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import leafletStyles from 'leaflet/dist/leaflet.css?url'
import type { Store } from '#app/domain/catalog/answers.ts'
import { getStore, nearbyStores } from '#app/domain/catalog/stores.server.ts'
import { countryName } from '#app/domain/geo/country-name.ts'
import { drawMap } from '#app/domain/geo/draw-map.server.ts'
import { mapTiles } from '#app/env.server.ts'
import { answerPublic } from '#app/http/list-query.server.ts'
import { readMyStore } from '#app/http/my-store.server.ts'
import { paths } from '#app/paths.ts'
import { breadcrumbData, JsonLd, useOrigin } from '#app/ui/json-ld.tsx'
import { MyStoreButton } from '#app/ui/my-store.tsx'
import { pageMeta, plainTitle } from '#app/ui/page-meta.ts'
import { Breadcrumb } from '#app/ui/parts.tsx'
import { OpenNow, openWords, StoreCard, serviceName, todayWords } from '#app/ui/store-card.tsx'
import { storeData } from '#app/ui/store-data.ts'
import { StoreAddress, StoreHours, StoreServices } from '#app/ui/store-facts.tsx'
import { StoreMap } from '#app/ui/store-map.tsx'
import { answerMyStore } from './my-store-answers.server.ts'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: leafletStyles }]

export async function loader({ request, params: { slug = '' } }: LoaderFunctionArgs) {
  return answerPublic(request, async () => {
    const store = await getStore(slug)
    const { items: around } = await nearbyStores({
      lat: store.latitude,
      lng: store.longitude,
      radiusKm: 1500,
      limit: 4,
    })
    const others = around.filter((other) => other.slug !== store.slug).slice(0, 3)
    return {
      store: { ...store, countryName: countryName(store.country) },
      others: others.map((other) => ({ ...other, countryName: countryName(other.country) })),
      mine: readMyStore(request) === store.slug,
      tiles: mapTiles(),
      drawn: drawMap([store, ...others], { width: 640, height: 480, around: [store], spanDegrees: 6 }),
    }
  })
}

export const action = (args: ActionFunctionArgs) => answerMyStore(args, paths.store(args.params.slug ?? ''))

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => {
  if (!data) return plainTitle('Store')
  const { store } = data
  return pageMeta(matches, {
    title: store.name,
    description: `${store.name}: ${store.line1}, ${store.city}, ${store.countryName}. Opening hours, services and directions.`,
    path: paths.store(store.slug),
  })
}

export default function StorePage() {
  const { store, others, mine, tiles, drawn } = useLoaderData<typeof loader>()
  const origin = useOrigin()
  const special = todayWords(store)
  const trail = [
    { name: 'Shop', to: paths.home() },
    { name: 'Stores', to: paths.stores() },
  ]
  const crumbs = [
    ...trail.map(({ name, to }) => ({ name, path: to })),
    { name: store.name, path: paths.store(store.slug) },
  ]
  return (
    <div className="page">
      <JsonLd data={storeData(origin, store)} />
      <JsonLd data={breadcrumbData(origin, crumbs)} />
      <Breadcrumb items={[...trail, { name: store.name }]} />
      <h1 className="pt-2 text-3xl">{store.name}</h1>
      <p className="mt-3">
        <OpenNow open={store.open} today={store.today} />
      </p>
      {special && <p className="mt-1 font-medium text-warn">{special}</p>}
      <div className="mt-4">
        <MyStoreButton slug={store.slug} name={store.name} isMine={mine} back={paths.store(store.slug)} />
      </div>
      <div className="mt-8 grid gap-10 lg:grid-cols-2">
        <div className="grid content-start gap-8 sm:grid-cols-2">
          <div className="grid content-start gap-8">
            <StoreAddress store={store} />
            {store.services.length > 0 && <StoreServices services={store.services.map(serviceName)} />}
          </div>
          <StoreHours store={store} />
        </div>
        <StoreMap drawn={drawn} marks={[store, ...others].map(toMark)} labelled tiles={tiles} className="aspect-4/3" />
      </div>
      {others.length > 0 && (
        <section className="mt-16">
          <h2 className="text-2xl">Other stores nearby</h2>
          <ul className="mt-4 grid gap-x-8 lg:grid-cols-3">
            {others.map((other) => (
              <li key={other.slug}>
                <StoreCard store={other} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}

const toMark = ({ slug, name, latitude, longitude, line1, city, open, today }: Store) => ({
  slug,
  name,
  latitude,
  longitude,
  note: `${line1}, ${city}. ${openWords(open, today)}.`,
})
