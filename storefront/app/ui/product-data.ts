// A product as structured data (schema.org): price and availability are those the page shows. Pure.
import { currencyExponent } from '#app/lib/money.ts'
import { paths } from '#app/paths.ts'
import { breadcrumbData } from './json-ld.tsx'
import { clip } from './page-meta.ts'

type ProductInfo = {
  slug: string
  title: string
  subtitle: string
  description: string
  brand: string
  breadcrumb: { slug: string; name: string }[]
  images: { src: string }[]
  attributes: { name: string; value: string }[]
  rating: { average: number | null; count: number }
}
type VariantInfo = {
  sku: string
  barcode: string | null
  priceMinor: number
  currency: string
  stock: 'in_stock' | 'low' | 'out'
}

const availability = { in_stock: 'InStock', low: 'LimitedAvailability', out: 'OutOfStock' }

const decimal = (minor: number, currency: string): string => {
  const digits = currencyExponent(currency)
  return (minor / 10 ** digits).toFixed(digits)
}

/** Product with the shown variant's offer, and the way to it. A rating only when there are approved reviews. */
export function productData(origin: string, product: ProductInfo, variant?: VariantInfo): Record<string, unknown>[] {
  const offer = variant && {
    '@type': 'Offer',
    price: decimal(variant.priceMinor, variant.currency),
    priceCurrency: variant.currency,
    availability: `https://schema.org/${availability[variant.stock]}`,
    itemCondition: 'https://schema.org/NewCondition',
    url: origin + paths.product(product.slug, { sku: variant.sku }),
  }
  const { average, count } = product.rating
  const trail = [
    { name: 'Shop', path: paths.home() },
    ...product.breadcrumb.map(({ slug, name }) => ({ name, path: paths.category(slug) })),
    { name: product.title, path: paths.product(product.slug) },
  ]
  return [
    {
      '@type': 'Product',
      name: product.title,
      description: clip(product.description || product.subtitle, 1000),
      image: product.images.map(({ src }) => `${origin}${src}-1200.webp`),
      ...(product.brand && { brand: { '@type': 'Brand', name: product.brand } }),
      ...(variant && { sku: variant.sku }),
      ...(variant?.barcode && { gtin: variant.barcode }),
      ...(product.attributes.length > 0 && {
        additionalProperty: product.attributes.map((attribute) => ({ '@type': 'PropertyValue', ...attribute })),
      }),
      ...(offer && { offers: offer }),
      ...(average !== null &&
        count > 0 && { aggregateRating: { '@type': 'AggregateRating', ratingValue: average, reviewCount: count } }),
    },
    breadcrumbData(origin, trail),
  ]
}
