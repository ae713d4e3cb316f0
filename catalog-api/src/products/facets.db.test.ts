// Facets: what narrows a list, counted so that each respects all the others and not itself.
import { beforeAll, describe, expect, it } from 'vitest'
import { aCategory, aProduct, aStore, receive } from '../../test/factories.ts'
import { readVersion } from '../../test/read-version.ts'
import { expectProblem, expectStatus, get, post, stage, statementsOf } from '../../test/stage.ts'
import { newId } from '../lib/ids.ts'

stage()

let town: string

type Value = { value: string; count: number }
const counts = (values: Value[]) => Object.fromEntries(values.map(({ value, count }) => [value, count]))
const option = (facets: { options: { name: string; values: Value[] }[] }, name: string) =>
  counts(facets.options.find((one) => one.name === name)?.values ?? [])

async function list(query: string) {
  const { body } = expectStatus(await get(`/catalog/products?category=mugs&facets=true&${query}`), 200)
  return { ...body, titles: body.items.map((item: { title: string }) => item.title).sort() }
}

async function rate(productId: string, stars: number) {
  const review = { productId, authorRef: newId(), authorName: 'A', rating: stars, title: 'x', body: 'x' }
  const { body } = expectStatus(await post('/reviews', review, 'reviews:write'), 201)
  await post(
    `/admin/reviews/${body.id}/moderate`,
    { status: 'approved', version: await readVersion(body.id) },
    'reviews:write',
  )
}

beforeAll(async () => {
  const { id: mugs } = await aCategory({ name: 'Mugs' })
  const { id: espresso } = await aCategory({ name: 'Espresso cups', parentId: mugs })
  const { id: storeId } = await aStore()
  // It ships nothing: what lies there is for people in town.
  const inTown = await aStore({ shipsOrders: false })
  town = inTown.slug
  const mug = async (title: string, brand: string, variants: [string, string, number, number][], more = {}) => {
    const colours = [...new Set(variants.map(([colour]) => colour))]
    const sizes = [...new Set(variants.map(([, size]) => size))]
    const product = await aProduct({
      categoryId: mugs,
      ...more,
      title,
      brand,
      options: [
        { name: 'Colour', values: colours },
        { name: 'Size', values: sizes },
      ],
      variants: variants.map(([colour, size, priceMinor], at) => ({
        sku: `${title.toUpperCase()}-${at}`,
        priceMinor,
        optionValues: { Colour: colour, Size: size },
      })),
    })
    for (const [at, [, , , units]] of variants.entries())
      if (units > 0) await receive(`${title.toUpperCase()}-${at}`, storeId, units)
    return product
  }
  const made = (material: string, care: string) => ({
    attributes: [
      { name: 'Material', value: material },
      { name: 'Care', value: care },
    ],
  })
  const one = await mug(
    'One',
    'Nord',
    [
      ['Sage', 'S', 1000, 5],
      ['Sand', 'L', 2000, 0],
    ],
    made('Clay', 'Dishwasher'),
  )
  const two = await mug('Two', 'Nord', [['Sage', 'L', 3000, 5]], { ...made('Clay', 'By hand'), categoryId: espresso })
  await mug('Three', 'Süd & Co', [['Sand', 'S', 1500, 0]], made('Glass', 'Dishwasher'))
  await receive('THREE-0', inTown.id, 2)
  await rate(one.id, 5)
  await rate(two.id, 3)
})

describe('facets', () => {
  it('count brands, option values, stars, stock and prices of the whole list', async () => {
    const { facets, total } = await list('')
    expect(total).toBe(3)
    expect(counts(facets.brands)).toEqual({ Nord: 2, 'Süd & Co': 1 })
    expect(option(facets, 'Colour')).toEqual({ Sage: 2, Sand: 2 })
    expect(option(facets, 'Size')).toEqual({ S: 2, L: 2 })
    expect(facets.ratings).toEqual([
      { min: 4, count: 1 },
      { min: 3, count: 2 },
      { min: 2, count: 2 },
      { min: 1, count: 2 },
    ])
    expect(facets).toMatchObject({ inStock: 2, price: { minMinor: 1000, maxMinor: 3000 } })
  })

  it('respect the other filters and not their own; one variant must fit all options, price and stock at once', async () => {
    const sage = await list('option=Colour:Sage')
    expect(sage.titles).toEqual(['One', 'Two'])
    expect(option(sage.facets, 'Colour')).toEqual({ Sage: 2, Sand: 2 })
    expect(option(sage.facets, 'Size')).toEqual({ S: 1, L: 1 })
    expect(counts(sage.facets.brands)).toEqual({ Nord: 2 })
    const both = await list('option=Colour:Sand&option=Size:L')
    expect(both.titles).toEqual(['One'])
    expect((await list('option=Colour:Sage&option=Size:L')).titles).toEqual(['Two'])
    expect((await list('option=Colour:Sand&option=Size:L&in_stock=true')).titles).toEqual([])
    const cheap = await list('max_price=1600&brand=Nord')
    expect(cheap.titles).toEqual(['One'])
    expect(counts(cheap.facets.brands)).toEqual({ Nord: 1, 'Süd & Co': 1 })
    expect(cheap.facets.price).toEqual({ minMinor: 1000, maxMinor: 3000 })
    const rated = await list('min_rating=4')
    expect(rated.titles).toEqual(['One'])
    expect(rated.facets.ratings[1]).toEqual({ min: 3, count: 2 })
    expect(counts(rated.facets.brands)).toEqual({ Nord: 1 })
    const there = await list('in_stock=true&option=Colour:Sand')
    expect(there).toMatchObject({ total: 0, facets: { price: null, inStock: 0 } })
    expect(option(there.facets, 'Colour')).toEqual({ Sage: 2 })
  })

  it('take several values of one kind as alternatives', async () => {
    expect((await list(`brand=Nord&brand=${encodeURIComponent('Süd & Co')}`)).total).toBe(3)
    expect((await list('option=Colour:Sage&option=Colour:Sand&option=Size:S')).titles).toEqual(['One', 'Three'])
    expect((await list('brand=Nobody')).facets.brands).toHaveLength(2)
  })

  it('come with search too, in one statement more, however much is chosen; not unless asked for', async () => {
    const found = expectStatus(await get('/catalog/search?q=two&facets=true&brand=Nord'), 200).body
    expect(found).toMatchObject({ total: 1, facets: { price: { minMinor: 3000, maxMinor: 3000 } } })
    expect((await get('/catalog/products?category=mugs')).body.facets).toBeNull()
    const plain = await statementsOf(() => get('/catalog/products?category=mugs'))
    expect(await statementsOf(() => list(''))).toBe(plain + 1)
    expect(
      await statementsOf(() => list('brand=Nord&option=Colour:Sage&option=Size:L&min_rating=1&in_stock=true')),
    ).toBe(plain + 1)
  })

  it('count attributes, the categories inside and what lies at one store, like all others', async () => {
    const all = await list(`facet_store=${town}`)
    expect(all.facets.categories).toEqual([{ slug: 'espresso-cups', name: 'Espresso cups', count: 1 }])
    expect(all.facets.attributes).toEqual([
      {
        name: 'Care',
        values: [
          { value: 'Dishwasher', count: 2 },
          { value: 'By hand', count: 1 },
        ],
      },
      {
        name: 'Material',
        values: [
          { value: 'Clay', count: 2 },
          { value: 'Glass', count: 1 },
        ],
      },
    ])
    expect(all.facets.store).toEqual({ slug: town, name: expect.any(String), count: 1 })
    const clay = await list(`attribute=Material:Clay&facet_store=${town}`)
    expect(clay.titles).toEqual(['One', 'Two'])
    expect(clay.facets.attributes.map(({ values }: { values: Value[] }) => counts(values))).toEqual([
      { Dishwasher: 1, 'By hand': 1 },
      { Clay: 2, Glass: 1 },
    ])
    expect(counts(clay.facets.brands)).toEqual({ Nord: 2 })
    expect((await list('attribute=Material:Clay&attribute=Material:Glass&attribute=Care:Dishwasher')).titles).toEqual([
      'One',
      'Three',
    ])
    expect((await list('in_category=espresso-cups')).titles).toEqual(['Two'])
    const inside = await list('in_category=espresso-cups&in_category=nowhere')
    expect(inside.facets.categories).toEqual(all.facets.categories)
    expect(option(inside.facets, 'Colour')).toEqual({ Sage: 1 })
    const here = await list(`store=${town}`)
    expect(here.titles).toEqual(['Three'])
    expect(here.facets).toMatchObject({ inStock: 0, store: { count: 1 }, price: { minMinor: 1500 } })
    expect((await list(`store=${town}&option=Colour:Sage`)).titles).toEqual([])
    expect(await list('store=no-such-store')).toMatchObject({ total: 0, facets: { store: null } })
    expect((await get('/catalog/search?q=two&facets=true')).body.facets.categories).toEqual([
      { slug: 'espresso-cups', name: 'Espresso cups', count: 1 },
    ])
  })

  it('tell what is chosen though it is none of the forty most frequent, and a chosen category by its name', async () => {
    const { id: categoryId, slug } = await aCategory({ name: 'Badges' })
    await aCategory({ name: 'Empty shelf' })
    const many = Array.from({ length: 45 }, (_, at) => `V${String(at).padStart(2, '0')}`)
    for (const brand of many)
      await aProduct({
        ...{ title: `Badge ${brand}`, brand, categoryId, attributes: [{ name: 'Motif', value: brand }] },
        variants: [{ sku: `BADGE-${brand}`, optionValues: { Tone: brand } }],
        options: [{ name: 'Tone', values: [brand] }],
      })
    const chosen = `brand=V44&option=Tone:V44&attribute=Motif:V44&in_category=empty-shelf`
    const { body } = expectStatus(await get(`/catalog/products?category=${slug}&facets=true`), 200)
    expect(body.facets.brands).toHaveLength(40)
    expect(counts(body.facets.brands)).not.toHaveProperty('V44')
    const without = chosen.replace('&in_category=empty-shelf', '')
    const { facets } = expectStatus(await get(`/catalog/products?category=${slug}&facets=true&${without}`), 200).body
    expect(counts(facets.brands)).toMatchObject({ V44: 1 })
    expect(option(facets, 'Tone')).toEqual({ V44: 1 })
    const alone = expectStatus(await get(`/catalog/products?category=${slug}&facets=true&option=Tone:V44`), 200).body
    expect(option(alone.facets, 'Tone')).toMatchObject({ V00: 1, V44: 1 })
    const elsewhere = expectStatus(await get(`/catalog/products?category=${slug}&facets=true&${chosen}`), 200).body
    expect(elsewhere.facets.categories).toEqual([{ slug: 'empty-shelf', name: 'Empty shelf', count: 0 }])
  })

  it('take at most six names of one kind: each is counted by itself', async () => {
    const names = (kind: string, most: number) =>
      Array.from({ length: most }, (_, at) => `${kind}=N${at}:x&${kind}=N${at}:y`).join('&')
    expect((await list(`${names('option', 6)}&${names('attribute', 6)}`)).total).toBe(0)
    for (const kind of ['option', 'attribute'])
      expectProblem(await get(`/catalog/products?${names(kind, 7)}`), 'validation_failed', 422)
  })

  it.each([
    'option=Sage',
    'option=:Sage',
    'option=Colour:',
    `option=${'x'.repeat(41)}:y`,
    'brand=',
    `brand=${'x'.repeat(101)}`,
    `${'brand=a&'.repeat(31)}`,
    'min_rating=0',
    'min_rating=6',
    'facets=1',
    'attribute=Clay',
    'store=No%20Store',
    'in_category=Mugs!',
    'sort=price_asc&sort=title',
  ])('refuse %s', async (query) => {
    expectProblem(await get(`/catalog/products?${query}`), 'validation_failed', 422)
  })

  it.each([
    "brand=';DROP TABLE products--",
    "option=Colour:' OR 1=1",
    'option=__proto__:x',
    'option=Colour:Sage:L',
    'brand=%00',
    "attribute=Material:' OR 1=1",
    'attribute=__proto__:x',
    'option=Col%22our:%7B%7D',
  ])('take %s as a name that nothing has', async (query) => {
    expect((await list(query)).total).toBe(0)
  })
})

it('the literal words are looked for when asked so', async () => {
  const typed = await get('/catalog/search?q=thrre')
  expect(typed.body).toMatchObject({ total: 1, corrected: 'three' })
  expect((await get('/catalog/search?q=thrre&literal=true')).body).toMatchObject({ total: 0, corrected: null })
})
