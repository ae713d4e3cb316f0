// Stores as staff change them.
import { expect, it } from 'vitest'
import { hold, stocked } from '../../../test/factories.ts'
import { expectProblem, expectStatus, get, post, put, stage } from '../../../test/stage.ts'
import { newId } from '../../lib/ids.ts'

stage()

const read = { scope: 'catalog:read' }
const scope = 'catalog:write'
const lyon = {
  name: 'Highstreet Lyon',
  line1: '12 rue de la République',
  city: 'Lyon',
  country: 'FR',
  latitude: 45.767,
  longitude: 4.834,
  timezone: 'Europe/Paris',
  services: ['click_and_collect'],
  hours: [
    { weekday: 1, opens: '10:00', closes: '12:30' },
    { weekday: 1, opens: '14:00', closes: '19:00' },
  ],
}

it('opens a store that shoppers see at once, changes it once, closes it', async () => {
  const { body: store } = expectStatus(await post('/admin/stores', lyon, scope), 201)
  expect(store).toMatchObject({ slug: 'highstreet-lyon', kind: 'shop', status: 'open', version: 1, hours: lyon.hours })
  const url = `/admin/stores/${store.id}`
  const changed = {
    ...lyon,
    name: 'Lyon Bellecour',
    hours: [{ weekday: 6, opens: '09:00', closes: '24:00' }],
    version: 1,
  }
  const [first, second] = await Promise.all([put(url, changed, scope), put(url, { ...changed, name: 'Late' }, scope)])
  expect([first.status, second.status].sort()).toEqual([200, 409])
  const shown = (await get('/stores/highstreet-lyon')).body
  expect(shown.hours).toEqual([{ weekday: 6, opens: '09:00', closes: '24:00' }])
  expect((await get('/admin/stores?q=lyon', read)).body.items).toMatchObject([{ id: store.id, version: 2 }])
  expectStatus(await put(url, { ...changed, status: 'closed', version: 2 }, scope), 200)
  expectProblem(await get('/stores/highstreet-lyon'), 'not_found', 404)
  expect((await get('/admin/stores?status=closed', read)).body.total).toBe(1)
  expectProblem(await post('/admin/stores', lyon, scope), 'slug_taken', 409)
})

it('closing a place lets its holds be sold and takes no new ones', async () => {
  const { sku, place } = await stocked(5)
  const ref = newId()
  expectStatus(await hold([{ sku, quantity: 1 }], { ref }), 201)
  const { id: _id, slug: _slug, ...store } = (await get(`/admin/stores/${place.id}`, read)).body
  expectStatus(await put(`/admin/stores/${place.id}`, { ...store, status: 'closed' }, scope), 200)
  expectProblem(await hold([{ sku, quantity: 1 }]), 'out_of_stock', 409)
  expectStatus(await post('/inventory/commit', { ref }, 'inventory:write'), 200)
})

it('refuses what no store can have, and writes nothing', async () => {
  const total = async () => (await get('/admin/stores', read)).body.total
  const before = await total()
  const wrong: Record<string, unknown>[] = [
    { name: ' ' },
    { name: 'x'.repeat(121) },
    { name: 'a\u0000b' },
    { country: 'France' },
    { latitude: 91 },
    { longitude: -181 },
    { latitude: '45' },
    { timezone: 'Mars/Olympus' },
    { email: 'nobody' },
    { services: ['Click & Collect'] },
    { kind: 'kiosk' },
    { allocationPriority: -1 },
    { hours: [{ weekday: 8, opens: '10:00', closes: '11:00' }] },
    { hours: [{ weekday: 1, opens: '11:00', closes: '10:00' }] },
    { hours: [{ weekday: 1, opens: '25:00', closes: '26:00' }] },
    { hours: [...lyon.hours, { weekday: 1, opens: '12:00', closes: '15:00' }] },
    { hours: Array.from({ length: 29 }, () => lyon.hours[0]) },
  ]
  for (const part of wrong)
    expectProblem(await post('/admin/stores', { ...lyon, ...part }, scope), 'validation_failed', 422)
  expect(await total()).toBe(before)
  expectProblem(await put(`/admin/stores/${newId()}`, { ...lyon, version: 1 }, scope), 'not_found', 404)
  expectProblem(await post('/admin/stores', lyon), 'unauthorized', 401)
  expectProblem(await post('/admin/stores', lyon, 'catalog:read'), 'forbidden', 403)
})
