// Stores and warehouses as staff see them, closed ones too. Reads only.
import { notFound } from '../../lib/errors.ts'
import { StoreModel, toStore } from '../store.ts'
import type { AdminStore, AdminStoreList, AdminStoreQuery } from './schemas.ts'

const withHours = () =>
  StoreModel.query()
    .withGraphFetched('hours(inOrder)')
    .modifiers({ inOrder: (hours) => hours.orderBy(['weekday', 'opens']) })

/** A numbered page by country and town; three statements. */
export async function listAdminStores(query: AdminStoreQuery): Promise<AdminStoreList> {
  const like = `%${(query.q ?? '').replace(/[\\%_]/g, '\\$&')}%`
  const { results, total } = await withHours()
    .modify((rows) => {
      if (query.kind) rows.where({ kind: query.kind })
      if (query.status) rows.where({ status: query.status })
      if (query.q)
        rows.where((any) =>
          any.where('name', 'ilike', like).orWhere('city', 'ilike', like).orWhere('postcode', 'ilike', like),
        )
    })
    .orderBy(['status', 'kind', 'country', 'city', 'id'])
    .page(query.page - 1, query.limit)
  const pages = Math.max(1, Math.ceil(total / query.limit))
  return { items: results.map(toAdminStore), total, page: query.page, pages }
}

/** One of them. @throws not_found */
export async function getAdminStore(id: string): Promise<AdminStore> {
  const row = await withHours().findById(id)
  if (!row) throw notFound('The store')
  return toAdminStore(row)
}

function toAdminStore(row: StoreModel): AdminStore {
  const { open: _open, ...shown } = toStore(row, new Date(0))
  const { kind, status, shipsOrders, allocationPriority, version } = row
  return { ...shown, kind, status, shipsOrders, allocationPriority, version }
}
