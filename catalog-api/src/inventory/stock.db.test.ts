// Counting, receiving and putting back: every change has its line in the ledger and happens once.
import { describe, expect, it } from 'vitest'
import { aProduct, aStore, hold, receive, stocked } from '../../test/factories.ts'
import { expectProblem, expectStatus, get, post, rowsOf, stage, statementsOf } from '../../test/stage.ts'
import { whileHeld } from '../../test/waiting.ts'
import { db } from '../lib/db.ts'
import { newId } from '../lib/ids.ts'

stage()

const adjust = (body: Record<string, unknown>) =>
  post(
    '/inventory/adjust',
    { ref: newId(), kind: 'adjust', reason: 'counted', actor: 'staff:1', ...body },
    'inventory:write',
  )
const restock = (body: Record<string, unknown>) =>
  post(
    '/inventory/restock',
    { adjustmentRef: newId(), reason: 'returned', actor: 'staff:1', ...body },
    'inventory:write',
  )
const sold = async (sku: string, quantity: number): Promise<string> => {
  const { ref } = (await hold([{ sku, quantity }])).body
  expectStatus(await post('/inventory/commit', { ref }, 'inventory:write'), 200)
  return ref
}

describe('the stock of an article', () => {
  it('is shown over all places and place by place', async () => {
    const { sku, place } = await stocked(5)
    const shop = await aStore({ shipsOrders: false, name: 'A corner shop' })
    await receive(sku, shop.id, 2)
    await hold([{ sku, quantity: 1 }])
    const { body } = expectStatus(await get(`/inventory/${sku}`), 200)
    expect(body).toMatchObject({ sku, onHand: 7, reserved: 1, available: 4 })
    expect(body.places).toHaveLength(2)
    expect(body.places).toContainEqual(
      expect.objectContaining({
        storeId: place.id,
        onHand: 5,
        reserved: 1,
        available: 4,
        shipsOrders: true,
        lowStockThreshold: 3,
      }),
    )
  })

  it('is not known for a SKU that nobody sells', async () => {
    expectProblem(await get('/inventory/NO-SUCH-SKU'), 'not_found', 404)
    expectProblem(await get('/inventory/lower-case'), 'validation_failed', 422)
  })

  it('needs two statements, however many places', async () => {
    const { sku } = await stocked(1)
    expect(await statementsOf(() => get(`/inventory/${sku}`))).toBe(2)
    for (let n = 0; n < 5; n++) await receive(sku, (await aStore()).id, 1)
    expect(await statementsOf(() => get(`/inventory/${sku}`))).toBe(2)
  })

  it('does not offer what lies in a closed place', async () => {
    const { sku, place } = await stocked(5)
    await db()('stores').where({ id: place.id }).update({ status: 'closed' })
    expect((await get(`/inventory/${sku}`)).body).toMatchObject({ available: 0, places: [] })
    expectProblem(await hold([{ sku, quantity: 1 }]), 'out_of_stock', 409)
  })
})

describe('counting', () => {
  it('changes the level once for the same reference', async () => {
    const { sku, place } = await stocked(5)
    const body = { ref: newId(), sku, storeId: place.id, delta: -2 }
    expect(expectStatus(await adjust(body), 200).body).toMatchObject({ onHand: 3 })
    expect(expectStatus(await adjust(body), 200).body).toMatchObject({ onHand: 3 })
    expectProblem(await adjust({ ...body, delta: -1 }), 'conflict', 409)
    expect(await rowsOf('stock_movements', { ref: body.ref })).toMatchObject([
      { deltaOnHand: -2, kind: 'adjust', actor: 'staff:1' },
    ])
  })

  it('happens once when told twice at the same time', async () => {
    const { sku, place } = await stocked(5)
    const body = { ref: newId(), sku, storeId: place.id, delta: 4 }
    const answers = await Promise.all([adjust(body), adjust(body), adjust(body)])
    for (const answer of answers) expect(answer.body).toMatchObject({ onHand: 9 })
  })

  it('is refused when the level moved since the page was opened', async () => {
    const { sku, place } = await stocked(5)
    expectProblem(await adjust({ sku, storeId: place.id, delta: 1, expectedOnHand: 4 }), 'version_conflict', 409)
    expectStatus(await adjust({ sku, storeId: place.id, delta: 1, expectedOnHand: 5 }), 200)
  })

  it('cannot count away what is held for orders', async () => {
    const { sku, place } = await stocked(5)
    await hold([{ sku, quantity: 4 }])
    expectProblem(await adjust({ sku, storeId: place.id, delta: -2 }), 'conflict', 409)
    expectStatus(await adjust({ sku, storeId: place.id, delta: -1 }), 200)
  })

  it('needs an article and a place that exist', async () => {
    const { sku, place } = await stocked(1)
    expectProblem(await adjust({ sku: 'NO-SUCH', storeId: place.id, delta: 1 }), 'not_found', 404)
    expectProblem(await adjust({ sku, storeId: newId(), delta: 1 }), 'not_found', 404)
    expectProblem(await adjust({ sku, storeId: place.id, delta: 0 }), 'validation_failed', 422)
  })

  it('is never erased from the ledger', async () => {
    await expect(db()('stock_movements').delete()).rejects.toThrow(/append-only/)
    await expect(db()('stock_movements').update({ deltaOnHand: 99 })).rejects.toThrow(/append-only/)
  })
})

describe('goods that come back', () => {
  it('go on the shelf they came from, once', async () => {
    const { sku, place } = await stocked(5)
    const body = { ref: await sold(sku, 3), adjustmentRef: newId(), lines: [{ sku, quantity: 2 }] }
    const answer = expectStatus(await restock(body), 200)
    expect(answer.body.lines).toEqual([{ sku, storeId: place.id, quantity: 2 }])
    expect((await restock(body)).body).toEqual(answer.body)
    expect((await get(`/inventory/${sku}`)).body).toMatchObject({ onHand: 4, reserved: 0 })
  })

  it('are never more than were sold, in however many parts', async () => {
    const { sku } = await stocked(5)
    const ref = await sold(sku, 3)
    expectStatus(await restock({ ref, lines: [{ sku, quantity: 2 }] }), 200)
    expectProblem(await restock({ ref, lines: [{ sku, quantity: 2 }] }), 'conflict', 409)
    expectProblem(await restock({ ref, lines: [{ sku: 'OTHER', quantity: 1 }] }), 'conflict', 409)
    expectStatus(await restock({ ref }), 200)
    expectProblem(await restock({ ref }), 'conflict', 409)
    expect((await get(`/inventory/${sku}`)).body).toMatchObject({ onHand: 5 })
  })

  it('do not come back twice when two people take them in at once', async () => {
    const { sku } = await stocked(5)
    const ref = await sold(sku, 3)
    const level = 'SELECT 1 FROM inventory WHERE variant_id = (SELECT id FROM variants WHERE sku = ?) FOR UPDATE'
    const answers = await whileHeld(level, [sku], 2, () => Promise.all([restock({ ref }), restock({ ref })]))
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409])
    expect((await get(`/inventory/${sku}`)).body).toMatchObject({ onHand: 5 })
  })

  it('must have been sold', async () => {
    const { sku } = await stocked(5)
    expectProblem(await restock({ ref: (await hold([{ sku, quantity: 1 }])).body.ref }), 'conflict', 409)
    expectProblem(await restock({ ref: newId() }), 'not_found', 404)
  })
})

it('shows staff all stock of a product in a constant number of statements', async () => {
  const product = await aProduct({
    options: [{ name: 'Size', values: ['S', 'M'] }],
    variants: ['S', 'M'].map((Size) => ({ sku: `STAFF-${Size}`, optionValues: { Size } })),
  })
  const place = await aStore()
  await receive('STAFF-S', place.id, 4)
  const url = `/admin/inventory?product_id=${product.id}`
  const { body } = expectStatus(await get(url, { scope: 'catalog:read' }), 200)
  expect(body.levels).toMatchObject([{ sku: 'STAFF-S', storeId: place.id, onHand: 4 }])
  expect(await statementsOf(() => get(url, { scope: 'catalog:read' }))).toBe(2)
  expectProblem(await get(url), 'unauthorized', 401)
})

describe('a basket to be picked up', () => {
  const pickup = { shipsOrders: false, services: ['click_and_collect'], latitude: 10, longitude: 20 }
  const ask = (query: string) => get(`/inventory/at-stores?${query}`)

  it('is looked for in stores that hand out orders, nearest first, each saying what it has', async () => {
    const { sku } = await stocked(50, { latitude: 10, longitude: 20 })
    const other = (await aProduct()).variants[0].sku
    const near = await aStore(pickup)
    const far = await aStore({ ...pickup, latitude: 10.1 })
    await aStore({ ...pickup, latitude: 10.05, services: ['repairs'] })
    await aStore({ ...pickup, latitude: 40 })
    await receive(sku, near.id, 1)
    for (const what of [sku, other]) await receive(what, far.id, 3)
    await hold([{ sku, quantity: 1 }], { storeId: far.id })
    const { body } = expectStatus(await ask(`basket=${sku}:2,${other}:1&lat=10&lng=20`), 200)
    expect(body.items).toMatchObject([
      { store: { id: near.id, distanceKm: 0 }, complete: false, lines: [{ sku, available: 1 }, { available: 0 }] },
      { store: { id: far.id }, complete: true, lines: [{ sku, quantity: 2, available: 2 }, { sku: other }] },
    ])
    const one = await ask(`basket=${sku}:3&store_id=${far.id}`)
    expect(one.body.items).toMatchObject([{ store: { id: far.id }, complete: false }])
    expect(await statementsOf(() => ask(`basket=${sku}:2,${other}:1&lat=10&lng=20`))).toBe(5)
  })

  it('is found at no warehouse, at no closed store and for no draft', async () => {
    const { sku, place } = await stocked(5, { kind: 'warehouse', services: ['click_and_collect'] })
    const closed = await aStore({ ...pickup, status: 'closed' })
    for (const id of [place.id, closed.id, newId()])
      expect((await ask(`basket=${sku}:1&store_id=${id}`)).body.items).toEqual([])
    const store = await aStore(pickup)
    const draft = (await aProduct({ status: 'draft' })).variants[0].sku
    await receive(draft, store.id, 5)
    const { items } = (await ask(`basket=${draft}:1&store_id=${store.id}`)).body
    expect(items).toMatchObject([{ complete: false, lines: [{ available: 0 }] }])
  })

  it.each([
    'basket=&lat=1&lng=1',
    'lat=1&lng=1',
    'basket=A:1',
    'basket=A:1&lat=1',
    'basket=A:0&lat=1&lng=1',
    'basket=A:-1&lat=1&lng=1',
    'basket=A:100&lat=1&lng=1',
    'basket=A&lat=1&lng=1',
    'basket=a:1&lat=1&lng=1',
    'basket=A:1&lat=91&lng=1',
    'basket=A:1&store_id=nowhere',
    `basket=${Array.from({ length: 101 }, (_, n) => `A${n}:1`)}&lat=1&lng=1`,
  ])('is refused at the door: %s', async (query) => {
    expectProblem(await ask(query), 'validation_failed', 422)
  })
})
