// Stores and warehouses as staff see them, closed ones too. Reads only.
import { db } from '../../lib/db.ts'
import { notFound } from '../../lib/errors.ts'
import type { SpecialDay } from '../schemas.ts'
import { specialDaysOf } from '../special-days.ts'
import { StoreModel, storeFacts } from '../store.ts'
import type { AdminStore, AdminStoreList, AdminStoreQuery } from './schemas.ts'

const withHours = () =>
  StoreModel.query()
    .withGraphFetched('hours(inOrder)')
    .modifiers({ inOrder: (hours) => hours.orderBy(['weekday', 'opens']) })

/** A numbered page by country and town, without the special days; three statements. */
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
  return { items: results.map((row) => toAdminStore(row, [])), total, page: query.page, pages }
}

/** One of them. @throws not_found */
export async function getAdminStore(id: string): Promise<AdminStore> {
  const row = await withHours().findById(id)
  if (!row) throw notFound('The store')
  const special = await specialDaysOf(db(), [id], shownFrom(new Date()), 800)
  return toAdminStore(row, special.get(id) ?? [])
}

/** Days long past are kept and no longer shown: the form neither has them nor takes them away. */
export const shownFrom = (at: Date): Date => new Date(at.getTime() - 24 * 3_600_000)

function toAdminStore(row: StoreModel, specialDays: SpecialDay[]): AdminStore {
  const { kind, status, shipsOrders, allocationPriority, version } = row
  return { ...storeFacts(row), specialDays, kind, status, shipsOrders, allocationPriority, version }
}
