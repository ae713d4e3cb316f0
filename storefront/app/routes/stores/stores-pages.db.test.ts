import '../../../test/real-catalogue.ts'
import { beforeAll, describe, expect, test } from 'vitest'
import { db } from '#app/lib/db.server.ts'
import { newId } from '#app/lib/ids.ts'
import * as orders from '#app/routes/account/orders.tsx'
import * as profile from '#app/routes/account/profile.tsx'
import * as counter from '#app/routes/admin/counter.tsx'
import * as product from '#app/routes/shop/product.tsx'
import * as reservation from '#app/routes/stores/reservation.tsx'
import * as reserve from '#app/routes/stores/reserve.tsx'
import * as storePage from '#app/routes/stores/store.tsx'
import * as storesPage from '#app/routes/stores/stores.tsx'
import { Browser } from '../../../test/browser.ts'
import { logIn } from '../../../test/log-in.ts'
import { aShop, onShelf, shelfOf } from '../../../test/pickup.ts'
import { inCatalogue } from '../../../test/real-catalogue.ts'

// biome-ignore lint/suspicious/noExplicitAny: a page's data is whatever the test expects it to be
type Data = any
let shop: { id: string; slug: string }
let variant: Awaited<ReturnType<typeof onShelf>>

beforeAll(async () => {
  const id = await aShop()
  const [row] = await inCatalogue<{ slug: string }>('SELECT slug FROM stores WHERE id = $1', [id])
  shop = { id, slug: row?.slug ?? '' }
  variant = await onShelf(id, 8)
  await inCatalogue(
    `INSERT INTO places (id, name, folded_name, country, latitude, longitude, population) VALUES (1, 'Cork', 'cork', 'IE', 51.9, -8.47, 200000)`,
  )
})

const slugs = (data: Data): string[] => data.stores.map(({ slug }: { slug: string }) => slug)

describe('the stores page', () => {
  test('finds stores near a town or a postcode of ours, with what they have of a thing, by service and open now', async () => {
    const guest = new Browser()
    const see = async (query: string) => (await guest.get(storesPage, `/stores?${query}`)).data as Data
    expect(await see('q=cork')).toMatchObject({ from: { name: 'Cork, Ireland' }, isFar: false, unit: 'km' })
    expect((await see('q=T12+V6KX')).from.name).toBe('T12 V6KX Cork, Ireland')
    expect(await see(`q=cork&sku=${variant.sku}`)).toMatchObject({
      thing: { sku: variant.sku },
      stores: [{ stock: 8 }],
    })
    expect(slugs(await see('q=cork&service=click_and_collect'))).toContain(shop.slug)
    expect(slugs(await see('q=cork&service=click_and_collect&service=cafe'))).toEqual([])
    const [day] = await inCatalogue<{ day: string }>(
      `INSERT INTO store_special_days (store_id, day, note) SELECT $1, d::date, 'Stocktaking'
       FROM generate_series(now() - interval '1 day', now() + interval '1 day', '1 day') d RETURNING to_char(day, 'YYYY-MM-DD') AS day`,
      [shop.id],
    )
    expect(day).toBeDefined()
    // Another search than before, so that no copy of a moment ago is read.
    const closed = await see('q=cork&radius=100')
    expect(closed.stores.find(({ slug }: { slug: string }) => slug === shop.slug)).toMatchObject({
      open: { now: false },
      specialDays: [{ note: 'Stocktaking', hours: [] }, expect.anything()],
    })
    expect(slugs(await see('q=cork&open=1'))).not.toContain(shop.slug)
    await inCatalogue('DELETE FROM store_special_days WHERE store_id = $1', [shop.id])
  })

  test('knows of a postcode that only begins like one of ours the area, and tells no distances from there', async () => {
    const see = async (query: string) => (await new Browser().get(storesPage, `/stores?${query}`)).data as Data
    const { from, stores } = await see('q=T12+AB34')
    expect(from).toMatchObject({ name: 'Cork, Ireland, by the beginning of the postcode', isAbout: true })
    expect(stores.map(({ distanceKm }: { distanceKm: number | null }) => distanceKm)).toEqual(stores.map(() => null))
    expect((await see('q=T12+V6KX')).stores[0].distanceKm).toBe(0)
  })

  test('says that there are more than the forty nearest, and none of them as all', async () => {
    await inCatalogue(
      `INSERT INTO stores (id, slug, name, line1, city, postcode, country, latitude, longitude, timezone)
       SELECT gen_random_uuid(), 'many-' || n, 'Many ' || n, '1 Street', 'Malin', '', 'IE', 60 + n / 1000.0, 20, 'Europe/Dublin'
       FROM generate_series(1, 41) n`,
    )
    const see = async (query: string) =>
      (await new Browser().get(storesPage, `/stores?lat=60&lng=20&${query}`)).data as Data
    expect(await see('radius=50')).toMatchObject({ isMore: true, stores: { length: 40 } })
    await inCatalogue("DELETE FROM stores WHERE slug = 'many-41'")
    expect(await see('radius=25')).toMatchObject({ isMore: false, stores: { length: 40 } })
    await inCatalogue("DELETE FROM stores WHERE slug LIKE 'many-%'")
  })

  test('leads back to the list that sent the reader to choose a store, and to no other shop', async () => {
    const back = async (to: string) =>
      ((await new Browser().get(storesPage, `/stores?back=${encodeURIComponent(to)}`)).data as Data).state.back
    expect(await back('/c/mugs?brand=Hart&stock=1')).toBe('/c/mugs?brand=Hart&stock=1')
    for (const evil of ['//evil.example', 'https://evil.example', '/\\evil.example', 'javascript:alert(1)'])
      expect(await back(evil), evil).toBe('')
    const fields = { intent: 'choose-store', slug: shop.slug, back: '/c/mugs?brand=Hart&stock=1' }
    expect((await new Browser().post(storesPage, '/stores', fields)).location).toBe('/c/mugs?brand=Hart&stock=1')
  })

  test('tells distances in the reader’s unit: as the browser’s language, as a link says, and so it stays', async () => {
    const guest = new Browser()
    const unit = async (query = '') => ((await guest.get(storesPage, `/stores${query}`)).data as Data).unit
    expect(await unit()).toBe('km')
    expect(await unit('?unit=mi')).toBe('mi')
    expect(await unit()).toBe('mi')
    expect(await unit('?unit=furlong')).toBe('mi')
    expect(await unit('?unit=km')).toBe('km')
  })

  test.each([
    'q=%00',
    `q=${'x'.repeat(5000)}`,
    'q=Nowhere-at-all',
    "q='%3B--",
    'lat=1e9&lng=x',
    'lat=91&lng=0',
    'radius=-1&q=cork',
    'service=%00&service=A%20B',
    `${'service=a&'.repeat(50)}q=cork`,
    "sku=';DROP",
    'sku=NO-SUCH-THING&q=cork',
    'open=maybe&unit=9',
  ])('answers %j as a search that finds what it can', async (query) => {
    expect((await new Browser().get(storesPage, `/stores?${query}`)).status).toBe(200)
  })
})

test('my store is chosen and forgotten by a post, and is what the product page and the counter think of first', async () => {
  const guest = new Browser()
  for (const slug of ['', 'nowhere', 'A B', 'x'.repeat(200), '../admin'])
    expect((await guest.post(storesPage, '/stores', { intent: 'choose-store', slug })).status, slug).toBe(422)
  const wrong = await guest.post(storesPage, '/stores', {
    intent: 'choose-store',
    slug: shop.slug,
    back: '//evil.example',
  })
  expect(wrong).toMatchObject({ status: 303, location: '/stores' })
  expect(guest.cookies.get('hs_store')).toBe(shop.slug)
  const page = await guest.get(product, `/p/${variant.productSlug}`, { slug: variant.productSlug })
  expect(page.data).toMatchObject({ myStore: shop.slug })
  expect((await guest.get(storePage, `/stores/${shop.slug}`, { slug: shop.slug })).data).toMatchObject({ mine: true })
  guest.cookies.set('hs_store', "x'; drop")
  expect((await guest.get(storesPage, '/stores')).data).toMatchObject({ mine: null })
  await guest.post(storesPage, '/stores', { intent: 'forget-store', back: `/stores/${shop.slug}` })
  expect(guest.cookies.has('hs_store')).toBe(false)
})

describe('reserving', () => {
  const at = () => ({ params: { slug: shop.slug } })
  const url = () => `/stores/${shop.slug}/reserve?sku=${variant.sku}`
  const good = () => ({
    intent: 'reserve',
    sku: variant.sku,
    quantity: '2',
    name: 'Carla Berg',
    email: `${newId()}@example.com`,
    formKey: newId(),
  })

  test('a form with mistakes is told what is wrong beside the field and holds nothing', async () => {
    const guest = new Browser()
    const bad: [Record<string, string>, string][] = [
      [{ quantity: '3' }, 'quantity'],
      [{ quantity: '0' }, 'quantity'],
      [{ quantity: '1e0' }, 'quantity'],
      [{ name: '' }, 'name'],
      [{ name: 'see www.example.com' }, 'name'],
      [{ name: 'a\u0000b' }, 'name'],
      [{ email: 'nobody' }, 'email'],
      [{ email: '' }, 'email'],
      [{ formKey: 'x' }, 'formKey'],
      [{ sku: "'; --" }, 'sku'],
    ]
    for (const [change, field] of bad) {
      const { status, data } = await guest.post(reserve, url(), { ...good(), ...change }, at())
      expect(status, JSON.stringify(change)).toBe(422)
      expect(Object.keys((data as Data).problem.fields), JSON.stringify(change)).toContain(field)
    }
    const gone = await guest.post(reserve, url(), { ...good(), sku: 'NO-SUCH-THING' }, at())
    expect(gone.status).toBe(410)
    expect((await guest.post(reserve, '/stores/nowhere/reserve', good(), { params: { slug: 'nowhere' } })).status).toBe(
      404,
    )
    for (const sku of ['', 'x', 'NO-SUCH-THING', "';"])
      expect((await guest.get(reserve, `/stores/x/reserve?sku=${sku}`, { slug: shop.slug })).status).toBe(404)
    expect(await shelfOf(shop.id, variant.id)).toEqual({ on_hand: 8, reserved: 0 })
  })

  test('from the form to the page with the code, the counter checks it off with one line in the log; the link is a secret', async () => {
    const guest = new Browser('203.0.113.50')
    const page = (await guest.get(reserve, url(), { slug: shop.slug })).data as Data
    expect(page).toMatchObject({ available: 8, thing: { sku: variant.sku }, until: expect.stringContaining(':') })
    const done = await guest.post(reserve, url(), good(), at())
    expect(done).toMatchObject({ status: 303, location: expect.stringMatching(/^\/reservations\/RS-/) })
    const link = new URL(done.location ?? '', 'http://localhost')
    const number = link.pathname.split('/').at(-1) ?? ''
    const see = (search: string, browser = guest) => browser.get(reservation, link.pathname + search, { number })
    const shown = await see(link.search)
    expect(shown.headers.get('Referrer-Policy')).toBe('same-origin')
    const { code } = (shown.data as Data).reservation
    expect((shown.data as Data).reservation).not.toHaveProperty('token')
    for (const search of ['', '?token=x', `?token=${'A'.repeat(43)}`])
      expect((await see(search)).status, search).toBe(404)

    const staffId = newId()
    await db()('users').insert({ id: staffId, email: 'counter@example.com', name: 'Walt', role: 'warehouse' })
    const staff = await logIn(staffId)
    const post = (fields: Record<string, string>) => staff.post(counter, `/admin/counter?store=${shop.slug}`, fields)
    const list = (await staff.get(counter, `/admin/counter?store=${shop.slug}`)).data as Data
    await inCatalogue(
      `INSERT INTO stores (id, slug, name, line1, city, postcode, country, latitude, longitude, timezone)
       SELECT gen_random_uuid(), 'before-' || n, 'Before ' || n, '1 Street', 'Aba', '', 'AA', 70, 20, 'UTC' FROM generate_series(1, 101) n`,
    )
    const many = (query: string) => staff.get(counter, `/admin/counter?${query}`)
    expect((await many(`store=${shop.slug}`)).data).toMatchObject({ here: { slug: shop.slug }, kept: [{ number }] })
    expect((await many('q=before+77')).data).toMatchObject({ total: 1, stores: [{ slug: 'before-77' }], here: null })
    expect((await many('store=nowhere-at-all')).data).toMatchObject({ here: null })
    expect((await many('store=%00&q=%25')).status).toBe(200)
    await inCatalogue("DELETE FROM stores WHERE slug LIKE 'before-%'")
    expect(list.kept).toMatchObject([{ number, status: 'held', quantity: 2 }])
    expect(JSON.stringify(list)).not.toContain(code)
    for (const wrong of [{ code: '' }, { code: 'AAAAAA' }, { code: 'x'.repeat(500) }, { code, storeId: 'x' }])
      expect((await post({ intent: 'collect', storeId: shop.id, ...wrong })).status, JSON.stringify(wrong)).toBe(422)
    const lines = () => db()('audit_log').where({ subject: `reservation:${number}` })
    expect(await lines()).toEqual([])
    expect((await post({ intent: 'collect', storeId: shop.id, code })).status).toBe(303)
    const again = await post({ intent: 'collect', storeId: shop.id, code })
    expect(again.status).toBe(422)
    expect(JSON.stringify(again.data)).toContain('used already')
    expect(await lines()).toMatchObject([{ action: 'orders:ship', actorName: 'Walt', after: { status: 'collected' } }])
    expect(await shelfOf(shop.id, variant.id)).toEqual({ on_hand: 6, reserved: 0 })
    expect(
      (await guest.post(reservation, link.pathname + link.search, { intent: 'cancel' }, { params: { number } })).status,
    ).toBe(409)

    const second = await guest.post(reserve, url(), good(), at())
    const other = new URL(second.location ?? '', 'http://localhost').pathname.split('/').at(-1) ?? ''
    const { id } = await db()('store_reservations').where({ number: other }).first()
    for (const wrong of [{ reason: '' }, { reason: 'x'.repeat(300) }, { reason: 'Broke', id: 'x' }])
      expect((await post({ intent: 'cancel', id, ...wrong })).status, JSON.stringify(wrong)).toBe(422)
    expect((await post({ intent: 'cancel', id, reason: 'The last one broke' })).status).toBe(303)
    expect((await post({ intent: 'cancel', id, reason: 'The last one broke' })).status).toBe(303)
    const given = await db()('audit_log').where({ subject: `reservation:${other}` })
    expect(given).toMatchObject([{ after: { status: 'cancelled', reason: 'The last one broke' } }])
    expect(await shelfOf(shop.id, variant.id)).toEqual({ on_hand: 6, reserved: 0 })
  })

  test('an account reserves with its own address and finds it without a link; eleven a day from one network are too many', async () => {
    const id = newId()
    await db()('users').insert({ id, email: 'anna@example.com', name: 'Anna', role: 'customer' })
    const anna = await logIn(id)
    const done = await anna.post(reserve, url(), { ...good(), email: 'somebody-else@example.com' }, at())
    const number = new URL(done.location ?? '', 'http://localhost').pathname.split('/').at(-1) ?? ''
    expect(await db()('store_reservations').where({ number }).first()).toMatchObject({
      email: 'anna@example.com',
      userId: id,
    })
    expect((await anna.get(reservation, `/reservations/${number}`, { number })).status).toBe(200)
    const own = (await anna.get(orders, '/account/orders')).data as Data
    expect(own.reservations).toMatchObject([{ number, status: 'held', quantity: 2, storeName: expect.any(String) }])
    expect(JSON.stringify(own)).not.toContain('token')
    expect((await anna.get(profile, '/account')).data).toMatchObject({ reserved: 1 })
    const otherId = newId()
    await db()('users').insert({ id: otherId, email: 'otto@example.com', name: 'Otto', role: 'customer' })
    const otto = await logIn(otherId)
    expect((await otto.get(orders, '/account/orders')).data).toMatchObject({ reservations: [] })
    expect((await otto.get(profile, '/account')).data).toMatchObject({ reserved: 0 })
    expect((await otto.get(reservation, `/reservations/${number}`, { number })).status).toBe(404)
    expect(
      (await anna.post(reservation, `/reservations/${number}`, { intent: 'cancel' }, { params: { number } })).status,
    ).toBe(303)
    const crowd = new Browser('198.51.100.77')
    const statuses: number[] = []
    for (let n = 0; n < 11; n++)
      statuses.push((await crowd.post(reserve, url(), { ...good(), quantity: '1' }, at())).status)
    expect(statuses.at(-1)).toBe(429)
    expect(statuses.slice(0, 10)).not.toContain(429)
  })
})
