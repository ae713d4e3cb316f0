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
  brands: string[]
  /** `Colour:Sage`; several of one name are alternatives. */
  options: string[]
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
  const { path, q, literal, min, max, inStock, brands, options, rating, sort, cursor } = {
    cursor: undefined,
    ...list,
    ...change,
  }
  return withQuery(path, {
    q,
    literal: literal ? '1' : undefined,
    brand: [...brands].sort(),
    opt: [...options].sort(),
    min,
    max,
    rating,
    stock: inStock ? '1' : undefined,
    sort,
    cursor,
  })
}

export const hasFilters = (list: ListState): boolean =>
  list.min !== '' ||
  list.max !== '' ||
  list.inStock ||
  list.brands.length > 0 ||
  list.options.length > 0 ||
  list.rating !== ''

/** Whether the address is more than the list itself: search engines then do not keep it (http/search-engines.ts). */
export const isNarrowed = (list: ListState): boolean => hasFilters(list) || list.sort !== '' || list.paged

/** The list without filters, its words and order kept. */
export const clearedHref = (list: ListState): string =>
  listHref(list, { min: '', max: '', inStock: false, brands: [], options: [], rating: '' })

/** `chosen` with `value` put in or taken out. */
export const toggled = (chosen: string[], value: string): string[] =>
  chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]
