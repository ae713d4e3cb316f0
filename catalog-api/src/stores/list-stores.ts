// Stores by country and town, and one by one. Warehouses and closed stores are not shown.
import { z } from 'zod'
import { cursorKeys, readCursor, writeCursor } from '../lib/cursor.ts'
import { notFound } from '../lib/errors.ts'
import { isUuid } from '../lib/ids.ts'
import type { Store, StorePage } from './schemas.ts'
import { StoreModel, toStore, visibleStores } from './store.ts'

const order = 'country'
const place = `stores.country || ' ' || stores.city`

/** A page of stores at the moment `at`: three statements. @throws validation_failed for a forged cursor */
export async function listStores(
  query: { country?: string; limit: number; cursor?: string },
  at: Date,
): Promise<StorePage> {
  const cursor = readCursor(query.cursor, order, z.string().and(cursorKeys.text))
  const mine = query.country ? { country: query.country } : {}
  const page = visibleStores()
    .where(mine)
    .orderByRaw(`${place}, stores.id`)
    .limit(query.limit + 1)
  if (cursor) page.whereRaw(`(${place}, stores.id) > (?, ?::uuid)`, [cursor.k, cursor.id])
  const rows = await page
  const total = await StoreModel.query()
    .where({ kind: 'shop', status: 'open', ...mine })
    .resultSize()
  const shown = rows.slice(0, query.limit)
  const last = shown.at(-1)
  const nextCursor =
    rows.length > query.limit && last
      ? writeCursor({ o: order, k: `${last.country} ${last.city}`, id: last.id, d: 'next' })
      : null
  return { items: shown.map((row) => toStore(row, at)), nextCursor, total }
}

/** One store by id or slug at the moment `at`. @throws not_found */
export async function getStore(idOrSlug: string, at: Date): Promise<Store> {
  const row = await visibleStores().findOne({ [isUuid(idOrSlug) ? 'id' : 'slug']: idOrSlug })
  if (!row) throw notFound('The store')
  return toStore(row, at)
}
