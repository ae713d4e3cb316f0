// What catalog-api answers, as schemas: every answer is parsed before a page or a rule sees it. Pure: no network.
// Money is integer minor units with `currency`; pictures are named by their stem, a size is `<src>-640.webp`.
import { z } from 'zod'

const minor = z.int().min(0)
const count = z.int().min(0)

export const image = z.object({
  key: z.string(),
  src: z.string().startsWith('/media/'),
  alt: z.string(),
  width: z.int().positive(),
  height: z.int().positive(),
  /** The option value this picture shows (`Colour`, `Sage`), null for all. */
  optionName: z.string().nullable(),
  optionValue: z.string().nullable(),
  widths: z.array(z.int().positive()).min(1),
})
export type Image = z.infer<typeof image>

export const productCard = z.object({
  id: z.uuid(),
  slug: z.string(),
  title: z.string(),
  subtitle: z.string(),
  brand: z.string(),
  category: z.object({ slug: z.string(), name: z.string() }),
  priceFromMinor: minor,
  priceToMinor: minor,
  compareAtMinor: minor.nullable(),
  /** Of what is reduced: the lowest price of the 30 days before. */
  lowestBeforeMinor: minor.nullable(),
  currency: z.string().length(3),
  image: image.nullable(),
  /** `Colour:Sage`: the choice of which `image` is, because the list was asked for it. */
  shownFor: z.string().nullable(),
  hoverImage: image.nullable(),
  rating: z.object({ average: z.number().nullable(), count }),
  available: z.boolean(),
  /** Null while nothing of it is sold. */
  defaultSku: z.string().nullable(),
  variantCount: count,
  featured: z.boolean(),
  publishedAt: z.string().nullable(),
})
export type ProductCard = z.infer<typeof productCard>

export const variant = z.object({
  id: z.uuid(),
  sku: z.string(),
  barcode: z.string().nullable(),
  title: z.string(),
  optionValues: z.record(z.string(), z.string()),
  priceMinor: minor,
  compareAtMinor: minor.nullable(),
  lowestBeforeMinor: minor.nullable(),
  currency: z.string().length(3),
  weightGrams: count,
  status: z.string(),
  /** Sellable online now. */
  available: z.int(),
  stock: z.enum(['in_stock', 'low', 'out']),
})
export type Variant = z.infer<typeof variant>

/** A variant with what a cart line shows of its product. */
export const listedVariant = variant.extend({
  productId: z.uuid(),
  productSlug: z.string(),
  productTitle: z.string(),
  productStatus: z.string(),
  taxCategory: z.string(),
  image: image.nullable(),
})
export type ListedVariant = z.infer<typeof listedVariant>

const crumb = z.object({ slug: z.string(), name: z.string() })

export const product = productCard.extend({
  description: z.string(),
  breadcrumb: z.array(crumb),
  status: z.string(),
  taxCategory: z.string(),
  version: z.int(),
  attributes: z.array(z.object({ name: z.string(), value: z.string() })),
  options: z.array(z.object({ name: z.string(), values: z.array(z.string()) })),
  variants: z.array(variant),
  images: z.array(image),
  ratingHistogram: z.record(z.string(), count),
  related: z.array(productCard),
  /** So many of `related`, the first, were picked by the shop. */
  pickedCount: count,
})
export type Product = z.infer<typeof product>

export type CategoryNode = {
  id: string
  slug: string
  name: string
  description: string
  image: Image | null
  parentId: string | null
  position: number
  /** With descendants. */
  productCount: number
  children: CategoryNode[]
}
export const categoryNode: z.ZodType<CategoryNode> = z.lazy(() =>
  z.object({
    id: z.uuid(),
    slug: z.string(),
    name: z.string(),
    description: z.string(),
    image: image.nullable(),
    parentId: z.uuid().nullable(),
    position: z.int(),
    productCount: count,
    children: z.array(categoryNode),
  }),
)
export const categoryPage = z.intersection(categoryNode, z.object({ breadcrumb: z.array(crumb) }))
export type CategoryPage = z.infer<typeof categoryPage>

const facetValues = z.array(z.object({ value: z.string(), count }))
/** What narrows a list, each counted by all filters but its own. */
export const facets = z.object({
  /** Of a large list: counts are estimates. */
  isEstimate: z.boolean().default(false),
  brands: facetValues,
  categories: z.array(z.object({ slug: z.string(), name: z.string(), count })),
  options: z.array(z.object({ name: z.string(), values: facetValues })),
  attributes: z.array(z.object({ name: z.string(), values: facetValues })),
  ratings: z.array(z.object({ min: z.int(), count })),
  inStock: count,
  /** What lies free at the store asked about. */
  store: z.object({ slug: z.string(), name: z.string(), count }).nullable(),
  price: z.object({ minMinor: minor, maxMinor: minor }).nullable(),
})
export type Facets = z.infer<typeof facets>

export const productPage = z.object({
  items: z.array(productCard),
  total: count,
  /** There are more than `total`; how many, nobody counts. */
  totalIsMore: z.boolean().default(false),
  nextCursor: z.string().nullable(),
  prevCursor: z.string().nullable(),
  facets: facets.nullable(),
})
export type ProductPage = z.infer<typeof productPage>

/**
 * `words` are what was looked for, without the `price` said in them. `exactSlug`: the product whose SKU or barcode is exactly
 * what was asked for. `corrected`: nothing had the words, these are results for this. `partial`: nothing had
 * all the words, these have some. `didYouMean`: this would find much more.
 */
export const searchPage = productPage.extend({
  words: z.string(),
  price: z.object({ minMinor: minor.nullable(), maxMinor: minor.nullable() }).nullable(),
  exactSlug: z.string().nullable(),
  corrected: z.string().nullable(),
  partial: z.boolean(),
  didYouMean: z.string().nullable(),
})
export type SearchPage = z.infer<typeof searchPage>

/** What a search may become while it is typed. */
export const suggestions = z.object({
  products: z.array(productCard.pick({ slug: true, title: true, image: true, priceFromMinor: true, currency: true })),
  categories: z.array(z.object({ slug: z.string(), name: z.string() })),
  queries: z.array(z.string()),
})
export type Suggestions = z.infer<typeof suggestions>

const place = z.object({
  storeId: z.uuid(),
  slug: z.string(),
  name: z.string(),
  city: z.string(),
  country: z.string(),
  kind: z.string(),
  shipsOrders: z.boolean(),
  keepsForShoppers: z.boolean(),
  onHand: count,
  reserved: count,
  available: z.int(),
  lowStockThreshold: count,
})
export const stockLevels = z.object({
  sku: z.string(),
  variantId: z.uuid(),
  onHand: count,
  reserved: count,
  available: z.int(),
  places: z.array(place),
})
export type StockLevels = z.infer<typeof stockLevels>

export const reservation = z.object({
  ref: z.string(),
  status: z.string(),
  expiresAt: z.string(),
  lines: z.array(z.object({ sku: z.string(), variantId: z.uuid(), storeId: z.uuid(), quantity: z.int().positive() })),
})
export type Reservation = z.infer<typeof reservation>

const openHours = z.object({ opens: z.string(), closes: z.string() })
/** A day whose hours take the place of the week's; no hours: closed all day. By the store's own calendar. */
export const specialDay = z.object({ date: z.iso.date(), note: z.string(), hours: z.array(openHours) })
export type SpecialDay = z.infer<typeof specialDay>

export const store = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  line1: z.string(),
  line2: z.string().nullable(),
  city: z.string(),
  region: z.string().nullable(),
  postcode: z.string().nullable(),
  country: z.string().length(2),
  latitude: z.number(),
  longitude: z.number(),
  timezone: z.string(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  services: z.array(z.string()),
  hours: z.array(z.object({ weekday: z.int().min(1).max(7), opens: z.string(), closes: z.string() })),
  open: z.object({
    now: z.boolean(),
    until: z.string().nullable(),
    next: z.object({ date: z.iso.date(), weekday: z.int().min(1).max(7), opens: z.string() }).nullable(),
  }),
  specialDays: z.array(specialDay),
  /** The store's own date now. */
  today: z.iso.date(),
  /** When it is open in the coming days, the present stretch first: moments, right over changes of clocks and holidays. */
  coming: z.array(z.object({ opens: z.iso.datetime(), closes: z.iso.datetime() })),
  stock: z.object({ sku: z.string(), available: z.int() }).optional(),
  distanceKm: z.number().nullish(),
})
export type Store = z.infer<typeof store>

/** A store and what it has of a basket, line by line. */
export const storeWithBasket = z.object({
  store,
  complete: z.boolean(),
  lines: z.array(z.object({ sku: z.string(), quantity: count, available: z.int() })),
})
export type StoreWithBasket = z.infer<typeof storeWithBasket>

export const town = z.object({
  name: z.string(),
  region: z.string().nullable(),
  country: z.string().length(2),
  latitude: z.number(),
  longitude: z.number(),
  population: count,
  /** Of one of our stores, when it was found by a postcode. */
  postcode: z.string().nullable(),
  /** The postcode only begins like that: somewhere in the area. */
  approximate: z.boolean(),
})
export type Town = z.infer<typeof town>

export const review = z.object({
  id: z.uuid(),
  authorName: z.string(),
  rating: z.int().min(1).max(5),
  /** Empty, as the body may be: only stars were given. */
  title: z.string(),
  body: z.string(),
  verifiedBuyer: z.boolean(),
  createdAt: z.string(),
  helpfulCount: count,
  unhelpfulCount: count,
  /** The shop's answer. */
  reply: z.object({ text: z.string(), at: z.string() }).nullable(),
})
export type Review = z.infer<typeof review>

/** A review as its author sees it. */
export const ownReview = review.extend({
  status: z.enum(['pending', 'approved', 'rejected']),
  rejection: z.object({ reason: z.string(), words: z.string() }).nullable(),
  productId: z.uuid(),
  productSlug: z.string(),
  productTitle: z.string(),
})
export type OwnReview = z.infer<typeof ownReview>
