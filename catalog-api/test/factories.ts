// A small shop, row by row: made through the API where it has a verb for it, else straight in the tables.
import { db } from '../src/lib/db.ts'
import { newId } from '../src/lib/ids.ts'
import { expectStatus, post } from './stage.ts'

let number = 0
const next = () => {
  number += 1
  return number
}

export async function aCategory(input: Record<string, unknown> = {}) {
  const answer = await post('/admin/categories', { name: `Category ${next()}`, ...input }, 'catalog:write')
  return expectStatus(answer, 201).body
}

type VariantInput = { sku: string; priceMinor?: number; optionValues?: Record<string, string>; [more: string]: unknown }

/** A published product with one variant unless told otherwise. */
export async function aProduct(input: { variants?: VariantInput[]; [more: string]: unknown } = {}) {
  const n = next()
  const variants = (input.variants ?? [{ sku: `SKU-${n}` }]).map((variant) => ({
    priceMinor: 1900,
    optionValues: {},
    ...variant,
  }))
  const body = { title: `Product ${n}`, status: 'published', ...input, variants }
  const categoryId = input.categoryId ?? (await aCategory()).id
  return expectStatus(await post('/admin/products', { ...body, categoryId }, 'catalog:write'), 201).body
}

/** A shop that ships, straight in the table: the API has no verb for stores. */
export async function aStore(input: Record<string, unknown> = {}) {
  const n = next()
  const store = {
    id: newId(),
    slug: `store-${n}`,
    kind: 'shop',
    name: `Store ${n}`,
    line1: '1 High Street',
    city: 'Lyon',
    country: 'FR',
    latitude: 45.76,
    longitude: 4.83,
    timezone: 'Europe/Paris',
    shipsOrders: true,
    allocationPriority: 100,
    ...input,
  }
  await db()('stores').insert(store)
  return store
}

/** Receives `units` of a SKU at a place. */
export async function receive(sku: string, storeId: string, units: number) {
  const body = { ref: newId(), sku, storeId, delta: units, kind: 'receive', reason: 'delivery', actor: 'test' }
  return expectStatus(await post('/inventory/adjust', body, 'inventory:write'), 200).body
}

/** A product with one variant and `units` of it at a new place: the SKU and the place. */
export async function stocked(units: number, store: Record<string, unknown> = {}) {
  const product = await aProduct()
  const place = await aStore(store)
  const sku: string = product.variants[0].sku
  if (units > 0) await receive(sku, place.id, units)
  return { product, sku, place }
}

/** Asks for a hold; `ref` is new unless given. */
export const hold = (lines: { sku: string; quantity: number }[], more: Record<string, unknown> = {}) =>
  post('/inventory/reserve', { ref: newId(), ttlSeconds: 600, lines, ...more }, 'inventory:write')
