// Staff's pages for goods against the real catalog-api: what they save is there, what they refuse changes nothing, and
// every change leaves one line in the audit log.
import '../../../test/real-catalogue.ts'

import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { db } from '#app/lib/db.server.ts'
import { newId } from '#app/lib/ids.ts'
import { asRead } from '../../../test/as-read.ts'
import { Browser } from '../../../test/browser.ts'
import { logIn } from '../../../test/log-in.ts'
import { inCatalogue } from '../../../test/real-catalogue.ts'
import * as shopCategory from '../shop/category.tsx'
import * as shopProduct from '../shop/product.tsx'
import * as recentlyViewed from '../shop/recently-viewed.tsx'
import * as categories from './categories.tsx'
import * as category from './category.tsx'
import * as inventory from './inventory.tsx'
import * as product from './product.tsx'
import * as productNew from './product-new.tsx'
import * as products from './products.tsx'
import * as reservations from './reservations.tsx'
import * as reviews from './reviews.tsx'
import * as stock from './stock.tsx'
import * as store from './store.tsx'
import * as stores from './stores.tsx'

let ada: Browser
const alice = newId()
type Shown = { problem: { code: string; fields: Record<string, string[]>; values: Record<string, string> } }
const problemIn = (answer: { data: unknown }) => (answer.data as Shown).problem
const idIn = (location: string | null) => location?.split('/').at(-1)?.split('#')[0] ?? ''
type Card = { title: string }
type Beside = { product: unknown; chosen: unknown; related: Card[]; viewed: Card[] }
const linesOf = (action: string) => db()('audit_log').where({ action }).orderBy('seq')

beforeAll(async () => {
  const id = newId()
  await db()('users').insert({ id, email: 'ada@example.com', name: 'Ada', role: 'owner' })
  await db()('users').insert({ id: alice, email: 'alice@example.com', name: 'Alice Archer', role: 'customer' })
  ada = await logIn(id)
})

const kitchen = {
  intent: 'save',
  name: 'Kitchen',
  slug: '',
  description: '',
  parentId: '',
  position: '1',
  imageKey: '',
}
const saveCategory = (id: string, fields: Record<string, string>) =>
  ada.post(category, `/admin/categories/${id}`, { ...kitchen, ...fields }, { params: { id } })
const lyon = {
  intent: 'save',
  name: 'Highstreet Lyon',
  kind: 'warehouse',
  status: 'open',
  line1: '12 rue de la République',
  city: 'Lyon',
  country: 'fr',
  latitude: '45,767',
  longitude: '4.834',
  timezone: 'Europe/Paris',
  allocationPriority: '10',
  shipsOrders: 'on',
  service_click_and_collect: 'on',
  hours1: '10:00-12:30, 14:00–19:00',
}
const saveStore = (id: string, fields: Record<string, string>) =>
  ada.post(store, `/admin/stores/${id}`, { ...lyon, ...fields }, { params: { id } })

/** A published product with a SKU, by the form. */
async function aProduct(sku: string, more: Record<string, string> = {}): Promise<string> {
  const [{ id: categoryId } = { id: '' }] = await inCatalogue<{ id: string }>('SELECT id FROM categories LIMIT 1')
  const fields = {
    intent: 'save',
    title: `Mug ${sku}`,
    categoryId,
    status: 'published',
    'v0.sku': sku,
    'v0.price': '12.00',
  }
  const answer = await ada.post(productNew, '/admin/products/new', { ...fields, ...more })
  expect(answer.status, JSON.stringify(answer.data)).toBe(303)
  return idIn(answer.location)
}

describe('categories', () => {
  test('are made, moved and deleted; a second editor is told, a taken address stands beside its field', async () => {
    const top = idIn((await saveCategory('new', {})).location)
    const child = idIn((await saveCategory('new', { name: 'Cups', parentId: top })).location)
    const moved = await saveCategory(child, { name: 'Cups', slug: 'mugs', parentId: top, version: '1' })
    expect(moved.status).toBe(303)
    expect(problemIn(await saveCategory(child, { name: 'Late', version: '1' })).code).toBe('version_conflict')
    expect(problemIn(await saveCategory('new', {})).fields).toHaveProperty('slug')
    expect(problemIn(await saveCategory(top, { parentId: top, version: '1' })).code).toBe('conflict')
    const { data } = await ada.get(categories, '/admin/categories')
    expect((data as { items: unknown[] }).items).toMatchObject([{ name: 'Kitchen' }, { name: 'Cups', slug: 'mugs' }])
    const gone = await ada.post(category, `/admin/categories/${child}`, { intent: 'remove' }, { params: { id: child } })
    expect(gone.status).toBe(303)
    expect(await linesOf('categories:write')).toMatchObject([
      { subject: `category:${top}` },
      { subject: `category:${child}` },
      { subject: `category:${child}`, before: { slug: 'cups' }, after: { slug: 'mugs' } },
      { subject: `category:${child}`, after: { deleted: true } },
    ])
  })

  test('refuse what cannot be, keep what was typed, and write nothing', async () => {
    const before = await inCatalogue('SELECT id FROM categories')
    for (const [field, value] of [
      ['name', ' '],
      ['name', 'x'.repeat(101)],
      ['slug', 'Not A Slug'],
      ['position', '-1'],
      ['position', '1e3'],
      ['parentId', 'nowhere'],
      ['parentId', newId()],
      ['imageKey', '../secret'],
      ['description', 'x'.repeat(2001)],
    ] as const) {
      const answer = await saveCategory('new', { name: 'Garden', [field]: value })
      expect(answer.status, `${field} ${value.slice(0, 20)}`).toBe(422)
      expect(problemIn(answer).fields, field).toHaveProperty(field)
      expect(problemIn(answer).values[field]).toBe(value)
    }
    expect(await inCatalogue('SELECT id FROM categories')).toEqual(before)
    expect((await ada.get(category, '/admin/categories/x', { id: newId() })).status).toBe(404)
  })
})

describe('stores', () => {
  test('are opened with hours and flags, changed once, closed', async () => {
    const id = idIn((await saveStore('new', {})).location)
    const [row] = await inCatalogue('SELECT * FROM stores WHERE id = $1', [id])
    expect(row).toMatchObject({ country: 'FR', latitude: 45.767, ships_orders: true, services: ['click_and_collect'] })
    const hours = await inCatalogue('SELECT weekday, opens, closes FROM store_hours WHERE store_id = $1', [id])
    expect(hours).toHaveLength(2)
    expect((await saveStore(id, { version: '1', phone: '+33 4 00', hours1: '' })).status).toBe(303)
    expect(problemIn(await saveStore(id, { version: '1', status: 'closed' })).code).toBe('version_conflict')
    const { data } = await ada.get(stores, '/admin/stores?q=lyon')
    expect(data).toMatchObject({ total: 1, items: [{ version: 2, phone: '+33 4 00', hours: [] }] })
    expect(await linesOf('stores:write')).toHaveLength(2)
  })

  test.each([
    ['latitude', '91'],
    ['latitude', 'north'],
    ['longitude', '-181'],
    ['timezone', 'Mars/Base'],
    ['country', 'FRA'],
    ['email', 'nobody'],
    ['hours1', '9 to 5'],
    ['hours2', '19:00-10:00'],
    ['hours3', '10:00-15:00, 14:00-18:00'],
    ['hours4', '24:30-25:00'],
    ['allocationPriority', '-1'],
    ['otherServices', 'Key Cutting!'],
    ['line1', ''],
  ])('refuse %s “%s” beside its field', async (field, value) => {
    const answer = await saveStore('new', { name: 'Nowhere', [field]: value })
    expect(answer.status).toBe(422)
    expect(problemIn(answer).fields).toHaveProperty(field)
  })
})

describe('stock', () => {
  const count = (sku: string, fields: Record<string, string>) =>
    ada.post(stock, `/admin/inventory/${sku}`, { intent: 'count', reason: 'Monday', ...fields }, { params: { sku } })

  test('is received and counted; a count of what changed meanwhile is refused; a double click counts once', async () => {
    await aProduct('COUNT-1')
    const [{ id: storeId } = { id: '' }] = await inCatalogue<{ id: string }>('SELECT id FROM stores LIMIT 1')
    const seen = (units: number) => ({ storeId, [`seen.${storeId}`]: String(units) })
    const ref = `stock:${newId()}`
    const come = { ref, kind: 'receive', units: '7', ...seen(0) }
    expect((await count('COUNT-1', come)).status).toBe(303)
    expect((await count('COUNT-1', come)).status).toBe(303)
    const counted = { ref: `stock:${newId()}`, kind: 'adjust', units: '5', ...seen(7) }
    expect((await count('COUNT-1', counted)).status).toBe(303)
    expect(problemIn(await count('COUNT-1', { ...counted, ref: `stock:${newId()}` })).code).toBe('version_conflict')
    const { data } = await ada.get(stock, '/admin/inventory/COUNT-1', { sku: 'COUNT-1' })
    expect(data).toMatchObject({
      stock: { places: [{ onHand: 5, available: 5 }] },
      ledger: { items: [{ deltaOnHand: -2, reason: 'Monday' }, { deltaOnHand: 7 }] },
    })
    expect(Object.values((data as { names: Record<string, string> }).names)).toEqual(['Ada'])
    const never: Record<string, string>[] = [
      { units: '-3' },
      { units: '1.5' },
      { units: '' },
      { units: '5' },
      { reason: ' ' },
      { storeId: 'x' },
      { kind: 'steal' },
    ]
    for (const wrong of never)
      expect((await count('COUNT-1', { ...counted, ref: `stock:${newId()}`, ...seen(5), ...wrong })).status).toBe(422)
    const low = await ada.post(
      stock,
      '/admin/inventory/COUNT-1',
      { intent: 'threshold', storeId, lowStockThreshold: '5' },
      { params: { sku: 'COUNT-1' } },
    )
    expect(low.status).toBe(303)
    const list = (await ada.get(inventory, '/admin/inventory?low=1')).data
    expect(list).toMatchObject({ total: 1, items: [{ sku: 'COUNT-1' }] })
    expect((await ada.get(reservations, '/admin/reservations')).data).toMatchObject({ total: 0 })
    expect((await ada.get(stock, '/admin/inventory/NOPE', { sku: 'NOPE' })).status).toBe(404)
  })
})

describe('products', () => {
  test('several are published and archived at once; one changed meanwhile is left alone and told', async () => {
    const ids = [await aProduct('BULK-1', { status: 'draft' }), await aProduct('BULK-2', { status: 'draft' })]
    const bulk = (intent: string, items: string) => ada.post(products, '/admin/products', { intent, 'items[]': items })
    const done = await bulk('publish', `${ids[0]}.1\n${ids[1]}.9`)
    expect(done.status).toBe(303)
    const rows = await inCatalogue<{ sku: string; status: string }>(
      "SELECT v.sku, p.status FROM products p JOIN variants v ON v.product_id = p.id WHERE v.sku LIKE 'BULK-%' ORDER BY 1",
    )
    expect(rows.map(({ status }) => status)).toEqual(['published', 'draft'])
    expect((await linesOf('products:write')).at(-1)).toMatchObject({ after: { skipped: [ids[1]] } })
    for (const items of ['', 'x', `${ids[0]}.-1`, `${ids[0]}`]) expect((await bulk('archive', items)).status).toBe(422)
    expect((await ada.post(products, '/admin/products', { intent: 'publish' })).status).toBe(422)
  })

  test('keep their old addresses: they lead on for good with their question; an archived product is gone', async () => {
    const id = await aProduct('MOVED-1')
    const at = async (slug: string) => ada.get(shopProduct, `/p/${slug}?sku=MOVED-1&from=mail`, { slug })
    const fields = { intent: 'save', title: 'Cup', status: 'published', 'v0.sku': 'MOVED-1', 'v0.price': '12.00' }
    const [row] = await inCatalogue('SELECT category_id, version FROM products WHERE id = $1', [id])
    const rename = { ...fields, slug: 'cup', categoryId: String(row?.category_id), version: String(row?.version) }
    expect((await ada.post(product, `/admin/products/${id}`, rename, { params: { id } })).status).toBe(303)
    expect(await at('mug-moved-1')).toMatchObject({ status: 301, location: '/p/cup?sku=MOVED-1&from=mail' })
    await ada.post(product, `/admin/products/${id}`, { intent: 'archive' }, { params: { id } })
    for (const slug of ['cup', 'mug-moved-1']) expect((await at(slug)).status).toBe(410)
    const [top] = await inCatalogue("SELECT id, version FROM categories WHERE slug = 'kitchen'")
    await saveCategory(String(top?.id), { slug: 'kitchenware', version: String(top?.version) })
    const moved = await ada.get(shopCategory, '/c/kitchen?opt=Colour:Sage', { slug: 'kitchen' })
    expect(moved).toMatchObject({ status: 301, location: '/c/kitchenware?opt=Colour:Sage' })
    expect((await ada.get(shopProduct, '/p/nothing', { slug: 'nothing' })).status).toBe(404)
  })

  test('tell shoppers what they are made of, what goes with them, and beside a lower price the lowest of thirty days', async () => {
    await aProduct('BESIDE-LID')
    const id = await aProduct('BESIDE-POT', { attributes: 'Material: Iron\nCare: By hand', related: 'beside-lid' })
    const seen = async () =>
      (await ada.get(shopProduct, '/p/mug-beside-pot', { slug: 'mug-beside-pot' })).data as Beside
    expect(await seen()).toMatchObject({
      product: { attributes: [{ name: 'Material', value: 'Iron' }, { name: 'Care' }] },
      chosen: { lowestBeforeMinor: null },
    })
    expect((await seen()).related[0]).toMatchObject({ title: 'Mug BESIDE-LID' })
    const [row] = await inCatalogue('SELECT category_id, version FROM products WHERE id = $1', [id])
    const [variant] = await inCatalogue('SELECT id FROM variants WHERE product_id = $1', [id])
    const form = {
      intent: 'save',
      title: 'Pot',
      slug: 'mug-beside-pot',
      status: 'published',
      categoryId: String(row?.category_id),
    }
    const sold = { 'v0.id': String(variant?.id), 'v0.sku': 'BESIDE-POT', 'v0.price': '9.00', 'v0.compareAt': '12.00' }
    const lines = { attributes: 'Material: Cast iron', related: 'BESIDE-LID' }
    const save = (change: Record<string, string>) =>
      ada.post(
        product,
        `/admin/products/${id}`,
        { ...form, ...sold, ...lines, version: String(row?.version), ...change },
        { params: { id } },
      )
    for (const [field, value, words] of [
      ['attributes', 'Cast iron', /Material: Stoneware/],
      ['attributes', 'A: b\u0001', /Control characters/],
      ['related', 'no-such-thing', /no-such-thing/],
      ['related', 'mug-beside-pot', /itself/],
      ['related', 'beside-lid\nmug-beside-lid', /twice/],
    ] as const) {
      const { fields, values } = problemIn(await save({ [field]: value }))
      expect(fields[field]?.[0]).toMatch(words)
      expect(values[field]).toBe(value)
    }
    expect((await save({})).status).toBe(303)
    const before = { attributes: ['Material: Iron', 'Care: By hand'], related: ['mug-beside-lid'] }
    const after = { attributes: ['Material: Cast iron'], prices: { 'BESIDE-POT': { priceMinor: 900 } } }
    expect((await linesOf('products:write')).at(-1)).toMatchObject({ before, after })
    expect((await seen()).chosen).toMatchObject({ priceMinor: 900, compareAtMinor: 1200, lowestBeforeMinor: 1200 })
    expect((await ada.get(product, `/admin/products/${id}`, { id })).data).toMatchObject({
      product: { priceChanges: [{ priceMinor: 900, compareAtMinor: 1200 }, { priceMinor: 1200 }] },
    })
  })

  test('that a browser looked at are shown to it alone, newest first, until it clears them', async () => {
    for (const sku of ['SEEN-1', 'SEEN-2', 'SEEN-3']) await aProduct(sku)
    const alone = new Browser('203.0.113.7')
    const lookAt = async (sku: string, browser = alone) =>
      (await browser.get(shopProduct, `/p/mug-${sku}`, { slug: `mug-${sku}` })).data as Beside
    const titles = ({ viewed }: Beside) => viewed.map(({ title }) => title)
    expect(titles(await lookAt('seen-1'))).toEqual([])
    expect(titles(await lookAt('seen-2'))).toEqual(['Mug SEEN-1'])
    expect(titles(await lookAt('seen-1'))).toEqual(['Mug SEEN-2'])
    expect(titles(await lookAt('seen-3', new Browser('203.0.113.8')))).toEqual([])
    const page = await alone.get(recentlyViewed, '/recently-viewed')
    expect(page.data).toMatchObject({ products: [{ title: 'Mug SEEN-1' }, { title: 'Mug SEEN-2' }] })
    const clear = (to: string) => alone.post(recentlyViewed, '/recently-viewed', { intent: 'forget', redirectTo: to })
    expect((await clear('https://evil.example/')).location).toBe('/recently-viewed')
    expect((await clear('/p/mug-seen-3')).location).toBe('/p/mug-seen-3')
    expect((await alone.get(recentlyViewed, '/recently-viewed')).data).toEqual({ products: [] })
  })

  test('get pictures by a plain form: with words, for an option, in order; taken off again', async () => {
    const id = await aProduct('PIC-1', { option0: 'Colour', 'v0.o0': 'Sage' })
    const png = await sharp({ create: { width: 80, height: 60, channels: 3, background: 'teal' } })
      .png()
      .toBuffer()
    const file = new File([new Uint8Array(png)], 'mug.png', { type: 'image/png' })
    const add = (fields: Record<string, string | File>) =>
      ada.upload(product, `/admin/products/${id}`, { intent: 'addPicture', alt: 'A mug', file, ...fields }, { id })
    expect(problemIn(await add({ alt: ' ' })).fields).toHaveProperty('alt')
    expect(problemIn(await add({ option: 'Colour: Red' })).fields).toHaveProperty('option')
    expect(problemIn(await add({ file: new File(['<svg/>'], 'x.svg') })).fields).toHaveProperty('file')
    expect(problemIn(await add({ file: new File([], '') })).fields).toHaveProperty('file')
    expect(problemIn(await add({ file: new File([new Uint8Array(5_300_000)], 'big.png') })).code).toBe(
      'payload_too_large',
    )
    expect((await add({ csrf: 'forged' })).status).toBe(403)
    expect((await ada.upload(products, '/admin/products', { intent: 'publish', file })).status).toBe(415)
    expect((await add({ option: 'Colour: Sage' })).status).toBe(303)
    const [{ id: imageId, ...image } = { id: '' }] = await inCatalogue<{ id: string }>('SELECT * FROM product_images')
    expect(image).toMatchObject({ alt: 'A mug', option_value: 'Sage' })
    const change = (fields: Record<string, string>) =>
      ada.post(product, `/admin/products/${id}`, { imageId, ...fields }, { params: { id } })
    const words = { [`alt.${imageId}`]: 'A sage mug', [`position.${imageId}`]: '3', [`option.${imageId}`]: '' }
    expect((await change({ intent: 'changePicture', ...words })).status).toBe(303)
    expect(
      problemIn(await change({ intent: 'changePicture', ...words, [`alt.${imageId}`]: '' })).fields,
    ).toHaveProperty(`alt.${imageId}`)
    const [changed] = await inCatalogue('SELECT alt, position, option_value FROM product_images')
    expect(changed).toEqual({ alt: 'A sage mug', position: 3, option_value: null })
    expect((await change({ intent: 'removePicture' })).status).toBe(303)
    expect((await change({ intent: 'removePicture' })).status).toBe(404)
    expect((await change({ intent: 'removePicture', imageId: 'x' })).status).toBe(404)
  })
})

describe('reviews', () => {
  test('are approved together: the product counts them, each author hears of it once, one line is kept', async () => {
    const productId = await aProduct('REVIEW-1')
    const ids = [newId(), newId()]
    for (const [index, author] of [alice, 'user-of-another-system'].entries())
      await inCatalogue(
        `INSERT INTO reviews (id, product_id, author_ref, author_name, rating, title, body) VALUES ($1, $2, $3, 'A', 4, 'Good', 'Yes')`,
        [ids[index], productId, author],
      )
    const decide = async (intent: string, list: string[], words = '') => {
      const why = { reason: 'advertising', words, note: '' }
      return ada.post(reviews, '/admin/reviews', {
        intent,
        'ids[]': await asRead(list),
        ...why,
        back: 'https://evil.example',
      })
    }
    expect((await ada.get(reviews, '/admin/reviews?rating=4')).data).toMatchObject({ total: 2 })
    const answer = await decide('approve', ids)
    expect(answer).toMatchObject({ status: 303, location: '/admin/reviews' })
    const [row] = await inCatalogue('SELECT rating_count, rating_sum FROM products WHERE id = $1', [productId])
    expect(row).toEqual({ rating_count: 2, rating_sum: 8 })
    await decide('reject', ids, 'Twice')
    await decide('approve', ids)
    const mails = await db()('outbox').where({ topic: 'review.approved' })
    expect(mails).toHaveLength(1)
    expect(mails[0].payload).toMatchObject({ email: 'alice@example.com', productTitle: 'Mug REVIEW-1' })
    expect(await linesOf('reviews:moderate')).toHaveLength(3)
    for (const list of [[], ['x'], [ids[0] ?? '', newId()]])
      expect((await decide('reject', list)).status).toBeGreaterThanOrEqual(400)
    expect((await decide('reject', [ids[0] ?? ''], 'x'.repeat(501))).status).toBe(422)
    expect(await linesOf('reviews:moderate')).toHaveLength(3)
  })
})
