// Stock as staff see it: the list, one SKU with who holds it, its ledger, the holds themselves.
import { describe, expect, it } from 'vitest'
import { aProduct, aStore, hold, receive, stocked } from '../../../test/factories.ts'
import { expectProblem, expectStatus, get, post, put, stage, statementsOf } from '../../../test/stage.ts'
import { newId } from '../../lib/ids.ts'

stage()

const read = { scope: 'catalog:read' }
const levels = async (query: string) => expectStatus(await get(`/admin/inventory/levels?${query}`, read), 200).body
type Row = { sku: string; place: { name: string; available: number } | null }

describe('the list of stock', () => {
  it('finds a SKU by its beginning and a product by its words, at every open place', async () => {
    const { sku, place } = await stocked(9, { name: 'Lyon' })
    const other = await aStore({ name: 'Paris' })
    await receive(sku, other.id, 2)
    await aStore({ name: 'Gone', status: 'closed' })
    const { items, total } = await levels(`q=${sku.toLowerCase()}`)
    expect(items.map((row: Row) => [row.sku, row.place?.name])).toEqual([
      [sku, 'Lyon'],
      [sku, 'Paris'],
    ])
    expect(total).toBe(2)
    const there = await levels(`q=${sku}&store_id=${place.id}`)
    expect(there.items).toMatchObject([{ sku, place: { storeId: place.id, onHand: 9, reserved: 0, available: 9 } }])
    expect((await levels('q=%25')).total).toBe(0)
  })

  it('shows what never lay anywhere, and only what is low when asked', async () => {
    const never = (await aProduct({ title: 'Neverthing' })).variants[0].sku
    expect((await levels('q=neverthing')).items).toMatchObject([{ sku: never, place: null }])
    const { sku, place } = await stocked(10)
    expect((await levels(`q=${sku}&low=true`)).total).toBe(0)
    expectStatus(await hold([{ sku, quantity: 7 }]), 201)
    expect((await levels(`q=${sku}&low=true`)).items).toMatchObject([{ place: { available: 3 } }])
    const low = (await get('/admin/work', read)).body.lowStock
    const body = { storeId: place.id, lowStockThreshold: 2 }
    expect(
      expectStatus(await put(`/admin/inventory/${sku}/threshold`, body, 'inventory:write'), 200).body,
    ).toMatchObject({
      lowStockThreshold: 2,
      onHand: 10,
    })
    expect((await levels(`q=${sku}&low=true`)).total).toBe(0)
    expect((await get('/admin/work', read)).body.lowStock).toBe(low - 1)
  })
})

describe('one SKU', () => {
  it('says how on hand less held is free, and who holds it', async () => {
    const { sku, place } = await stocked(6)
    const ref = newId()
    expectStatus(await hold([{ sku, quantity: 2 }], { ref }), 201)
    const ended = newId()
    expectStatus(await hold([{ sku, quantity: 1 }], { ref: ended }), 201)
    expectStatus(await post('/inventory/release', { ref: ended, reason: 'x' }, 'inventory:write'), 200)
    const { body } = expectStatus(await get(`/admin/inventory/${sku}`, read), 200)
    const level = body.places.find((one: { storeId: string }) => one.storeId === place.id)
    expect(level).toMatchObject({ onHand: 6, reserved: 2, available: 4 })
    expect(body.holders).toMatchObject([{ ref, storeId: place.id, quantity: 2 }])
  })

  it('has a ledger with actor and reason, page by page, whose sum is the level', async () => {
    const { sku, place } = await stocked(5)
    for (let n = 0; n < 4; n++) {
      const body = {
        ref: newId(),
        sku,
        storeId: place.id,
        delta: n + 1,
        kind: 'adjust',
        reason: `count ${n}`,
        actor: 'staff:7',
      }
      expectStatus(await post('/inventory/adjust', body, 'inventory:write'), 200)
    }
    const all: { deltaOnHand: number; reason: string; actor: string }[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const url: string = `/admin/inventory/${sku}/movements?limit=2${cursor ? `&cursor=${cursor}` : ''}`
      const { body } = expectStatus(await get(url, read), 200)
      all.push(...body.items)
      cursor = body.nextCursor
    }
    expect(all.map(({ reason }) => reason)).toEqual(['count 3', 'count 2', 'count 1', 'count 0', 'delivery'])
    expect(all[0]).toMatchObject({ actor: 'staff:7' })
    expect(all.reduce((sum, { deltaOnHand }) => sum + deltaOnHand, 0)).toBe(15)
  })

  it('is refused when it is none, and so are forged marks and thresholds that cannot be', async () => {
    const { sku, place } = await stocked(1)
    for (const url of ['/admin/inventory/NO-SUCH', '/admin/inventory/NO-SUCH/movements'])
      expectProblem(await get(url, read), 'not_found', 404)
    for (const url of [
      '/admin/inventory/no%20sku',
      `/admin/inventory/${sku}/movements?cursor=forged`,
      `/admin/inventory/${sku}/movements?limit=0`,
      '/admin/inventory/levels?page=0',
      '/admin/inventory/levels?low=1&low=2',
      '/admin/reservations?status=lost',
    ])
      expectProblem(await get(url, read), 'validation_failed', 422)
    for (const lowStockThreshold of [-1, 1.5, '3', 1_000_001, null])
      expectProblem(
        await put(`/admin/inventory/${sku}/threshold`, { storeId: place.id, lowStockThreshold }, 'inventory:write'),
        'validation_failed',
        422,
      )
    const nowhere = { storeId: newId(), lowStockThreshold: 1 }
    expectProblem(await put(`/admin/inventory/${sku}/threshold`, nowhere, 'inventory:write'), 'not_found', 404)
  })
})

describe('holds', () => {
  it('are listed with their lines, by status, SKU and reference, in a constant number of statements', async () => {
    const { sku, place } = await stocked(20, { name: 'Dock' })
    const refs: string[] = []
    const list = (query: string) => get(`/admin/reservations?${query}`, read)
    for (let n = 0; n < 3; n++) {
      const ref = newId()
      refs.push(ref)
      expectStatus(await hold([{ sku, quantity: 1 }], { ref }), 201)
      if (n === 0) expect(await statementsOf(() => list(`q=${sku}`))).toBe(3)
    }
    expect(await statementsOf(() => list(`q=${sku}`))).toBe(3)
    expectStatus(await post('/inventory/commit', { ref: refs[0] }, 'inventory:write'), 200)
    const found = async (query: string) => (await list(query)).body.items.map((one: { ref: string }) => one.ref)
    expect(await found(`q=${sku}`)).toEqual([refs[2], refs[1]])
    expect(await found(`q=${sku}&status=committed`)).toEqual([refs[0]])
    expect(await found(`q=${refs[1]}`)).toEqual([refs[1]])
    expect(await found(`q=${sku}&store_id=${newId()}`)).toEqual([])
    expect((await list(`q=${refs[1]}&store_id=${place.id}`)).body.items[0].lines).toMatchObject([
      { sku, storeName: 'Dock', quantity: 1 },
    ])
  })
})
