// What the filters of a product list are set to, and the addresses that change one of them. Pure.
import { withQuery } from '#app/paths.ts'

export type ListState = {
  /** The list's own path, without its query. */
  path: string
  q?: string
  /** Amounts as typed, in the shop's currency; empty: no limit. */
  min: string
  max: string
  inStock: boolean
  /** Empty: the list's own order. */
  sort: string
}

/** The list with some of its settings changed; always its first page unless `cursor` is given. */
export function listHref(list: ListState, change: Partial<ListState> & { cursor?: string } = {}): string {
  const { path, q, min, max, inStock, sort, cursor } = { cursor: undefined, ...list, ...change }
  return withQuery(path, { q, min, max, stock: inStock ? '1' : undefined, sort, cursor })
}

export const hasFilters = (list: ListState): boolean => list.min !== '' || list.max !== '' || list.inStock

/** The list without filters, its words and order kept. */
export const clearedHref = (list: ListState): string => listHref(list, { min: '', max: '', inStock: false })
