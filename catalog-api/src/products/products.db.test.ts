// Products for shoppers: lists, pages, one product. Drafts and archived ones are not there.
import { describe, expect, it } from 'vitest'
import { aCategory, aProduct, aStore, receive } from '../../test/factories.ts'
import { type Answer, expectProblem, expectStatus, get, post, stage, statementsOf } from '../../test/stage.ts'
import { db } from '../lib/db.ts'
import { newId } from '../lib/ids.ts'

stage()

const titles = (answer: Answer) => answer.body.items.map((item: { title: string }) => item.title)
const anImage = (productId: string, key: string, position: number, more = {}) =>
  db()('product_images').insert({ id: newId(), productId, key, alt: key, width: 1200, height: 900, position, ...more })

describe('a product', () => {
  it('shows options, variants, pictures, stock and the way to it', async () => {
    const kitchen = await aCategory({ name: 'Kitchen' })
    const mugs = await aCategory({ name: 'Mugs', parentId: kitchen.id })
    const made = await aProduct({
      title: 'Stoneware mug',
      categoryId: mugs.id,
      options: [{ name: 'Colour', values: ['Sage', 'Sand'] }],
      variants: [
        {
          sku: 'MUG-SAGE',
          optionValues: { Colour: 'Sage' },
          priceMinor: 1900,
          compareAtMinor: 2400,
          barcode: '4006381333931',
        },
        { sku: 'MUG-SAND', optionValues: { Colour: 'Sand' }, priceMinor: 2100 },
      ],
    })
    await anImage(made.id, 'mug-sage', 0, { optionName: 'Colour', optionValue: 'Sage' })
    await anImage(made.id, 'mug-all', 1)
    await anImage(made.id, 'mug-sand', 2, { optionName: 'Colour', optionValue: 'Sand' })
    await receive('MUG-SAGE', (await aStore()).id, 4)
    const shownFor = async (query: string) => {
      const [card] = expectStatus(await get(`/catalog/products?${query}`), 200).body.items
      return [card.image.key, card.shownFor]
    }
    expect(await shownFor('category=mugs')).toEqual(['mug-sage', null])
    expect(await shownFor('option=Colour:Sand')).toEqual(['mug-sand', 'Colour:Sand'])
    expect(await shownFor('q=sand+mug')).toEqual(['mug-sand', 'Colour:Sand'])
    const { body } = expectStatus(await get('/catalog/products/stoneware-mug'), 200)
    expect(body).toMatchObject({
      slug: 'stoneware-mug',
      priceFromMinor: 1900,
      priceToMinor: 2100,
      compareAtMinor: 2400,
      currency: 'EUR',
      available: true,
      defaultSku: 'MUG-SAGE',
      variantCount: 2,
      category: { slug: 'mugs', name: 'Mugs' },
      breadcrumb: [
        { slug: 'kitchen', name: 'Kitchen' },
        { slug: 'mugs', name: 'Mugs' },
      ],
      rating: { average: null, count: 0 },
      ratingHistogram: { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 },
      options: [{ name: 'Colour', values: ['Sage', 'Sand'] }],
      image: { key: 'mug-sage', src: '/media/mug-sage', widths: [320, 640, 1200], optionValue: 'Sage' },
      hoverImage: { key: 'mug-all' },
      related: [],
    })
    expect(body.variants).toMatchObject([
      {
        sku: 'MUG-SAGE',
        title: 'Sage',
        available: 4,
        stock: 'low',
        optionValues: { Colour: 'Sage' },
        compareAtMinor: 2400,
      },
      { sku: 'MUG-SAND', available: 0, stock: 'out', compareAtMinor: null },
    ])
    expect((await get(`/catalog/products/${made.id}`)).body).toEqual(body)
  })

  it('is not there while it is a draft, nor when archived', async () => {
    const draft = await aProduct({ status: 'draft' })
    const archived = await aProduct({ status: 'archived' })
    for (const { id, slug } of [draft, archived]) {
      expectProblem(await get(`/catalog/products/${id}`), 'not_found', 404)
      expectProblem(await get(`/catalog/products/${slug}`), 'not_found', 404)
    }
    expectProblem(await get('/catalog/products/no-such-thing'), 'not_found', 404)
  })

  it('shows at most four others of its category, never itself or drafts', async () => {
    const category = await aCategory()
    const all = []
    for (let n = 0; n < 6; n++) all.push(await aProduct({ categoryId: category.id }))
    await aProduct({ categoryId: category.id, status: 'draft' })
    const { related } = (await get(`/catalog/products/${all[0].id}`)).body
    expect(related).toHaveLength(4)
    expect(related.map((card: { id: string }) => card.id)).not.toContain(all[0].id)
  })

  it('needs the same number of statements with one variant and with thirty', async () => {
    const small = await aProduct()
    const values = Array.from({ length: 30 }, (_, n) => `V${n}`)
    const large = await aProduct({
      options: [{ name: 'Kind', values }],
      variants: values.map((Kind) => ({ sku: `LARGE-${Kind}`, optionValues: { Kind } })),
    })
    const few = await statementsOf(() => get(`/catalog/products/${small.id}`))
    const related = 2
    expect(await statementsOf(() => get(`/catalog/products/${large.id}`))).toBeLessThanOrEqual(few + related)
    expect(few).toBeLessThanOrEqual(13)
  })
})

describe('lists of products', () => {
  it('take a category with everything below it', async () => {
    const top = await aCategory({ name: 'Living' })
    const below = await aCategory({ name: 'Lamps', parentId: top.id })
    const deep = await aCategory({ name: 'Desk lamps', parentId: below.id })
    await aProduct({ title: 'Sofa', categoryId: top.id })
    await aProduct({ title: 'Desk lamp', categoryId: deep.id })
    expect(titles(await get('/catalog/products?category=living&sort=title'))).toEqual(['Desk lamp', 'Sofa'])
    expect(titles(await get('/catalog/products?category=lamps'))).toEqual(['Desk lamp'])
    expect((await get('/catalog/products?category=no-such')).body).toMatchObject({ items: [], total: 0 })
  })

  it('filter by price of any variant, stock and featured', async () => {
    const { id: categoryId } = await aCategory({ name: 'Filters' })
    const options = [{ name: 'Size', values: ['S', 'L'] }]
    const variants = [
      { sku: 'WIDE-S', priceMinor: 1000, optionValues: { Size: 'S' } },
      { sku: 'WIDE-L', priceMinor: 5000, optionValues: { Size: 'L' } },
    ]
    await aProduct({ title: 'Wide', categoryId, options, variants, featured: true })
    await aProduct({ title: 'Narrow', categoryId, variants: [{ sku: 'NARROW', priceMinor: 3000 }] })
    await receive('NARROW', (await aStore()).id, 1)
    const list = async (query: string) => titles(await get(`/catalog/products?category=filters&sort=title&${query}`))
    expect(await list('min_price=4000')).toEqual(['Wide'])
    expect(await list('min_price=2000&max_price=4000')).toEqual(['Narrow'])
    expect(await list('max_price=900')).toEqual([])
    expect(await list('in_stock=true')).toEqual(['Narrow'])
    expect(await list('featured=true')).toEqual(['Wide'])
    expect(await list('featured=false')).toEqual(['Narrow'])
  })

  it.each(['newest', 'price_asc', 'price_desc', 'rating', 'title'])(
    'by %s go forward and back page by page, nothing doubled or lost',
    async (sort) => {
      const { id: categoryId, slug } = await aCategory({ name: `Pages ${sort}` })
      const made: string[] = []
      for (let n = 0; n < 11; n++) {
        // Equal prices, times and ratings on purpose: the id decides.
        const product = await aProduct({
          title: `P${n % 3}`,
          categoryId,
          variants: [{ sku: `PG-${sort.toUpperCase().replace('_', '-')}-${n}`, priceMinor: 100 * (n % 4) }],
        })
        made.push(product.id)
      }
      await db()('products')
        .where({ categoryId })
        .update({ publishedAt: new Date('2026-01-01T00:00:00Z'), ratingCount: 2, ratingSum: 9 })
      const url = `/catalog/products?category=${slug}&sort=${sort}&limit=4`
      const ids = (answer: Answer) => answer.body.items.map((item: { id: string }) => item.id)
      const first = await get(url)
      const second = await get(`${url}&cursor=${first.body.nextCursor}`)
      const third = await get(`${url}&cursor=${second.body.nextCursor}`)
      expect(first.body).toMatchObject({ total: 11, prevCursor: null })
      expect(third.body.nextCursor).toBeNull()
      expect(new Set([...ids(first), ...ids(second), ...ids(third)])).toEqual(new Set(made))
      const back = await get(`${url}&cursor=${third.body.prevCursor}`)
      expect(ids(back)).toEqual(ids(second))
      const start = await get(`${url}&cursor=${back.body.prevCursor}`)
      expect(ids(start)).toEqual(ids(first))
      expect(start.body.prevCursor).toBeNull()
    },
  )

  it('by rating put the best first and the unrated last', async () => {
    const { id: categoryId } = await aCategory({ name: 'Stars' })
    const rate = async (title: string, ratingCount: number, ratingSum: number) => {
      const { id } = await aProduct({ title, categoryId })
      await db()('products').where({ id }).update({ ratingCount, ratingSum })
    }
    await rate('Good', 10, 41)
    await rate('None', 0, 0)
    await rate('Best', 2, 10)
    await rate('Good, by more', 20, 82)
    expect(titles(await get('/catalog/products?category=stars&sort=rating'))).toEqual([
      'Best',
      'Good, by more',
      'Good',
      'None',
    ])
  })

  it('need the same number of statements for one card and for twelve', async () => {
    const { id: categoryId } = await aCategory({ name: 'Counted' })
    await aProduct({ categoryId })
    const url = '/catalog/products?category=counted'
    const one = await statementsOf(() => get(url))
    for (let n = 0; n < 11; n++) await aProduct({ categoryId })
    expect(await statementsOf(() => get(url))).toBe(one)
    expect(one).toBe(4)
  })

  it.each([
    ['limit=0'],
    ['limit=61'],
    ['limit=1e1'],
    ['limit=-1'],
    ['limit=abc'],
    ['limit=1&limit=2'],
    ['sort=name'],
    ["sort=title');--"],
    ['min_price=-5'],
    ['min_price=1.5'],
    ['in_stock=maybe'],
    ['category=UPPER'],
    ['category[]=a&category=b c'],
    ['cursor=nonsense'],
    ['cursor=bnVsbA'],
    ['cursor=eyJvIjoibmV3ZXN0In0'],
  ])('refuse %s', async (query) => {
    expectProblem(await get(`/catalog/products?${query}`), 'validation_failed', 422)
  })

  it('refuse a page mark that was forged or belongs to another order', async () => {
    const forge = (mark: unknown) => Buffer.from(JSON.stringify(mark)).toString('base64url')
    const id = newId()
    for (const mark of [
      { o: 'newest', k: "2026' OR 1=1", id, d: 'next' },
      { o: 'newest', k: '9999-99-99T99:99:99.1Z\u0000', id, d: 'next' },
      { o: 'newest', k: '9999-99-99T99:99:99.9Z', id, d: 'next' },
      { o: 'newest', k: '2026-02-30T00:00:00.0Z', id, d: 'next' },
      { o: 'newest', k: '2026-01-01T24:00:00.0Z', id, d: 'next' },
      { o: 'newest', k: '0000-01-01T00:00:00.0Z', id, d: 'next' },
      { o: 'price_asc', k: 'x', id, d: 'next' },
      { o: 'title', k: 'a\u0000', id, d: 'next' },
      { o: 'title', k: 'a', id: 'not-an-id', d: 'next' },
      { o: 'title', k: 'a', id, d: 'sideways' },
      { o: 'title', k: 'a', id, d: 'next', more: 1 },
    ]) {
      expectProblem(await get(`/catalog/products?sort=${mark.o}&cursor=${forge(mark)}`), 'validation_failed', 422)
    }
    expectProblem(
      await get(`/catalog/products?sort=title&cursor=${forge({ o: 'price_asc', k: 1, id, d: 'next' })}`),
      'validation_failed',
      422,
    )
    for (const year of ['0001', '9999'])
      expectStatus(
        await get(
          `/catalog/products?sort=newest&cursor=${forge({ o: 'newest', k: `${year}-12-31T23:59:59.123456Z`, id, d: 'next' })}`,
        ),
        200,
      )
  })

  it('give a page mark of at most a thousand characters, however long and foreign the title', async () => {
    const title = '桃'.repeat(200)
    const category = await aCategory()
    for (const at of [1, 2]) await aProduct({ title, slug: `peach-${at}`, categoryId: category.id })
    const list = `/catalog/products?sort=title&limit=1&category=${category.slug}`
    const { nextCursor } = expectStatus(await get(list), 200).body
    expect(nextCursor.length).toBeGreaterThan(500)
    expect(expectStatus(await get(`${list}&cursor=${nextCursor}`), 200).body.items).toHaveLength(1)
  })
})

describe('variants by SKU', () => {
  it('come with what a cart needs; unknown SKUs and drafts are absent', async () => {
    const product = await aProduct({ variants: [{ sku: 'CART-1' }] })
    await anImage(product.id, 'cart-1', 0)
    await aProduct({ status: 'draft', variants: [{ sku: 'CART-DRAFT' }] })
    await aProduct({ status: 'archived', variants: [{ sku: 'CART-OLD' }] })
    const { body } = expectStatus(await get('/catalog/variants?skus=CART-1,CART-DRAFT,CART-OLD,CART-NONE'), 200)
    expect(body.items).toMatchObject([
      {
        sku: 'CART-1',
        productId: product.id,
        productSlug: product.slug,
        productStatus: 'published',
        taxCategory: 'standard',
        image: { key: 'cart-1' },
      },
      { sku: 'CART-OLD', productStatus: 'archived', image: null },
    ])
    expect(await statementsOf(() => get('/catalog/variants?skus=CART-1,CART-OLD'))).toBe(2)
  })

  it('are asked for by at least one and at most a hundred SKUs', async () => {
    const many = Array.from({ length: 101 }, (_, n) => `S-${n}`).join(',')
    for (const skus of ['', ',', many, "A');--", 'a'])
      expectProblem(await get(`/catalog/variants?skus=${encodeURIComponent(skus)}`), 'validation_failed', 422)
  })
})

it('does not let a write through without a token', async () => {
  expectProblem(await post('/admin/products', {}), 'unauthorized', 401)
})
