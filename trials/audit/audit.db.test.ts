// An audit that finds nothing proves nothing until each of its queries was seen to find something: one bad row is planted
// for each invariant, behind the back of the constraints that would refuse it.
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../local/postgres/test-database.ts'
import { ask, askAll, askSchema, invariants } from './audit.ts'
import { copyOut } from './copy.ts'
import { catalogSql, ids, providerRows, storefrontSql } from './sound-shop.ts'
import { bringTogether, type ProviderRows, type World } from './world.ts'

type Plant = { storefront?: string; catalog?: string; provider?: (rows: ProviderRows) => void }

const { order, other, cart, outbox, product } = ids
const drop = (table: string, ...names: string[]) =>
  names.map((name) => `ALTER TABLE ${table} DROP CONSTRAINT ${name};`).join('\n')
const stands = (status: string) =>
  `UPDATE orders SET status = '${status}', updated_at = now() - interval '1 day' WHERE id = '${order}';`
/** A second order that is opened by the first one's secret. */
const twin = `
  CREATE TEMP TABLE twin AS SELECT * FROM orders;
  UPDATE twin SET id = '${other}', number = 'HS-BBBB-BBBB', checkout_key = 'other';
  INSERT INTO orders SELECT * FROM twin;`
const [anIntent] = providerRows().intents as [ProviderRows['intents'][number]]
const amount = (minor: number) => (rows: ProviderRows) => {
  for (const thing of rows.refunds) thing.amountMinor = minor
  for (const thing of rows.intents) thing.receivedMinor = minor
}

/** A reservation in a store, ended so long ago, and its hold in the catalogue. */
const reserved = (status: string, ended: boolean, hold: string): Plant => ({
  storefront: `INSERT INTO store_reservations (id, number, status, mailbox_hash, slot, email, name, store_id, store, sku, item,
      quantity, unit_price_minor, currency, expires_at, created_at, ended_at, stock_settled_at)
    VALUES ('${other}', 'RS-AAAA-AAAA', '${status}', 'x', 1, 'a@example.com', 'Ann', '${other}', '{}', 'S', '{}', 1, 1, 'EUR',
      now() + interval '1 hour', now() - interval '1 hour', ${ended ? "now() - interval '20 minutes', now()" : 'NULL, NULL'});`,
  catalog: `INSERT INTO reservations (ref, body_hash, status, expires_at, created_at, committed_at)
    VALUES ('${other}', 'h', '${hold}', now() + interval '1 hour', now() - interval '20 minutes',
      ${hold === 'committed' ? "now() - interval '20 minutes'" : 'NULL'});
  INSERT INTO reservation_lines (ref, variant_id, store_id, quantity) VALUES ('${other}', '${ids.variant}', '${ids.store}', 1);
  INSERT INTO stock_movements (id, variant_id, store_id, kind, delta_on_hand, delta_reserved, ref, actor)
    VALUES (gen_random_uuid(), '${ids.variant}', '${ids.store}', 'hold', 0, 1, '${other}', 'test')
      ${hold === 'committed' ? `, (gen_random_uuid(), '${ids.variant}', '${ids.store}', 'commit', -1, -1, '${other}', 'test')` : ''};
  UPDATE inventory SET ${hold === 'committed' ? 'on_hand = on_hand - 1' : 'reserved = reserved + 1'};`,
})

const plants: Record<number, Plant> = {
  1: {
    catalog: `${drop('inventory', 'inventory_never_oversold')} UPDATE inventory SET reserved = 9;`,
  },
  2: { catalog: 'UPDATE inventory SET reserved = 1;' },
  3: { catalog: 'UPDATE inventory SET on_hand = 7;' },
  4: { catalog: `UPDATE reservation_lines SET quantity = 1;` },
  5: {
    catalog: `${drop('reservations', 'reservations_end_once')} UPDATE reservations SET released_at = now(), reason = 'twice';`,
  },
  6: {
    catalog: `INSERT INTO reservations (ref, body_hash, status, expires_at) VALUES ('r', 'h', 'held', now() - interval '3 minutes');`,
  },
  7: {
    catalog: `INSERT INTO reservations (ref, body_hash, status, expires_at, created_at)
      VALUES ('${other}', 'h', 'held', now() + interval '1 hour', now() - interval '6 minutes');`,
  },
  8: { catalog: `UPDATE stock_movements SET delta_on_hand = 1 WHERE kind = 'receive';` },
  9: { storefront: `${drop('order_items', 'order_items_total_is_its_parts')} UPDATE order_items SET quantity = 3;` },
  10: {
    storefront: stands('cancelled'),
    catalog: `UPDATE reservations SET committed_at = now() - interval '1 hour';`,
  },
  11: {
    storefront: stands('expired'),
    catalog: `UPDATE reservations SET status = 'held', committed_at = NULL, expires_at = now() + interval '1 hour';`,
  },
  12: { storefront: `UPDATE parcels SET lines = jsonb_set(lines, '{0,quantity}', '3');` },
  13: { storefront: stands('awaiting_payment') },
  14: { storefront: `UPDATE payments SET status = 'failed';` },
  15: { provider: amount(1) },
  16: { storefront: `UPDATE payments SET provider_intent_id = 'pi_unknown';` },
  17: { provider: (rows) => void rows.intents.splice(0, 1, { ...anIntent, orderId: other }) },
  18: { storefront: 'UPDATE payments SET refunded_minor = 499;' },
  19: { provider: amount(499) },
  20: { storefront: stands('refund_due') },
  21: {
    storefront: stands('refunded'),
    provider: (rows) => void rows.sessions.splice(0, 1, { id: 'cs_1', orderId: order, status: 'open' }),
  },
  22: {
    provider: (rows) =>
      rows.sessions.push(
        { id: 'cs_2', orderId: order, status: 'open' },
        { id: 'cs_3', orderId: order, status: 'open' },
      ),
  },
  23: { storefront: `UPDATE carts SET status = 'open' WHERE id = '${cart}';` },
  24: { storefront: `UPDATE orders SET next_attempt_at = now() - interval '6 minutes';` },
  25: { storefront: stands('paid') },
  26: {
    storefront: `UPDATE stripe_events SET processed_at = NULL, verdict = NULL, received_at = now() - interval '11 minutes';`,
  },
  27: { storefront: `UPDATE outbox SET dedupe_key = 'gone' WHERE id = '${outbox}';` },
  28: {
    storefront: `UPDATE outbox SET done_at = NULL, next_attempt_at = now() - interval '1 hour' WHERE id = '${outbox}';`,
  },
  29: {
    storefront: `${drop('deliveries', 'deliveries_one_per_event_channel_recipient')}
      INSERT INTO deliveries SELECT '${other}', d.outbox_id, d.channel, d.recipient_hash, 'key-2' FROM deliveries d;`,
  },
  30: { storefront: `UPDATE outbox SET payload = '{"order": {"number": "HS-NONE-NONE"}}' WHERE id = '${outbox}';` },
  31: { storefront: `UPDATE orders SET shipping_address = '{}';` },
  32: { storefront: twin },
  33: { storefront: `${drop('users', 'users_password_is_hashed')} UPDATE users SET password_hash = 'Alice@123';` },
  34: { storefront: `UPDATE audit_log SET subject = 'order:HS-CCCC-CCCC' WHERE action = 'orders:ship';` },
  35: { catalog: `UPDATE products SET rating_sum = 5 WHERE id = '${product}';` },
  37: { storefront: `UPDATE document_counters SET last_number = 2 WHERE series = 'invoice';` },
  38: { storefront: `DELETE FROM invoices WHERE kind = 'credit_note';` },
  39: { storefront: 'UPDATE coupons SET used = 2;' },
  40: { storefront: `UPDATE coupon_uses SET status = 'given_back', given_back_at = now();` },
  41: reserved('held', false, 'committed'),
}

const databases: TestDatabase[] = []
let world: World

beforeAll(async () => {
  const [storefront, catalog] = await Promise.all([freshDatabase('storefront'), freshDatabase('catalog')])
  databases.push(storefront, catalog)
  world = { storefront: new pg.Client(storefront.url), catalog: new pg.Client(catalog.url) }
  await Promise.all([world.storefront.connect(), world.catalog.connect()])
  await world.storefront.query(storefrontSql)
  await world.catalog.query(catalogSql)
})
afterAll(async () => {
  await Promise.all([world.storefront.end(), world.catalog.end()])
  await Promise.all(databases.map((database) => database.drop()))
})

/** Plants, asks, and takes everything back. Triggers sleep meanwhile, as they would for whoever has the database. */
async function planted<Answer>(plant: Plant, question: () => Promise<Answer>): Promise<Answer> {
  const both = [world.storefront, world.catalog]
  const provider = providerRows()
  plant.provider?.(provider)
  for (const client of both) await client.query(`BEGIN; SET LOCAL session_replication_role = 'replica'`)
  try {
    if (plant.storefront) await world.storefront.query(plant.storefront)
    if (plant.catalog) await world.catalog.query(plant.catalog)
    await bringTogether(world, provider)
    return await question()
  } finally {
    for (const client of both) await client.query('ROLLBACK')
  }
}

describe('the audit', () => {
  test('finds nothing in a sound shop', async () => {
    const findings = await planted({}, () => askAll(world, true))
    expect(findings.filter(({ rows }) => rows.length > 0)).toEqual([])
    const numbers = Array.from({ length: 41 }, (_, index) => index + 1)
    expect(findings.map(({ id }) => id)).toEqual(numbers.filter((number) => number !== 36))
  })

  test('knows what is kept in a store: no stranger while it is held or was collected, a breach when it outlives its end', async () => {
    const broken = async (plant: Plant) =>
      (await planted(plant, () => askAll(world, true))).filter(({ rows }) => rows.length > 0).map(({ id }) => id)
    const [sound, sold] = [
      await broken(reserved('held', false, 'held')),
      await broken(reserved('collected', true, 'committed')),
    ]
    expect(sound).toEqual([])
    expect(sold).toEqual([])
    expect(await broken(reserved('lapsed', true, 'held'))).toEqual([11])
    expect(await broken(reserved('lapsed', true, 'committed'))).toEqual([10])
    const stuck = reserved('collected', true, 'committed')
    expect(
      await broken({
        ...stuck,
        storefront: `${stuck.storefront} UPDATE store_reservations SET stock_settled_at = NULL;`,
      }),
    ).toEqual([24])
  })

  test.each(invariants.map((invariant) => [invariant.id, invariant.rule, invariant] as const))(
    'finds the row that breaks %i: %s',
    async (id, _, invariant) => {
      const plant = plants[id]
      if (!plant) throw new Error(`nothing is planted for invariant ${id}`)
      const { rows } = await planted(plant, () => ask(world, invariant))
      expect(rows.length).toBeGreaterThan(0)
    },
  )

  test('brings every row as it is, however many come at once', async () => {
    const rows = `SELECT n, md5(n::text) AS sum, repeat('x', n % 90) AS pad FROM generate_series(1, 40000) n`
    const due = (await world.catalog.query(rows)).rows.map(({ n, sum, pad }) => `${n}\t${sum}\t${pad}\n`).join('')
    expect((await copyOut(world.catalog, rows)).toString() === due).toBe(true)
  })

  test('says so when the provider was not asked', async () => {
    const findings = await planted({}, () => askAll(world, false))
    expect(findings.filter(({ notAsked }) => notAsked).map(({ id }) => id)).toEqual([16, 19, 21])
  })

  test('finds a constraint, an index and a trigger that are missing, before any row is wrong', async () => {
    const [storefront, catalog] = databases
    const urls = { storefront: storefront?.url ?? '', catalog: catalog?.url ?? '' }
    expect((await askSchema(urls)).rows).toEqual([])
    const taken = [
      'ALTER TABLE payments DROP CONSTRAINT payments_refunded_in_range',
      'DROP INDEX orders_one_live_per_cart',
      'DROP TRIGGER order_items_are_frozen ON order_items',
    ]
    for (const sql of taken) await world.storefront.query(sql)
    const { rows } = await askSchema(urls)
    expect(rows.map(({ missing }) => String(missing)).join('\n')).toMatch(/payments_refunded_in_range[\s\S]*/)
    expect(rows).toHaveLength(taken.length)
  })
})
