// The sitemap's raw material: public things only, in pages that together hold each once.
import { expect, it } from 'vitest'
import { aCategory, aProduct, aStore } from '../../test/factories.ts'
import { expectProblem, expectStatus, get, remove, stage, statementsOf } from '../../test/stage.ts'
import { newId } from '../lib/ids.ts'

stage()

type Page = { kind: string; from: string; count: number; lastModifiedAt: string }

it('names every published product, category and open shop once, with the time of its last change', async () => {
  const { id: categoryId, slug } = await aCategory({ name: 'Mugs' })
  const shown: string[] = []
  for (let n = 0; n < 5; n++) shown.push((await aProduct({ categoryId })).slug)
  await aProduct({ categoryId, status: 'draft' })
  const archived = await aProduct({ categoryId })
  await remove(`/admin/products/${archived.id}`, 'catalog:write')
  const shop = await aStore()
  await aStore({ kind: 'warehouse' })
  await aStore({ status: 'closed' })

  const { pages } = expectStatus(await get('/catalog/sitemap?size=2'), 200).body
  const listed: Record<string, string[]> = { products: [], categories: [], stores: [] }
  for (const { kind, from, count, lastModifiedAt } of pages as Page[]) {
    const { items } = expectStatus(await get(`/catalog/sitemap/${kind}?from=${from}&limit=2`), 200).body
    expect(items).toHaveLength(count)
    const times = items.map((item: Page) => item.lastModifiedAt)
    expect(times.sort().at(-1)).toBe(lastModifiedAt)
    listed[kind]?.push(...items.map((item: { slug: string }) => item.slug))
  }
  expect(listed).toEqual({ products: shown, categories: [slug], stores: [shop.slug] })
  expect(await statementsOf(() => get('/catalog/sitemap?size=1'))).toBe(1)
})

it('refuses kinds, marks and sizes that are none', async () => {
  for (const url of [
    '/catalog/sitemap?size=0',
    '/catalog/sitemap?size=5001',
    '/catalog/sitemap/users?from=x',
    '/catalog/sitemap/products',
    `/catalog/sitemap/products?from=1`,
    `/catalog/sitemap/products?from=${newId()}&limit=1e3`,
  ])
    expectProblem(await get(url), 'validation_failed', 422)
  expect((await get(`/catalog/sitemap/products?from=${newId()}`)).body).toEqual({ items: [] })
})
