// Find a store: near a town, near a position, or all of them by country. The list is the page; the map is beside it.
import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import leafletStyles from 'leaflet/dist/leaflet.css?url'
import { z } from 'zod'
import { drawMap } from '#app/domain/geo/draw-map.server.ts'
import { findStores } from '#app/domain/geo/find-stores.server.ts'
import { answerPublic } from '#app/http/list-query.server.ts'
import { parseQuery } from '#app/http/parse.server.ts'
import { paths } from '#app/paths.ts'
import { FindStoreForm } from '#app/ui/find-store-form.tsx'
import { pageMeta, plainTitle } from '#app/ui/page-meta.ts'
import { EmptyState } from '#app/ui/parts.tsx'
import { openWords, StoreCard, type StoreCardInfo } from '#app/ui/store-card.tsx'
import { StoreMap } from '#app/ui/store-map.tsx'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: leafletStyles }]

const degrees = (limit: number) =>
  z
    .string()
    .regex(/^-?\d{1,3}(\.\d{1,15})?$/)
    .transform(Number)
    .pipe(z.number().min(-limit).max(limit))
    .optional()
    .catch(undefined)
const storesQuery = z.object({
  q: z
    .string()
    .default('')
    .transform((typed) =>
      typed
        .replace(/\p{C}+/gu, ' ')
        .trim()
        .slice(0, 80),
    ),
  near: z.string().max(80).optional().catch(undefined),
  lat: degrees(90),
  lng: degrees(180),
  radius: z.enum(['10', '25', '50', '100', '250', '500']).catch('50').transform(Number),
})

export async function loader({ request }: LoaderFunctionArgs) {
  return answerPublic(request, async () => {
    const query = parseQuery(storesQuery, request)
    const found = await findStores({ ...query, radiusKm: query.radius })
    const points = found.from ? [...found.stores, found.from] : found.stores
    return { ...found, query, drawn: drawMap(points, { width: 480, height: 480, spanDegrees: found.from ? 1.5 : 8 }) }
  })
}

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => {
  if (!data) return plainTitle('Stores')
  return pageMeta(matches, {
    title: data.from ? `Stores near ${data.from.name}` : 'Our stores',
    description: 'Find a Highstreet store near you: address, opening hours, services and directions.',
    path: paths.stores(),
    noindex: data.from !== null,
  })
}

export default function StoresPage() {
  const { stores, from, others, query, drawn, outside } = useLoaderData<typeof loader>()
  const near = from !== null
  const marks = stores.map((store) => ({ ...store, note: `${store.line1}, ${store.city}. ${openWords(store.open)}.` }))
  return (
    <div className="page">
      <header className="pt-10 pb-8">
        <h1 className="text-3xl">{near ? `Stores near ${from.name}` : 'Come and see us'}</h1>
        <p className="mt-3 max-w-2xl text-lg text-muted">
          {near
            ? (outside ?? `${stores.length} within ${query.radius} km, nearest first.`)
            : `${stores.length} stores in ${new Set(stores.map(({ countryName }) => countryName)).size} countries. Type a town, and we show the way.`}
        </p>
      </header>
      <FindStoreForm q={query.q} radius={query.radius} near={near} />
      {query.q !== '' && !near && (
        <EmptyState title={`We do not know “${query.q}”`}>
          <p>Try the name of a larger town nearby. Here are all our stores:</p>
        </EmptyState>
      )}
      {others.length > 0 && (
        <p className="mt-4 text-sm text-muted">
          Or did you mean{' '}
          {others.map((town, index) => (
            <span key={`${town.latitude},${town.longitude}`}>
              {index > 0 && ', '}
              <Link to={paths.stores({ ...town.query, radius: query.radius })} className="link">
                {town.name}
              </Link>
            </span>
          ))}
          ?
        </p>
      )}
      <div className="mt-8 grid items-start gap-8 lg:grid-cols-2">
        <StoreMap
          drawn={drawn}
          marks={marks}
          from={from ?? undefined}
          numbered={near}
          className="h-80 lg:sticky lg:top-32 lg:order-last lg:h-[calc(100vh-10rem)] lg:max-h-[44rem]"
        />
        {near ? <NearList stores={stores} /> : <ByCountry stores={stores} />}
      </div>
    </div>
  )
}

function NearList({ stores }: { stores: StoreCardInfo[] }) {
  return (
    <ol aria-label="Stores, nearest first">
      {stores.map((store, index) => (
        <li key={store.slug}>
          <StoreCard store={store} number={index + 1} level={2} />
        </li>
      ))}
    </ol>
  )
}

function ByCountry({ stores }: { stores: StoreCardInfo[] }) {
  const countries = [...new Set(stores.map(({ countryName }) => countryName))].sort()
  return (
    <div className="grid gap-8">
      {countries.map((country) => (
        <section key={country}>
          <h2 className="text-xl">{country}</h2>
          <ul className="mt-2">
            {stores
              .filter((store) => store.countryName === country)
              .map((store) => (
                <li key={store.slug}>
                  <StoreCard store={store} />
                </li>
              ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
