// Scratch goods: raced for like any goods, seen by nobody, gone without a trace; also when whoever made them died.
import { describe, expect, it } from 'vitest'
import { hold, stocked } from '../../../test/factories.ts'
import { call, expectProblem, expectStatus, get, post, remove, rowsOf, stage } from '../../../test/stage.ts'
import { db } from '../../lib/db.ts'
import { newId } from '../../lib/ids.ts'
import { sweep } from '../../sweeper.ts'

stage()

const make = (units: unknown = 2) => post('/admin/scratch-goods', { units }, 'inventory:write')
const figures = (sku: string) => get(`/admin/scratch-goods/${sku}`, { scope: 'inventory:write' })
const away = (sku: string) => remove(`/admin/scratch-goods/${sku}`, 'inventory:write')
const commit = (ref: string) => post('/inventory/commit', { ref }, 'inventory:write')
const tables = ['products', 'variants', 'inventory', 'reservations', 'reservation_lines', 'stock_movements', 'outbox']
const everything = async () => Promise.all(tables.map((table) => rowsOf(table)))

/** What staff and shoppers can see of the shop, to be compared with itself. */
const seen = async (sku: string) => {
  const staff = { scope: 'catalog:read' }
  const pages = await Promise.all([
    ...['products', 'work', 'categories', 'inventory/levels', 'reservations'].map((page) =>
      get(`/admin/${page}`, staff),
    ),
    get(`/admin/products?q=${sku}`, staff),
    get(`/admin/inventory/${sku}`, staff),
    get(`/admin/inventory/${sku}/movements`, staff),
    ...['/catalog/products', '/catalog/categories', '/sitemap', `/catalog/search?q=${sku}`].map((page) => get(page)),
    ...[`/catalog/variants?skus=${sku}`, `/inventory/${sku}`, `/catalog/products/${sku.toLowerCase()}`].map((page) =>
      get(page),
    ),
  ])
  // What was asked for and the request's own id are told back.
  const told = (body: object) => JSON.stringify({ ...body, requestId: '' }).replaceAll(sku, 'what was asked for')
  return pages.map(({ status, body }) => ({ status, body: JSON.parse(told(body)) }))
}

describe('scratch goods', () => {
  it('are held and sold like any goods, by references of the proof alone, and leave nothing behind', async () => {
    const other = await stocked(3)
    const before = await everything()
    const { sku } = expectStatus(await make(), 201).body
    const ref = (name: string) => `proof:${sku}:${name}`
    for (const name of ['a', 'b']) expectStatus(await hold([{ sku, quantity: 1 }], { ref: ref(name) }), 201)
    expectProblem(await hold([{ sku, quantity: 1 }], { ref: ref('c') }), 'out_of_stock', 409)
    expectProblem(await hold([{ sku, quantity: 1 }]), 'out_of_stock', 409)
    expectProblem(await hold([{ sku: other.sku, quantity: 1 }], { ref: ref('d') }), 'out_of_stock', 409)
    expectStatus(await commit(ref('a')), 200)
    await post('/inventory/release', { ref: ref('never'), reason: '' }, 'inventory:write')
    expect((await figures(sku)).body).toEqual({
      ...{ sku, onHand: 1, reserved: 1, negativeRows: 0 },
      ...{ held: 1, sold: 1, ledgerAgrees: true },
    })
    expect((await away(sku)).status).toBe(204)
    expect(await everything()).toEqual(before)
    expect((await away(sku)).status).toBe(204)
    expectProblem(await figures(sku), 'not_found', 404)
    expectStatus(await commit(ref('b')), 404)
  })

  it('are seen on no page, in no list, search, sitemap or figure, of shoppers or of staff', async () => {
    await stocked(3)
    const before = await seen('PROOF-0')
    const { sku } = expectStatus(await make(), 201).body
    await hold([{ sku, quantity: 2 }], { ref: `proof:${sku}:1` })
    expect(await seen(sku)).toEqual(before)
    expectStatus(await commit(`proof:${sku}:1`), 200)
    expect(await seen(sku)).toEqual(before)
    expect(await rowsOf('outbox')).toEqual([])
    await away(sku)
  })

  it('are there once at a time; what somebody left who died goes with the next proof, or by itself', async () => {
    await stocked(1)
    const [one, two] = await Promise.all([make(), make()])
    expect([one.status, two.status].sort()).toEqual([201, 409])
    const old = () => db().raw(`UPDATE products SET created_at = now() - interval '6 minutes' WHERE status = 'scratch'`)
    await old()
    expectStatus(await make(), 201)
    expect(await rowsOf('products', { status: 'scratch' })).toHaveLength(1)
    await old()
    await sweep()
    expect(await rowsOf('products', { status: 'scratch' })).toEqual([])
  })

  it('need a token with the right scope, and a sensible number', async () => {
    expectProblem(await call('POST', '/admin/scratch-goods', { json: { units: 1 } }), 'unauthorized', 401)
    expectProblem(await post('/admin/scratch-goods', { units: 1 }, 'catalog:read'), 'forbidden', 403)
    for (const units of [0, 1001, 1.5, '1']) expectProblem(await make(units), 'validation_failed', 422)
    expectProblem(await get('/admin/scratch-goods/PROOF-0'), 'unauthorized', 401)
    expectProblem(await call('DELETE', '/admin/scratch-goods/PROOF-0'), 'unauthorized', 401)
  })

  it('are never made of real ones: the ledger of what was for sale once is kept whatever happens', async () => {
    const { product, sku } = await stocked(2)
    await expect(db()('products').where({ id: product.id }).update({ status: 'scratch' })).rejects.toThrow(/scratch/)
    expect((await away(sku)).status).toBe(204)
    expectStatus(await get(`/inventory/${sku}`), 200)
    await expect(db()('stock_movements').delete()).rejects.toThrow(/append-only/)
    const scratch = expectStatus(await make(), 201).body.sku
    await expect(db()('products').where({ status: 'scratch' }).update({ status: 'published' })).rejects.toThrow(
      /scratch/,
    )
    await expect(
      db()('stock_movements')
        .where({ ref: `proof:${scratch}` })
        .update({ reason: newId() }),
    ).rejects.toThrow(/append-only/)
    await away(scratch)
  })
})
