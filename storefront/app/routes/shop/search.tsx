// Search by words. An exact SKU or barcode goes straight to that variant; a price said in words is a filter; slips of the pen
// are forgiven and told; nothing found still leads somewhere.
import { type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import { getProduct, listCategories, listProducts, searchProducts } from '#app/domain/catalog/catalog.server.ts'
import { answerPublic, readListQuery, typedAmount } from '#app/http/list-query.server.ts'
import { clearedHref, hasFilters, type ListState, listHref } from '#app/http/list-state.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { clip, pageMeta, plainTitle } from '#app/ui/page-meta.ts'
import { EmptyState } from '#app/ui/parts.tsx'
import { ProductList } from '#app/ui/product-list.tsx'
import { Hint, Ideas } from '#app/ui/search-parts.tsx'

export async function loader({ request }: LoaderFunctionArgs) {
  return answerPublic(request, async () => {
    const { filter, list } = readListQuery(request, paths.search())
    const q = filter.q?.replace(/\p{C}+/gu, ' ').trim() ?? ''
    const asked = { ...list, q }
    if (!q && !hasFilters(list)) return { list: asked, page: null, hint: null, ideas: await findIdeas() }
    if (!q)
      return {
        list: asked,
        page: await listProducts({ ...filter, q: undefined, facets: true }),
        hint: null,
        ideas: null,
      }
    const isPerson = !/prefetch/.test(request.headers.get('Sec-Purpose') ?? '')
    const { words, price, exactSlug, corrected, partial, didYouMean, ...page } = await searchProducts({
      ...filter,
      q,
      facets: true,
      counted: isPerson,
    })
    if (exactSlug) throw redirect(await variantPath(exactSlug, q))
    const said = price !== null
    return {
      list: said ? withPrice(asked, words, price) : asked,
      page,
      hint: {
        words,
        corrected,
        partial,
        didYouMean,
        literalHref: said ? listHref(asked, { literal: true }) : null,
        typed: q,
      },
      ideas: page.total === 0 ? await findIdeas() : null,
    }
  })
}

/** The list as if its price had been typed into the filter: it is a chip that can be taken away. */
function withPrice(
  list: ListState,
  words: string,
  price: { minMinor: number | null; maxMinor: number | null },
): ListState {
  return {
    ...list,
    q: words,
    min: list.min || typedAmount(price.minMinor),
    max: list.max || typedAmount(price.maxMinor),
  }
}

/** The page of the variant whose SKU or barcode is `code`. */
async function variantPath(slug: string, code: string): Promise<string> {
  const { variants } = await getProduct(slug)
  const wanted = code.replace(/\s+/g, '').toUpperCase()
  const variant = variants.find(({ sku, barcode }) => sku.toUpperCase() === wanted || barcode === wanted)
  return paths.product(slug, { sku: variant?.sku })
}

/** Where to go on when there is nothing to show. */
async function findIdeas() {
  const [categories, popular] = await Promise.all([listCategories(), listProducts({ sort: 'rating', limit: 4 })])
  return { categories: categories.slice(0, 8).map(({ slug, name }) => ({ slug, name })), popular: popular.items }
}

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => {
  if (!data) return plainTitle('Search')
  const { list, page } = data
  return pageMeta(matches, {
    title: list.q ? `“${clip(list.q, 60)}”` : page ? 'All products' : 'Search',
    description: 'Search everything Highstreet sells, by name, kind, brand or SKU.',
    noindex: true,
    prev: page?.prevCursor && listHref(list, { cursor: page.prevCursor }),
    next: page?.nextCursor && listHref(list, { cursor: page.nextCursor }),
  })
}

export default function SearchPage() {
  const { list, page, hint, ideas } = useLoaderData<typeof loader>()
  if (!page)
    return (
      <div className="page">
        <h1 className="pt-10 text-2xl">What are you looking for?</h1>
        <SearchAgain />
        {ideas && <Ideas ideas={ideas} />}
      </div>
    )
  const narrowed = hasFilters(list)
  const words = hint?.corrected ?? list.q ?? ''
  return (
    <div className="page">
      <header className="pt-10 pb-6">
        <p className="text-muted">
          {hint?.corrected ? 'Showing results for' : words ? 'Search results for' : 'Search'}
        </p>
        <h1 className="mt-1 text-2xl wrap-anywhere">{words ? `“${clip(words, 120)}”` : 'All products'}</h1>
        {hint && <Hint hint={hint} list={list} />}
      </header>
      <ProductList
        list={list}
        page={page}
        ownOrder={list.q ? 'Best match' : 'Newest'}
        empty={
          <EmptyState
            title={narrowed ? 'Nothing fits these filters' : 'We found nothing for that'}
            action={narrowed ? { to: clearedHref(list), label: 'Search without filters' } : undefined}
          >
            <p>
              {narrowed
                ? 'Take one of them away, or all.'
                : 'Try fewer or other words, or check the spelling. Or look around:'}
            </p>
          </EmptyState>
        }
      />
      {ideas && <Ideas ideas={ideas} />}
    </div>
  )
}

function SearchAgain() {
  return (
    <Form action={paths.search()} className="mt-6 flex max-w-xl gap-3">
      <input
        type="search"
        name="q"
        aria-label="Search words"
        maxLength={200}
        enterKeyHint="search"
        className="field rounded-full px-5"
      />
      <Button>Search</Button>
    </Form>
  )
}
