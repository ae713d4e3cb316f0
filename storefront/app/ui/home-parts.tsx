// The large parts of the front page: opening picture, category tiles, a buyer's voice, the way to a store.
import { Form, Link } from '@remix-run/react'
import type { DrawnMap } from '#app/domain/geo/drawn-map.ts'
import { paths } from '#app/paths.ts'
import { Button, ButtonLink } from './button.tsx'
import { Icon } from './icon.tsx'
import { Price } from './money.tsx'
import { Stars } from './parts.tsx'
import { type ImageInfo, Picture } from './picture.tsx'
import type { ProductCardInfo } from './product-card.tsx'

export function Hero({ products }: { products: ProductCardInfo[] }) {
  const [first, second, third] = products
  return (
    <section className="page grid items-center gap-10 pt-10 pb-6 lg:grid-cols-[1fr_1.15fr] lg:gap-16 lg:pt-16">
      <div>
        <h1 className="text-3xl">Good things for every room, made to be kept</h1>
        <p className="mt-5 max-w-lg text-lg text-muted">
          We look for things that are a joy to use: honest materials, fair prices, no fuss. Sent to your door, or
          waiting in a store nearby.
        </p>
        <ButtonLink to="#picks" className="mt-8 min-h-12 px-8">
          See this week’s picks <Icon name="arrow-right" size={18} />
        </ButtonLink>
      </div>
      {first && (
        <div className="grid grid-cols-[1.6fr_1fr] grid-rows-2 gap-3 sm:gap-4">
          <HeroPicture product={first} className="row-span-2" sizes="(min-width: 64rem) 26rem, 58vw" />
          {second && <HeroPicture product={second} sizes="(min-width: 64rem) 16rem, 36vw" />}
          {third && <HeroPicture product={third} sizes="(min-width: 64rem) 16rem, 36vw" />}
        </div>
      )}
    </section>
  )
}

function HeroPicture({
  product,
  sizes,
  className = '',
}: {
  product: ProductCardInfo
  sizes: string
  className?: string
}) {
  return (
    <Link
      to={paths.product(product.slug)}
      prefetch="intent"
      className={`group relative block overflow-hidden rounded-card bg-sunk ${className}`}
    >
      <Picture
        image={product.image}
        alt=""
        sizes={sizes}
        priority
        className="h-full object-cover transition-transform duration-500 group-hover:scale-[1.03]"
      />
      <span className="absolute bottom-2 left-2 max-w-[calc(100%-1rem)] truncate rounded-full bg-paper/90 px-3 py-1 text-sm font-medium sm:bottom-3 sm:left-3">
        {product.title}
      </span>
    </Link>
  )
}

type Tile = { slug: string; name: string; image: ImageInfo | null; productCount: number }

export function CategoryTiles({ categories }: { categories: Tile[] }) {
  return (
    <section className="page mt-16" aria-labelledby="rooms">
      <h2 id="rooms" className="mb-6 text-2xl">
        Have a look around
      </h2>
      <ul className="grid grid-cols-2 gap-3 sm:gap-4 md:grid-cols-3 lg:grid-cols-6">
        {categories.map((category) => (
          <li key={category.slug}>
            <Link to={paths.category(category.slug)} prefetch="intent" className="group block">
              <span className="block overflow-hidden rounded-card bg-sunk">
                <Picture
                  image={category.image}
                  alt=""
                  sizes="(min-width: 64rem) 12rem, (min-width: 48rem) 30vw, 46vw"
                  className="aspect-square object-cover transition-transform duration-500 group-hover:scale-[1.04]"
                />
              </span>
              <span className="mt-2.5 block font-semibold group-hover:underline">{category.name}</span>
              <span className="nums block text-sm text-muted">
                {category.productCount === 1 ? '1 thing' : `${category.productCount} things`}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

export function Spotlight({ product, quote, author }: { product: ProductCardInfo; quote: string; author: string }) {
  return (
    <section className="mt-20 bg-accent-soft" aria-label="In a buyer's words">
      <div className="page grid items-center gap-8 py-12 md:grid-cols-[22rem_1fr] md:gap-16 md:py-16">
        <Link
          to={paths.product(product.slug)}
          className="block overflow-hidden rounded-card"
          aria-hidden="true"
          tabIndex={-1}
        >
          <Picture
            image={product.image}
            alt=""
            sizes="(min-width: 48rem) 22rem, 92vw"
            className="aspect-square object-cover"
          />
        </Link>
        <figure>
          <Stars average={product.rating.average} count={product.rating.count} size={20} />
          <blockquote className="mt-4 max-w-2xl font-display text-xl wrap-anywhere sm:text-2xl">“{quote}”</blockquote>
          <figcaption className="mt-5">
            {author} about{' '}
            <Link to={paths.product(product.slug)} className="link font-semibold">
              {product.title}
            </Link>
            , <Price minor={product.priceFromMinor} toMinor={product.priceToMinor} currency={product.currency} />
          </figcaption>
        </figure>
      </div>
    </section>
  )
}

export function StoreTeaser({ count, countries, drawn }: { count: number; countries: number; drawn: DrawnMap }) {
  return (
    <section className="page mt-20" aria-labelledby="stores-title">
      <div className="grid overflow-hidden rounded-card bg-sunk md:grid-cols-2">
        <div className="p-6 sm:p-10 lg:p-14">
          <h2 id="stores-title" className="text-2xl">
            See it before you buy it
          </h2>
          <p className="mt-3 max-w-md text-muted">
            {count} stores in {countries} countries. Come in, pick it up, turn it over.
          </p>
          <Form
            action={paths.stores()}
            role="search"
            aria-label="Stores"
            className="mt-6 flex max-w-md flex-wrap gap-3"
          >
            <label className="min-w-48 flex-1">
              <span className="sr-only">Town or postcode</span>
              <input
                type="search"
                name="q"
                required
                maxLength={80}
                placeholder="Your town"
                autoComplete="address-level2"
                className="field rounded-full px-5"
              />
            </label>
            <Button variant="secondary">Find a store</Button>
          </Form>
          <p className="mt-4">
            <Link to={paths.stores()} className="link">
              All stores
            </Link>
          </p>
        </div>
        <svg
          viewBox={`0 0 ${drawn.width} ${drawn.height}`}
          preserveAspectRatio="xMidYMid slice"
          className="store-map h-64 w-full md:h-full"
          aria-hidden="true"
        >
          <path className="map-land" d={drawn.land} />
          <path className="map-border" d={drawn.borders} />
          {drawn.marks.map(({ x, y }) => (
            <circle key={`${x} ${y}`} className="map-mark" cx={x} cy={y} r="6" />
          ))}
        </svg>
      </div>
    </section>
  )
}
