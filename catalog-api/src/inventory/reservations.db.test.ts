// Reservations against a real Postgres: nothing is sold twice, nothing is lost, whatever the order of calls.
import type { Knex } from 'knex'
import { describe, expect, it, vi } from 'vitest'
import { aProduct, aStore, hold, receive, stocked } from '../../test/factories.ts'
import { expectProblem, expectStatus, get, post, rowsOf, stage, statementsOf } from '../../test/stage.ts'
import { listWaiting, whileHeld } from '../../test/waiting.ts'
import { db } from '../lib/db.ts'
import { newId } from '../lib/ids.ts'
import { sweep } from '../sweeper.ts'

stage({ pool: 16 })

const commit = (ref: string) => post('/inventory/commit', { ref }, 'inventory:write')
const release = (ref: string, reason = 'cancelled') => post('/inventory/release', { ref, reason }, 'inventory:write')
const level = async (sku: string) => {
  const { onHand, reserved, available } = (await get(`/inventory/${sku}`)).body
  return { onHand, reserved, available }
}
const expire = (ref: string) =>
  db().raw("UPDATE reservations SET expires_at = now() - interval '1 s' WHERE ref = ?", [ref])

/** Makes the planner scan tables from their beginning, on every connection that is opened from now on. */
async function withoutIndexes(off: boolean) {
  const { rows } = await db().raw('SELECT current_database() AS name')
  for (const way of ['enable_indexscan', 'enable_bitmapscan', 'enable_indexonlyscan'])
    await db().raw(`ALTER DATABASE ?? ${off ? `SET ${way} = off` : `RESET ${way}`}`, [rows[0].name])
  await db().destroy()
  db().initialize()
}

/** Levels equal the ledger and the live holds: invariants 1 to 5 and 8 of the house. */
async function expectSoundBooks() {
  const { rows } = await db().raw(`
    SELECT i.variant_id, i.on_hand, i.reserved,
      (SELECT COALESCE(sum(delta_on_hand), 0)::int FROM stock_movements m WHERE (m.variant_id, m.store_id) = (i.variant_id, i.store_id)) AS ledger,
      (SELECT COALESCE(sum(delta_reserved), 0)::int FROM stock_movements m WHERE (m.variant_id, m.store_id) = (i.variant_id, i.store_id)) AS ledger_held,
      (SELECT COALESCE(sum(l.quantity), 0)::int FROM reservation_lines l JOIN reservations r USING (ref)
       WHERE r.status = 'held' AND (l.variant_id, l.store_id) = (i.variant_id, i.store_id)) AS held
    FROM inventory i`)
  for (const row of rows) {
    expect(row.on_hand).toBe(row.ledger)
    expect(row.reserved).toBe(row.ledger_held)
    expect(row.reserved).toBe(row.held)
  }
}

describe('holding stock', () => {
  it('takes units out of what can be bought, and leaves them on the shelf', async () => {
    const { sku, place } = await stocked(5)
    const answer = expectStatus(await hold([{ sku, quantity: 2 }]), 201)
    expect(answer.body).toMatchObject({ status: 'held', lines: [{ sku, storeId: place.id, quantity: 2 }] })
    expect(await level(sku)).toEqual({ onHand: 5, reserved: 2, available: 3 })
    await expectSoundBooks()
  })

  it('ends at the time of the database, a duration after now', async () => {
    const { sku } = await stocked(1)
    const answer = await hold([{ sku, quantity: 1 }], { ttlSeconds: 2700 })
    const { rows } = await db().raw('SELECT extract(epoch FROM ?::timestamptz - now())::float8 AS s', [
      answer.body.expiresAt,
    ])
    expect(rows[0].s).toBeGreaterThan(2690)
    expect(rows[0].s).toBeLessThanOrEqual(2700)
  })

  it('adds up lines of the same article: three times two of five is refused', async () => {
    const { sku } = await stocked(5)
    const lines = [2, 2, 2].map((quantity) => ({ sku, quantity }))
    const answer = await hold(lines)
    expectProblem(answer, 'out_of_stock', 409)
    expect(answer.body.shortages).toEqual([{ sku, requested: 6, available: 5 }])
    expect(await level(sku)).toEqual({ onHand: 5, reserved: 0, available: 5 })
  })

  it('holds all lines or none, and names every short one', async () => {
    const one = await stocked(5)
    const two = await stocked(0)
    const answer = await hold([
      { sku: one.sku, quantity: 1 },
      { sku: two.sku, quantity: 1 },
      { sku: 'NO-SUCH', quantity: 1 },
    ])
    expectProblem(answer, 'out_of_stock', 409)
    expect(answer.body.shortages).toEqual([{ sku: 'NO-SUCH', requested: 1, available: 0 }])
    const known = await hold([
      { sku: one.sku, quantity: 1 },
      { sku: two.sku, quantity: 1 },
    ])
    expect(known.body.shortages).toEqual([{ sku: two.sku, requested: 1, available: 0 }])
    expect(await level(one.sku)).toMatchObject({ reserved: 0 })
    expect(await rowsOf('reservations', { ref: answer.body.ref ?? '' })).toEqual([])
  })

  it('answers the same request again with the same hold', async () => {
    const { sku } = await stocked(5)
    const ref = newId()
    const first = expectStatus(await hold([{ sku, quantity: 2 }], { ref }), 201)
    const again = expectStatus(
      await hold(
        [
          { sku, quantity: 1 },
          { sku, quantity: 1 },
        ],
        { ref, ttlSeconds: 900 },
      ),
      200,
    )
    expect(again.body).toEqual(first.body)
    expect(await level(sku)).toMatchObject({ reserved: 2 })
  })

  it('refuses another basket under the same reference', async () => {
    const { sku } = await stocked(5)
    const ref = newId()
    await hold([{ sku, quantity: 2 }], { ref })
    expectProblem(await hold([{ sku, quantity: 3 }], { ref }), 'reservation_mismatch', 409)
    expect(await level(sku)).toMatchObject({ reserved: 2 })
  })

  it('holds once when the same request comes ten times at once', async () => {
    const { sku } = await stocked(50)
    const ref = newId()
    const answers = await Promise.all(Array.from({ length: 10 }, () => hold([{ sku, quantity: 2 }], { ref })))
    expect(answers.map((answer) => answer.status).sort()).toEqual([...Array(9).fill(200), 201])
    expect(await level(sku)).toMatchObject({ reserved: 2 })
    await expectSoundBooks()
  })

  it('prefers the place with the lowest priority number that has enough', async () => {
    const { sku, place } = await stocked(2, { allocationPriority: 1 })
    const second = await aStore({ allocationPriority: 2 })
    await receive(sku, second.id, 10)
    expect((await hold([{ sku, quantity: 2 }])).body.lines).toMatchObject([{ storeId: place.id, quantity: 2 }])
    expect((await hold([{ sku, quantity: 2 }])).body.lines).toMatchObject([{ storeId: second.id, quantity: 2 }])
  })

  it('splits an article over places only when no place has enough', async () => {
    const { sku, place } = await stocked(3, { allocationPriority: 1 })
    const second = await aStore({ allocationPriority: 2 })
    await receive(sku, second.id, 4)
    const { lines } = expectStatus(await hold([{ sku, quantity: 6 }]), 201).body
    expect(lines).toHaveLength(2)
    expect(lines.find((line: { storeId: string }) => line.storeId === place.id)).toMatchObject({ quantity: 3 })
    expect(lines.find((line: { storeId: string }) => line.storeId === second.id)).toMatchObject({ quantity: 3 })
  })

  it('does not sell online what lies in a store that does not ship, but keeps it for pickup there', async () => {
    const { sku, place } = await stocked(4, { shipsOrders: false })
    expectProblem(await hold([{ sku, quantity: 1 }]), 'out_of_stock', 409)
    expectStatus(await hold([{ sku, quantity: 1 }], { storeId: place.id }), 201)
    expectProblem(await hold([{ sku, quantity: 1 }], { storeId: newId() }), 'not_found', 404)
  })

  it('does not hold what is archived', async () => {
    const product = await aProduct({ status: 'archived', variants: [{ sku: 'OLD-1' }] })
    await receive(product.variants[0].sku, (await aStore()).id, 5)
    expectProblem(await hold([{ sku: 'OLD-1', quantity: 1 }]), 'out_of_stock', 409)
  })

  it('needs the same number of statements for one line and for twenty', async () => {
    const one = await stocked(9)
    const many = await Promise.all(Array.from({ length: 20 }, () => stocked(9)))
    const few = await statementsOf(() => hold([{ sku: one.sku, quantity: 1 }]))
    const lots = await statementsOf(() => hold(many.map(({ sku }) => ({ sku, quantity: 1 }))))
    expect(lots).toBe(few)
    expect(few).toBeLessThanOrEqual(12)
  })
})

describe('selling what is held', () => {
  it('takes the units off the shelf, once, however often it is told', async () => {
    const { sku } = await stocked(5)
    const { ref } = (await hold([{ sku, quantity: 2 }])).body
    const answers = await Promise.all([commit(ref), commit(ref), commit(ref)])
    for (const answer of answers) expect(answer.body).toEqual({ ref, status: 'committed', late: false })
    expect(await level(sku)).toEqual({ onHand: 3, reserved: 0, available: 3 })
    await expectSoundBooks()
  })

  it('is told twice in the same moment: sold once, and both hear the same', async () => {
    const { sku } = await stocked(9)
    const { ref } = (await hold([{ sku, quantity: 2 }])).body
    await hold([{ sku, quantity: 2 }])
    const both = await whileHeld('SELECT 1 FROM reservations WHERE ref = ? FOR UPDATE', [ref], 2, () =>
      Promise.all([commit(ref), commit(ref)]),
    )
    expect(both.map(({ status, body }) => [status, body.late])).toEqual([
      [200, false],
      [200, false],
    ])
    expect(await level(sku)).toMatchObject({ onHand: 7, reserved: 2 })
    await expectSoundBooks()
  })

  it('does not know a reference that was never held', async () => {
    expectProblem(await commit(newId()), 'not_found', 404)
  })

  it('still sells a hold that is overdue but not yet swept', async () => {
    const { sku } = await stocked(1)
    const { ref } = (await hold([{ sku, quantity: 1 }])).body
    await expire(ref)
    expect((await commit(ref)).body).toMatchObject({ late: false })
  })

  it('sells late from free stock when the hold has ended, once', async () => {
    const { sku } = await stocked(3)
    const { ref } = (await hold([{ sku, quantity: 2 }])).body
    await expire(ref)
    await sweep()
    expect(await level(sku)).toEqual({ onHand: 3, reserved: 0, available: 3 })
    expect((await commit(ref)).body).toEqual({ ref, status: 'committed', late: true })
    expect((await commit(ref)).body).toEqual({ ref, status: 'committed', late: true })
    expect(await level(sku)).toEqual({ onHand: 1, reserved: 0, available: 1 })
    await expectSoundBooks()
  })

  it('takes a late sale from another place when the first has nothing left', async () => {
    const { sku, place } = await stocked(1, { allocationPriority: 1 })
    const { ref } = (await hold([{ sku, quantity: 1 }])).body
    await release(ref)
    await hold([{ sku, quantity: 1 }])
    const second = await aStore({ allocationPriority: 2 })
    await receive(sku, second.id, 1)
    expectStatus(await commit(ref), 200)
    expect(await rowsOf('reservation_lines', { ref })).toMatchObject([{ storeId: second.id }])
    expect(place.id).not.toBe(second.id)
    await expectSoundBooks()
  })

  it('never moves a late pickup to another place, also where its store ships too', async () => {
    const { sku, place } = await stocked(1)
    const elsewhere = await aStore({ allocationPriority: 1 })
    await receive(sku, elsewhere.id, 5)
    const { ref } = (await hold([{ sku, quantity: 1 }], { storeId: place.id })).body
    expect(await rowsOf('reservation_lines', { ref })).toMatchObject([{ storeId: place.id }])
    expectProblem(await hold([{ sku, quantity: 1 }], { storeId: place.id }), 'out_of_stock', 409)
    await release(ref)
    const other = (await hold([{ sku, quantity: 1 }], { storeId: place.id })).body.ref as string
    expectProblem(await commit(ref), 'out_of_stock', 409)
    await release(other)
    expect((await commit(ref)).body).toMatchObject({ late: true })
    expect(await rowsOf('reservation_lines', { ref })).toMatchObject([{ storeId: place.id }])
    await expectSoundBooks()
  })

  it('says out of stock when a late sale finds too little, and keeps the books', async () => {
    const { sku } = await stocked(2)
    const { ref } = (await hold([{ sku, quantity: 2 }])).body
    await release(ref)
    await hold([{ sku, quantity: 1 }])
    const answer = await commit(ref)
    expectProblem(answer, 'out_of_stock', 409)
    expect(answer.body.shortages).toEqual([{ sku, requested: 2, available: 1 }])
    await expectSoundBooks()
  })

  it('tells the shopkeeper once when a sale takes a shelf to its threshold', async () => {
    const { sku, place } = await stocked(5)
    const sell = async (quantity: number) => commit((await hold([{ sku, quantity }])).body.ref)
    const told = () => rowsOf('outbox').whereLike('dedupeKey', `%:${place.id}:%`)
    await sell(1)
    expect(await told()).toEqual([])
    await sell(2)
    const events = await told()
    expect(events).toHaveLength(1)
    expect(events[0]).toMatchObject({
      topic: 'stock.low',
      payload: { sku, storeName: place.name, onHand: 2, reserved: 0, threshold: 3 },
    })
    await sell(1)
    expect(await told()).toHaveLength(1)
  })
})

describe('giving back', () => {
  it('frees the units, once, however often it is told', async () => {
    const { sku } = await stocked(5)
    const { ref } = (await hold([{ sku, quantity: 2 }])).body
    const answers = await Promise.all([release(ref), release(ref), release(ref)])
    for (const answer of answers) expect(answer.body).toEqual({ ref, status: 'released' })
    expect(await level(sku)).toEqual({ onHand: 5, reserved: 0, available: 5 })
    await expectSoundBooks()
  })

  it('refuses a hold that arrives after its own release', async () => {
    const { sku } = await stocked(5)
    const ref = newId()
    expect((await release(ref)).body).toEqual({ ref, status: 'released' })
    expectProblem(await hold([{ sku, quantity: 1 }], { ref }), 'reservation_released', 410)
    expectProblem(await commit(ref), 'out_of_stock', 409)
    expect(await level(sku)).toMatchObject({ reserved: 0 })
  })

  it('refuses the same reference again after a release', async () => {
    const { sku } = await stocked(5)
    const { ref } = (await hold([{ sku, quantity: 1 }])).body
    await release(ref)
    expectProblem(await hold([{ sku, quantity: 1 }], { ref }), 'reservation_released', 410)
  })

  it('does not take back what is sold', async () => {
    const { sku } = await stocked(5)
    const { ref } = (await hold([{ sku, quantity: 1 }])).body
    await commit(ref)
    expectProblem(await release(ref), 'already_committed', 409)
  })

  it('sweeps holds past their end, and only those', async () => {
    const { sku } = await stocked(5)
    const { ref: over } = (await hold([{ sku, quantity: 1 }])).body
    await hold([{ sku, quantity: 2 }])
    await expire(over)
    expectProblem(await hold([{ sku, quantity: 1 }], { ref: over }), 'reservation_released', 410)
    await Promise.all([sweep(), sweep()])
    expect(await level(sku)).toMatchObject({ reserved: 2 })
    expect(await rowsOf('reservations', { ref: over })).toMatchObject([{ status: 'released', reason: 'expired' }])
    await expectSoundBooks()
  })

  it('sweeps batch after batch until none is overdue', async () => {
    const { sku } = await stocked(5)
    for (let each = 0; each < 5; each++) await expire((await hold([{ sku, quantity: 1 }])).body.ref)
    expect(await sweep(() => false, 2)).toBe(5)
    expect(await level(sku)).toMatchObject({ reserved: 0 })
    for (let each = 0; each < 3; each++) await expire((await hold([{ sku, quantity: 1 }])).body.ref)
    // Told to stop it ends the batch in hand, and the next process goes on.
    expect(await sweep(() => true, 2)).toBe(2)
    expect(await sweep()).toBe(1)
    await expectSoundBooks()
  })

  it('leaves a hold that another process is ending to it, and waits for nobody', async () => {
    const { sku } = await stocked(5)
    const { ref: taken } = (await hold([{ sku, quantity: 1 }])).body
    const { ref: free } = (await hold([{ sku, quantity: 1 }])).body
    await expire(taken)
    await expire(free)
    const other = await db().transaction()
    await other('reservations').where({ ref: taken }).forUpdate()
    expect(await sweep()).toBe(1)
    expect(await rowsOf('reservations', { ref: free })).toMatchObject([{ status: 'released' }])
    await other.rollback()
    expect(await sweep()).toBe(1)
    await expectSoundBooks()
  })

  it('sweeps on past a hold that cannot be released, and says so', async () => {
    const { sku, place } = await stocked(5)
    const other = await stocked(5)
    const { ref: broken } = (await hold([{ sku, quantity: 1 }])).body
    const { ref: sound } = (await hold([{ sku: other.sku, quantity: 1 }])).body
    const reserved = (units: number) =>
      db()('inventory')
        .where({ storeId: place.id, variantId: db()('variants').select('id').where({ sku }) })
        .update({ reserved: units })
    await reserved(0)
    await expire(broken)
    await expire(sound)
    await expect(sweep()).rejects.toThrow()
    expect(await rowsOf('reservations', { ref: sound })).toMatchObject([{ status: 'released' }])
    await reserved(1)
    await sweep()
    await expectSoundBooks()
  })

  it('forgets used tokens after their time', async () => {
    await db()('service_jti').insert({ jti: 'long-ago', expiresAt: new Date(0) })
    await sweep()
    expect(await rowsOf('service_jti', { jti: 'long-ago' })).toEqual([])
  })
})

describe('a crowd', () => {
  it('sells twelve units to exactly twelve of forty buyers', async () => {
    const { sku } = await stocked(12)
    const answers = await Promise.all(Array.from({ length: 40 }, () => hold([{ sku, quantity: 1 }])))
    expect(answers.filter((answer) => answer.status === 201)).toHaveLength(12)
    expect(answers.filter((answer) => answer.body.code === 'out_of_stock')).toHaveLength(28)
    expect(await level(sku)).toEqual({ onHand: 12, reserved: 12, available: 0 })
    await expectSoundBooks()
  })

  it('serves baskets in opposite order without a deadlock', async () => {
    const [a, b] = [await stocked(100), await stocked(100)]
    const deadlocks = async () =>
      (await db().raw('SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()')).rows[0].deadlocks
    const before = await deadlocks()
    const pair = [
      { sku: a.sku, quantity: 1 },
      { sku: b.sku, quantity: 1 },
    ]
    const answers = await Promise.all(Array.from({ length: 30 }, (_, at) => hold(at % 2 ? pair : [...pair].reverse())))
    expect(answers.map((answer) => answer.status)).toEqual(Array(30).fill(201))
    expect(await deadlocks()).toBe(before)
    expect(await level(a.sku)).toMatchObject({ reserved: 30 })
  })

  it('waits for its rows in one fixed order, however the basket and the table are sorted', async () => {
    // The rows lie in the table the other way round than their keys, and no index brings them in order by chance.
    await withoutIndexes(true)
    const place = await aStore()
    const [first, second] = [await aProduct(), await aProduct()].map(({ variants }) => variants[0])
    for (const { sku } of [second, first]) await receive(sku, place.id, 5)
    const lock = (trx: Knex, variantId: string) =>
      trx.raw('SELECT 1 FROM inventory WHERE variant_id = ? FOR UPDATE NOWAIT', [variantId])
    const other = await db().transaction()
    await lock(other, first.id)
    const held = hold([
      { sku: second.sku, quantity: 1 },
      { sku: first.sku, quantity: 1 },
    ])
    await vi.waitFor(async () => {
      expect(await listWaiting()).toHaveLength(1)
    })
    // It waits for the first row and has not taken the second one yet.
    await db()
      .transaction((trx) => lock(trx, second.id))
      .finally(() => other.rollback())
    expectStatus(await held, 201)
    await withoutIndexes(false)
  })

  it('ends a hold in one way only when sale, release and sweep come at once', async () => {
    const { sku } = await stocked(40)
    const refs = await Promise.all(
      Array.from({ length: 10 }, async () => (await hold([{ sku, quantity: 1 }])).body.ref as string),
    )
    await Promise.all(refs.map(expire))
    await Promise.all(refs.flatMap((ref) => [commit(ref), release(ref), sweep()]))
    const rows = await rowsOf('reservations').whereIn('ref', refs)
    expect(rows.every((row) => row.status !== 'held')).toBe(true)
    await expectSoundBooks()
  })
})

describe('what is refused at the door', () => {
  it.each([
    ['no lines', { lines: [] }],
    ['a quantity of nought', { lines: [{ sku: 'A', quantity: 0 }] }],
    ['a quantity of a hundred', { lines: [{ sku: 'A', quantity: 100 }] }],
    ['half a unit', { lines: [{ sku: 'A', quantity: 1.5 }] }],
    ['a quantity as text', { lines: [{ sku: 'A', quantity: '1' }] }],
    ['too short a hold', { lines: [{ sku: 'A', quantity: 1 }], ttlSeconds: 59 }],
    ['too long a hold', { lines: [{ sku: 'A', quantity: 1 }], ttlSeconds: 172_801 }],
    ['a SKU that is an object', { lines: [{ sku: { a: 1 }, quantity: 1 }] }],
    ['a reference with a blank', { lines: [{ sku: 'A', quantity: 1 }], ref: 'a b' }],
  ])('refuses %s', async (_what, body) => {
    const full = { ref: newId(), ttlSeconds: 600, ...body }
    expectProblem(await post('/inventory/reserve', full, 'inventory:write'), 'validation_failed', 422)
  })
})
