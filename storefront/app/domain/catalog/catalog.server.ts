// Products and categories as shoppers see them, from catalog-api. Stock and holds: inventory.server.ts; stores:
// stores.server.ts; reviews, fulfilment and admin have files of their own. What decides a charge is never kept.
import { z } from 'zod'
import {
  type CategoryNode,
  type CategoryPage,
  categoryNode,
  categoryPage,
  type ListedVariant,
  listedVariant,
  type Product,
  type ProductCard,
  type ProductPage,
  product,
  productCard,
  productPage,
  type SearchPage,
  type Suggestions,
  searchPage,
  suggestions,
} from '#app/domain/catalog/answers.ts'
import { ask, browse, catalogApi, keep, servedCopiesLately } from '#app/domain/catalog/transport.server.ts'

export type ProductSort = 'newest' | 'price_asc' | 'price_desc' | 'rating' | 'title'
export type ProductFilter = {
  /** A category's slug; its descendants are included. */
  category?: string
  q?: string
  minPriceMinor?: number
  maxPriceMinor?: number
  inStock?: boolean
  /** One of these. */
  brands?: readonly string[]
  /** `Colour:Sage`; several of one name are alternatives, every name must fit one variant. */
  options?: readonly string[]
  /** `Material:Clay`; several of one name are alternatives, every name must fit. */
  attributes?: readonly string[]
  /** Slugs: in one of these categories or below. */
  categories?: readonly string[]
  /** A store's slug: only what lies free there. */
  store?: string
  /** A store's slug that `facets.store` counts. */
  facetStore?: string
  /** 1 to 5: at least so many stars. */
  minRating?: number
  featured?: boolean
  /** Ask for `facets` too. */
  facets?: boolean
  /** Only for search: the words as they stand, no price in them, no slip of the pen. */
  literal?: boolean
  /** Only for search: a person asked, the catalogue counts the words. */
  counted?: boolean
  sort?: ProductSort
  /** 1 to 60; 24 unless given. */
  limit?: number
  cursor?: string
}

/** Whether pages are presently shown from copies, so that they can say so. */
export const catalogIsStale = (): boolean => servedCopiesLately()

const productsFreshMs = 1_000
const categoriesFreshMs = 15_000

const several = (values: readonly string[] = []): string[] | undefined =>
  values.length > 0 ? [...values].sort() : undefined

const toQuery = (filter: ProductFilter) => ({
  category: filter.category,
  q: filter.q,
  min_price: filter.minPriceMinor,
  max_price: filter.maxPriceMinor,
  in_stock: filter.inStock || undefined,
  brand: several(filter.brands),
  option: several(filter.options),
  attribute: several(filter.attributes),
  in_category: several(filter.categories),
  store: filter.store || undefined,
  facet_store: filter.facetStore || undefined,
  min_rating: filter.minRating,
  facets: filter.facets || undefined,
  featured: filter.featured || undefined,
  sort: filter.sort,
  limit: filter.limit,
  cursor: filter.cursor,
})

/** A page of published products. Throws catalog_unavailable when there is not even a copy. */
export async function listProducts(filter: ProductFilter = {}): Promise<ProductPage> {
  const query = toQuery(filter)
  return keep(`products ${JSON.stringify(query)}`, productsFreshMs, () =>
    ask(productPage, browse, (init) => catalogApi().GET('/catalog/products', { params: { query }, ...init })),
  )
}

/** Like listProducts, by relevance to `q` as the catalogue understands it. */
export async function searchProducts(filter: ProductFilter & { q: string }): Promise<SearchPage> {
  const { q, literal, counted } = filter
  const query = { ...toQuery(filter), q, literal: literal || undefined, counted: counted || undefined }
  return keep(`search ${JSON.stringify(query)}`, productsFreshMs, () =>
    ask(searchPage, browse, (init) => catalogApi().GET('/catalog/search', { params: { query }, ...init })),
  )
}

/** What `q` may become while it is typed; nothing for less than two letters. */
export async function suggest(q: string): Promise<Suggestions> {
  return keep(
    `suggest ${q}`,
    productsFreshMs,
    () =>
      ask(suggestions, browse, (init) =>
        catalogApi().GET('/catalog/suggestions', { params: { query: { q } }, ...init }),
      ),
    'suggestions',
  )
}

/** A published product by id or slug. Throws not_found. */
export async function getProduct(idOrSlug: string): Promise<Product> {
  return keep(`product ${idOrSlug}`, productsFreshMs, () =>
    ask(product, browse, (init) =>
      catalogApi().GET('/catalog/products/{idOrSlug}', { params: { path: { idOrSlug } }, ...init }),
    ),
  )
}

const cards = z.object({ items: z.array(productCard) })

/**
 * Cards of known products (24 at most) in this order; what is not for sale is absent. Not kept: the list is one
 * visitor's. Throws catalog_unavailable.
 */
export async function listCards(ids: readonly string[]): Promise<ProductCard[]> {
  if (ids.length === 0) return []
  const query = { ids: ids.join(',') }
  const answer = await ask(cards, browse, (init) => catalogApi().GET('/catalog/cards', { params: { query }, ...init }))
  return answer.items
}

/** All categories as a tree. */
export async function listCategories(): Promise<CategoryNode[]> {
  const answer = await keep('categories', categoriesFreshMs, () =>
    ask(z.object({ items: z.array(categoryNode) }), browse, (init) => catalogApi().GET('/catalog/categories', init)),
  )
  return answer.items
}

/** A category with its children and the way to it. Throws not_found. */
export async function getCategory(slug: string): Promise<CategoryPage> {
  return keep(`category ${slug}`, categoriesFreshMs, () =>
    ask(categoryPage, browse, (init) =>
      catalogApi().GET('/catalog/categories/{slug}', { params: { path: { slug } }, ...init }),
    ),
  )
}

const listedVariants = z.object({ items: z.array(listedVariant) })

async function askVariants(skus: readonly string[]): Promise<ListedVariant[]> {
  const query = { skus: skus.join(',') }
  const answer = await ask(listedVariants, browse, (init) =>
    catalogApi().GET('/catalog/variants', { params: { query }, ...init }),
  )
  return answer.items
}

/**
 * Price and stock of up to 100 SKUs as they are now, never from a copy: what a charge is made of. Unknown SKUs are
 * absent. Throws catalog_unavailable.
 */
export async function listVariants(skus: readonly string[]): Promise<ListedVariant[]> {
  return skus.length === 0 ? [] : askVariants([...skus].sort())
}

/** Like listVariants, for showing only: the last good copy will do while catalog-api is away. */
export async function listVariantsToShow(skus: readonly string[]): Promise<ListedVariant[]> {
  if (skus.length === 0) return []
  const sorted = [...skus].sort()
  return keep(`variants ${sorted.join(',')}`, 0, () => askVariants(sorted), 'baskets')
}
