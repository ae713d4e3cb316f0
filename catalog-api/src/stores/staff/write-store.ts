// Opening, changing and closing stores. A closed one is shown to nobody and serves no new order; what is held there stays
// held. A store's slug never changes: its page has one address for ever.
import type { Knex } from 'knex'
import { brokenConstraint, transaction } from '../../lib/db.ts'
import { DomainError, notFound } from '../../lib/errors.ts'
import { newId } from '../../lib/ids.ts'
import { slugOf } from '../../lib/slug.ts'
import { writeSpecialDays } from '../special-days.ts'
import { StoreModel } from '../store.ts'
import { getAdminStore, shownFrom } from './read-stores.ts'
import type { AdminStore, StoreInput, StoreUpdate } from './schemas.ts'

/** @throws slug_taken */
export async function createStore({ hours, specialDays, slug, ...columns }: StoreInput): Promise<AdminStore> {
  const id = newId()
  try {
    await transaction(async (trx) => {
      await StoreModel.query(trx).insert({ id, slug: slug ?? slugOf(columns.name), ...columns })
      await writeHours(trx, id, hours)
      await writeSpecialDays(trx, id, shownFrom(new Date()), specialDays)
    })
  } catch (error) {
    if (brokenConstraint(error) === 'stores_one_per_slug')
      throw new DomainError('slug_taken', 'Another store has this slug.')
    throw error
  }
  return getAdminStore(id)
}

/** Replaces a store that still has `version`. @throws not_found, version_conflict */
export async function updateStore(
  id: string,
  { hours, specialDays, version, ...columns }: StoreUpdate,
): Promise<AdminStore> {
  await transaction(async (trx) => {
    const old = await StoreModel.query(trx).findById(id).forNoKeyUpdate()
    if (!old) throw notFound('The store')
    if (old.version !== version)
      throw new DomainError('version_conflict', 'Somebody changed this store in the meantime.')
    await StoreModel.query(trx)
      .findById(id)
      .patch({ ...columns, version: version + 1, updatedAt: new Date() })
    await writeHours(trx, id, hours)
    await writeSpecialDays(trx, id, shownFrom(new Date()), specialDays)
  })
  return getAdminStore(id)
}

async function writeHours(trx: Knex.Transaction, storeId: string, hours: StoreInput['hours']): Promise<void> {
  await trx('store_hours').where({ storeId }).delete()
  if (hours.length > 0) await trx('store_hours').insert(hours.map((one) => ({ storeId, ...one })))
}
