// A category: what it is, the categories inside it, and its products (those of its descendants too).
import { type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { getCategory, listProducts } from '#app/domain/catalog/catalog.server.ts'
import { answerPublic, readListQuery } from '#app/http/list-query.server.ts'
import { clearedHref, hasFilters, isNarrowed, listHref } from '#app/http/list-state.ts'
import { paths } from '#app/paths.ts'
import { productCount } from '#app/ui/facet-count.tsx'
import { breadcrumbData, JsonLd, useOrigin } from '#app/ui/json-ld.tsx'
import { pageMeta, plainTitle } from '#app/ui/page-meta.ts'
import { Breadcrumb, EmptyState } from '#app/ui/parts.tsx'
import { type ImageInfo, Picture } from '#app/ui/picture.tsx'
import { ProductList } from '#app/ui/product-list.tsx'

export async function loader({ request, params: { slug = '' } }: LoaderFunctionArgs) {
  return answerPublic(request, async () => {
    const { filter, list } = readListQuery(request, paths.category(slug))
    const [category, page] = await Promise.all([
      getCategory(slug),
      listProducts({ ...filter, q: undefined, literal: undefined, category: slug, facets: true }),
    ])
    if (category.slug !== slug) throw redirect(paths.category(category.slug) + new URL(request.url).search, 301)
    const { name, description, image, breadcrumb, children } = category
    const subcategories = children
      .filter((child) => child.productCount > 0)
      .map((child) => ({ slug: child.slug, name: child.name, image: child.image, productCount: child.productCount }))
    return {
      category: { slug, name, description, image, breadcrumb, subcategories },
      page,
      list: { ...list, q: undefined },
    }
  })
}

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => {
  if (!data) return plainTitle('Category')
  const { category, page, list } = data
  return pageMeta(matches, {
    title: category.name,
    description:
      category.description ||
      `${category.name} at Highstreet: ${productCount(page.total, page.totalIsMore).toLowerCase()} to choose from.`,
    path: list.path,
    image: category.image,
    noindex: isNarrowed(list),
    prev: page.prevCursor && listHref(list, { cursor: page.prevCursor }),
    next: page.nextCursor && listHref(list, { cursor: page.nextCursor }),
  })
}

export default function CategoryPage() {
  const { category, page, list } = useLoaderData<typeof loader>()
  const above = category.breadcrumb.filter((crumb) => crumb.slug !== category.slug)
  const trail = [
    { name: 'Shop', to: paths.home() },
    ...above.map((crumb) => ({ name: crumb.name, to: paths.category(crumb.slug) })),
  ]
  const data = breadcrumbData(useOrigin(), [
    ...trail.map(({ name, to }) => ({ name, path: to })),
    { name: category.name, path: paths.category(category.slug) },
  ])
  return (
    <div className="page">
      <JsonLd data={data} />
      <Breadcrumb items={[...trail, { name: category.name }]} />
      <header className="max-w-3xl pt-2 pb-8">
        <h1 className="text-3xl">{category.name}</h1>
        {category.description && <p className="mt-4 max-w-2xl text-lg text-muted">{category.description}</p>}
      </header>
      {category.subcategories.length > 0 && <Subcategories items={category.subcategories} />}
      <ProductList
        list={list}
        page={page}
        ownOrder="Newest"
        empty={
          <EmptyState
            title={hasFilters(list) ? 'Nothing fits these filters' : 'Nothing here just now'}
            action={
              hasFilters(list)
                ? { to: clearedHref(list), label: 'Show everything' }
                : { to: paths.home(), label: 'See what is new' }
            }
          >
            <p>{hasFilters(list) ? 'Take one of them away, or all.' : 'New things arrive every week.'}</p>
          </EmptyState>
        }
      />
    </div>
  )
}

type Subcategory = { slug: string; name: string; image: ImageInfo | null; productCount: number }

function Subcategories({ items }: { items: Subcategory[] }) {
  return (
    <nav aria-label="Inside this category" className="mb-8">
      <ul className="flex flex-wrap gap-3">
        {items.map((item) => (
          <li key={item.slug}>
            <Link
              to={paths.category(item.slug)}
              prefetch="intent"
              className="flex min-h-14 items-center gap-3 rounded-full border border-line bg-surface py-1.5 pr-5 pl-1.5 font-medium hover:border-ink"
            >
              <Picture image={item.image} alt="" sizes="44px" className="size-11 shrink-0 rounded-full object-cover" />
              <span className="whitespace-nowrap">
                {item.name} <span className="nums ml-0.5 text-sm font-normal text-muted">{item.productCount}</span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
