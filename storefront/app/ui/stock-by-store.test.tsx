// What a product page and a list say about stores, as the server sends it. Drawn without a browser.
import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { createStaticHandler, createStaticRouter, StaticRouterProvider } from 'react-router-dom/server'
import { expect, test } from 'vitest'
import { StoreFilter } from './filter-fields.tsx'
import { StockByStore } from './stock-by-store.tsx'

async function draw(element: ReactElement): Promise<string> {
  const { query, dataRoutes } = createStaticHandler([{ path: '*', element }])
  const context = await query(new Request('http://localhost/'))
  if (context instanceof Response) throw new Error('a page was expected')
  const router = createStaticRouter(dataRoutes, context)
  return renderToStaticMarkup(<StaticRouterProvider router={router} context={context} hydrate={false} />)
}

test('reserving is offered in stores that keep things for people, and in no other', async () => {
  const stores = [
    { slug: 'cork', name: 'Cork', available: 5, keepsForShoppers: true },
    { slug: 'sligo', name: 'Sligo', available: 9, keepsForShoppers: false },
  ]
  for (const mine of [null, 'cork', 'sligo']) {
    const page = await draw(<StockByStore sku="MUG" stores={stores} mine={mine} />)
    expect(page).toContain('/stores/cork/reserve')
    expect(page).toContain('/stores/sligo')
    expect(page).not.toContain('/stores/sligo/reserve')
  }
})

test('whoever chooses a store for a list is led back to that list with its filters', async () => {
  const list = {
    ...{ path: '/c/mugs', literal: false, min: '5', max: '', inStock: true, store: '', rating: '', sort: '' },
    ...{ categories: [], brands: ['Hart'], options: [], attributes: [], paged: false },
  }
  const link = /href="([^"]*)"/.exec(await draw(<StoreFilter list={list} store={null} />))?.[1] ?? ''
  const back = new URL(link.replaceAll('&amp;', '&'), 'http://localhost').searchParams.get('back')
  expect(back).toBe('/c/mugs?brand=Hart&min=5&stock=1')
})
