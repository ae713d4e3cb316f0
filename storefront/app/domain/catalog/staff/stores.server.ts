// Stores and warehouses as staff change them, closed ones too. After a change the shop forgets its copies.
import { z } from 'zod'
import { store } from '#app/domain/catalog/answers.ts'
import type { StoreInput } from '#app/domain/catalog/staff/store-input.ts'
import { ask, catalogApi, changed, staffReading, staffWriting } from '#app/domain/catalog/transport.server.ts'

const adminStore = store.omit({ open: true, today: true, coming: true, stock: true, distanceKm: true }).extend({
  kind: z.enum(['shop', 'warehouse']),
  status: z.enum(['open', 'closed']),
  shipsOrders: z.boolean(),
  allocationPriority: z.int(),
  version: z.int(),
})
export type AdminStore = z.infer<typeof adminStore>

const storeList = z.object({ items: z.array(adminStore), total: z.int(), page: z.int(), pages: z.int() })
export type AdminStoreList = z.infer<typeof storeList>
export type AdminStoreFilter = {
  q?: string
  kind?: 'shop' | 'warehouse'
  status?: 'open' | 'closed'
  page?: number
  limit?: number
}

export async function adminListStores(query: AdminStoreFilter = {}): Promise<AdminStoreList> {
  return ask(storeList, staffReading, (init) => catalogApi().GET('/admin/stores', { params: { query }, ...init }))
}

/** Throws not_found. */
export async function adminGetStore(id: string): Promise<AdminStore> {
  return ask(adminStore, staffReading, (init) =>
    catalogApi().GET('/admin/stores/{id}', { params: { path: { id } }, ...init }),
  )
}

/** Throws slug_taken, validation_failed. */
export async function adminCreateStore(body: StoreInput & { slug?: string }): Promise<AdminStore> {
  return changed(ask(adminStore, staffWriting, (init) => catalogApi().POST('/admin/stores', { body, ...init })))
}

/** Throws not_found, version_conflict, validation_failed. */
export async function adminUpdateStore(id: string, body: StoreInput & { version: number }): Promise<AdminStore> {
  return changed(
    ask(adminStore, staffWriting, (init) =>
      catalogApi().PUT('/admin/stores/{id}', { params: { path: { id } }, body, ...init }),
    ),
  )
}
