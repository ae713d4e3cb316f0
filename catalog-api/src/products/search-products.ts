// Search as the shop offers it: by words, straight to a product by its code, and with typing mistakes forgiven.

import { correct, vocabulary } from '../search/correct.ts'
import { findExact } from '../search/find-exact.ts'
import { listProducts } from './list-products.ts'
import type { ProductQuery } from './query.ts'
import type { SearchPage } from './schemas.ts'

/**
 * A page of products for `query.q`. When nothing was found and a word is unknown, the page is that of `corrected`.
 * `now` in milliseconds ages the kept words. @throws validation_failed for a forged cursor
 */
export async function searchProducts(
  query: ProductQuery & { q: string; literal?: boolean },
  now: number,
): Promise<SearchPage> {
  const page = await listProducts(query, true)
  if (page.total > 0 || query.literal) {
    const exact = await findExact(query.q)
    return { ...page, query: query.q, corrected: null, exactSlug: exact?.slug ?? null }
  }
  const corrected = correct(query.q, await vocabulary(now))
  const better = corrected ? await listProducts({ ...query, q: corrected }, true) : page
  const helped = better.total > 0
  return { ...(helped ? better : page), query: query.q, corrected: helped ? corrected : null, exactSlug: null }
}
