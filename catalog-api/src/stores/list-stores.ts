// Stores by country and town, and one by one. Warehouses and closed stores are not shown.
import { z } from 'zod'
import { cursorKeys, readCursor, writeCursor } from '../lib/cursor.ts'
import { db, select } from '../lib/db.ts'
import { notFound } from '../lib/errors.ts'
import { isUuid } from '../lib/ids.ts'
import { fitting, type StoreFilters, withStock } from './conditions.ts'
import type { Store, StorePage } from './schemas.ts'
import { showStores, visibleStores } from './store.ts'

const order = 'country'
const place = `s.country || ' ' || s.city`

type Question = { country?: string; limit: number; cursor?: string } & StoreFilters

/** A page of stores that fit, at the moment `at`: five statements, six with a SKU. @throws validation_failed for a forged cursor */
export async function listStores(
  { country, limit, cursor: token, ...filters }: Question,
  at: Date,
): Promise<StorePage> {
  const cursor = readCursor(token, order, z.string().and(cursorKeys.text))
  const { sql, bindings } = fitting(filters, at)
  const fits = country ? `${sql} AND s.country = :country` : sql
  const all = { ...bindings, country: country ?? null }
  const found = await select<{ id: string; place: string }>(
    db(),
    `SELECT s.id, ${place} AS place FROM stores s
     WHERE ${fits} ${cursor ? `AND (${place}, s.id) > (:place, :after::uuid)` : ''}
     ORDER BY ${place}, s.id LIMIT :limit`,
    { ...all, limit: limit + 1, place: cursor?.k ?? null, after: cursor?.id ?? null },
  )
  const [counted] = await select<{ total: number }>(db(), `SELECT count(*) AS total FROM stores s WHERE ${fits}`, all)
  const wanted = found.slice(0, limit)
  const last = wanted.at(-1)
  const nextCursor =
    found.length > limit && last ? writeCursor({ o: order, k: last.place, id: last.id, d: 'next' }) : null
  return { items: await inOrder(wanted, filters.sku, at), nextCursor, total: counted?.total ?? 0 }
}

async function inOrder(wanted: { id: string }[], sku: string | undefined, at: Date): Promise<Store[]> {
  const ids = wanted.map(({ id }) => id)
  const rows = await visibleStores().whereIn('stores.id', ids)
  const shown = new Map((await withStock(await showStores(rows, at), sku)).map((store) => [store.id, store]))
  return ids.flatMap((id) => shown.get(id) ?? [])
}

/** One store by id or slug at the moment `at`. @throws not_found */
export async function getStore(idOrSlug: string, at: Date): Promise<Store> {
  const row = await visibleStores().findOne({ [isUuid(idOrSlug) ? 'id' : 'slug']: idOrSlug })
  const [store] = row ? await showStores([row], at) : []
  if (!store) throw notFound('The store')
  return store
}
