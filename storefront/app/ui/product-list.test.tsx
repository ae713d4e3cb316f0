// What a product list says as the server sends it: counts it knows, the end of the best matches, a way to apply filters that
// needs no script. Drawn without a browser.
import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { createStaticHandler, createStaticRouter, StaticRouterProvider } from 'react-router-dom/server'
import { describe, expect, test } from 'vitest'
import type { ListState } from '#app/http/list-state.ts'
import type { FacetsInfo } from './facet-filters.tsx'
import { ProductList } from './product-list.tsx'
import { ReviewList } from './reviews.tsx'

const everything: ListState = {
  ...{ path: '/search', q: 'oak', literal: false, min: '', max: '', inStock: false, store: '', rating: '', sort: '' },
  ...{ categories: [], brands: [], options: [], attributes: [], paged: false },
}
const facets: FacetsInfo = {
  ...{ categories: [], options: [], attributes: [], ratings: [], inStock: 3, store: null, price: null },
  brands: [
    { value: 'Nord', count: 7 },
    { value: 'Sud', count: 5 },
  ],
}
const product = {
  ...{ id: '1', slug: 'oak-mug', title: 'Oak mug', subtitle: '', brand: '', category: { slug: 'c', name: 'C' } },
  ...{ priceFromMinor: 100, priceToMinor: 100, compareAtMinor: null, lowestBeforeMinor: null, currency: 'EUR' },
  ...{ image: null, hoverImage: null, rating: { average: null, count: 0 }, available: true, defaultSku: 'OAK' },
  ...{ variantCount: 1, featured: false, publishedAt: null },
}
const wholePage: Parameters<typeof ProductList>[0]['page'] = {
  ...{ items: [product], total: 1_000, totalIsMore: true, nextCursor: null, prevCursor: 'before', facets },
}

async function draw(element: ReactElement): Promise<string> {
  const { query, dataRoutes } = createStaticHandler([{ path: '*', element }])
  const context = await query(new Request('http://localhost/'))
  if (context instanceof Response) throw new Error('a page was expected')
  const router = createStaticRouter(dataRoutes, context)
  const drawn = renderToStaticMarkup(<StaticRouterProvider router={router} context={context} hydrate={false} />)
  return drawn.replaceAll('<!-- -->', '')
}
const list = (state: Partial<ListState>, page: Partial<typeof wholePage> = {}) =>
  draw(
    <ProductList
      list={{ ...everything, ...state }}
      page={{ ...wholePage, ...page }}
      ownOrder="Best match"
      empty={null}
    />,
  )

describe('a product list', () => {
  test('says after the last of the best matches that these were the best, and offers all in other orders', async () => {
    const end = await list({})
    expect(end).toContain('These were the 200 best matches of more than 1,000 products.')
    expect(end).toContain('href="/search?q=oak&amp;sort=price_asc"')
    for (const other of [
      list({}, { nextCursor: 'more' }),
      list({}, { totalIsMore: false }),
      list({ sort: 'newest' }),
      list({ q: undefined }),
    ])
      expect(await other).not.toContain('best matches')
  })

  test('tells no number for what a sample does not hold, though it is chosen', async () => {
    const chosen = { brands: ['Rare'], inStock: true }
    const numbers = async (isEstimate: boolean) => {
      const drawn = await list(chosen, { facets: { ...facets, isEstimate, inStock: 0 } })
      const labels = [...drawn.matchAll(/(Nord|Rare|In stock)((?:(?!<label).)*?)<\/label>/g)]
      return Object.fromEntries(labels.map(([, value, rest = '']) => [value, />(\d+)<\/span>/.exec(rest)?.[1] ?? null]))
    }
    expect(await numbers(true)).toEqual({ Nord: '7', Rare: null, 'In stock': null })
    expect(await numbers(false)).toEqual({ Nord: '7', Rare: '0', 'In stock': '0' })
  })

  test('shows a chosen category by its name, whatever is counted in it', async () => {
    const categories = [{ slug: 'home-bath', name: 'Home & bath', count: 0 }]
    const page = { facets: { ...facets, isEstimate: true, categories } }
    expect(await list({ categories: ['home-bath'] }, page)).toMatch(/Remove filter: <\/span>Home &amp; bath/)
    expect(await list({ categories: ['home-bath'] }, page)).not.toContain('home bath')
  })

  test('can be narrowed before any script has come: each fold-out has its button, and it is not hidden', async () => {
    const buttons = [...(await list({})).matchAll(/<button type="submit" class="([^"]*)">Show<\/button>/g)].map(
      ([, name]) => name,
    )
    expect(buttons.length).toBeGreaterThanOrEqual(2)
    for (const classes of buttons) expect(classes).not.toMatch(/hidden|invisible/)
  })
})

test('a bar without reviews says that nobody gave so many stars; no review at all invites to the first', async () => {
  const page = { items: [], nextCursor: null, total: 0 }
  const reviews = (only?: number) =>
    draw(<ReviewList slug="mug" page={page} mine={null} votes={{}} back="/" only={only} />)
  expect(await reviews()).toContain('Be the first')
  expect(await reviews(1)).toContain('Nobody has given it 1 star.')
  expect(await reviews(4)).toContain('Nobody has given it 4 stars.')
})
