// What this browser looked at last, as a strip to swipe, with a button that makes it forgotten.
import { Link } from '@remix-run/react'
import { paths } from '#app/paths.ts'
import { Button } from './button.tsx'
import { PostForm } from './form.tsx'
import { Price } from './money.tsx'
import { type ImageInfo, Picture } from './picture.tsx'

type ViewedInfo = {
  slug: string
  title: string
  priceFromMinor: number
  priceToMinor: number
  currency: string
  image: ImageInfo | null
}
/** `from`: the page to come back to. */
type RecentlyViewedProps = { products: ViewedInfo[]; from: string }

export function RecentlyViewed({ products, from }: RecentlyViewedProps) {
  if (products.length === 0) return null
  return (
    <section aria-labelledby="viewed-title" className="mt-20 border-t border-line pt-12">
      <div className="mb-6 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h2 id="viewed-title" className="text-2xl">
          <Link to={paths.recentlyViewed()} className="inline-flex min-h-11 items-center hover:underline">
            Recently viewed
          </Link>
        </h2>
        <ForgetViewed from={from} />
      </div>
      <ul className="-mx-4 flex snap-x gap-4 overflow-x-auto px-4 pb-2 lg:mx-0 lg:grid lg:grid-cols-8 lg:px-0">
        {products.map((product) => (
          <li key={product.slug} className="relative w-32 shrink-0 snap-start lg:w-auto">
            <Picture
              image={product.image}
              alt=""
              sizes="8rem"
              className="aspect-square rounded-card bg-sunk object-cover"
            />
            <p className="mt-2 text-sm font-semibold">
              <Link to={paths.product(product.slug)} className="after:absolute after:inset-0" prefetch="intent">
                {product.title}
              </Link>
            </p>
            <Price
              minor={product.priceFromMinor}
              toMinor={product.priceToMinor}
              currency={product.currency}
              className="text-sm text-muted"
            />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Makes this browser forget what it looked at. */
export function ForgetViewed({ from }: { from: string }) {
  return (
    <PostForm action={paths.recentlyViewed()} preventScrollReset>
      <input type="hidden" name="redirectTo" value={from} />
      <Button variant="quiet" name="intent" value="forget">
        Clear list
      </Button>
    </PostForm>
  )
}
