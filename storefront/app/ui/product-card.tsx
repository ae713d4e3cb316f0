// A product in a list: picture, name, price, rating; the whole card is one link.
import { Link } from '@remix-run/react'
import { paths } from '#app/paths.ts'
import { LowestBefore, Price } from './money.tsx'
import { type ImageInfo, Picture } from './picture.tsx'

export type ProductCardInfo = {
  slug: string
  title: string
  subtitle: string
  priceFromMinor: number
  priceToMinor: number
  compareAtMinor: number | null
  lowestBeforeMinor: number | null
  currency: string
  image: ImageInfo | null
  /** `Colour:Sage`: what the picture shows because it was asked for; the page opens with it. */
  shownFor?: string | null
  rating: { average: number | null; count: number }
  available: boolean
}

export function ProductCard({ product, priority = false }: { product: ProductCardInfo; priority?: boolean }) {
  return (
    <article className="group relative">
      <div className="overflow-hidden rounded-card bg-sunk">
        <Picture
          image={product.image}
          alt=""
          sizes="(min-width: 64rem) 18rem, (min-width: 40rem) 30vw, 46vw"
          priority={priority}
          className="aspect-square object-cover transition-transform duration-500 group-hover:scale-[1.035]"
        />
      </div>
      <div className="mt-3 grid gap-0.5">
        <h3 className="font-sans text-base font-semibold tracking-normal">
          <Link
            to={paths.product(product.slug, { opt: product.shownFor ?? undefined })}
            className="after:absolute after:inset-0 after:rounded-card"
            prefetch="intent"
          >
            {product.title}
          </Link>
        </h3>
        {product.subtitle && <p className="truncate text-sm text-muted">{product.subtitle}</p>}
        <p className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 pt-1">
          <Price
            minor={product.priceFromMinor}
            toMinor={product.priceToMinor}
            compareAtMinor={product.compareAtMinor}
            currency={product.currency}
            className="font-semibold"
          />
          {product.rating.count > 0 && <Rating average={product.rating.average} count={product.rating.count} />}
        </p>
        <LowestBefore minor={product.lowestBeforeMinor} currency={product.currency} />
        {!product.available && <p className="text-sm font-medium text-warn">Out of stock</p>}
      </div>
    </article>
  )
}

/** One star and the figures: a list needs no row of five. */
function Rating({ average, count }: { average: number | null; count: number }) {
  if (average === null) return null
  return (
    <span className="nums inline-flex items-center gap-1 text-sm text-muted">
      <svg width="14" height="14" viewBox="0 0 24 24" className="text-accent" aria-hidden="true">
        <path d="m12 2.6 2.9 5.9 6.5.9-4.7 4.6 1.1 6.4-5.8-3-5.8 3 1.1-6.4L2.6 9.4l6.5-.9z" fill="currentColor" />
      </svg>
      <span className="sr-only">{`${average.toFixed(1)} out of 5, ${count} ${count === 1 ? 'review' : 'reviews'}`}</span>
      <span aria-hidden="true">
        {average.toFixed(1)} ({count})
      </span>
    </span>
  )
}

export function ProductGrid({ products, priority = 0 }: { products: ProductCardInfo[]; priority?: number }) {
  return (
    <ul className="grid grid-cols-2 gap-x-4 gap-y-9 sm:grid-cols-3 sm:gap-x-6 lg:grid-cols-4">
      {products.map((product, index) => (
        <li key={product.slug}>
          <ProductCard product={product} priority={index < priority} />
        </li>
      ))}
    </ul>
  )
}
