import '../../../test/real-catalogue.ts'
import { expect, test } from 'vitest'
import { forgetShopper } from '#app/domain/checkout/forget-shopper.server.ts'
import { collectByCode } from '#app/domain/reservations/counter.server.ts'
import { cancelReservation, endReservation } from '#app/domain/reservations/end.server.ts'
import { findReservation, listForCounter, listReservationData } from '#app/domain/reservations/queries.server.ts'
import { reserveInStore } from '#app/domain/reservations/reserve.server.ts'
import { sweepReservations } from '#app/domain/reservations/sweep.server.ts'
import { env } from '#app/env.server.ts'
import { addSeconds } from '#app/lib/clock.ts'
import { db } from '#app/lib/db.server.ts'
import { newId } from '#app/lib/ids.ts'
import { aShop, onShelf, shelfOf } from '../../../test/pickup.ts'
import { inCatalogue } from '../../../test/real-catalogue.ts'
import { guest } from '../../../test/shopping.ts'

const staff = (at = new Date()) => ({ actor: 'staff:test', at })
const rowOf = (number: string) => db()('store_reservations').where({ number }).first()
const slugOf = async (storeId: string) =>
  (await inCatalogue<{ slug: string }>('SELECT slug FROM stores WHERE id = $1', [storeId]))[0]?.slug ?? ''
const mailsOf = async (id: string) =>
  (await db()('outbox').where('dedupeKey', 'like', `reservation.%:${id}`).orderBy('createdAt')).map(
    ({ topic }) => topic,
  )

/** A shop with so many pieces of a thing. */
async function aShelf(units: number) {
  const storeId = await aShop()
  return { storeId, storeSlug: await slugOf(storeId), variant: await onShelf(storeId, units) }
}
type Shelf = Awaited<ReturnType<typeof aShelf>>

const wanted = ({ storeSlug, variant }: Shelf, more: Partial<Parameters<typeof reserveInStore>[0]> = {}) => ({
  storeSlug,
  sku: variant.sku,
  quantity: 1,
  email: `${newId()}@example.com`,
  name: 'Carla Berg',
  userId: null,
  formKey: newId(),
  ...more,
})

async function held(shelf: Shelf, more: Partial<Parameters<typeof reserveInStore>[0]> = {}) {
  const { number, token } = await reserveInStore(wanted(shelf, more), guest())
  const row = await rowOf(number)
  const code = (await findReservation(number, { token }))?.code ?? ''
  return { ...row, token, code } as { id: string; number: string; token: string; code: string; expiresAt: Date }
}

test('a thing is held in that store for two opening hours, with a code by mail, and sold when the code is shown, once', async () => {
  const shelf = await aShelf(3)
  const form = wanted(shelf, { quantity: 2 })
  const [first, again] = await Promise.all([reserveInStore(form, guest()), reserveInStore(form, guest())])
  expect(again.number).toBe(first.number)
  const row = await rowOf(first.number)
  expect(row).toMatchObject({ status: 'held', quantity: 2, storeId: shelf.storeId, slot: 1 })
  const hours = (row.expiresAt.getTime() - Date.now()) / 3_600_000
  expect(hours).toBeGreaterThan(1.98)
  expect(hours).toBeLessThan(2.05)
  expect(await shelfOf(shelf.storeId, shelf.variant.id)).toEqual({ on_hand: 3, reserved: 2 })
  const own = await findReservation(first.number, { token: first.token })
  expect(own?.code).toMatch(/^[2-9A-HJ-NP-TV-Z]{3} [2-9A-HJ-NP-TV-Z]{3}$/)
  expect(await findReservation(first.number, { token: `${first.token.slice(0, -1)}!` })).toBeNull()
  expect(await findReservation(first.number, { userId: newId() })).toBeNull()
  const mail = await db()('outbox')
    .where({ dedupeKey: `reservation.held:${row.id}` })
    .first()
  expect(mail.payload).toMatchObject({ code: own?.code, reservation: { quantity: 2, totalMinor: 3600 } })

  const code = own?.code ?? ''
  const elsewhere = await aShop()
  for (const wrong of [
    { code: 'AAA AAA', storeId: shelf.storeId },
    { code, storeId: elsewhere },
  ])
    await expect(collectByCode(wrong, staff())).rejects.toMatchObject({ code: 'validation_failed' })
  const typed = { code: code.toLowerCase().replace(' ', '-'), storeId: shelf.storeId }
  const counters = await Promise.allSettled(Array.from({ length: 6 }, () => collectByCode(typed, staff())))
  expect(counters.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  for (const { reason } of counters.filter((one) => one.status === 'rejected') as PromiseRejectedResult[])
    expect(reason.extra.fields.code[0]).toContain('used already')
  expect(await shelfOf(shelf.storeId, shelf.variant.id)).toEqual({ on_hand: 1, reserved: 0 })
  expect(await rowOf(first.number)).toMatchObject({ status: 'collected', stockSettledAt: expect.any(Date) })
  const movements = await inCatalogue('SELECT kind FROM stock_movements WHERE ref = $1 ORDER BY seq', [row.id])
  expect(movements).toEqual([{ kind: 'hold' }, { kind: 'commit' }])
  expect(await mailsOf(row.id)).toEqual(['reservation.held'])
  expect((await findReservation(first.number, { token: first.token }))?.code).toBeNull()
  // Whatever a program does, what has ended stays as it ended.
  await expect(
    db()('store_reservations').where({ id: row.id }).update({ status: 'held', endedAt: null }),
  ).rejects.toThrow('cannot become held')
})

test('what nobody collects lapses by itself: the thing is free again, the code is refused, a mail says so', async () => {
  const shelf = await aShelf(1)
  const { id, number, code, expiresAt, token } = await held(shelf)
  await sweepReservations({ actor: 'system', at: addSeconds(expiresAt, -1) })
  expect(await rowOf(number)).toMatchObject({ status: 'held' })
  await expect(collectByCode({ code, storeId: shelf.storeId }, staff(expiresAt))).rejects.toMatchObject({
    extra: { fields: { code: [expect.stringContaining('lapsed')] } },
  })
  // Two sweepers and a counter at the same moment, after its time.
  const late = addSeconds(expiresAt, 1)
  await Promise.all([
    sweepReservations({ actor: 'system', at: late }),
    sweepReservations({ actor: 'system', at: late }),
    collectByCode({ code, storeId: shelf.storeId }, staff(late)).catch(() => undefined),
  ])
  expect(await rowOf(number)).toMatchObject({ status: 'lapsed', endedBy: 'time' })
  expect(await shelfOf(shelf.storeId, shelf.variant.id)).toEqual({ on_hand: 1, reserved: 0 })
  expect(await mailsOf(id)).toEqual(['reservation.held', 'reservation.lapsed'])
  await expect(collectByCode({ code, storeId: shelf.storeId }, staff(late))).rejects.toThrow('lapsed')
  const month = addSeconds(late, 31 * 24 * 3600)
  await sweepReservations({ actor: 'system', at: month })
  expect(await findReservation(number, { token })).toMatchObject({ name: null, email: null, status: 'lapsed' })
})

test('the shopper may let it go and the store may give it up, with a mail only for the latter; nothing is given back twice', async () => {
  const shelf = await aShelf(2)
  const [mine, theirs] = [await held(shelf), await held(shelf)]
  await cancelReservation({ id: mine.id, endedBy: 'shopper' }, guest())
  await cancelReservation({ id: mine.id, endedBy: 'shopper' }, guest())
  await cancelReservation({ id: theirs.id, endedBy: 'store', reason: 'It broke' }, staff())
  expect(await shelfOf(shelf.storeId, shelf.variant.id)).toEqual({ on_hand: 2, reserved: 0 })
  expect(await mailsOf(mine.id)).toEqual(['reservation.held'])
  expect(await mailsOf(theirs.id)).toEqual(['reservation.held', 'reservation.cancelled'])
  const third = await held(shelf)
  await collectByCode({ code: third.code, storeId: shelf.storeId }, staff())
  await expect(cancelReservation({ id: third.id, endedBy: 'shopper' }, guest())).rejects.toMatchObject({
    code: 'illegal_transition',
  })
  expect((await listForCounter(shelf.storeId, new Date())).map(({ status }) => status)).toEqual([
    'cancelled',
    'cancelled',
    'collected',
  ])
})

test('nobody holds the shop empty: three things a person, each once, one or two pieces, whatever is sent at the same moment', async () => {
  const shelves = await Promise.all(Array.from({ length: 5 }, () => aShelf(4)))
  const email = `Greedy+${newId().slice(-6)}@Example.com`
  const all = await Promise.allSettled(shelves.map((shelf) => reserveInStore(wanted(shelf, { email }), guest())))
  expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
  const [shelf] = shelves as [Shelf]
  // The same mailbox, written otherwise.
  const other = email.toLowerCase().replace(/\+.*@/, '+other@')
  await expect(reserveInStore(wanted(shelf, { email: other }), guest())).rejects.toMatchObject({ code: 'conflict' })
  const once = `${newId()}@example.com`
  const twice = await Promise.allSettled([1, 2, 3].map(() => reserveInStore(wanted(shelf, { email: once }), guest())))
  expect(twice.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  for (const quantity of [0, 3, 1.5, -1])
    await expect(reserveInStore(wanted(shelf, { quantity }), guest())).rejects.toMatchObject({
      code: 'validation_failed',
    })
  await expect(db()('store_reservations').where({ email: once }).update({ quantity: 3 })).rejects.toThrow(
    'store_reservations_one_or_two_pieces',
  )
  // One that ended makes room.
  const [mine] = await db()('store_reservations').where({
    mailboxHash: (await db()('store_reservations').where({ email: once }).first()).mailboxHash,
  })
  await cancelReservation({ id: mine.id, endedBy: 'shopper' }, guest())
  await reserveInStore(wanted(shelf, { email: once }), guest())
})

test('twenty people at the last two pieces: two get one, the others are told, and nothing is held for them', async () => {
  const shelf = await aShelf(2)
  const all = await Promise.allSettled(Array.from({ length: 20 }, () => reserveInStore(wanted(shelf), guest())))
  expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
  for (const { reason } of all.filter((one) => one.status === 'rejected') as PromiseRejectedResult[])
    expect(reason).toMatchObject({ code: 'out_of_stock', extra: { fields: { quantity: [expect.any(String)] } } })
  expect(await shelfOf(shelf.storeId, shelf.variant.id)).toEqual({ on_hand: 2, reserved: 2 })
  expect(await db()('store_reservations').where({ storeId: shelf.storeId, status: 'held' }).count()).toEqual([
    { count: 2 },
  ])
})

test('a store without pickup, without hours or that is closed keeps nothing, nor does one keep what is not sold', async () => {
  const shelf = await aShelf(1)
  const others = [await aShop({ services: [] }), await aShop({ closedDays: true })]
  for (const storeId of others)
    await expect(reserveInStore(wanted({ ...shelf, storeSlug: await slugOf(storeId) }), guest())).rejects.toMatchObject(
      { code: 'conflict' },
    )
  for (const [given, code] of [
    [{ storeSlug: 'nowhere' }, 'not_found'],
    [{ sku: 'NO-SUCH-THING' }, 'gone'],
  ] as const)
    await expect(reserveInStore(wanted(shelf, given), guest())).rejects.toMatchObject({ code })
  expect(await db()('store_reservations').where({ sku: shelf.variant.sku })).toEqual([])
})

test('a catalogue that is away: nothing is promised, the form may be sent again; a sale is booked when it is back', async () => {
  const shelf = await aShelf(2)
  const { id, code, number } = await held(shelf)
  const form = wanted(shelf)
  const { CATALOG_API_URL } = env()
  const { resetTransport } = await import('#app/domain/catalog/transport.server.ts')
  await reserveInStore({ ...form, formKey: newId(), email: 'warm@example.com', quantity: 1 }, guest())
  env().CATALOG_API_URL = 'http://127.0.0.1:9'
  resetTransport()
  try {
    await expect(reserveInStore(form, guest())).rejects.toMatchObject({ code: 'catalog_unavailable' })
    await collectByCode({ code, storeId: shelf.storeId }, staff())
    expect(await rowOf(number)).toMatchObject({ status: 'collected', stockSettledAt: null, attempts: 1 })
  } finally {
    env().CATALOG_API_URL = CATALOG_API_URL
    resetTransport()
  }
  expect((await listForCounter(shelf.storeId, addSeconds(new Date(), 700))).find((row) => row.id === id)).toMatchObject(
    {
      isUnbooked: true,
    },
  )
  await sweepReservations({ actor: 'system', at: addSeconds(new Date(), 30) })
  expect(await rowOf(number)).toMatchObject({ stockSettledAt: expect.any(Date) })
  expect(await shelfOf(shelf.storeId, shelf.variant.id)).toEqual({ on_hand: 1, reserved: 1 })
})

test('somebody who deletes their account leaves no name, and what was kept for them goes back on the shelf', async () => {
  const shelf = await aShelf(1)
  const userId = newId()
  await db()('users').insert({ id: userId, email: `${userId}@example.com`, name: 'Ann', role: 'customer' })
  const { id, number } = await held(shelf, { userId, email: `${userId}@example.com` })
  expect(await listReservationData(userId)).toMatchObject([{ number, status: 'held', quantity: 1 }])
  await forgetShopper({ userId, email: `${userId}@example.com` }, guest())
  await forgetShopper({ userId, email: `${userId}@example.com` }, guest())
  expect(await rowOf(number)).toMatchObject({ status: 'cancelled', email: null, name: null, userId: null })
  await sweepReservations(guest(addSeconds(new Date(), 1)))
  expect(await shelfOf(shelf.storeId, shelf.variant.id)).toEqual({ on_hand: 1, reserved: 0 })
  expect(await mailsOf(id)).toEqual(['reservation.held'])
})

test('one that died while it was made is ended, and the hold it may have left is given back', async () => {
  const shelf = await aShelf(1)
  const { id, number } = await held(shelf)
  // As after a kill between the hold and the row.
  await db().raw('ALTER TABLE store_reservations DISABLE TRIGGER store_reservations_end_once')
  await db()('store_reservations').where({ id }).update({ status: 'placing', formKey: 'died' })
  await db().raw('ALTER TABLE store_reservations ENABLE TRIGGER store_reservations_end_once')
  await sweepReservations(guest())
  expect(await rowOf(number)).toMatchObject({ status: 'placing' })
  await sweepReservations({ actor: 'system', at: addSeconds(new Date(), 180) })
  expect(await rowOf(number)).toMatchObject({ status: 'refused', formKey: null, stockSettledAt: expect.any(Date) })
  expect(await shelfOf(shelf.storeId, shelf.variant.id)).toEqual({ on_hand: 1, reserved: 0 })
  expect(await endReservation({ id, from: 'held', to: 'collected' }, staff())).toBeUndefined()
})
