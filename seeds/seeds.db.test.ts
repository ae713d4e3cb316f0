import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Knex } from 'knex'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase } from '../local/postgres/test-database.ts'
import { recompute } from '../storefront/app/domain/cart/explain/arithmetic.ts'
import { documentOf } from '../storefront/app/domain/cart/explain/document.ts'
import type { KeptOrder } from '../storefront/app/domain/cart/explain/order-facts.ts'
import { connect } from './database.ts'
import { fillShop } from './fill-shop.ts'

const silent = { step: () => undefined, advance: () => undefined, done: () => undefined }
const now = new Date('2026-11-20T12:00:00Z')
const mediaDir = mkdtempSync(join(tmpdir(), 'highstreet-media-'))
let catalog: Knex
let storefront: Knex
const databases: { drop: () => Promise<void> }[] = []

const fill = () => fillShop({ catalog, storefront, mediaDir, provider: null, small: true, progress: silent, now })

/** What all tables of a database hold, as one word a table. */
async function fingerprint(knex: Knex): Promise<Record<string, string>> {
  const { rows } = await knex.raw(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
  )
  const words: Record<string, string> = {}
  for (const { name } of rows) {
    const { rows: found } = await knex.raw(
      `SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, '' ORDER BY t::text)), '') AS word FROM "${name}" t`,
    )
    words[name] = found[0].word
  }
  return words
}

/** Amounts come as text where nobody reads them as numbers. */
const amountsOf = (row: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, /Minor$/.test(name) ? Number(value) : value]))

const empty = async (knex: Knex, sql: string) => expect((await knex.raw(sql)).rows).toEqual([])

beforeAll(async () => {
  const fresh = await Promise.all([freshDatabase('catalog'), freshDatabase('storefront')])
  databases.push(...fresh)
  catalog = connect(fresh[0].url)
  storefront = connect(fresh[1].url)
  await fill()
}, 120_000)

afterAll(async () => {
  await Promise.all([catalog?.destroy(), storefront?.destroy()])
  await Promise.all(databases.map((database) => database.drop()))
  rmSync(mediaDir, { recursive: true, force: true })
})

describe('the seeded shop', () => {
  test('has demo accounts, stores, stock and orders in every state they rest in', async () => {
    const people = await storefront('users').whereIn('email', [
      'admin@example.com',
      'alice@example.com',
      'bob@example.com',
    ])
    expect(people.map(({ role }) => role).sort()).toEqual(['customer', 'customer', 'owner'])
    const statuses = (await storefront('orders').distinct('status')).map(({ status }) => status)
    expect(statuses).toEqual(
      expect.arrayContaining(['reserved', 'paid', 'fulfilling', 'fulfilled', 'cancelled', 'expired', 'refunded']),
    )
    const pickups = await storefront('orders').where({ fulfilment: 'pickup' }).orderBy('placedAt')
    expect(pickups.map(({ status, readyAt, collectedAt }) => [status, readyAt !== null, collectedAt !== null])).toEqual(
      [
        ['fulfilled', true, true],
        ['paid', true, false],
        ['awaiting_payment', false, false],
      ],
    )
    const [{ places } = { places: 0 }] = await catalog('stores').where({ shipsOrders: true }).count('* as places')
    expect(Number(places)).toBe(2)
  })

  test('is not changed by seeding it again', async () => {
    const before = [await fingerprint(catalog), await fingerprint(storefront)]
    await fill()
    expect([await fingerprint(catalog), await fingerprint(storefront)]).toEqual(before)
  })

  test('has levels equal to its ledger and to its holds', async () => {
    await empty(
      catalog,
      `SELECT i.* FROM inventory i
       LEFT JOIN (SELECT variant_id, store_id, sum(delta_on_hand) AS hand, sum(delta_reserved) AS held FROM stock_movements GROUP BY 1, 2) m USING (variant_id, store_id)
       LEFT JOIN (SELECT l.variant_id, l.store_id, sum(l.quantity) AS live FROM reservation_lines l JOIN reservations r USING (ref) WHERE r.status = 'held' GROUP BY 1, 2) h USING (variant_id, store_id)
       WHERE i.on_hand <> coalesce(m.hand, 0) OR i.reserved <> coalesce(m.held, 0) OR i.reserved <> coalesce(h.live, 0)`,
    )
  })

  test('has products whose stored prices and ratings are those of their variants and reviews', async () => {
    await empty(
      catalog,
      `SELECT p.slug FROM products p
       LEFT JOIN (SELECT product_id, min(price_minor) AS low, max(price_minor) AS high FROM variants WHERE status = 'active' GROUP BY 1) v ON v.product_id = p.id
       LEFT JOIN (SELECT product_id, count(*) AS number, sum(rating) AS stars FROM reviews WHERE status = 'approved' GROUP BY 1) r ON r.product_id = p.id
       WHERE p.price_from_minor <> coalesce(v.low, 0) OR p.price_to_minor <> coalesce(v.high, 0)
         OR p.rating_count <> coalesce(r.number, 0) OR p.rating_sum <> coalesce(r.stars, 0)`,
    )
  })

  test('has histories that walk only allowed edges and end where the order is', async () => {
    await empty(
      storefront,
      `SELECT o.number FROM orders o
       WHERE o.status <> (SELECT to_status FROM order_history h WHERE h.order_id = o.id AND kind = 'status' ORDER BY seq DESC LIMIT 1)
       UNION
       SELECT o.number FROM order_history h JOIN orders o ON o.id = h.order_id
       WHERE h.kind = 'status' AND h.from_status IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM order_edges e WHERE e.from_status = h.from_status AND e.to_status = h.to_status)`,
    )
  })

  test('has sold exactly what its paid orders hold, and refunded never more than was taken', async () => {
    const { rows: sold } = await storefront.raw(
      `SELECT o.id || ' ' || i.variant_id || ' ' || i.quantity AS line FROM orders o JOIN order_items i ON i.order_id = o.id
       WHERE o.status IN ('paid', 'fulfilling', 'fulfilled', 'refunded') ORDER BY 1`,
    )
    const { rows: committed } = await catalog.raw(
      `SELECT r.ref || ' ' || l.variant_id || ' ' || l.quantity AS line FROM reservations r JOIN reservation_lines l USING (ref)
       WHERE r.status = 'committed' ORDER BY 1`,
    )
    expect(committed).toEqual(sold)
    await empty(
      storefront,
      `SELECT p.id FROM payments p WHERE p.refunded_minor <> coalesce((SELECT sum(amount_minor) FROM refunds r WHERE r.payment_id = p.id AND r.status = 'succeeded'), 0)`,
    )
  })

  test('has an invoice for every sale and a credit note for every refund, numbered without gaps, and returns in each state', async () => {
    const { rows: books } = await storefront.raw(
      `SELECT series, year, min(sequence) AS first, max(sequence) - count(*) AS gaps FROM invoices GROUP BY 1, 2`,
    )
    for (const { first, gaps } of books) expect([first, Number(gaps)]).toEqual([1, 0])
    await empty(
      storefront,
      `SELECT o.number FROM orders o LEFT JOIN invoices i ON i.order_id = o.id AND i.kind = 'invoice'
       WHERE (o.paid_at IS NULL) <> (i.id IS NULL) OR i.total_minor <> o.total_minor
       UNION ALL SELECT r.id::text FROM refunds r LEFT JOIN invoices n ON n.refund_id = r.id
       WHERE n.total_minor IS DISTINCT FROM r.amount_minor`,
    )
    const returns = await storefront('returns').distinct('status').orderBy('status')
    expect(returns.map(({ status }) => status)).toEqual(
      expect.arrayContaining(['cancelled', 'received', 'refunded', 'rejected', 'requested']),
    )
  })

  test('explains the total of every order to the stored sums, of those with a coupon and those without', async () => {
    const [orders, items] = [await storefront('orders'), await storefront('order_items').orderBy('position')]
    for (const order of orders) {
      const lines = items.filter(({ orderId }) => orderId === order.id)
      const told = documentOf(order.number, { ...order, ...amountsOf(order), lines: lines.map(amountsOf) } as KeptOrder)
      expect(told.disagreements, order.number).toEqual([])
      expect(recompute(told.steps), order.number).toEqual([])
    }
    expect(orders.filter(({ coupon }) => coupon !== null).length).toBeGreaterThan(2)
    await empty(
      storefront,
      `SELECT c.code FROM coupons c
       WHERE used <> (SELECT count(*) FROM coupon_uses u WHERE u.coupon_id = c.id AND status = 'claimed' AND NOT beyond_limit)
       UNION SELECT o.number FROM orders o
       WHERE (o.coupon IS NOT NULL) <> EXISTS (SELECT 1 FROM coupon_uses u WHERE u.order_id = o.id)`,
    )
  })

  test('has told every shopper long ago: nothing waits to be sent', async () => {
    await empty(storefront, 'SELECT id FROM outbox WHERE done_at IS NULL')
    await empty(
      storefront,
      `SELECT o.number FROM orders o WHERE o.paid_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM outbox WHERE dedupe_key = 'order.paid:' || o.id)`,
    )
  })
})
