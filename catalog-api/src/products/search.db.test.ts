// Search as shoppers use it and as attackers would.
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { aCategory, aProduct } from '../../test/factories.ts'
import { expectProblem, expectStatus, get, post, stage, statementsOf } from '../../test/stage.ts'
import { db } from '../lib/db.ts'

stage()

const search = async (q: string, more = '') =>
  expectStatus(await get(`/catalog/search?q=${encodeURIComponent(q)}${more}`), 200).body
const titles = async (q: string, more = '') =>
  (await search(q, more)).items.map((item: { title: string }) => item.title)

beforeAll(async () => {
  const kitchen = await aCategory({ name: 'Kitchen' })
  const mugs = await aCategory({ name: 'Cups', parentId: kitchen.id })
  const make = (title: string, sku: string, more = {}) =>
    aProduct({
      title,
      categoryId: mugs.id,
      variants: [{ sku, ...('barcode' in more ? { barcode: more.barcode } : {}) }],
      ...more,
    })
  await make('Stoneware mug', 'MUG-SAGE-01', {
    brand: 'Atelier Nord',
    subtitle: 'Thrown by hand',
    barcode: '4006381333931',
  })
  await make('Tea towel', 'TOWEL-1', { description: 'Dries a mug in no time.' })
  await make('Crème brûlée dish', 'DISH-1')
  await make('Mug rack', 'RACK-1')
  await make('Secret mug', 'SECRET-1', { status: 'draft' })
})

describe('search', () => {
  it('puts the title before the description', async () => {
    expect(await titles('mug')).toEqual(expect.arrayContaining(['Stoneware mug', 'Mug rack', 'Tea towel']))
    expect((await titles('mug')).at(-1)).toBe('Tea towel')
  })

  it('knows plurals, accents, unfinished words, brands and categories', async () => {
    expect(await titles('mugs')).toContain('Stoneware mug')
    expect(await titles('creme brulee')).toEqual(['Crème brûlée dish'])
    expect(await titles('CRÈME')).toEqual(['Crème brûlée dish'])
    expect(await titles('stonew')).toEqual(['Stoneware mug'])
    expect(await titles('nord mug')).toEqual(['Stoneware mug'])
    expect(await titles('kitchen rack')).toEqual(['Mug rack'])
  })

  it('wants all words', async () => {
    expect(await titles('mug towel')).toEqual(['Tea towel'])
    expect(await titles('mug unicorn', '&literal=true')).toEqual([])
  })

  it('shows what has some of the words where nothing has all, and says so', async () => {
    const some = await search('dish unicorn')
    expect(some).toMatchObject({ partial: true, corrected: null, items: [{ title: 'Crème brûlée dish' }] })
    expect(await search('dish')).toMatchObject({ partial: false })
    expect(await search('mug towel', '&min_price=999999')).toMatchObject({ partial: false, total: 0 })
    expect(await search('unicorn griffin')).toMatchObject({ partial: false, total: 0 })
  })

  it('forgives a slip beside a word that nothing has, and says both', async () => {
    const some = await search('zzyzx stonewear')
    expect(some).toMatchObject({ partial: true, corrected: 'zzyzx stoneware', items: [{ title: 'Stoneware mug' }] })
    expect(some).toMatchObject({ total: 1, didYouMean: null, exactSlug: null })
    // The word of a draft is nobody's to know.
    expect(await search('secrat towel')).toMatchObject({ partial: true, corrected: null })
    expect(await search('zzyzx stonewear', '&literal=true')).toMatchObject({ partial: false, total: 0 })
  })

  it('leads straight to the product for a whole SKU or barcode', async () => {
    for (const q of ['mug-sage-01', 'MUG-SAGE-01', ' 4006381333931 ']) {
      const body = await search(q)
      expect(body.exactSlug).toBe('stoneware-mug')
      expect(body.items[0].slug).toBe('stoneware-mug')
    }
    expect((await search('mug')).exactSlug).toBeNull()
  })

  it('does not show drafts, not even by SKU', async () => {
    expect(await titles('secret')).toEqual([])
    expect(await search('SECRET-1')).toMatchObject({ items: [], exactSlug: null })
  })

  it('goes page by page in order of rank', async () => {
    const first = await search('mug', '&limit=2')
    const second = await search('mug', `&limit=2&cursor=${first.nextCursor}`)
    expect([...first.items, ...second.items].map((item) => item.title)).toEqual(await titles('mug'))
    expect(first.total).toBe(3)
  })

  it('goes forward and back without doubles among equals, synonyms last, also while something new comes in', async () => {
    const { id: categoryId } = await aCategory({ name: 'Serving' })
    for (let n = 0; n < 7; n++) await aProduct({ title: 'Oak tray', categoryId, variants: [{ sku: `TRAY-${n}` }] })
    for (let n = 0; n < 4; n++) await aProduct({ title: 'Salver', categoryId, variants: [{ sku: `SALVER-${n}` }] })
    await post('/admin/search/synonyms', { typed: 'tray', means: ['salver'], twoWay: false }, 'catalog:write')
    const ids = ({ items }: { items: { id: string }[] }) => items.map(({ id }) => id)
    for (const sort of ['', '&sort=newest', '&sort=rating', '&sort=price_asc', '&sort=price_desc']) {
      const page = (cursor: string | null) => search('tray', `${sort}&limit=4${cursor ? `&cursor=${cursor}` : ''}`)
      const first = await page(null)
      const second = await page(first.nextCursor)
      const third = await page(second.nextCursor)
      expect(new Set([first, second, third].flatMap(ids)).size, sort).toBe(11)
      expect(third.nextCursor).toBeNull()
      expect(ids(await page(third.prevCursor))).toEqual(ids(second))
      expect(ids(await page(second.prevCursor))).toEqual(ids(first))
    }
    const whole = await search('tray', '&limit=60')
    expect(whole.items.slice(7).every(({ title }: { title: string }) => title === 'Salver')).toBe(true)
    const before = await search('tray', '&limit=4')
    await aProduct({ title: 'Oak tray', categoryId, variants: [{ sku: 'TRAY-NEW' }] })
    const after = await search('tray', `&limit=60&cursor=${before.nextCursor}`)
    expect(ids(before).filter((id) => ids(after).includes(id))).toEqual([])
  })

  it('keeps filters and other orders', async () => {
    expect(await titles('mug', '&sort=title')).toEqual(['Mug rack', 'Stoneware mug', 'Tea towel'])
    expect(await titles('mug', '&in_stock=true')).toEqual([])
    expect((await get('/catalog/products?q=rack')).body.items).toMatchObject([{ title: 'Mug rack' }])
  })

  it('finds nothing for no words, and everything for no question', async () => {
    expect(await search('')).toMatchObject({ items: [], total: 0, query: '' })
    expect(await search('&|!()')).toMatchObject({ items: [], total: 0 })
    expect((await get('/catalog/products?q=')).body.total).toBe((await get('/catalog/products')).body.total)
    expectProblem(await get('/catalog/search'), 'validation_failed', 422)
  })

  it('forgives a slip of the pen when nothing was found, and says so', async () => {
    expect(await search('stonewear mug')).toMatchObject({
      corrected: 'stoneware mug',
      items: [{ title: 'Stoneware mug' }],
    })
    expect(await search('twoel')).toMatchObject({ corrected: 'towel', items: [{ title: 'Tea towel' }] })
    expect(await search('stoneware')).toMatchObject({ corrected: null })
    expect(await search('unicorn')).toMatchObject({ corrected: null, items: [] })
    expect(await search('secrat')).toMatchObject({ corrected: null, items: [] })
  })

  it('needs the same number of statements whatever it finds', async () => {
    expect(await statementsOf(() => search('mug'))).toBe(await statementsOf(() => search('mug', '&limit=1')))
    expect(await statementsOf(() => search('mug'))).toBeLessThanOrEqual(6)
  })
})

describe('a search in the shopper’s own words', () => {
  beforeAll(async () => {
    const { id: categoryId } = await aCategory({ name: 'Drinking' })
    const beaker = (title: string, sku: string, prices: [string, number][], attributes: unknown[] = []) =>
      aProduct({
        title,
        categoryId,
        attributes,
        options: [{ name: 'Colour', values: prices.map(([colour]) => colour) }],
        variants: prices.map(([colour, priceMinor], at) => ({
          sku: `${sku}-${at}`,
          priceMinor,
          optionValues: { Colour: colour },
        })),
      })
    await beaker('Tall beaker', 'TALL', [
      ['Petrol blue', 1800],
      ['Sand', 2600],
    ])
    await beaker('Wide beaker', 'WIDE', [['Petrol blue', 2400]])
    await beaker('Low beaker', 'LOW', [['Sand', 900]], [{ name: 'Material', value: 'Borosilicate' }])
  })

  it('finds option and attribute values', async () => {
    expect((await titles('petrol beaker')).sort()).toEqual(['Tall beaker', 'Wide beaker'])
    expect(await titles('borosilicate')).toEqual(['Low beaker'])
  })

  it('takes a price said in words for a price, unless the words are meant', async () => {
    const said = await search('blue beaker under €20')
    expect(said).toMatchObject({
      query: 'blue beaker under €20',
      words: 'blue beaker',
      price: { minMinor: null, maxMinor: 2000 },
      total: 1,
      items: [{ title: 'Tall beaker' }],
    })
    expect(await titles('beaker between 20 and 25')).toEqual(['Wide beaker'])
    expect((await titles('beaker over 24')).sort()).toEqual(['Tall beaker', 'Wide beaker'])
    expect(await titles('under 10')).toEqual(['Low beaker'])
    expect(await search('blue beaker under 20', '&literal=true')).toMatchObject({ total: 0, price: null })
    expect(await titles('beaker under 20', '&max_price=1000')).toEqual(['Low beaker'])
    expect(await search('beakr under 20')).toMatchObject({ corrected: 'beaker', total: 2 })
  })

  it('asks whether more was meant, where little was found and a near word is common', async () => {
    for (let n = 0; n < 12; n++) await aProduct({ title: `Carafe ${n}`, variants: [{ sku: `CARAFE-${n}` }] })
    await aProduct({ title: 'Caraffe by a bad speller', variants: [{ sku: 'SPELLER' }] })
    await db().raw(`UPDATE search_words SET products = 12 WHERE word = 'carafe'`)
    expect(await search('caraffe')).toMatchObject({ total: 1, corrected: null, didYouMean: 'carafe' })
    expect(await search('carafe')).toMatchObject({ didYouMean: null })
    expect(await search('caraffe', '&literal=true')).toMatchObject({ didYouMean: null })
    expect(await search('cara fe')).toMatchObject({ corrected: 'carafe' })
  })
})

describe('hostile words', () => {
  it.each([
    "'",
    "''",
    '"',
    '\\',
    "a'b",
    'mug:*',
    ':*',
    'mug & | !',
    '(((',
    "'); DROP TABLE products;--",
    '%00',
    'a\u0000b',
    '<->',
    'مرحبا',
    '\u202emug',
    '🦄',
    'ﬁne',
    'mug\\',
    '--',
    '$1',
    '?',
    ':words',
    'NULL',
    '__proto__',
    'x'.repeat(5000),
    'mug '.repeat(1000),
    '\ud800',
    'under 20 under 20 under',
    `between ${'9'.repeat(80)} and 1`,
    '€€€ < > <= under',
  ])('%j is answered', async (q) => {
    const encoded = encodeURIComponent(q.replace(/[\ud800-\udfff]/g, ''))
    for (const face of ['search', 'products', 'suggestions'])
      expectStatus(
        await get(`/catalog/${face}?q=${encoded}${face === 'search' ? '&counted=true&facets=true' : ''}`),
        200,
      )
  })

  it('of every other kind are answered too', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 60 }), async (q) => {
        const answer = await get(`/catalog/search?q=${encodeURIComponent(q)}`)
        expect(answer.status, q).toBe(200)
      }),
      { numRuns: 60 },
    )
  })

  it('twice under one name are refused', async () => {
    expectProblem(await get('/catalog/search?q=a&q=b'), 'validation_failed', 422)
    expectProblem(await get('/catalog/search?q[]=a'), 'validation_failed', 422)
  })

  it('in broken encoding do no harm', async () => {
    expectStatus(await get('/catalog/search?q=%E0%A4%A'), 200)
  })
})
