import type { Knex } from 'knex'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../local/postgres/test-database.ts'
import { connect } from '../database.ts'
import { idOf } from '../ids.ts'
import { seedCatalogue } from './seed-catalogue.ts'

const today = new Date('2026-11-20T00:00:00Z')
let database: TestDatabase
let catalog: Knex

const rowsOf = async (sql: string): Promise<Record<string, unknown>[]> => (await catalog.raw(sql)).rows
const everything = async () =>
  Promise.all(
    [
      'categories',
      'products',
      'product_options',
      'product_attributes',
      'variants',
      'price_changes',
      'product_images',
      'reviews',
    ].map((table) => rowsOf(`SELECT t::text AS row FROM ${table} t ORDER BY 1`)),
  )

beforeAll(async () => {
  database = await freshDatabase('catalog')
  catalog = connect(database.url)
  await seedCatalogue(catalog, { small: true, today })
})
afterAll(async () => {
  await catalog?.destroy()
  await database?.drop()
})

test('filling the shop again changes nothing', async () => {
  const before = await everything()
  await seedCatalogue(catalog, { small: true, today: new Date('2027-01-01T00:00:00Z') })
  expect(await everything()).toEqual(before)
  expect(before.every((rows) => rows.length > 0)).toBe(true)
})

test('each product says the prices and the stars that its variants and approved reviews have', async () => {
  const wrong = await rowsOf(`
    SELECT p.slug FROM products p
    LEFT JOIN LATERAL (SELECT min(price_minor) AS low, max(price_minor) AS high FROM variants v
      WHERE v.product_id = p.id AND v.status = 'active') price ON true
    LEFT JOIN LATERAL (SELECT count(*) AS count, coalesce(sum(rating), 0) AS sum FROM reviews r
      WHERE r.product_id = p.id AND r.status = 'approved') stars ON true
    WHERE (p.price_from_minor, p.price_to_minor, p.rating_count, p.rating_sum)
      IS DISTINCT FROM (price.low, price.high, stars.count::int, stars.sum::int)`)
  expect(wrong).toEqual([])
})

test('each variant’s history of prices ends with its price, and what is reduced was dearer in the thirty days before', async () => {
  const newest = `SELECT v.sku, v.price_minor, v.compare_at_minor, c.price_minor AS last, c.compare_at_minor AS last_before,
      lowest_price_before(v.id) AS lowest FROM variants v
    JOIN LATERAL (SELECT * FROM price_changes c WHERE c.variant_id = v.id ORDER BY since DESC LIMIT 1) c ON true`
  const wrong = await rowsOf(
    `SELECT sku FROM (${newest}) h WHERE (price_minor, compare_at_minor) IS DISTINCT FROM (last, last_before)
     OR (compare_at_minor IS NOT NULL AND (lowest <= price_minor OR lowest > compare_at_minor))`,
  )
  expect(wrong).toEqual([])
  const reduced = await rowsOf(`SELECT sku FROM (${newest}) h WHERE compare_at_minor IS NOT NULL`)
  expect(reduced.length).toBeGreaterThan(0)
})

test('products are found by a word of their title', async () => {
  const found = await rowsOf(`SELECT slug FROM products WHERE search @@ '''mug'''::tsquery`)
  expect(found.map(({ slug }) => slug)).toContain('everyday-mug')
})

test('a product that somebody changed or whose variant was taken out stays as it is', async () => {
  const id = idOf('product:everyday-mug')
  await catalog('products').where({ id }).update({ title: 'Our mug', priceFromMinor: 1 })
  await catalog('variants').where({ sku: 'EVERYDAY-MUG-INK-SINGLE' }).delete()
  await seedCatalogue(catalog, { small: true, today })
  expect(await catalog('products').where({ id }).first('title')).toEqual({ title: 'Our mug' })
  expect(await catalog('variants').where({ sku: 'EVERYDAY-MUG-INK-SINGLE' })).toEqual([])
})
