// The address of a product list → what to ask the catalogue, and what the page's filters show. What does not fit is
// left out, never an error: a list's address is typed, shared and kept by people.
import { redirect } from '@remix-run/node'
import { z } from 'zod'
import type { ProductFilter } from '#app/domain/catalog/catalog.server.ts'
import { answerLoader } from '#app/http/answer.server.ts'
import { type ListState, listHref } from '#app/http/list-state.ts'
import { readMyStore } from '#app/http/my-store.server.ts'
import { parseQuery } from '#app/http/parse.server.ts'
import { DomainError, isDomainError } from '#app/lib/errors.ts'
import { parseMoney } from '#app/lib/money.ts'

/** Amounts are typed in the shop's currency. */
const currency = 'EUR'
const dearestMinor = 100_000_000
const sorts = ['newest', 'price_asc', 'price_desc', 'rating', 'title'] as const

const amount = z
  .string()
  .optional()
  .transform((typed) => {
    const minor = typed ? parseMoney(typed, currency) : null
    return minor === null || minor > dearestMinor ? undefined : minor
  })

const listQuery = z.object({
  q: z.string().max(500).optional(),
  min: amount,
  max: amount,
  stock: z.string().optional(),
  literal: z.string().optional(),
  rating: z.enum(['1', '2', '3', '4']).optional().catch(undefined),
  sort: z.enum(sorts).optional().catch(undefined),
  cursor: z.string().optional(),
})

/** Values of a name that may stand several times; what no product can have is left out. */
function several(request: Request, name: string, shape: RegExp): string[] {
  const values = new URL(request.url).searchParams.getAll(name).map((value) => value.replaceAll('\0', '').trim())
  return [...new Set(values.filter((value) => shape.test(value)))].slice(0, 30)
}

/** An amount as people type it; none: empty. */
export const typedAmount = (minor: number | null | undefined): string =>
  minor === undefined || minor === null ? '' : minor % 100 === 0 ? String(minor / 100) : (minor / 100).toFixed(2)

/** As many different names as catalog-api takes of options, and of attributes; more are left out. */
const mostNames = 6

/** `Colour:Sage` … of the first few names. */
function named(request: Request, field: string): string[] {
  const values = several(request, field, nameAndValue)
  const nameOf = (value: string) => value.slice(0, value.indexOf(':'))
  const names = [...new Set(values.map(nameOf))].slice(0, mostNames)
  return values.filter((value) => names.includes(nameOf(value)))
}

const slug = /^(?=.{1,100}$)[a-z0-9]+(?:-[a-z0-9]+)*$/
const nameAndValue = /^[^:]{1,40}:.{1,60}$/s

/**
 * Reads a list's address. `path` is the list's own, without its query. A form without JavaScript sends its empty fields too:
 * then a redirect to the one address of this list is thrown.
 */
export function readListQuery(request: Request, path: string): { filter: ProductFilter; list: ListState } {
  const read = readQuery(request, path)
  const hasEmptyField = [...new URL(request.url).searchParams].some(([name, value]) => value === '' && name !== 'q')
  if (hasEmptyField) throw redirect(listHref(read.list, { cursor: read.filter.cursor || undefined }))
  return read
}

function readQuery(request: Request, path: string): { filter: ProductFilter; list: ListState } {
  const query = parseQuery(listQuery, request)
  const inOrder = query.min === undefined || query.max === undefined || query.min <= query.max
  const [minPriceMinor, maxPriceMinor] = inOrder ? [query.min, query.max] : [query.max, query.min]
  const inStock = query.stock === '1'
  const q = query.q?.slice(0, 200)
  const brands = several(request, 'brand', /^.{1,100}$/s)
  const options = named(request, 'opt')
  const attributes = named(request, 'attr')
  const categories = several(request, 'cat', slug)
  const [store = ''] = several(request, 'store', slug)
  const facetStore = readMyStore(request) ?? undefined
  const { rating, sort, cursor } = query
  const literal = query.literal === '1'
  const minRating = rating === undefined ? undefined : Number(rating)
  return {
    filter: {
      ...{ q, literal, minPriceMinor, maxPriceMinor, inStock, brands, options, attributes, categories },
      ...{ store: store || undefined, facetStore, minRating, sort, cursor },
    },
    list: {
      path,
      q,
      literal,
      min: typedAmount(minPriceMinor),
      max: typedAmount(maxPriceMinor),
      inStock,
      store,
      categories,
      brands,
      options,
      attributes,
      rating: rating ?? '',
      sort: sort ?? '',
      paged: cursor !== undefined,
    },
  }
}

/**
 * A loader's work on what a public address names: a rule's refusal becomes the error page; a name of a shape that no
 * product, category or store can have is simply not there (404); an outdated page mark starts the list again.
 */
export async function answerPublic<T>(request: Request, work: () => Promise<T>): Promise<T> {
  return answerLoader(async () => {
    try {
      return await work()
    } catch (error) {
      if (!isDomainError(error, 'validation_failed')) throw error
      const url = new URL(request.url)
      if (!url.searchParams.has('cursor')) throw new DomainError('not_found', 'There is nothing at this address.')
      url.searchParams.delete('cursor')
      throw redirect(url.pathname + url.search)
    }
  })
}
