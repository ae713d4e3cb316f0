// What the filters of a product list are set to, and the addresses that change one of them. Pure.
import { withQuery } from '#app/paths.ts'

export type ListState = {
  /** The list's own path, without its query. */
  path: string
  q?: string
  /** The words are meant as they stand. */
  literal: boolean
  /** Amounts as typed, in the shop's currency; empty: no limit. */
  min: string
  max: string
  inStock: boolean
  /** A store's slug: what lies free there; empty: no matter. */
  store: string
  /** Slugs: in one of these categories or below. */
  categories: string[]
  brands: string[]
  /** `Colour:Sage`; several of one name are alternatives. */
  options: string[]
  /** `Material:Clay`; several of one name are alternatives. */
  attributes: string[]
  /** At least so many stars; empty: no matter. */
  rating: string
  /** Empty: the list's own order. */
  sort: string
  /** Not the first page. */
  paged: boolean
}

type Change = Partial<Omit<ListState, 'path' | 'paged'>> & { cursor?: string }

/** The list with some of its settings changed; always its first page unless `cursor` is given. One list, one address. */
export function listHref(list: ListState, change: Change = {}): string {
  const { path, q, literal, min, max, rating, sort, cursor, ...chosen } = { cursor: undefined, ...list, ...change }
  return withQuery(path, {
    q,
    literal: literal ? '1' : undefined,
    cat: [...chosen.categories].sort(),
    brand: [...chosen.brands].sort(),
    opt: [...chosen.options].sort(),
    attr: [...chosen.attributes].sort(),
    min,
    max,
    rating,
    stock: chosen.inStock ? '1' : undefined,
    store: chosen.store,
    sort,
    cursor,
  })
}

const noFilters = {
  min: '',
  max: '',
  inStock: false,
  store: '',
  categories: [] as string[],
  brands: [] as string[],
  options: [] as string[],
  attributes: [] as string[],
  rating: '',
}

export const hasFilters = (list: ListState): boolean => {
  const { min, max, inStock, store, rating, categories, brands, options, attributes } = list
  const several = [categories, brands, options, attributes]
  return inStock || `${min}${max}${store}${rating}` !== '' || several.some((chosen) => chosen.length > 0)
}

/** Whether the address is more than the list itself: search engines then do not keep it (http/search-engines.ts). */
export const isNarrowed = (list: ListState): boolean => hasFilters(list) || list.sort !== '' || list.paged

/** The list without filters, its words and order kept. */
export const clearedHref = (list: ListState): string => listHref(list, noFilters)

/** `chosen` with `value` put in or taken out. */
export const toggled = (chosen: string[], value: string): string[] =>
  chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]
