// What helps people find things: suggestions, synonyms tried and kept, searches counted without a person, expectations.
import { beforeAll, describe, expect, it } from 'vitest'
import { aCategory, aProduct } from '../../test/factories.ts'
import { expectProblem, expectStatus, get, post, put, remove, rowsOf, stage, statementsOf } from '../../test/stage.ts'
import { db } from '../lib/db.ts'
import { newId } from '../lib/ids.ts'
import { countedForm, forgetOldCounts, gatherPastQueries, noteSearch, writeCounts } from '../search/count-searches.ts'
import { countWords } from '../search/kept-words.ts'
import { tendSearch } from '../search/tend.ts'

stage()

const search = async (q: string, more = '') =>
  expectStatus(await get(`/catalog/search?q=${encodeURIComponent(q)}${more}`), 200).body
const titles = async (q: string, more = '') =>
  (await search(q, more)).items.map((item: { title: string }) => item.title)
const suggest = async (q: string) =>
  expectStatus(await get(`/catalog/suggestions?q=${encodeURIComponent(q)}`), 200).body
const staff = async (url: string) =>
  expectStatus(await get(`/admin/search/${url}`, { scope: 'catalog:read' }), 200).body
const keep = (typed: string, means: string[], twoWay = false) =>
  post('/admin/search/synonyms', { typed, means, twoWay }, 'catalog:write')

let sofa: { id: string; slug: string; version: number; variants: { sku: string }[] }
let kitchen: { id: string }

beforeAll(async () => {
  kitchen = await aCategory({ name: 'Coffee & tea' })
  await aCategory({ name: 'Teapots nobody sells' })
  const living = await aCategory({ name: 'Living room' })
  sofa = await aProduct({
    title: 'Reading sofa',
    categoryId: living.id,
    variants: [{ sku: 'SOFA-1', priceMinor: 49_900 }],
  })
  await aProduct({ title: 'Sneaker', categoryId: living.id, description: 'Runs well.', variants: [{ sku: 'SNK-1' }] })
  await aProduct({ title: 'Stoneware mug', categoryId: kitchen.id, variants: [{ sku: 'MUG-1', priceMinor: 1900 }] })
  await aProduct({
    title: 'Tea towel',
    categoryId: kitchen.id,
    description: 'Dries a mug.',
    variants: [{ sku: 'TT-1' }],
  })
  await aProduct({ title: 'Secret mug', status: 'draft', categoryId: kitchen.id, variants: [{ sku: 'SECRET-1' }] })
})

describe('suggestions', () => {
  it('are products by the beginning of a word, with price, and categories that hold something', async () => {
    expect(await suggest('stonew')).toMatchObject({
      products: [{ slug: 'stoneware-mug', title: 'Stoneware mug', priceFromMinor: 1900, currency: 'EUR', image: null }],
    })
    expect((await suggest('te')).categories).toEqual([{ slug: 'coffee-and-tea', name: 'Coffee & tea' }])
    expect((await suggest('coffee mug')).products.map(({ slug }: { slug: string }) => slug)).toEqual(['stoneware-mug'])
    expect((await suggest('mug under 20')).products).toHaveLength(1)
    for (const nothing of ['', 'm', '&|', 'secret', '\u0000']) expect((await suggest(nothing)).products).toEqual([])
    expectProblem(await get('/catalog/suggestions'), 'validation_failed', 422)
  })

  it('put the best known first, and cost the same whatever there is', async () => {
    await aProduct({ title: 'Enamel mug', categoryId: kitchen.id })
    await db()('products').where({ title: 'Enamel mug' }).update({ ratingCount: 9, ratingSum: 40 })
    expect((await suggest('mug')).products.map(({ title }: { title: string }) => title)).toEqual([
      'Enamel mug',
      'Stoneware mug',
    ])
    expect(await statementsOf(() => suggest('mug'))).toBeLessThanOrEqual(6)
  })
})

describe('synonyms', () => {
  it('are tried before they are kept, and what the trial showed is what shoppers then find', async () => {
    const trial = { id: null, typed: 'couches', means: ['sofa'], twoWay: false }
    const before = await titles('couch')
    expect(before).toEqual([])
    const { body: preview } = expectStatus(await post('/admin/search/synonyms/preview', trial, 'catalog:read'), 200)
    expect(preview.searches).toMatchObject([
      { query: 'couches', before: { total: 0, first: [] }, after: { total: 1, first: [{ title: 'Reading sofa' }] } },
    ])
    expect(await titles('couch')).toEqual(before)
    expectStatus(await keep('couches', ['sofa']), 201)
    const shown = preview.searches[0].after.first.map(({ title }: { title: string }) => title)
    expect(await titles('couches')).toEqual(shown)
    expect(await titles('Couch')).toEqual(shown)
    expect(await titles('reading couch')).toEqual(shown)
    expect((await get('/catalog/products?q=couch')).body.total).toBe(1)
  })

  it('work from one side, or from both; of two words too', async () => {
    expect(await titles('sofa')).toEqual(['Reading sofa'])
    await keep('sneaker', ['running shoe'], true)
    expect(await titles('running shoes')).toEqual(['Sneaker'])
    expect(await titles('trainer')).toEqual([])
    const { items } = await staff('synonyms')
    const { id, version } = items.find(({ typed }: { typed: string }) => typed === 'sneaker')
    const change = { typed: 'sneaker', means: ['trainers'], twoWay: true, version }
    expect(await staff(`synonyms/${id}`)).toMatchObject({ typed: 'sneaker', means: ['running shoe'], twoWay: true })
    expectStatus(await put(`/admin/search/synonyms/${id}`, change, 'catalog:write'), 200)
    expect(await titles('trainer')).toEqual(['Sneaker'])
    expect(await titles('running shoe', '&literal=true')).toEqual([])
    expectProblem(await put(`/admin/search/synonyms/${id}`, change, 'catalog:write'), 'version_conflict', 409)
    expectStatus(await remove(`/admin/search/synonyms/${id}`, 'catalog:write'), 204)
    expectProblem(await remove(`/admin/search/synonyms/${id}`, 'catalog:write'), 'not_found', 404)
    expect(await titles('trainer')).toEqual([])
  })

  it('that say nothing, or say it twice, are refused; two at once for the same words: one is kept', async () => {
    for (const [typed, means] of [
      ['sofas', ['sofa']],
      ['!', ['x']],
      ['x', []],
      ['x', ['']],
      ['a b c d e', ['x']],
      ['x'.repeat(61), ['y']],
    ] as const)
      expectProblem(await keep(typed, [...means]), 'validation_failed', 422)
    expectProblem(await keep('COUCH', ['settee']), 'conflict', 409)
    const answers = await Promise.all([keep('divan', ['sofa']), keep('Divans', ['sofa'])])
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
    expectProblem(await post('/admin/search/synonyms', { typed: 'a', means: ['b'], twoWay: true }), 'unauthorized', 401)
    expectProblem(
      await post('/admin/search/synonyms', { typed: 'a', means: ['b'], twoWay: true }, 'catalog:read'),
      'forbidden',
      403,
    )
  })
})

describe('what people search for', () => {
  it('is counted by day and words, when a person asked for a whole search, and by nothing else', async () => {
    for (const q of ['Zebra rug', 'zebra  rug', 'ZEBRA rug under 20', 'mug']) await search(q, '&counted=true')
    await search('zebra rug')
    await search('zebra rug', '&counted=true&literal=true')
    await search('mug', '&counted=true&in_stock=true')
    const { missed, frequent } = await staff('queries')
    expect(missed).toMatchObject([{ query: 'zebra rug', searches: 3, missed: 3, lastDay: expect.any(String) }])
    expect(frequent.map(({ query, searches }: { query: string; searches: number }) => [query, searches])).toEqual([
      ['zebra rug', 3],
      ['mug', 1],
    ])
    expect(Object.keys((await rowsOf('search_counts'))[0]).sort()).toEqual(['day', 'missed', 'query', 'searches'])
  })

  it('is not missed when only the price that was said, or a filter, leaves nothing of it', async () => {
    for (const q of ['sofa under 1', 'soffa under 1', 'sofa']) expect((await search(q, '&counted=true')).query).toBe(q)
    await staff('queries')
    const rows = (await rowsOf('search_counts')).filter(({ query }) => /^sof/.test(query))
    expect(rows.map(({ query, searches, missed }) => [query, searches, missed]).sort()).toEqual([
      ['sofa', 2, 0],
      ['soffa', 1, 0],
    ])
    await db()('search_counts').whereLike('query', 'sof%').delete()
  })

  it('leaves the list when the shop has it, or a synonym for it', async () => {
    await search('zebra', '&counted=true')
    await keep('zebra', ['mug'])
    const { missed } = await staff('queries')
    expect(missed.map(({ query }: { query: string }) => query)).toEqual(['zebra rug'])
    await keep('zebra rug', ['tea towel'])
    expect((await staff('queries')).missed).toEqual([])
  })

  it('never holds what looks like a person: addresses, long numbers, orders', () => {
    for (const private_ of ['ann@example.com', '+353 86 123 4567', '4242 4242 4242 4242', 'HS-2K4P-9XQ7', 'x', '🦄'])
      expect(countedForm(private_), private_).toBeNull()
    expect(countedForm('  Blue MUG, 30 cm ')).toBe('blue mug 30 cm')
  })

  it('is suggested to others when it was asked three times, found something and is made of the shop’s own words', async () => {
    const now = new Date()
    for (const words of ['tea towel', 'ann smith', 'once only'])
      for (let times = 0; times < 3; times++) noteSearch(words, true, now)
    noteSearch('stoneware', true, now)
    await writeCounts()
    await gatherPastQueries()
    expect((await suggest('tea')).queries).toEqual(['tea towel'])
    expect((await suggest('ann')).queries).toEqual([])
    expect((await suggest('tea towel')).queries).toEqual([])
  })

  it('is forgotten after 90 days', async () => {
    const day = (back: number) => db().raw(`current_date - ${back}`)
    await db()('search_counts').insert([
      { query: 'long ago', day: day(91), searches: 1, missed: 0 },
      { query: 'not so long ago', day: day(89), searches: 1, missed: 0 },
    ])
    await forgetOldCounts()
    expect((await rowsOf('search_counts')).map(({ query }) => query)).toEqual(
      expect.arrayContaining(['not so long ago']),
    )
    expect((await rowsOf('search_counts')).map(({ query }) => query)).not.toContain('long ago')
  })
})

describe('expectations', () => {
  const expected = (query: string, product: string, within: number) =>
    post('/admin/search/expectations', { query, product, within }, 'catalog:write')

  it('say where a product stands, and turn red when an edit moves it', async () => {
    const { body } = expectStatus(await expected('stonewear mug', 'MUG-1', 1), 201)
    expect(body).toMatchObject({ query: 'stonewear mug', position: 1, met: true, product: { slug: 'stoneware-mug' } })
    expectStatus(await expected('sofa', 'reading-sofa', 1), 201)
    const [first] = (await staff('expectations')).items
    expect(first.met).toBe(true)
    await db()('products').where({ id: sofa.id }).update({ status: 'archived' })
    expect((await staff('expectations')).items[0]).toMatchObject({ query: 'sofa', position: null, met: false })
    await db()('products').where({ id: sofa.id }).update({ status: 'published' })
    expect((await staff('expectations')).items.every(({ met }: { met: boolean }) => met)).toBe(true)
  })

  it('count everything that stands before, with equal ranks in the order of the list', async () => {
    const all = (await search('mug', '&limit=60')).items
    for (const [at, { slug }] of all.entries()) {
      const { body } = expectStatus(await expected('mug', slug, 60), 201)
      expect(body.position).toBe(at + 1)
    }
    const again = expectStatus(await expected('mug', all[1].slug, 1), 201).body
    expect(again).toMatchObject({ within: 1, position: 2, met: false })
    for (const { id, query } of (await staff('expectations')).items)
      if (query === 'mug') expectStatus(await remove(`/admin/search/expectations/${id}`, 'catalog:write'), 204)
  })

  it('tell of a synonym that it would move them, before it is kept', async () => {
    const trial = { id: null, typed: 'sofa', means: ['mug'], twoWay: false }
    await expected('sofa', 'stoneware-mug', 5)
    const { body } = expectStatus(await post('/admin/search/synonyms/preview', trial, 'catalog:read'), 200)
    expect(body.expectations).toMatchObject([
      { query: 'sofa', product: { slug: 'stoneware-mug' }, position: null, met: false, metAfter: true },
    ])
  })

  it('are asked once for each search, and again under a synonym only where it can count', async () => {
    await expected('sofa', 'reading-sofa', 1)
    await expected('stoneware mug', 'stoneware-mug', 1)
    const preview = (rule: object) => () => post('/admin/search/synonyms/preview', rule, 'catalog:read')
    const far = { id: null, typed: 'umbrella', means: ['parasol'], twoWay: false }
    const near = { id: null, typed: 'sofa', means: ['parasol'], twoWay: false }
    const [without, one] = [await statementsOf(preview(far)), await statementsOf(preview(near))]
    const alone = await statementsOf(() => get('/admin/search/expectations', { scope: 'catalog:read' }))
    expect(without).toBeLessThan(2 * alone)
    expect(one).toBeGreaterThan(without)
    // Slips are set right before synonyms are looked up: the wrong word is touched by the rule for the right one.
    expectStatus(await expected('soffa', 'stoneware-mug', 5), 201)
    const { body } = await preview({ id: null, typed: 'sofa', means: ['mug'], twoWay: false })()
    const moved = body.expectations.map(({ query }: { query: string }) => query)
    expect(moved).toContain('soffa')
  })

  it('name a product that exists', async () => {
    expectProblem(await expected('x', 'nothing-like-it', 3), 'validation_failed', 422)
    expectProblem(await expected('x', 'MUG-1', 61), 'validation_failed', 422)
    expectProblem(await remove(`/admin/search/expectations/${newId()}`, 'catalog:write'), 'not_found', 404)
  })
})

describe('the background work', () => {
  it('makes findable what a bulk load wrote, and counts and forgets words', async () => {
    await db()('products').where({ title: 'Sneaker' }).update({ title: 'Espadrille', searchDue: true })
    expect(await titles('espadrille')).toEqual([])
    expect(await tendSearch(new Date())).toBe(1)
    expect(await titles('espadrille')).toEqual(['Espadrille'])
    expect((await search('espadrile')).corrected).toBe('espadrille')
    const words = new Map((await rowsOf('search_words')).map(({ word, products }) => [word, products]))
    expect(words.get('mug')).toBe(4)
    expect(words.has('sneaker')).toBe(false)
    expect(await countWords(new Date(0), 100)).toBe(0)
    expect(await tendSearch(new Date())).toBe(0)
  })
})
