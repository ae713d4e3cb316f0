// Search as the shop offers it: by words, straight to a product by its code, and with typing mistakes forgiven.
import { listProducts } from '../products/list-products.ts'
import type { ProductQuery } from '../products/query.ts'
import type { ProductPage } from '../products/schemas.ts'
import { correct, vocabulary } from './correct.ts'
import { findExact } from './find-exact.ts'

export type SearchPage = ProductPage & { query: string; corrected: string | null; exactSlug: string | null }

/**
 * A page of products for `query.q`. When nothing was found and a word is unknown, the page is that of `corrected`.
 * `now` in milliseconds ages the kept words. @throws validation_failed for a forged cursor
 */
export async function searchProducts(query: ProductQuery & { q: string }, now: number): Promise<SearchPage> {
  const page = await listProducts(query, true)
  if (page.total > 0) {
    const exact = await findExact(query.q)
    return { ...page, query: query.q, corrected: null, exactSlug: exact?.slug ?? null }
  }
  const corrected = correct(query.q, await vocabulary(now))
  const better = corrected ? await listProducts({ ...query, q: corrected }, true) : page
  const helped = better.total > 0
  return { ...(helped ? better : page), query: query.q, corrected: helped ? corrected : null, exactSlug: null }
}
