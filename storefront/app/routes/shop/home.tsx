// The shop's front: what we are, what is good this week, where to go, a voice of a buyer, and the store nearby.
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { listCards, listCategories, listProducts } from '#app/domain/catalog/catalog.server.ts'
import { listReviews } from '#app/domain/catalog/reviews.server.ts'
import { listStores } from '#app/domain/catalog/stores.server.ts'
import { drawMap } from '#app/domain/geo/draw-map.server.ts'
import { answerPublic } from '#app/http/list-query.server.ts'
import { readViewed } from '#app/http/recently-viewed.server.ts'
import { isDomainError } from '#app/lib/errors.ts'
import { paths } from '#app/paths.ts'
import { CategoryTiles, Hero, Spotlight, StoreTeaser } from '#app/ui/home-parts.tsx'
import { JsonLd, useOrigin } from '#app/ui/json-ld.tsx'
import { clip, pageMeta } from '#app/ui/page-meta.ts'
import { EmptyState } from '#app/ui/parts.tsx'
import { ProductGrid } from '#app/ui/product-card.tsx'
import { RecentlyViewed } from '#app/ui/recently-viewed.tsx'

export async function loader({ request }: LoaderFunctionArgs) {
  return answerPublic(request, async () => {
    const [featured, newest, categories, stores, viewed] = await Promise.all([
      listProducts({ featured: true, inStock: true, limit: 12 }),
      listProducts({ sort: 'newest', inStock: true, limit: 8 }),
      listCategories(),
      listStores({ limit: 100 }).catch(() => null),
      listCards(readViewed(request)).catch(() => []),
    ])
    const chosen = byVoices(featured.items.length > 0 ? featured.items : newest.items)
    const shown = new Set(chosen.map(({ id }) => id))
    return {
      hero: chosen.slice(0, 3),
      viewed,
      featured: chosen.slice(3, 11),
      fresh: newest.items.filter(({ id }) => !shown.has(id)).slice(0, 4),
      categories: categories
        .filter(({ productCount }) => productCount > 0)
        .slice(0, 6)
        .map(({ slug, name, image, productCount }) => ({ slug, name, image, productCount })),
      spotlight: await findSpotlight(chosen.slice(3)),
      stores: stores && {
        count: stores.items.length,
        countries: new Set(stores.items.map(({ country }) => country)).size,
        drawn: drawMap(stores.items, { width: 720, height: 440 }),
      },
    }
  })
}

type Rated = Awaited<ReturnType<typeof listProducts>>['items'][number]

/** Most talked about first: the opening pictures are things that many have bought. */
const byVoices = (products: Rated[]): Rated[] => [...products].sort((a, b) => b.rating.count - a.rating.count)

/** The best rated of `products` with words of somebody who gave it five stars; null when nobody has. */
async function findSpotlight(products: Rated[]) {
  const [best] = products
    .filter(({ rating }) => rating.count > 0)
    .sort((a, b) => (b.rating.average ?? 0) - (a.rating.average ?? 0) || b.rating.count - a.rating.count)
  if (!best) return null
  try {
    const { items } = await listReviews(best.id, { rating: 5, limit: 5 })
    const review = items.find(({ body }) => body.length >= 40) ?? items[0]
    if (!review) return null
    return { product: best, quote: clip(review.body, 180), author: review.authorName }
  } catch (error) {
    if (isDomainError(error)) return null
    throw error
  }
}

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageMeta(matches, {
    title: 'Good things for every room',
    description: 'Well made things for home, table, garden and travel, sent to your door or found in a store near you.',
    path: paths.home(),
    image: data?.hero[0]?.image,
  })

/** Who we are, and how to search here from elsewhere. */
const shopData = (origin: string) => [
  {
    '@type': 'Organization',
    '@id': `${origin}/#shop`,
    name: 'Highstreet',
    url: origin + paths.home(),
    logo: `${origin}/favicon.svg`,
  },
  {
    '@type': 'WebSite',
    name: 'Highstreet',
    url: origin + paths.home(),
    publisher: { '@id': `${origin}/#shop` },
    potentialAction: {
      '@type': 'SearchAction',
      target: { '@type': 'EntryPoint', urlTemplate: `${origin}${paths.search()}?q={search_term_string}` },
      'query-input': 'required name=search_term_string',
    },
  },
]

export default function HomePage() {
  const { hero, featured, fresh, categories, spotlight, stores, viewed } = useLoaderData<typeof loader>()
  const origin = useOrigin()
  return (
    <>
      {shopData(origin).map((data) => (
        <JsonLd key={data['@type']} data={data} />
      ))}
      <Hero products={hero} />
      {hero.length === 0 && (
        <div className="page">
          <EmptyState title="The shelves are still empty">
            <p>We are unpacking. Please come back in a while.</p>
          </EmptyState>
        </div>
      )}
      {categories.length > 0 && <CategoryTiles categories={categories} />}
      {featured.length > 0 && (
        <section id="picks" className="page mt-20" aria-labelledby="picked">
          <h2 id="picked" className="text-2xl">
            Picked this week
          </h2>
          <p className="mt-1 mb-7 text-muted">What we would put on our own shelves.</p>
          <ProductGrid products={featured} />
        </section>
      )}
      {spotlight && <Spotlight {...spotlight} />}
      {fresh.length > 0 && (
        <section className="page mt-20" aria-labelledby="fresh">
          <div className="mb-7 flex flex-wrap items-end justify-between gap-4">
            <h2 id="fresh" className="text-2xl">
              Just arrived
            </h2>
          </div>
          <ProductGrid products={fresh} />
        </section>
      )}
      <div className="page">
        <RecentlyViewed products={viewed} from={paths.home()} />
      </div>
      {stores && stores.count > 0 && <StoreTeaser {...stores} />}
    </>
  )
}
