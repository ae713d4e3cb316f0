// A store: where it is, when it is open (by its own clock), what it offers, how to get there, what is nearby.
import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import leafletStyles from 'leaflet/dist/leaflet.css?url'
import type { Store } from '#app/domain/catalog/answers.ts'
import { getStore, nearbyStores } from '#app/domain/catalog/stores.server.ts'
import { countryName } from '#app/domain/geo/country-name.ts'
import { drawMap } from '#app/domain/geo/draw-map.server.ts'
import { answerPublic } from '#app/http/list-query.server.ts'
import { paths } from '#app/paths.ts'
import { breadcrumbData, JsonLd, useOrigin } from '#app/ui/json-ld.tsx'
import { pageMeta, plainTitle } from '#app/ui/page-meta.ts'
import { Breadcrumb } from '#app/ui/parts.tsx'
import { OpenNow, openWords, StoreCard, serviceName, weekdays } from '#app/ui/store-card.tsx'
import { storeData } from '#app/ui/store-data.ts'
import { StoreMap } from '#app/ui/store-map.tsx'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: leafletStyles }]

export async function loader({ request, params: { slug = '' } }: LoaderFunctionArgs) {
  return answerPublic(request, async () => {
    const store = await getStore(slug)
    const around = await nearbyStores({ lat: store.latitude, lng: store.longitude, radiusKm: 1500, limit: 4 })
    const others = around.filter((other) => other.slug !== store.slug).slice(0, 3)
    return {
      store: { ...store, countryName: countryName(store.country) },
      others: others.map((other) => ({ ...other, countryName: countryName(other.country) })),
      today: weekdayIn(store.timezone),
      drawn: drawMap([store, ...others], { width: 640, height: 480, around: [store], spanDegrees: 6 }),
    }
  })
}

/** Today's day (`Monday` …) by the store's own clock. */
const weekdayIn = (timeZone: string): string =>
  new Intl.DateTimeFormat('en', { weekday: 'long', timeZone }).format(new Date())

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
  const { store, others, today, drawn } = useLoaderData<typeof loader>()
  const origin = useOrigin()
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
        <OpenNow open={store.open} />
      </p>
      <div className="mt-8 grid gap-10 lg:grid-cols-2">
        <div className="grid content-start gap-8 sm:grid-cols-2">
          <Address store={store} />
          <Hours store={store} today={today} />
          {store.services.length > 0 && (
            <section>
              <h2 className="text-xl">Here you can</h2>
              <ul className="mt-3 flex flex-wrap gap-2">
                {store.services.map((service) => (
                  <li key={service} className="rounded-full bg-accent-soft px-3.5 py-1.5 text-sm text-accent-strong">
                    {serviceName(service)}
                  </li>
                ))}
              </ul>
            </section>
          )}
        </div>
        <StoreMap drawn={drawn} marks={[store, ...others].map(toMark)} labelled className="aspect-4/3" />
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

const toMark = ({ slug, name, latitude, longitude, line1, city, open }: Store) => ({
  slug,
  name,
  latitude,
  longitude,
  note: `${line1}, ${city}. ${openWords(open)}.`,
})

type ShownStore = Store & { countryName: string }

function Address({ store }: { store: ShownStore }) {
  const town = [store.postcode, store.city].filter(Boolean).join(' ')
  const lines = [store.line1, store.line2, town, store.region, store.countryName].filter(Boolean)
  const directions = `https://www.openstreetmap.org/directions?route=%3B${store.latitude}%2C${store.longitude}`
  return (
    <section>
      <h2 className="text-xl">Address</h2>
      <address className="mt-3 not-italic">
        {lines.map((line) => (
          <span key={line} className="block">
            {line}
          </span>
        ))}
        {store.phone && (
          <a href={`tel:${store.phone.replace(/[^+\d]/g, '')}`} className="link mt-3 block w-fit">
            {store.phone}
          </a>
        )}
        {store.email && (
          <a href={`mailto:${store.email}`} className="link mt-1 block w-fit wrap-anywhere">
            {store.email}
          </a>
        )}
      </address>
      <p className="mt-3">
        <a href={directions} rel="noopener noreferrer" target="_blank" className="link">
          Directions<span className="sr-only"> on OpenStreetMap, in a new window</span>
        </a>
      </p>
    </section>
  )
}

function Hours({ store, today }: { store: ShownStore; today: string }) {
  return (
    <section>
      <h2 className="text-xl">Opening hours</h2>
      <table className="mt-3 -ml-2 w-full max-w-80 text-left">
        <tbody>
          {weekdays.map((day, index) => {
            const spans = store.hours.filter(({ weekday }) => weekday === index + 1)
            const isToday = day === today
            return (
              <tr
                key={day}
                className={isToday ? 'bg-accent-soft font-semibold' : ''}
                aria-current={isToday ? 'date' : undefined}
              >
                <th scope="row" className={`rounded-l-lg py-1 pr-4 pl-2 ${isToday ? 'font-semibold' : 'font-normal'}`}>
                  {day}
                  {isToday && <span className="sr-only"> (today)</span>}
                </th>
                <td className={`rounded-r-lg py-1 pr-2 text-right ${spans.length === 0 ? 'text-muted' : ''}`}>
                  {spans.length === 0 ? 'Closed' : spans.map(({ opens, closes }) => `${opens} – ${closes}`).join(', ')}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      <p className="mt-2 text-sm text-muted">Local time ({store.timezone.replace(/_/g, ' ')}).</p>
    </section>
  )
}
