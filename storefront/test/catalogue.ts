// A catalogue for tests of the storefront: answers at CATALOG_API_URL with the variants it is told, or fails as told.
import { delay, HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll } from 'vitest'
import type { ListedVariant } from '#app/domain/catalog/answers.ts'
import { newId } from '#app/lib/ids.ts'

/** A variant as the catalogue lists it; `sku` and what matters to the test are given. */
export function aVariant(given: Partial<ListedVariant> & { sku: string }): ListedVariant {
  return {
    id: newId(),
    barcode: null,
    title: 'Sage',
    optionValues: { Colour: 'Sage' },
    priceMinor: 1200,
    compareAtMinor: null,
    lowestBeforeMinor: null,
    currency: 'EUR',
    weightGrams: 300,
    status: 'active',
    available: 20,
    stock: 'in_stock',
    productId: newId(),
    productSlug: given.sku.toLowerCase(),
    productTitle: `Mug ${given.sku}`,
    productStatus: 'published',
    taxCategory: 'standard',
    image: null,
    ...given,
  }
}

export type Catalogue = {
  /** What it sells now; tests change it freely. */
  variants: ListedVariant[]
  mode: 'well' | 'down' | 'slow' | 'garbage'
  /** Paths asked for, with their query. */
  calls: string[]
}

/** Starts the catalogue for the tests of one file; emptied and well again before each. */
export function startCatalogue(): Catalogue {
  const catalogue: Catalogue = { variants: [], mode: 'well', calls: [] }
  const server = setupServer(
    http.get('http://catalog.test/catalog/variants', async ({ request }) => {
      const url = new URL(request.url)
      catalogue.calls.push(url.pathname + url.search)
      if (catalogue.mode === 'down') return HttpResponse.error()
      if (catalogue.mode === 'slow') await delay(2_000)
      if (catalogue.mode === 'garbage') return HttpResponse.json({ items: [{ sku: 'MUG', priceMinor: '12.00' }] })
      const wanted = (url.searchParams.get('skus') ?? '').split(',')
      return HttpResponse.json({ items: catalogue.variants.filter(({ sku }) => wanted.includes(sku)) })
    }),
  )
  beforeAll(() => server.listen({ onUnhandledRequest: 'error' }))
  afterEach(async () => {
    Object.assign(catalogue, { variants: [], mode: 'well', calls: [] })
    const { resetTransport } = await import('#app/domain/catalog/transport.server.ts')
    resetTransport()
  })
  afterAll(() => server.close())
  return catalogue
}
