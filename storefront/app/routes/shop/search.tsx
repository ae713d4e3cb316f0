// Search by words. An exact SKU or barcode goes straight to that variant; nothing found still leads somewhere.
import { type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { getProduct, listCategories, listProducts, searchProducts } from '#app/domain/catalog/catalog.server.ts'
import { answerPublic, readListQuery } from '#app/http/list-query.server.ts'
import { clearedHref, hasFilters, listHref } from '#app/http/list-state.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { clip, pageMeta, plainTitle } from '#app/ui/page-meta.ts'
import { EmptyState } from '#app/ui/parts.tsx'
import { type ProductCardInfo, ProductGrid } from '#app/ui/product-card.tsx'
import { ProductList } from '#app/ui/product-list.tsx'

export async function loader({ request }: LoaderFunctionArgs) {
  return answerPublic(request, async () => {
    const { filter, list } = readListQuery(request, paths.search())
    const q = filter.q?.replace(/\p{C}+/gu, ' ').trim() ?? ''
    if (!q) return { list: { ...list, q: '' }, page: null, ideas: await findIdeas() }
    const page = await searchProducts({ ...filter, q, facets: true })
    if (page.exactSlug) throw redirect(await variantPath(page.exactSlug, q))
    return { list: { ...list, q }, page, ideas: page.total === 0 ? await findIdeas() : null }
  })
}

/** The page of the variant whose SKU or barcode is `code`. */
async function variantPath(slug: string, code: string): Promise<string> {
  const { variants } = await getProduct(slug)
  const wanted = code.toUpperCase()
  const variant = variants.find(({ sku, barcode }) => sku.toUpperCase() === wanted || barcode === code)
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
    title: list.q ? `“${clip(list.q, 60)}”` : 'Search',
    description: 'Search everything Highstreet sells, by name, kind, brand or SKU.',
    noindex: true,
    prev: page?.prevCursor && listHref(list, { cursor: page.prevCursor }),
    next: page?.nextCursor && listHref(list, { cursor: page.nextCursor }),
  })
}

export default function SearchPage() {
  const { list, page, ideas } = useLoaderData<typeof loader>()
  if (!page)
    return (
      <div className="page">
        <h1 className="pt-10 text-2xl">What are you looking for?</h1>
        <SearchAgain />
        {ideas && <Ideas ideas={ideas} />}
      </div>
    )
  const narrowed = hasFilters(list)
  return (
    <div className="page">
      <header className="pt-10 pb-6">
        <p className="text-muted">{page.corrected ? 'Showing results for' : 'Search results for'}</p>
        <h1 className="mt-1 text-2xl wrap-anywhere">“{clip(page.corrected ?? list.q ?? '', 120)}”</h1>
        {page.corrected && (
          <p className="mt-3">
            Nothing was found for “{clip(list.q ?? '', 120)}”.{' '}
            <Link to={listHref(list, { literal: true })} rel="nofollow" className="link">
              Search for exactly that
            </Link>
          </p>
        )}
      </header>
      <ProductList
        list={list}
        page={page}
        ownOrder="Best match"
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

type IdeasProps = { ideas: { categories: { slug: string; name: string }[]; popular: ProductCardInfo[] } }

function Ideas({ ideas }: IdeasProps) {
  return (
    <>
      {ideas.categories.length > 0 && (
        <nav aria-label="Suggested categories" className="mt-12">
          <h2 className="text-xl">Browse instead</h2>
          <ul className="mt-4 flex flex-wrap gap-2">
            {ideas.categories.map((category) => (
              <li key={category.slug}>
                <Link
                  to={paths.category(category.slug)}
                  className="inline-flex min-h-11 items-center rounded-full border border-line bg-surface px-5 hover:border-ink"
                >
                  {category.name}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      )}
      {ideas.popular.length > 0 && (
        <section className="mt-12">
          <h2 className="mb-5 text-xl">What others like most</h2>
          <ProductGrid products={ideas.popular} />
        </section>
      )}
    </>
  )
}
