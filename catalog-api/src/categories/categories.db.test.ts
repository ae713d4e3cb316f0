// The category tree: read in a constant number of statements, moved without ever making a circle.
import { describe, expect, it, vi } from 'vitest'
import { aCategory, aProduct } from '../../test/factories.ts'
import { expectProblem, expectStatus, get, post, put, remove, stage, statementsOf } from '../../test/stage.ts'
import { newId } from '../lib/ids.ts'

stage()

const scope = 'catalog:write'
const move = (id: string, name: string, parentId: string | null, more = {}) =>
  put(`/admin/categories/${id}`, { name, parentId, ...more }, scope)

describe('the tree', () => {
  it('counts the published products below each category, in its order', async () => {
    const home = await aCategory({ name: 'Home', position: 1 })
    const kitchen = await aCategory({ name: 'Kitchen', parentId: home.id, position: 2, imageKey: 'category-kitchen' })
    await aCategory({ name: 'Bath', parentId: home.id, position: 1 })
    await aProduct({ categoryId: kitchen.id })
    await aProduct({ categoryId: home.id })
    await aProduct({ categoryId: kitchen.id, status: 'draft' })
    const { body } = expectStatus(await get('/catalog/categories'), 200)
    const root = body.items.find((item: { slug: string }) => item.slug === 'home')
    expect(root).toMatchObject({ productCount: 2, image: null, parentId: null })
    expect(root.children).toMatchObject([
      { slug: 'bath', productCount: 0, children: [] },
      { slug: 'kitchen', productCount: 1, image: { src: '/media/category-kitchen', alt: 'Kitchen' } },
    ])
  })

  it('shows one category with its children and the way to it', async () => {
    const garden = await aCategory({ name: 'Garden' })
    const pots = await aCategory({ name: 'Pots', parentId: garden.id })
    await aCategory({ name: 'Clay pots', parentId: pots.id })
    const { body } = expectStatus(await get('/catalog/categories/pots'), 200)
    expect(body).toMatchObject({
      name: 'Pots',
      breadcrumb: [
        { slug: 'garden', name: 'Garden' },
        { slug: 'pots', name: 'Pots' },
      ],
      children: [{ slug: 'clay-pots' }],
    })
    expectProblem(await get('/catalog/categories/no-such'), 'not_found', 404)
    expectProblem(await get('/catalog/categories/Not%20A%20Slug'), 'validation_failed', 422)
  })

  it('needs two statements, however deep and wide, and counts products once for all who ask in half a minute', async () => {
    let parentId: string | null = null
    for (let n = 0; n < 8; n++) parentId = (await aCategory({ parentId })).id
    const several = () => Promise.all(Array.from({ length: 5 }, () => get('/catalog/categories')))
    expect(await statementsOf(several)).toBe(6)
    expect(await statementsOf(() => get('/catalog/categories/home'))).toBe(1)
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 31_000 })
    expect(await statementsOf(() => get('/catalog/categories'))).toBe(2)
    vi.useRealTimers()
  })

  it('shows at once what staff publish, archive and move, though counts are kept', async () => {
    const count = async () => (await get('/catalog/categories/home')).body.productCount
    const before = await count()
    const home = (await get('/catalog/categories/home')).body
    const { id } = await aProduct({ categoryId: home.id })
    expect(await count()).toBe(before + 1)
    expectStatus(await remove(`/admin/products/${id}`, scope), 200)
    expect(await count()).toBe(before)
  })
})

describe('changing the tree', () => {
  it('moves a category with everything below it', async () => {
    const [a, b] = [await aCategory({ name: 'From' }), await aCategory({ name: 'To' })]
    const child = await aCategory({ name: 'Child', parentId: a.id })
    const grandchild = await aCategory({ name: 'Grandchild', parentId: child.id })
    expectStatus(await move(child.id, 'Child', b.id), 200)
    const { breadcrumb } = (await get(`/catalog/categories/${grandchild.slug}`)).body
    expect(breadcrumb.map((link: { name: string }) => link.name)).toEqual(['To', 'Child', 'Grandchild'])
  })

  it('never makes a circle, not even when two moves come at once', async () => {
    const [a, b] = [await aCategory({ name: 'Chicken' }), await aCategory({ name: 'Egg' })]
    expectProblem(await move(a.id, 'Chicken', a.id), 'conflict', 409)
    const answers = await Promise.all([move(a.id, 'Chicken', b.id), move(b.id, 'Egg', a.id)])
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409])
  })

  it('finds products by the new name of a category above them', async () => {
    const top = await aCategory({ name: 'Lightning' })
    const low = await aCategory({ name: 'Lower', parentId: top.id })
    const product = await aProduct({ title: 'Plain thing', categoryId: low.id })
    const found = async (q: string) =>
      (await get(`/catalog/search?q=${q}`)).body.items.map((item: { id: string }) => item.id)
    expect(await found('lightning')).toContain(product.id)
    expectStatus(await move(top.id, 'Illumination', null), 200)
    expect(await found('illumination')).toContain(product.id)
    expect(await found('lightning')).not.toContain(product.id)
  })

  it('keeps slugs unique, versions honest and parents real', async () => {
    const one = await aCategory({ name: 'Unique' })
    expectProblem(await post('/admin/categories', { name: 'Unique' }, scope), 'slug_taken', 409)
    expectProblem(await post('/admin/categories', { name: 'X', parentId: newId() }, scope), 'validation_failed', 422)
    expectProblem(await post('/admin/categories', { name: '  ' }, scope), 'validation_failed', 422)
    expectStatus(await move(one.id, 'Unique', null, { version: 1 }), 200)
    expectProblem(await move(one.id, 'Unique', null, { version: 1 }), 'version_conflict', 409)
    expectProblem(await move(newId(), 'X', null), 'not_found', 404)
  })

  it('deletes only what is empty', async () => {
    const parent = await aCategory()
    const child = await aCategory({ parentId: parent.id })
    const full = await aCategory()
    await aProduct({ categoryId: full.id })
    expectProblem(await remove(`/admin/categories/${parent.id}`, scope), 'conflict', 409)
    expectProblem(await remove(`/admin/categories/${full.id}`, scope), 'conflict', 409)
    expectStatus(await remove(`/admin/categories/${child.id}`, scope), 204)
    expectStatus(await remove(`/admin/categories/${parent.id}`, scope), 204)
    expectProblem(await remove(`/admin/categories/${parent.id}`, scope), 'not_found', 404)
  })

  it('leads from former addresses to the present one, and from a deleted one to the one above', async () => {
    const top = await aCategory({ name: 'Tableware' })
    const cups = await aCategory({ name: 'Cups', parentId: top.id })
    const at = async (slug: string) => (await get(`/catalog/categories/${slug}`)).body.slug
    for (const slug of ['cups-and-saucers', 'teacups']) expectStatus(await move(cups.id, 'Cups', top.id, { slug }), 200)
    for (const slug of ['cups', 'cups-and-saucers']) expect(await at(slug)).toBe('teacups')
    const newer = await aCategory({ name: 'Cups' })
    expect(await at('cups')).toBe(newer.slug)
    expectStatus(await remove(`/admin/categories/${cups.id}`, scope), 204)
    for (const slug of ['teacups', 'cups-and-saucers']) expect(await at(slug)).toBe('tableware')
    expectStatus(await remove(`/admin/categories/${newer.id}`, scope), 204)
    expectProblem(await get('/catalog/categories/cups'), 'not_found', 404)
  })

  it('is shown to staff flat, with what stands in each, in two statements', async () => {
    const top = await aCategory({ name: 'Outdoors' })
    const low = await aCategory({ name: 'Tents', parentId: top.id })
    await aProduct({ categoryId: low.id, status: 'draft' })
    const read = { scope: 'catalog:read' }
    const { items } = expectStatus(await get('/admin/categories', read), 200).body
    const of = (id: string) => items.find((item: { id: string }) => item.id === id)
    expect(of(top.id)).toMatchObject({ ownProducts: 0, ownCategories: 1, version: 1 })
    expect(of(low.id)).toMatchObject({ ownProducts: 1, ownCategories: 0, parentId: top.id })
    expect(await statementsOf(() => get('/admin/categories', read))).toBe(2)
    expectStatus(await get(`/admin/categories/${low.id}`, read), 200)
    expectProblem(await get(`/admin/categories/${newId()}`, read), 'not_found', 404)
  })

  it('is not for everybody', async () => {
    expectProblem(await post('/admin/categories', { name: 'X' }), 'unauthorized', 401)
    expectProblem(await post('/admin/categories', { name: 'X' }, 'catalog:read'), 'forbidden', 403)
  })
})
