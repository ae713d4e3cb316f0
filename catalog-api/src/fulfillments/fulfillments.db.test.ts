// Parcels: sent once, never more than was sold.
import { describe, expect, it } from 'vitest'
import { hold, stocked } from '../../test/factories.ts'
import { expectProblem, expectStatus, get, post, put, stage, statementsOf } from '../../test/stage.ts'
import { whileHeld } from '../../test/waiting.ts'
import { newId } from '../lib/ids.ts'

stage()

const scope = 'fulfilment:write'

async function sold(quantity: number) {
  const { sku } = await stocked(quantity)
  const { ref } = (await hold([{ sku, quantity }])).body
  expectStatus(await post('/inventory/commit', { ref }, 'inventory:write'), 200)
  return { sku, ref }
}
const parcel = (orderRef: string, parcelNo: number, lines: { sku: string; quantity: number }[], more = {}) =>
  post(
    '/fulfillments',
    {
      orderRef,
      orderNumber: 'HS-AAAA-BBBB',
      parcelNo,
      carrier: 'La Poste',
      trackingNumber: 'LP1',
      trackingUrl: 'https://carrier.example/LP1',
      lines,
      ...more,
    },
    scope,
  )
const list = (ref: string) => get(`/fulfillments?order_ref=${ref}`, { scope: 'fulfilment:read' })

describe('a parcel', () => {
  it('leaves once, however often it is told', async () => {
    const { sku, ref } = await sold(3)
    const lines = [{ sku, quantity: 2 }]
    const first = expectStatus(await parcel(ref, 1, lines), 201)
    expect(first.body).toMatchObject({
      status: 'shipped',
      parcelNo: 1,
      lines,
      shippedAt: expect.any(String),
      deliveredAt: null,
    })
    expect(expectStatus(await parcel(ref, 1, lines), 200).body).toEqual(first.body)
    expectProblem(await parcel(ref, 1, [{ sku, quantity: 1 }]), 'conflict', 409)
    expect((await list(ref)).body.items).toEqual([first.body])
  })

  it('never takes more than was sold, in however many parts', async () => {
    const { sku, ref } = await sold(3)
    expectStatus(
      await parcel(ref, 1, [
        { sku, quantity: 1 },
        { sku, quantity: 1 },
      ]),
      201,
    )
    expectProblem(await parcel(ref, 2, [{ sku, quantity: 2 }]), 'conflict', 409)
    expectProblem(await parcel(ref, 2, [{ sku: 'OTHER', quantity: 1 }]), 'conflict', 409)
    expectStatus(await parcel(ref, 2, [{ sku, quantity: 1 }]), 201)
    expect((await list(ref)).body.items).toHaveLength(2)
  })

  it('is not sent twice when two people pack the same goods at once', async () => {
    const { sku, ref } = await sold(3)
    const variant = 'SELECT 1 FROM variants WHERE sku = ? FOR UPDATE'
    const answers = await whileHeld(variant, [sku], 3, () =>
      Promise.all([1, 2, 3].map((no) => parcel(ref, no, [{ sku, quantity: 2 }]))),
    )
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409, 409])
  })

  it('holds only what was sold', async () => {
    const { sku } = await stocked(2)
    const held = (await hold([{ sku, quantity: 1 }])).body
    expectProblem(await parcel(held.ref, 1, [{ sku, quantity: 1 }]), 'conflict', 409)
    expectProblem(await parcel(newId(), 1, [{ sku, quantity: 1 }]), 'not_found', 404)
  })

  it('gets new tracking, and arrives once', async () => {
    const { sku, ref } = await sold(1)
    const { id } = (await parcel(ref, 1, [{ sku, quantity: 1 }])).body
    const tracking = { carrier: 'DHL', trackingNumber: 'D1', trackingUrl: null }
    expect(expectStatus(await put(`/fulfillments/${id}/tracking`, tracking, scope), 200).body).toMatchObject(tracking)
    const arrived = expectStatus(await post(`/fulfillments/${id}/delivered`, undefined, scope), 200).body
    expect(arrived).toMatchObject({ status: 'delivered', deliveredAt: expect.any(String) })
    expect((await post(`/fulfillments/${id}/delivered`, undefined, scope)).body).toEqual(arrived)
    expectProblem(await post(`/fulfillments/${newId()}/delivered`, undefined, scope), 'not_found', 404)
    expectProblem(await put(`/fulfillments/${newId()}/tracking`, tracking, scope), 'not_found', 404)
  })

  it.each([
    ['a script for a link', { trackingUrl: 'javascript:alert(1)' }],
    ['no lines', { lines: [] }],
    ['parcel number nought', { parcelNo: 0 }],
  ])('with %s is refused', async (_what, more) => {
    expectProblem(await parcel(newId(), 1, [{ sku: 'A', quantity: 1 }], more), 'validation_failed', 422)
  })
})

it('lists parcels in two statements, and nothing for an unknown order', async () => {
  const { sku, ref } = await sold(3)
  for (const no of [1, 2, 3]) await parcel(ref, no, [{ sku, quantity: 1 }])
  expect(await statementsOf(() => list(ref))).toBe(2)
  expect(expectStatus(await list(newId()), 200).body).toEqual({ items: [] })
  expectProblem(await get('/fulfillments', { scope: 'fulfilment:read' }), 'validation_failed', 422)
})

it('needs a token with the right scope', async () => {
  expectProblem(await get(`/fulfillments?order_ref=${newId()}`), 'unauthorized', 401)
  expectProblem(await get(`/fulfillments?order_ref=${newId()}`, { scope: 'catalog:read' }), 'forbidden', 403)
  expectProblem(await post('/fulfillments', {}, 'fulfilment:read'), 'forbidden', 403)
})
