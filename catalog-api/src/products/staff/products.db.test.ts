// Products for staff: created, replaced, archived; variants one by one. Nothing is half-written.
import { describe, expect, it } from 'vitest'
import { aCategory, aProduct } from '../../../test/factories.ts'
import {
  expectProblem,
  expectStatus,
  get,
  post,
  put,
  remove,
  rowsOf,
  stage,
  statementsOf,
} from '../../../test/stage.ts'
import { db } from '../../lib/db.ts'
import { newId } from '../../lib/ids.ts'

stage()

const scope = 'catalog:write'
const sizes = [{ name: 'Size', values: ['S', 'M', 'L'] }]
const sized = (sku: string, Size: string, priceMinor = 1000) => ({ sku, optionValues: { Size }, priceMinor })
// biome-ignore lint/suspicious/noExplicitAny: what the API answered, sent back with changes
const input = ({ title, slug, categoryId, status, options, variants, version }: any, change = {}) => ({
  title,
  slug,
  categoryId,
  status,
  options,
  variants,
  version,
  ...change,
})

describe('creating', () => {
  it('makes product, options and variants, and a slug that is free', async () => {
    const first = await aProduct({ title: 'Café au lait bowl' })
    const second = await aProduct({ title: 'Café au lait bowl' })
    expect([first.slug, second.slug]).toEqual(['cafe-au-lait-bowl', 'cafe-au-lait-bowl-2'])
    expect(first).toMatchObject({ version: 1, status: 'published', publishedAt: expect.any(String) })
  })

  it('writes nothing when anything is wrong', async () => {
    const { id: categoryId } = await aCategory()
    await aProduct({ variants: [{ sku: 'TAKEN' }] })
    const body = {
      title: 'Half',
      categoryId,
      variants: [
        { sku: 'FRESH', optionValues: { Size: 'S' }, priceMinor: 1 },
        { sku: 'TAKEN', optionValues: { Size: 'M' }, priceMinor: 1 },
      ],
      options: sizes,
    }
    expectProblem(await post('/admin/products', body, scope), 'sku_taken', 409)
    expect(await rowsOf('products', { title: 'Half' })).toEqual([])
    expect(await rowsOf('variants', { sku: 'FRESH' })).toEqual([])
  })

  it('says which slug is taken and which category is missing', async () => {
    const { slug } = await aProduct()
    const { id: categoryId } = await aCategory()
    const variants = [{ sku: 'NEW-1', optionValues: {}, priceMinor: 1 }]
    expectProblem(await post('/admin/products', { title: 'X', slug, categoryId, variants }, scope), 'slug_taken', 409)
    const missing = await post('/admin/products', { title: 'X', categoryId: newId(), variants }, scope)
    expectProblem(missing, 'validation_failed', 422)
    expect(missing.body.errors).toMatchObject([{ path: 'categoryId' }])
  })

  it.each([
    ['a combination twice', [sized('A-1', 'S'), sized('A-2', 'S')], 'variants.1.optionValues'],
    ['a SKU twice', [sized('A-1', 'S'), sized('A-1', 'M')], 'variants.1.sku'],
    ['a value that no option has', [sized('A-1', 'XXL')], 'variants.0.optionValues'],
    ['a missing option', [{ sku: 'A-1', optionValues: {}, priceMinor: 1 }], 'variants.0.optionValues'],
    [
      'an unknown option',
      [{ sku: 'A-1', optionValues: { Size: 'S', Colour: 'Red' }, priceMinor: 1 }],
      'variants.0.optionValues',
    ],
    ['a former price that is lower', [{ ...sized('A-1', 'S', 500), compareAtMinor: 400 }], 'variants.0.compareAtMinor'],
    ['a negative price', [sized('A-1', 'S', -1)], 'variants.0.priceMinor'],
    ['a price in floats', [sized('A-1', 'S', 9.99)], 'variants.0.priceMinor'],
    ['a SKU in small letters', [sized('a-1', 'S')], 'variants.0.sku'],
    ['no variant', [], 'variants'],
  ])('refuses %s', async (_what, variants, path) => {
    const { id: categoryId } = await aCategory()
    const answer = await post('/admin/products', { title: 'X', categoryId, options: sizes, variants }, scope)
    expectProblem(answer, 'validation_failed', 422)
    expect(answer.body.errors.map((error: { path: string }) => error.path)).toContain(path)
  })

  it('takes no field it does not know into the tables', async () => {
    const made = await aProduct({ ratingCount: 99, version: 7, id: newId(), publishedAt: '2001-01-01T00:00:00Z' })
    expect(made).toMatchObject({ version: 1, rating: { count: 0 } })
    expect(made.publishedAt).not.toContain('2001')
  })

  it('needs the same number of statements for one variant and for thirty', async () => {
    const { id: categoryId } = await aCategory()
    const make = (count: number, prefix: string) => {
      const values = Array.from({ length: count }, (_, n) => `V${n}`)
      const variants = values.map((Kind, n) => ({ sku: `${prefix}-${n}`, optionValues: { Kind }, priceMinor: 1 }))
      const options = [{ name: 'Kind', values }]
      return statementsOf(() => post('/admin/products', { title: prefix, categoryId, options, variants }, scope))
    }
    expect(await make(30, 'THIRTY')).toBe(await make(1, 'ONE'))
  })
})

describe('replacing', () => {
  it('keeps variants by id or SKU, makes new ones, archives the others', async () => {
    const old = await aProduct({ options: sizes, variants: [sized('R-S', 'S'), sized('R-M', 'M')] })
    const [small, medium] = old.variants
    const variants = [{ ...sized('R-S2', 'S', 1500), id: small.id }, sized('R-L', 'L', 2500)]
    const { body } = expectStatus(await put(`/admin/products/${old.id}`, input(old, { variants }), scope), 200)
    expect(body).toMatchObject({ version: 2, priceFromMinor: 1500, priceToMinor: 2500, variantCount: 2 })
    expect(body.variants).toMatchObject([
      { id: small.id, sku: 'R-S2', status: 'active' },
      { sku: 'R-L', status: 'active' },
      { id: medium.id, sku: 'R-M', status: 'archived' },
    ])
  })

  it('lets two variants swap their values, and brings an archived one back', async () => {
    const old = await aProduct({ options: sizes, variants: [sized('W-S', 'S'), sized('W-M', 'M')] })
    const swapped = [sized('W-S', 'M'), sized('W-M', 'S')]
    const one = expectStatus(await put(`/admin/products/${old.id}`, input(old, { variants: swapped }), scope), 200).body
    const two = expectStatus(
      await put(`/admin/products/${old.id}`, input(one, { variants: [sized('W-S', 'M')] }), scope),
      200,
    ).body
    const three = expectStatus(
      await put(`/admin/products/${old.id}`, input(two, { variants: [sized('W-M', 'L')] }), scope),
      200,
    ).body
    expect(three.variants.find((row: { sku: string }) => row.sku === 'W-M')).toMatchObject({
      id: old.variants[1].id,
      status: 'active',
    })
  })

  it('lets two variants swap their SKUs and barcodes', async () => {
    const n = newId().slice(-12).toUpperCase()
    const old = await aProduct({
      options: [{ name: 'Size', values: ['S', 'L'] }],
      variants: [
        { sku: `A-${n}`, optionValues: { Size: 'S' }, barcode: `1-${n}` },
        { sku: `B-${n}`, optionValues: { Size: 'L' }, barcode: `2-${n}` },
      ],
    })
    const [a, b] = old.variants
    const variants = [
      { ...a, sku: b.sku, barcode: b.barcode },
      { ...b, sku: a.sku, barcode: a.barcode },
    ]
    const { body } = expectStatus(await put(`/admin/products/${old.id}`, input(old, { variants }), scope), 200)
    expect(body.variants).toMatchObject([
      { id: a.id, sku: b.sku, barcode: b.barcode, optionValues: { Size: 'S' } },
      { id: b.id, sku: a.sku, barcode: a.barcode, optionValues: { Size: 'L' } },
    ])
  })

  it('gives a SKU that one variant gives up to a new one in the same change; names no variant twice', async () => {
    const old = await aProduct({ options: sizes, variants: [sized('G-OLD', 'S')] })
    const [first] = old.variants
    const variants = [sized('G-OLD', 'M'), { ...sized('G-NEW', 'S'), id: first.id }]
    const { body } = expectStatus(await put(`/admin/products/${old.id}`, input(old, { variants }), scope), 200)
    const skus = Object.fromEntries(body.variants.map((row: { sku: string; id: string }) => [row.sku, row.id]))
    expect(skus).toEqual({ 'G-NEW': first.id, 'G-OLD': expect.not.stringMatching(first.id) })
    const doubled = [
      { ...sized('G-1', 'S'), id: first.id },
      { ...sized('G-2', 'M'), id: first.id },
    ]
    const again = await put(`/admin/products/${old.id}`, input(body, { variants: doubled }), scope)
    expectProblem(again, 'validation_failed', 422)
  })

  it('is refused when somebody was faster: two editors, one wins', async () => {
    const old = await aProduct()
    const answers = await Promise.all(
      ['A', 'B'].map((title) => put(`/admin/products/${old.id}`, input(old, { title }), scope)),
    )
    const [won, lost] = answers.sort((a, b) => a.status - b.status)
    expect(won?.status).toBe(200)
    expect(lost?.body).toMatchObject({ status: 409, code: 'version_conflict' })
  })

  it('keeps an old address answering after the slug changed', async () => {
    const old = await aProduct({ title: 'Old name' })
    const one = (await put(`/admin/products/${old.id}`, input(old, { slug: 'new-name' }), scope)).body
    expect((await get('/catalog/products/old-name')).body).toMatchObject({ id: old.id, slug: 'new-name' })
    expectStatus(await put(`/admin/products/${old.id}`, input(one, { slug: 'old-name' }), scope), 200)
    expect((await get('/catalog/products/new-name')).body).toMatchObject({ slug: 'old-name' })
  })

  it('leads from every slug it ever had to the one it has, until another product takes one', async () => {
    let lamp = await aProduct({ title: 'Lamp one' })
    for (const slug of ['lamp-two', 'lamp-three'])
      lamp = (await put(`/admin/products/${lamp.id}`, input(lamp, { slug }), scope)).body
    for (const slug of ['lamp-one', 'lamp-two', 'lamp-three'])
      expect((await get(`/catalog/products/${slug}`)).body.slug).toBe('lamp-three')
    const newcomer = await aProduct({ title: 'Newcomer', slug: 'lamp-two' })
    expect((await get('/catalog/products/lamp-two')).body.id).toBe(newcomer.id)
    const moved = (await put(`/admin/products/${newcomer.id}`, input(newcomer, { slug: 'lamp-four' }), scope)).body
    expect((await get('/catalog/products/lamp-two')).body.id).toBe(moved.id)
    expectStatus(await remove(`/admin/products/${lamp.id}`, scope), 200)
    for (const slug of ['lamp-one', 'lamp-three', lamp.id])
      expectProblem(await get(`/catalog/products/${slug}`), 'gone', 410)
    const heir = (await put(`/admin/products/${newcomer.id}`, input(moved, { slug: 'lamp-one' }), scope)).body
    expect((await get('/catalog/products/lamp-one')).body.id).toBe(heir.id)
  })

  it('refuses the id of another product’s variant, and an unknown product', async () => {
    const [mine, other] = [await aProduct(), await aProduct()]
    const variants = [{ ...mine.variants[0], id: other.variants[0].id }]
    expectProblem(await put(`/admin/products/${mine.id}`, input(mine, { variants }), scope), 'validation_failed', 422)
    expectProblem(await put(`/admin/products/${newId()}`, input(mine), scope), 'not_found', 404)
  })
})

describe('archiving', () => {
  it('takes the product out of the shop and keeps it for staff; twice is once', async () => {
    const { id, slug } = await aProduct()
    expect(expectStatus(await remove(`/admin/products/${id}`, scope), 200).body).toMatchObject({
      status: 'archived',
      version: 2,
    })
    expect((await remove(`/admin/products/${id}`, scope)).body).toMatchObject({ version: 2 })
    expectProblem(await get(`/catalog/products/${slug}`), 'gone', 410)
    expectStatus(await get(`/admin/products/${slug}`, { scope: 'catalog:read' }), 200)
    expectProblem(await remove(`/admin/products/${newId()}`, scope), 'not_found', 404)
  })
})

describe('several products at once', () => {
  const set = (body: unknown) => post('/admin/products/status', body, scope)

  it('are published or archived; what somebody changed meanwhile is left alone and told', async () => {
    const drafts = [await aProduct({ status: 'draft' }), await aProduct({ status: 'draft' })]
    const stale = await aProduct({ status: 'draft' })
    await put(`/admin/products/${stale.id}`, input(stale, { subtitle: 'newer' }), scope)
    const items = [...drafts, stale].map(({ id, version }) => ({ id, version }))
    const { body } = expectStatus(await set({ items, status: 'published' }), 200)
    expect(body).toEqual({ changed: drafts.map(({ id }) => id), skipped: [stale.id] })
    for (const { slug } of drafts) expect((await get(`/catalog/products/${slug}`)).body.version).toBe(2)
    expect((await set({ items, status: 'published' })).body).toMatchObject({ changed: [] })
  })

  it('are refused when the list or the status is none', async () => {
    const { id } = await aProduct()
    for (const wrong of [
      { items: [], status: 'archived' },
      { items: [{ id, version: 0 }], status: 'archived' },
      { items: [{ id: 'x', version: 1 }], status: 'archived' },
      { items: [{ id, version: 1 }], status: 'deleted' },
      { items: Array.from({ length: 101 }, () => ({ id, version: 1 })), status: 'archived' },
    ])
      expectProblem(await set(wrong), 'validation_failed', 422)
    const nobody = { items: [{ id: newId(), version: 1 }], status: 'archived' }
    expect((await set(nobody)).body.skipped).toHaveLength(1)
  })
})

describe('one variant', () => {
  it('is added, changed, archived and brought back', async () => {
    const { id } = await aProduct({ options: sizes, variants: [sized('V-S', 'S')] })
    const added = expectStatus(await post(`/admin/products/${id}/variants`, sized('V-M', 'M', 3000), scope), 201).body
    expect(added).toMatchObject({ version: 2, variantCount: 2, priceToMinor: 3000 })
    const variant = added.variants[1]
    const url = `/admin/products/${id}/variants/${variant.id}`
    expect(expectStatus(await put(url, sized('V-M', 'L', 500), scope), 200).body).toMatchObject({ priceFromMinor: 500 })
    expect(expectStatus(await remove(url, scope), 200).body).toMatchObject({ variantCount: 1, priceToMinor: 1000 })
    expectStatus(await remove(url, scope), 200)
    const back = expectStatus(await post(`/admin/products/${id}/variants`, sized('V-M', 'M'), scope), 201).body
    expect(back.variants.find((row: { sku: string }) => row.sku === 'V-M')).toMatchObject({
      id: variant.id,
      status: 'active',
    })
  })

  it('cannot double a combination or a SKU, nor be the last to go', async () => {
    const { id, variants } = await aProduct({ options: sizes, variants: [sized('D-S', 'S')] })
    const url = `/admin/products/${id}/variants`
    expectProblem(await post(url, sized('D-S2', 'S'), scope), 'conflict', 409)
    expectProblem(await post(url, sized('D-S', 'M'), scope), 'sku_taken', 409)
    expectProblem(await post(url, sized('D-X', 'X'), scope), 'validation_failed', 422)
    expectProblem(await remove(`${url}/${variants[0].id}`, scope), 'conflict', 409)
    expectProblem(await remove(`${url}/${newId()}`, scope), 'not_found', 404)
    expectProblem(await put(`${url}/${newId()}`, sized('D-M', 'M'), scope), 'not_found', 404)
    expectProblem(await post(`/admin/products/${newId()}/variants`, sized('D-M', 'M'), scope), 'not_found', 404)
  })
})

describe('the list for staff', () => {
  it('shows every status, by pages, and finds a SKU', async () => {
    const { id: categoryId } = await aCategory({ name: 'Staff list' })
    await aProduct({ title: 'One', categoryId, status: 'draft', variants: [{ sku: 'STAFF-ONE' }] })
    await aProduct({ title: 'Two', categoryId })
    await aProduct({ title: 'Three', categoryId, status: 'archived' })
    const list = async (query: string) =>
      expectStatus(await get(`/admin/products?category=staff-list&${query}`, { scope: 'catalog:read' }), 200).body
    expect(await list('')).toMatchObject({ total: 3, page: 1, pages: 1 })
    expect(await list('limit=2&page=2&sort=title')).toMatchObject({
      total: 3,
      page: 2,
      pages: 2,
      items: [{ title: 'Two' }],
    })
    expect(await list('status=draft')).toMatchObject({
      items: [{ title: 'One', status: 'draft', version: 1, availableUnits: 0 }],
    })
    expect(await list('q=staff-one')).toMatchObject({ total: 1, items: [{ title: 'One' }] })
    expect(await list('q=%26%7C!')).toMatchObject({ total: 0 })
    expect(await statementsOf(() => list('limit=1'))).toBe(await statementsOf(() => list('limit=3')))
  })

  it('is not for everybody', async () => {
    expectProblem(await get('/admin/products'), 'unauthorized', 401)
    expectProblem(await get('/admin/products', { scope: 'inventory:write' }), 'forbidden', 403)
  })
})

it('keeps the price range that the audit would compute', async () => {
  const { rows } = await db().raw(`
    SELECT p.id FROM products p JOIN variants v ON v.product_id = p.id AND v.status = 'active'
    GROUP BY p.id HAVING p.price_from_minor <> min(v.price_minor) OR p.price_to_minor <> max(v.price_minor)`)
  expect(rows).toEqual([])
})
