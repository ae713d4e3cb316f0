// A product: pictures, the variant the address names, stock, description, reviews. What is done
// with reviews posts to their own page; putting it into the cart posts to the cart.

import { type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { getProduct } from '#app/domain/catalog/catalog.server.ts'
import { getStock } from '#app/domain/catalog/inventory.server.ts'
import { answerPublic } from '#app/http/list-query.server.ts'
import { readMyStore } from '#app/http/my-store.server.ts'
import { parseQuery } from '#app/http/parse.server.ts'
import { readViewed, rememberViewed } from '#app/http/recently-viewed.server.ts'
import { isDomainError } from '#app/lib/errors.ts'
import { paths } from '#app/paths.ts'
import { BuyBox } from '#app/ui/buy-box.tsx'
import { JsonLd, useOrigin } from '#app/ui/json-ld.tsx'
import { pageMeta, plainTitle } from '#app/ui/page-meta.ts'
import { Breadcrumb, Stars } from '#app/ui/parts.tsx'
import { ProductGrid } from '#app/ui/product-card.tsx'
import { productData } from '#app/ui/product-data.ts'
import { ProductDetails } from '#app/ui/product-details.tsx'
import { ProductGallery } from '#app/ui/product-gallery.tsx'
import { RecentlyViewed } from '#app/ui/recently-viewed.tsx'
import { Reviews } from '#app/ui/reviews.tsx'
import { StockByStore } from '#app/ui/stock-by-store.tsx'
import { chosenVariant, picturesOf } from '#app/ui/variant-choice.ts'
import { loadBeside } from './beside.server.ts'
import { loadReviews } from './reviews-of.server.ts'

const productQuery = z.object({
  sku: z.string().optional(),
  /** `Colour:Sage`: any variant of it, where a list showed that one. */
  opt: z.string().optional(),
})

export async function loader({ request, context, params: { slug = '' } }: LoaderFunctionArgs) {
  return answerPublic(request, async () => {
    const query = parseQuery(productQuery, request)
    const { id, version: _version, taxCategory: _tax, related, pickedCount, ...product } = await getProduct(slug)
    if (product.slug !== slug) throw redirect(paths.product(product.slug) + new URL(request.url).search, 301)
    const chosen = chosenVariant(product.variants, query, product.defaultSku)
    const { user } = await context.visitor()
    rememberViewed({ request, context }, id)
    const [reviews, stock, beside] = await Promise.all([
      loadReviews(id, user, { limit: 4, sort: 'helpful' }),
      chosen ? orNull(getStock(chosen.sku)) : null,
      loadBeside({ id, related, pickedCount }, readViewed(request)),
    ])
    const stores = stock?.places.filter((place) => place.kind !== 'warehouse') ?? null
    return { product, ...beside, chosen, reviews, stores, myStore: readMyStore(request) }
  })
}

/** Stock by store is an extra: without it the product can still be bought. */
async function orNull<T>(work: Promise<T>): Promise<T | null> {
  return work.catch((error: unknown) => {
    if (isDomainError(error)) return null
    throw error
  })
}

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => {
  if (!data) return plainTitle('Product')
  const { product } = data
  return pageMeta(matches, {
    title: product.title,
    description: [product.subtitle, product.description].filter(Boolean).join('. '),
    path: paths.product(product.slug),
    image: product.image,
    type: 'product',
  })
}

export default function ProductPage() {
  const { product, related, viewed, chosen, reviews, stores, myStore } = useLoaderData<typeof loader>()
  const origin = useOrigin()
  const trail = [
    { name: 'Shop', to: paths.home() },
    ...product.breadcrumb.map((crumb) => ({ name: crumb.name, to: paths.category(crumb.slug) })),
  ]
  return (
    <div className="page">
      {productData(origin, product, chosen).map((data) => (
        <JsonLd key={String(data['@type'])} data={data} />
      ))}
      <Breadcrumb items={[...trail, { name: product.title }]} />
      <div className="grid grid-cols-1 gap-8 lg:grid-cols-[minmax(0,1fr)_26rem] lg:gap-14">
        <ProductGallery images={chosen ? picturesOf(product.images, chosen) : product.images} title={product.title} />
        <div className="lg:sticky lg:top-28 lg:self-start">
          <p className="text-sm font-medium text-muted">{product.brand}</p>
          <h1 className="mt-1 text-2xl">{product.title}</h1>
          {product.subtitle && <p className="mt-2 text-lg text-muted">{product.subtitle}</p>}
          <a href="#reviews" className="mt-3 inline-flex min-h-6 items-center hover:underline">
            <Stars average={product.rating.average} count={product.rating.count} />
          </a>
          {chosen ? (
            <BuyBox
              slug={product.slug}
              options={product.options}
              variants={product.variants}
              chosen={chosen}
              images={product.images}
            />
          ) : (
            <p className="mt-6 font-semibold text-bad">This cannot be bought at the moment.</p>
          )}
          {stores && chosen && <StockByStore sku={chosen.sku} stores={stores} mine={myStore} />}
        </div>
      </div>
      <ProductDetails product={product} chosen={chosen} />
      <Reviews slug={product.slug} rating={product.rating} histogram={product.ratingHistogram} {...reviews} />
      {related.length > 0 && (
        <section className="mt-20 border-t border-line pt-12">
          <h2 className="mb-6 text-2xl">Goes well with it</h2>
          <ProductGrid products={related} />
        </section>
      )}
      <RecentlyViewed products={viewed} from={paths.product(product.slug)} />
    </div>
  )
}
