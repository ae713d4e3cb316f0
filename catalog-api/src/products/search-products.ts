// Search as the shop offers it: by words and the shopkeeper's synonyms, straight to a product by its code, with prices said
// in words, and with typing mistakes forgiven where the words as they stand find little.
import { correct } from '../search/correct.ts'
import { noteSearch } from '../search/count-searches.ts'
import { findSynonyms, type SynonymRule } from '../search/find-synonyms.ts'
import { findVocabulary } from '../search/kept-words.ts'
import { readPriceWords } from '../search/price-words.ts'
import { anyWordQuery, askedWords, searchQuery } from '../search/words.ts'
import { countUpTo, mostCounted } from './count-list.ts'
import { emptyPage, pageOf, type Wording, wordingOf } from './list-products.ts'
import type { ProductQuery } from './query.ts'
import type { ProductPage, SearchPage } from './schemas.ts'

/** With fewer products than this a search has found little: what was probably meant is looked for. */
const few = 3
/** A word that no more products have than this may be a slip where little was found. */
const rare = 2

export type SearchQuery = ProductQuery & { q: string; literal?: boolean; counted?: boolean }
/** A synonym as if it were kept, in place of the kept one with `id`: for a preview. */
export type Instead = { id: string | null; rule: SynonymRule }

/** A search as it was understood: what to list, the words looked for, and what the page says of it. */
export type Understood = {
  query: ProductQuery
  wording: Wording | null
  /** The first page of this; it need not be asked for again. */
  page: ProductPage
  /** Nothing has the words nor what they are slips of; that filters and prices leave nothing is no miss. */
  missed: boolean
  /** All the words that were looked for whole: `words` and, where these found nothing, what they may be slips of. */
  tried: string[]
} & Pick<SearchPage, 'words' | 'price' | 'corrected' | 'partial'>

/** A page of products for `query.q`. `now` dates the count. @throws validation_failed for a forged cursor */
export async function searchProducts(query: SearchQuery, now: Date): Promise<SearchPage> {
  const { page, words, price, corrected, partial, wording, missed } = await understand(query)
  const asTyped = corrected === null && !partial
  const exactSlug = asTyped ? (wording?.exact?.slug ?? null) : null
  const isLittle = page.total > 0 && page.total < few && asTyped && exactSlug === null && !query.literal
  const didYouMean = isLittle ? await betterWords(query, words, page.total) : null
  if (query.counted && isWhole(query) && exactSlug === null) noteSearch(words, !missed, now)
  return { ...page, query: query.q, words, price, corrected, partial, didYouMean, exactSlug }
}

/**
 * What `query` asks for, and what it finds. When nothing has the words, what they are slips of is looked for; when nothing
 * has that either, what has some of them.
 */
export async function understand(query: SearchQuery, instead?: Instead): Promise<Understood> {
  const said = query.literal ? null : readPriceWords(query.q)
  const words = said?.words ?? query.q
  const asked: ProductQuery = {
    ...query,
    min_price: query.min_price ?? said?.minPriceMinor,
    max_price: query.max_price ?? said?.maxPriceMinor,
  }
  const price = said && { minMinor: said.minPriceMinor ?? null, maxMinor: said.maxPriceMinor ?? null }
  const wording = await read(words, instead)
  // Only a price was said: that is a question too. No word at all is none.
  const isEmpty = wording === null && !(said && words === '')
  const page = isEmpty ? emptyPage : await pageOf(asked, wording)
  const told = { query: asked, wording, page, words, price, corrected: null, partial: false }
  const plain: Understood = { ...told, missed: false, tried: [words] }
  if (page.total > 0 || wording === null || (await findsAnything(wording))) return plain
  return query.literal ? { ...plain, missed: true } : forgive(plain, instead)
}

/** What a search for words that nothing has may have meant. */
async function forgive(plain: Understood, instead: Instead | undefined): Promise<Understood> {
  const { words, query } = plain
  const corrected = correct(words, await findVocabulary(words))
  const better = corrected === null ? null : await read(corrected, instead)
  const tried = corrected === null ? [words] : [words, corrected]
  if (better && (await findsAnything(better)))
    return { ...plain, wording: better, page: await pageOf(query, better), corrected, tried }
  // A word that nobody knows must not take the others' corrections with it.
  const told = corrected !== null && (await isOnSale(corrected, words)) ? corrected : null
  const any = anyWordQuery(told ?? words)
  const some = any === null ? null : { tsquery: any, own: null, exact: null }
  if (!some || !(await findsAnything(some))) return { ...plain, missed: true, tried }
  const page = await pageOf(query, some)
  return { ...plain, wording: some, page, corrected: told, partial: true, missed: true, tried }
}

/** Whether something published has each word that `corrected` brings in: drafts have words too, and they are not told. */
async function isOnSale(corrected: string, words: string): Promise<boolean> {
  const typed = new Set(askedWords(words))
  for (const word of askedWords(corrected).filter((one) => !typed.has(one))) {
    const tsquery = searchQuery(word)
    if (tsquery === null || !(await findsAnything({ tsquery }))) return false
  }
  return true
}

const read = (words: string, instead: Instead | undefined) => wordingOf(words, findSynonyms(words, instead))

/** Whether the words find a product at all, whatever the filters say. Counted on purpose: "is there one" invites reading the table. */
async function findsAnything({ tsquery }: Pick<Wording, 'tsquery'>): Promise<boolean> {
  const where = `p.search @@ :words::tsquery AND p.status = 'published'`
  return (await countUpTo(where, { words: tsquery }, mostCounted.costly)) > 0
}

/** Words near these that find at least three times as much, or null. */
async function betterWords(query: SearchQuery, words: string, total: number): Promise<string | null> {
  const meant = correct(words, await findVocabulary(words), rare)
  const better = meant ? await wordingOf(meant) : null
  if (!better) return null
  const page = await pageOf({ ...query, cursor: undefined, facets: false, limit: 1 }, better)
  return page.total >= total * 3 ? meant : null
}

/** Whether it is the first page of a search that nothing narrows: only these say what people look for. */
function isWhole({ q, literal, counted, facets, facet_store, limit, sort, ...filters }: SearchQuery): boolean {
  return !literal && Object.values(filters).every((value) => value === undefined)
}
