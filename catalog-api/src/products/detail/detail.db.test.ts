// What stands beside a product's words: attributes, companions, the history of its prices and the lowest of thirty days.
import { describe, expect, it } from 'vitest'
import { aCategory, aProduct } from '../../../test/factories.ts'
import { expectProblem, expectStatus, get, post, put, rowsOf, stage, statementsOf } from '../../../test/stage.ts'
import { db } from '../../lib/db.ts'
import { newId } from '../../lib/ids.ts'

stage()

const scope = 'catalog:write'
// biome-ignore lint/suspicious/noExplicitAny: what the API answered, sent back with changes
const change = (product: any, changes = {}) => {
  const { title, slug, categoryId, status, options, variants, version } = product
  const body = { title, slug, categoryId, status, options, variants, version, ...changes }
  return put(`/admin/products/${product.id}`, body, scope)
}
// biome-ignore lint/suspicious/noExplicitAny: as above
const changed = async (product: any, changes = {}) => expectStatus(await change(product, changes), 200).body
const shown = async (slug: string) => expectStatus(await get(`/catalog/products/${slug}`), 200).body
const titles = (cards: { title: string }[]) => cards.map(({ title }) => title)

describe('attributes', () => {
  it('stand in the order they were written, stay when a change does not name them, and go when it empties them', async () => {
    const attributes = [
      { name: 'Material', value: 'Stoneware' },
      { name: 'Material', value: 'Cork' },
      { name: 'Care', value: 'Dishwasher' },
    ]
    const made = await aProduct({ title: 'Bowl', attributes })
    expect((await shown('bowl')).attributes).toEqual(attributes)
    const kept = await changed(made, { title: 'Deep bowl' })
    expect(kept.attributes).toEqual(attributes)
    const emptied = await changed(kept, { attributes: [] })
    expect(emptied.attributes).toEqual([])
  })

  it('that are doubled, too long, or have a colon in their name are refused by their place', async () => {
    const made = await aProduct()
    const refusals = [
      [
        [
          { name: 'A', value: 'x' },
          { name: 'A', value: 'x' },
        ],
        'attributes.1',
      ],
      [[{ name: 'A:B', value: 'x' }], 'attributes.0.name'],
      [[{ name: 'A', value: 'x'.repeat(61) }], 'attributes.0.value'],
      [[{ name: '  ', value: 'x' }], 'attributes.0.name'],
      [[{ name: 'A\u0000', value: 'x' }], 'attributes.0.name'],
    ] as const
    for (const [attributes, path] of refusals) {
      const answer = await change(made, { attributes })
      expectProblem(answer, 'validation_failed', 422)
      expect(answer.body.errors[0].path).toBe(path)
    }
  })
})

describe('companions', () => {
  it('picked by the shopkeeper come first and in order, then the best of the category; drafts and archived ones never', async () => {
    const { id: categoryId } = await aCategory()
    const pot = await aProduct({ title: 'Pot', categoryId })
    const spoon = await aProduct({ title: 'Spoon', variants: [{ sku: 'SPOON-1' }] })
    const hidden = await aProduct({ title: 'Hidden', status: 'draft' })
    const lid = await aProduct({ title: 'Lid', categoryId })
    for (const title of ['Pan', 'Wok', 'Kettle']) await aProduct({ title, categoryId })
    await db()('products').where({ title: 'Wok' }).update({ ratingCount: 2, ratingSum: 10 })
    const saved = await changed(pot, { related: ['spoon-1', hidden.slug, lid.slug] })
    expect(saved.companions).toMatchObject([
      { title: 'Spoon', status: 'published' },
      { title: 'Hidden', status: 'draft' },
      { title: 'Lid' },
    ])
    const page = await shown('pot')
    expect(titles(page.related).slice(0, 3)).toEqual(['Spoon', 'Lid', 'Wok'])
    expect(page.related).toHaveLength(4)
    expect(page.pickedCount).toBe(2)
    await changed(spoon, { status: 'archived' })
    expect(titles((await shown('pot')).related).slice(0, 2)).toEqual(['Lid', 'Wok'])
    expect((await changed(saved, { title: 'Pot' })).companions).toHaveLength(3)
  })

  it('that do not exist, are the product itself or stand there twice are refused by their line', async () => {
    const one = await aProduct({ title: 'One', variants: [{ sku: 'ONE-1' }] })
    const two = await aProduct({ title: 'Two', variants: [{ sku: 'TWO-1' }] })
    const answer = await change(one, { related: [two.slug, 'no-such-thing', 'ONE-1', 'TWO-1'] })
    expectProblem(answer, 'validation_failed', 422)
    expect(answer.body.errors.map(({ path }: { path: string }) => path)).toEqual([
      'related.1',
      'related.2',
      'related.3',
    ])
    expect((await shown(one.slug)).pickedCount).toBe(0)
    const rows = { productId: one.id, relatedId: one.id, position: 0 }
    await expect(db()('related_products').insert(rows)).rejects.toThrow('related_products_not_itself')
  })

  it('cost the same number of statements however many there are', async () => {
    const { id: categoryId } = await aCategory()
    const alone = await aProduct({ categoryId: (await aCategory()).id })
    const others = []
    for (let n = 0; n < 5; n++) others.push(await aProduct({ categoryId }))
    const many = await aProduct({ categoryId, related: others.map(({ slug }) => slug) })
    const few = await statementsOf(() => get(`/catalog/products/${alone.id}`))
    expect(await statementsOf(() => get(`/catalog/products/${many.id}`))).toBeLessThanOrEqual(few + 2)
  })
})

describe('cards of known products', () => {
  it('come in the order asked for, without what is unknown or not for sale; a list that is no list is refused', async () => {
    const made = [await aProduct(), await aProduct({ status: 'draft' }), await aProduct()]
    const [first, , last] = made
    const asked = [last.id, newId(), made[1].id, first.id, last.id].join(',')
    const { body } = expectStatus(await get(`/catalog/cards?ids=${asked}`), 200)
    expect(titles(body.items)).toEqual([last.title, first.title])
    for (const wrong of ['', 'x', `${first.id},1`, Array.from({ length: 25 }, newId).join(',')])
      expectProblem(await get(`/catalog/cards?ids=${wrong}`), 'validation_failed', 422)
  })
})

describe('the history of prices', () => {
  const past = (sku: string, daysAgo: number, priceMinor: number) =>
    db().raw(
      `INSERT INTO price_changes (variant_id, since, price_minor)
       SELECT id, now() - make_interval(days => ?), ? FROM variants WHERE sku = ?`,
      [daysAgo, priceMinor, sku],
    )
  /** On sale for a hundred days, as if the trigger had written its first price then. */
  async function onSale(sku: string, priceMinor: number) {
    const { id, variants } = await aProduct({ variants: [{ sku, priceMinor }] })
    await db()('products')
      .where({ id })
      .update({ publishedAt: new Date(Date.now() - 100 * 86_400_000) })
    await db().raw('ALTER TABLE price_changes DISABLE TRIGGER price_changes_stay')
    await db().raw(`UPDATE price_changes SET since = now() - interval '100 days' WHERE variant_id = ?`, [
      variants[0].id,
    ])
    await db().raw('ALTER TABLE price_changes ENABLE TRIGGER price_changes_stay')
  }
  const reduce = (sku: string, priceMinor: number, compareAtMinor: number) =>
    db()('variants').where({ sku }).update({ priceMinor, compareAtMinor })
  const lowest = async (sku: string) =>
    (await get(`/catalog/variants?skus=${sku}`)).body.items[0].lowestBeforeMinor as number | null

  it('is written with each change, by whatever road it comes, and only when a price changed', async () => {
    const made = await aProduct({ variants: [{ sku: 'HISTORY', priceMinor: 2000 }] })
    const [variant] = made.variants
    const dearer = await changed(made, { variants: [{ ...variant, priceMinor: 2500 }] })
    await changed(dearer, { title: 'Another name' })
    const body = { sku: 'HISTORY', optionValues: {}, priceMinor: 1800, compareAtMinor: 2500 }
    expectStatus(await put(`/admin/products/${made.id}/variants/${variant.id}`, body, scope), 200)
    await db().raw(`UPDATE variants SET price_minor = 1700 WHERE sku = 'HISTORY'`)
    const { priceChanges } = (await get(`/admin/products/${made.id}`, { scope: 'catalog:read' })).body
    expect(priceChanges).toMatchObject([
      { sku: 'HISTORY', priceMinor: 1700, compareAtMinor: 2500 },
      { priceMinor: 1800, compareAtMinor: 2500 },
      { priceMinor: 2500, compareAtMinor: null },
      { priceMinor: 2000 },
    ])
    expect(priceChanges).toHaveLength(4)
  })

  it('cannot be altered, and a refused change leaves no trace in it', async () => {
    const made = await aProduct({ variants: [{ sku: 'FIXED', priceMinor: 2000 }] })
    await aProduct({ variants: [{ sku: 'TAKEN-ALREADY' }] })
    const row = { variantId: made.variants[0].id }
    await expect(db()('price_changes').where(row).update({ priceMinor: 1 })).rejects.toThrow('append-only')
    await expect(db()('price_changes').where(row).delete()).rejects.toThrow('append-only')
    const body = { sku: 'TAKEN-ALREADY', optionValues: {}, priceMinor: 1 }
    expectProblem(await put(`/admin/products/${made.id}/variants/${row.variantId}`, body, scope), 'sku_taken', 409)
    expect(await rowsOf('price_changes', row)).toHaveLength(1)
    await db()('variants').where({ id: row.variantId }).delete()
    expect(await rowsOf('price_changes', row)).toEqual([])
  })

  it('tells beside a reduction the lowest price of the thirty days before it, and nothing where nothing is reduced', async () => {
    await onSale('SIMPLE', 2000)
    expect(await lowest('SIMPLE')).toBeNull()
    await reduce('SIMPLE', 1500, 2000)
    expect(await lowest('SIMPLE')).toBe(2000)

    await onSale('DIPPED', 2000)
    await past('DIPPED', 20, 1600)
    await past('DIPPED', 10, 2000)
    await reduce('DIPPED', 1500, 2000)
    expect(await lowest('DIPPED')).toBe(1600)

    await onSale('LONG-AGO', 2000)
    await past('LONG-AGO', 60, 900)
    await past('LONG-AGO', 40, 2000)
    await reduce('LONG-AGO', 1500, 2000)
    expect(await lowest('LONG-AGO')).toBe(2000)

    await onSale('STILL-IN-FORCE', 2000)
    await past('STILL-IN-FORCE', 60, 900)
    await past('STILL-IN-FORCE', 29, 2000)
    await reduce('STILL-IN-FORCE', 1500, 2000)
    expect(await lowest('STILL-IN-FORCE')).toBe(900)
  })

  it('shows a raised price with an invented former one for what it is', async () => {
    await onSale('INVENTED', 1500)
    await db()('variants').where({ sku: 'INVENTED' }).update({ compareAtMinor: 3000 })
    expect(await lowest('INVENTED')).toBe(1500)
    await onSale('UP-AND-DOWN', 1500)
    await db()('variants').where({ sku: 'UP-AND-DOWN' }).update({ priceMinor: 3000 })
    await reduce('UP-AND-DOWN', 1600, 3000)
    expect(await lowest('UP-AND-DOWN')).toBe(1500)
  })

  it('does not count what a draft cost, and knows no lower price of something new than its own', async () => {
    const draft = await aProduct({ status: 'draft', variants: [{ sku: 'DRAFTED', priceMinor: 100 }] })
    const priced = await changed(draft, { variants: [{ ...draft.variants[0], priceMinor: 2000 }] })
    const sold = await changed(priced, { status: 'published' })
    await changed(sold, { variants: [{ ...sold.variants[0], priceMinor: 1500, compareAtMinor: 2000 }] })
    expect(await lowest('DRAFTED')).toBe(2000)
    await aProduct({ variants: [{ sku: 'NEW-AND-REDUCED', priceMinor: 1500, compareAtMinor: 2000 }] })
    expect(await lowest('NEW-AND-REDUCED')).toBe(1500)
  })

  it('puts beside a card’s price what that very variant cost before', async () => {
    const options = [{ name: 'Size', values: ['S', 'L'] }]
    const small = { sku: 'CARD-S', optionValues: { Size: 'S' }, priceMinor: 1000 }
    const large = { sku: 'CARD-L', optionValues: { Size: 'L' }, priceMinor: 1500, compareAtMinor: 2500 }
    const made = await aProduct({ title: 'Card', options, variants: [large, small] })
    const card = async () => (await get(`/catalog/cards?ids=${made.id}`)).body.items[0]
    expect(await card()).toMatchObject({ priceFromMinor: 1000, compareAtMinor: null, lowestBeforeMinor: null })
    await reduce('CARD-S', 900, 1000)
    await post('/admin/products/status', { items: [{ id: made.id, version: 1 }], status: 'published' }, scope)
    expect(await card()).toMatchObject({ compareAtMinor: 1000, lowestBeforeMinor: 1000 })
  })

  it('is written for a whole load of variants at once', async () => {
    const { id } = await aProduct({
      options: [{ name: 'N', values: ['0'] }],
      variants: [{ sku: 'BULK-0', optionValues: { N: '0' } }],
    })
    const count = await statementsOf(() =>
      db().raw(
        `INSERT INTO variants (id, product_id, sku, title, option_values, price_minor, currency)
         SELECT gen_random_uuid(), ?, 'BULK-' || n, n::text, jsonb_build_object('N', n::text), 1000 + n, 'EUR' FROM generate_series(1, 500) n`,
        [id],
      ),
    )
    expect(count).toBe(1)
    const [{ missing }] = (
      await db().raw(`SELECT count(*)::int AS missing FROM variants v LEFT JOIN price_changes c ON c.variant_id = v.id
        AND c.price_minor = v.price_minor AND c.since = v.created_at WHERE v.sku LIKE 'BULK-%' AND c.variant_id IS NULL`)
    ).rows
    expect(missing).toBe(0)
  })
})
