// Stores and towns against a real Postgres.
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { aStore, hold, stocked } from '../../test/factories.ts'
import { type Answer, expectProblem, expectStatus, get, stage, statementsOf } from '../../test/stage.ts'
import { db } from '../lib/db.ts'
import { fold } from '../lib/fold.ts'
import { findNearest } from './nearby.ts'
import { distanceKm, toCentimetres } from './sphere.ts'

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
    for (const query of ['?limit=1', '', '?service=pickup&open_now=true'])
      expect(await statementsOf(() => get(`/stores${query}`))).toBe(5)
    for (const query of ['&limit=1', '&radius_km=20000', '&service=pickup&open_now=true'])
      expect(await statementsOf(() => get(`/stores/nearby?lat=45.76&lng=4.83${query}`))).toBe(4)
    expect(await statementsOf(() => get('/stores/nearby?lat=45.76&lng=4.83&sku=NONE'))).toBe(5)
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

  it('are right wherever somebody stands: the same as measuring every store by hand', async () => {
    await manyStores(6_000)
    const rows = await db()('stores').where({ kind: 'shop', status: 'open' }).select('id', 'latitude', 'longitude')
    const anywhere = fc.record({
      lat: fc.oneof(fc.double({ min: -90, max: 90, noNaN: true }), fc.constantFrom(-90, 90, 89.97, 0)),
      lng: fc.oneof(fc.double({ min: -180, max: 180, noNaN: true }), fc.constantFrom(-180, 180, 179.98, -179.98)),
      radius_km: fc.constantFrom(5, 60, 700, 9_000, 20_100),
      limit: fc.integer({ min: 1, max: 60 }),
    })
    await fc.assert(
      fc.asyncProperty(anywhere, async ({ lat, lng, radius_km, limit }) => {
        const far = (row: { latitude: number; longitude: number }) =>
          distanceKm({ lat: toCentimetres(lat), lng: toCentimetres(lng) }, { lat: row.latitude, lng: row.longitude })
        const byHand = rows
          .map((row) => ({ id: row.id, km: far(row) }))
          .filter(({ km }) => km <= radius_km)
          .sort((a, b) => a.km - b.km)
          .slice(0, limit)
        const { near: found, cutKm } = await findNearest(db(), { lat, lng, radius_km, limit }, new Date())
        expect(cutKm).toBeNull()
        expect(found).toHaveLength(byHand.length)
        // Two stores of one place may come in either order; the distances may not differ.
        for (const [index, one] of found.entries()) expect(one.distanceKm).toBeCloseTo(byHand[index]?.km ?? -1, 6)
        expect(new Set(found.map(({ id }) => id)).size).toBe(found.length)
      }),
      { numRuns: 60 },
    )
  })

  it('are read from the index of positions, not from the whole table', async () => {
    const plan = await planOf({ lat: 45.76, lng: 4.83, radius_km: 50, limit: 20, service: ['pickup'] })
    expect(plan.match(/stores_by_position/g)?.length).toBe(3)
    expect(plan).not.toContain('Seq Scan on stores')
  })

  it('cost no more where very many lie: of the whole world, with nothing that fits, a few circles are read and that is said', async () => {
    const everywhere = { lat: -40, lng: -175, radius_km: 20_000, limit: 41 }
    for (const more of [{ service: ['flower_shop'] }, { open_now: true, service: ['flower_shop'] }]) {
      const question = { ...everywhere, ...more }
      const all = await findNearest(db(), question, new Date())
      expect(all).toEqual({ near: [], cutKm: null })
      const cut = await findNearest(db(), question, new Date(), 500)
      expect(cut.near).toEqual([])
      expect(cut.cutKm).toBeLessThan(15_000)
      expect(storesRead(await planOf(question, 500))).toBeLessThan(8_000)
      expect(storesRead(await planOf(question))).toBeGreaterThan(15_000)
    }
    expect((await get('/stores/nearby?lat=45.76&lng=4.83&radius_km=20')).body.cutKm).toBeNull()
  })

  const planOf = async (question: Parameters<typeof findNearest>[1], most?: number): Promise<string> => {
    const asked: string[] = []
    const listen = ({ sql, bindings }: { sql: string; bindings: unknown[] }) => {
      if (sql.includes('RECURSIVE')) asked.push(JSON.stringify({ sql, bindings }))
    }
    db().on('query', listen)
    await findNearest(db(), question, new Date(), most)
    db().removeListener('query', listen)
    const { sql, bindings } = JSON.parse(asked[0] ?? '')
    const { rows } = await db().client.raw(`EXPLAIN (ANALYZE, TIMING OFF) ${sql.replace(/\$\d+/g, '?')}`, bindings)
    return rows.map((row: Record<string, string>) => row['QUERY PLAN']).join('\n')
  }

  /** Rows that the plan's looks into the table of stores gave or threw away, all rounds together. */
  const storesRead = (plan: string): number => {
    const looks = plan.matchAll(/ on stores s[^\n]*actual rows=([\d.]+) loops=(\d+)\)(?:(?!->)[\s\S])*?(?=->|$)/g)
    return [...looks].reduce((sum, [text, rows, loops]) => {
      const removed = [...text.matchAll(/Rows Removed by (?:Filter|Index Recheck): (\d+)/g)]
      return sum + Number(loops) * (Number(rows) + removed.reduce((all, [, count]) => all + Number(count), 0))
    }, 0)
  }

  it.each([
    '',
    '?service=No&lat=0&lng=0',
    `?lat=0&lng=0${'&service=a'.repeat(21)}`,
    '?lat=0&lng=0&open_now=1',
    '?lat=0&lng=0&sku=a%20b',
    '?lat=91&lng=0',
    '?lat=0&lng=181',
    '?lat=a&lng=0',
    '?lat=NaN&lng=0',
    '?lat=1e1&lng=0',
    '?lat=0&lng=0&radius_km=0',
    '?lat=0&lat=1&lng=0',
  ])('refuse %j', async (query) => expectProblem(await get(`/stores/nearby${query}`), 'validation_failed', 422))
})

describe('stores that fit', () => {
  it('offer all the services asked for, are open now, and tell what they have of a thing', async () => {
    const { sku, place } = await stocked(3, { ...far, name: 'Has it', services: ['cafe', 'repairs'] })
    const other = await aStore({ ...far, name: 'Has none', services: ['cafe'], latitude: 10.01 })
    await db()('store_hours').insert(
      [place, other].flatMap(({ id }) =>
        [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ storeId: id, weekday, opens: '00:00', closes: '24:00' })),
      ),
    )
    const near = (query: string) => get(`/stores/nearby?lat=10&lng=20&radius_km=30${query}`)
    expect(names(await near(''))).toEqual(['Has it', 'Has none'])
    expect(names(await near('&service=cafe'))).toEqual(['Has it', 'Has none'])
    expect(names(await near('&service=cafe&service=repairs'))).toEqual(['Has it'])
    expect(names(await get('/stores?service=cafe&service=repairs'))).toEqual(['Has it'])
    const told = (await near(`&sku=${sku}`)).body.items.map((one: { stock: unknown }) => one.stock)
    expect(told).toEqual([
      { sku, available: 3 },
      { sku, available: 0 },
    ])
    expect(names(await near(`&sku=${sku}&in_stock=true`))).toEqual(['Has it'])
    expect(names(await get(`/stores?sku=${sku}&in_stock=true`))).toEqual(['Has it'])
    expectStatus(await hold([{ sku, quantity: 3 }], { storeId: place.id }), 201)
    expect(names(await near(`&sku=${sku}&in_stock=true`))).toEqual([])
    // Closed today for a holiday, by its own calendar; tomorrow as ever.
    expect(names(await near('&open_now=true'))).toEqual(['Has it', 'Has none'])
    const { today } = (await near('')).body.items[0]
    await db()('store_special_days').insert({ storeId: place.id, day: today, note: 'Stocktaking' })
    expect(names(await near('&open_now=true'))).toEqual(['Has none'])
    expect((await near('')).body.items[0]).toMatchObject({
      specialDays: [{ date: today, note: 'Stocktaking', hours: [] }],
      open: { now: false, next: { opens: '00:00' } },
      coming: expect.any(Array),
    })
    await db()('store_special_days').update({ openMinutes: '{[0,1440)}' }).where({ storeId: place.id })
    expect(names(await near('&open_now=true'))).toEqual(['Has it', 'Has none'])
  })

  it('have no special day that overlaps itself or leaves its day, whoever writes it', async () => {
    const { id: storeId } = await aStore(far)
    for (const openMinutes of ['{[600,1500)}', '{[-5,10)}', '{[600,)}'])
      await expect(db()('store_special_days').insert({ storeId, day: '2026-12-25', openMinutes })).rejects.toThrow(
        'store_special_days_stay_within_the_day',
      )
  })
})

const far = { latitude: 10, longitude: 20, country: 'TD', city: 'Sarh', timezone: 'Africa/Ndjamena' }

/** Stores all over the world, some of them at the poles and on the date line. */
async function manyStores(count: number): Promise<void> {
  await db().raw(
    `INSERT INTO stores (id, slug, name, line1, city, country, latitude, longitude, timezone)
     SELECT gen_random_uuid(), 'many-' || n, 'Many ' || n, '1 Street', 'Many', 'ZZ',
       CASE n % 10 WHEN 0 THEN 90 - n / 1000000.0 WHEN 1 THEN -90 ELSE degrees(asin(sin(n * 7.13))) END,
       CASE n % 7 WHEN 0 THEN 180 WHEN 1 THEN -180 WHEN 2 THEN 179.9 + n / 1000000.0 ELSE (n * 137.5) % 360 - 180 END, 'UTC'
     FROM generate_series(1, ?::int) n`,
    [count],
  )
  await db().raw('ANALYZE stores')
}

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

  it('stand behind postcodes of our own stores, the one that begins most alike first', async () => {
    await aStore({ name: 'Centre', city: 'Lyon', postcode: '69002' })
    await aStore({ name: 'Croix-Rousse', city: 'Lyon', postcode: '69004', latitude: 45.78 })
    await aStore({
      name: 'Dublin',
      city: 'Dublin',
      postcode: 'D02 VK03',
      country: 'IE',
      latitude: 53.3,
      longitude: -6.2,
    })
    const codes = async (q: string) =>
      (await get(`/places?q=${encodeURIComponent(q)}`)).body.items.map(
        (place: { postcode: string | null; name: string }) => place.postcode ?? place.name,
      )
    expect(await codes('69004')).toEqual(['69004', '69002'])
    expect(await codes('69800')).toEqual(['69002', '69004'])
    expect(await codes('d02 x285')).toEqual(['D02 VK03'])
    expect(await codes('D02X285')).toEqual(['D02 VK03'])
    expect(await codes('69800 Lyon')).toEqual(['Lyon', 'Lyons', '69002', '69004'])
    expect(await codes('99999')).toEqual([])
    const first = async (q: string) => (await get(`/places?q=${encodeURIComponent(q)}`)).body.items[0]
    expect(await first('69004')).toMatchObject({ postcode: '69004', approximate: false })
    expect(await first('69800')).toMatchObject({ postcode: '69002', approximate: true })
    expect(await first('Lyon')).toMatchObject({ approximate: false })
    expect(await codes('D02 Lyon')).toEqual(['Lyon', 'Lyons'])
    expect((await get('/places?q=69800&country=IE')).body.items).toEqual([])
    expect(await codes("6'9\\%")).toEqual(['69002', '69004'])
  })

  it('are not found by patterns or a single letter', async () => {
    for (const q of ['%25%25', '__', 'l', '', '%5C%5C', 'ly%25']) expect(names(await get(`/places?q=${q}`))).toEqual([])
    expectProblem(await get('/places'), 'validation_failed', 422)
    expectProblem(await get('/places?q=lyon&country=fr'), 'validation_failed', 422)
  })
})
