// Stores and towns against a real Postgres.
import { beforeAll, describe, expect, it } from 'vitest'
import { aStore } from '../../test/factories.ts'
import { type Answer, expectProblem, expectStatus, get, stage, statementsOf } from '../../test/stage.ts'
import { db } from '../lib/db.ts'
import { fold } from '../lib/fold.ts'

stage()

const names = (answer: Answer) => expectStatus(answer, 200).body.items.map((item: { name: string }) => item.name)

beforeAll(async () => {
  const lyon = await aStore({ name: 'Lyon', city: 'Lyon', slug: 'lyon', services: ['pickup'] })
  await db()('store_hours').insert(
    [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ storeId: lyon.id, weekday, opens: '00:00', closes: '23:59' })),
  )
  await aStore({ name: 'Villeurbanne', city: 'Villeurbanne', latitude: 45.771, longitude: 4.88 })
  await aStore({ name: 'Paris', city: 'Paris', latitude: 48.857, longitude: 2.352 })
  await aStore({
    name: 'Fiji east',
    city: 'Taveuni',
    country: 'FJ',
    latitude: -16.8,
    longitude: -179.97,
    timezone: 'Pacific/Fiji',
  })
  await aStore({
    name: 'Fiji west',
    city: 'Labasa',
    country: 'FJ',
    latitude: -16.8,
    longitude: 179.97,
    timezone: 'Pacific/Fiji',
  })
  await aStore({
    name: 'North',
    city: 'Alert',
    country: 'CA',
    latitude: 89.5,
    longitude: 100,
    timezone: 'America/Toronto',
  })
  await aStore({ name: 'Hidden warehouse', kind: 'warehouse' })
  await aStore({ name: 'Closed', status: 'closed' })
})

describe('stores', () => {
  it('are listed by country and town, without warehouses and closed ones', async () => {
    const answer = await get('/stores')
    expect(names(answer)).toEqual(['North', 'Fiji west', 'Fiji east', 'Lyon', 'Paris', 'Villeurbanne'])
    expect(answer.body).toMatchObject({ total: 6, nextCursor: null })
    expect(names(await get('/stores?country=FJ'))).toEqual(['Fiji west', 'Fiji east'])
  })

  it('go page by page', async () => {
    const first = await get('/stores?limit=4')
    const second = await get(`/stores?limit=4&cursor=${first.body.nextCursor}`)
    expect([...names(first), ...names(second)]).toEqual(names(await get('/stores')))
    expect(second.body.nextCursor).toBeNull()
  })

  it('are shown one by one with hours and whether they are open now', async () => {
    const { body } = expectStatus(await get('/stores/lyon'), 200)
    expect(body).toMatchObject({
      slug: 'lyon',
      timezone: 'Europe/Paris',
      services: ['pickup'],
      open: { now: expect.any(Boolean) },
    })
    expect(body.hours).toHaveLength(7)
    expect(body.hours[0]).toEqual({ weekday: 1, opens: '00:00', closes: '23:59' })
    expect((await get(`/stores/${body.id}`)).body.slug).toBe('lyon')
    expect(body).not.toHaveProperty('distanceKm')
    expectProblem(await get('/stores/nowhere'), 'not_found', 404)
  })

  it('need the same number of statements for one and for many', async () => {
    expect(await statementsOf(() => get('/stores?limit=1'))).toBe(3)
    expect(await statementsOf(() => get('/stores'))).toBe(3)
    expect(await statementsOf(() => get('/stores/nearby?lat=45.76&lng=4.83'))).toBe(3)
  })
})

describe('stores nearby', () => {
  it('come nearest first with their distance, within the radius', async () => {
    const answer = await get('/stores/nearby?lat=45.76&lng=4.83&radius_km=20')
    expect(names(answer)).toEqual(['Lyon', 'Villeurbanne'])
    expect(answer.body.items.map((item: { distanceKm: number }) => item.distanceKm)).toEqual([0, 4.1])
    expect(names(await get('/stores/nearby?lat=45.76&lng=4.83&radius_km=500'))).toEqual([
      'Lyon',
      'Villeurbanne',
      'Paris',
    ])
    expect(names(await get('/stores/nearby?lat=45.76&lng=4.83&radius_km=500&limit=1'))).toEqual(['Lyon'])
  })

  it('are found over the date line and around the pole', async () => {
    expect(names(await get('/stores/nearby?lat=-16.8&lng=179.99&radius_km=10'))).toEqual(['Fiji west', 'Fiji east'])
    expect(names(await get('/stores/nearby?lat=-16.8&lng=-180&radius_km=10'))).toHaveLength(2)
    expect(names(await get('/stores/nearby?lat=89.5&lng=-80&radius_km=120'))).toEqual(['North'])
  })

  it('measure Lyon to Paris as the world does: 392 km', async () => {
    const { items } = (await get('/stores/nearby?lat=45.76&lng=4.83&radius_km=20000')).body
    const paris = items.find((item: { name: string }) => item.name === 'Paris')
    expect(paris.distanceKm).toBeGreaterThan(390)
    expect(paris.distanceKm).toBeLessThan(394)
    expect(items).toHaveLength(6)
  })

  it.each([
    '',
    '?lat=91&lng=0',
    '?lat=0&lng=181',
    '?lat=a&lng=0',
    '?lat=NaN&lng=0',
    '?lat=1e1&lng=0',
    '?lat=0&lng=0&radius_km=0',
    '?lat=0&lat=1&lng=0',
  ])('refuse %j', async (query) => expectProblem(await get(`/stores/nearby${query}`), 'validation_failed', 422))
})

describe('towns', () => {
  beforeAll(async () => {
    const town = (id: number, name: string, country: string, population: number) => ({
      id,
      name,
      foldedName: fold(name),
      region: null,
      country,
      latitude: 1,
      longitude: 2,
      population,
    })
    await db()('places').insert([
      town(1, 'Lyon', 'FR', 500_000),
      town(2, 'Lyons', 'US', 900_000),
      town(3, 'Zürich', 'CH', 400_000),
      town(4, 'Saint-Étienne', 'FR', 170_000),
    ])
  })

  it('are found by the beginning of their name, a whole name first', async () => {
    expect(names(await get('/places?q=lyon'))).toEqual(['Lyon', 'Lyons'])
    expect(names(await get('/places?q=lyon&country=US'))).toEqual(['Lyons'])
    expect(names(await get('/places?q=zur'))).toEqual(['Zürich'])
    expect(names(await get(`/places?q=${encodeURIComponent('saint-étie')}`))).toEqual(['Saint-Étienne'])
  })

  it('are not found by patterns or a single letter', async () => {
    for (const q of ['%25%25', '__', 'l', '', '%5C%5C', 'ly%25']) expect(names(await get(`/places?q=${q}`))).toEqual([])
    expectProblem(await get('/places'), 'validation_failed', 422)
    expectProblem(await get('/places?q=lyon&country=fr'), 'validation_failed', 422)
  })
})
