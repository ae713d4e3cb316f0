// A product: pictures, the variant the address names, stock, description, reviews. Writing a review posts here;
// putting it into the cart posts to the cart.

import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { getProduct } from '#app/domain/catalog/catalog.server.ts'
import { getStock } from '#app/domain/catalog/inventory.server.ts'
import { findOwnReview, listReviews, postReview } from '#app/domain/catalog/reviews.server.ts'
import { hasBought } from '#app/domain/orders/has-bought.server.ts'
import { answerPage } from '#app/http/answer.server.ts'
import { answerPublic } from '#app/http/list-query.server.ts'
import { parse, parseQuery } from '#app/http/parse.server.ts'
import { problemOf } from '#app/http/problem.ts'
import { readViewed, rememberViewed } from '#app/http/recently-viewed.server.ts'
import { requireUser } from '#app/http/session.server.ts'
import { noCardNumber } from '#app/lib/card-number.ts'
import { isDomainError } from '#app/lib/errors.ts'
import { paths } from '#app/paths.ts'
import { BuyBox } from '#app/ui/buy-box.tsx'
import { JsonLd, useOrigin } from '#app/ui/json-ld.tsx'
import { pageMeta, plainTitle } from '#app/ui/page-meta.ts'
import { Breadcrumb, Stars } from '#app/ui/parts.tsx'
import { ProductGrid } from '#app/ui/product-card.tsx'
import { productData } from '#app/ui/product-data.ts'
import { ProductDetails, StockByStore } from '#app/ui/product-details.tsx'
import { ProductGallery } from '#app/ui/product-gallery.tsx'
import { RecentlyViewed } from '#app/ui/recently-viewed.tsx'
import { Reviews } from '#app/ui/reviews.tsx'
import { chosenVariant, picturesOf } from '#app/ui/variant-choice.ts'
import { loadBeside } from './beside.server.ts'

const productQuery = z.object({
  sku: z.string().optional(),
  rating: z.coerce.number().int().min(1).max(5).optional().catch(undefined),
  reviews: z.string().optional(),
})

export async function loader({ request, context, params: { slug = '' } }: LoaderFunctionArgs) {
  return answerPublic(request, async () => {
    const query = parseQuery(productQuery, request)
    const { id, version: _version, taxCategory: _tax, related, pickedCount, ...product } = await getProduct(slug)
    if (product.slug !== slug) throw redirect(paths.product(product.slug) + new URL(request.url).search, 301)
    const chosen = chosenVariant(product.variants, query.sku, product.defaultSku)
    const { user } = await context.visitor()
    rememberViewed({ request, context }, id)
    const [reviews, stock, own, beside] = await Promise.all([
      orNull(listReviews(id, { limit: 6, rating: query.rating, cursor: query.reviews })),
      chosen ? orNull(getStock(chosen.sku)) : null,
      user ? orNull(findOwnReview(id, user.id)) : null,
      loadBeside({ id, related, pickedCount }, readViewed(request)),
    ])
    const mine = own && { rating: own.rating, title: own.title, body: own.body, status: own.status }
    const stores = stock?.places.filter((place) => place.kind !== 'warehouse') ?? null
    return { product, ...beside, chosen, reviews, stores, onlyRating: query.rating, signedIn: user !== null, mine }
  })
}

/** Reviews and stock by store are extras: without them the product can still be bought. */
async function orNull<T>(work: Promise<T>): Promise<T | null> {
  return work.catch((error: unknown) => {
    if (isDomainError(error)) return null
    throw error
  })
}

const plainText = (max: number, missing: string) =>
  z
    .string(missing)
    .trim()
    .min(1, missing)
    .max(max, `At most ${max} characters, please.`)
    .refine(...noCardNumber)
const reviewForm = z.object({
  rating: z.enum(['1', '2', '3', '4', '5'], 'Choose from one to five stars.').transform(Number),
  title: plainText(120, 'Say it in a few words.'),
  body: plainText(4000, 'Write what it is like.'),
})

export async function action(args: ActionFunctionArgs) {
  return answerPage(args, {
    review: async ({ values }) => {
      const user = await requireUser(args)
      const review = parse(reviewForm, values)
      const product = await getProduct(args.params.slug ?? '')
      const verifiedBuyer = await hasBought(user.id, product.id)
      const [first = 'A customer', last] = user.name.split(' ')
      const authorName = last ? `${first} ${last.charAt(0)}.` : first
      await postReview({ ...review, productId: product.id, authorRef: user.id, authorName, verifiedBuyer })
      const text = 'Thank you. Your review is waiting for moderation and will be here soon.'
      return { to: `${paths.product(product.slug)}#reviews`, flash: { kind: 'good', text } }
    },
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
  const { product, related, viewed, chosen, reviews, stores, onlyRating, signedIn, mine } =
    useLoaderData<typeof loader>()
  const problem = problemOf(useActionData(), 'review')
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
          {stores && <StockByStore stores={stores} />}
        </div>
      </div>
      <ProductDetails product={product} chosen={chosen} />
      <Reviews
        slug={product.slug}
        rating={product.rating}
        histogram={product.ratingHistogram}
        page={reviews}
        onlyRating={onlyRating}
        signedIn={signedIn}
        mine={mine}
        problem={problem}
      />
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
