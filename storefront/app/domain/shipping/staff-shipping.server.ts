// Ways of delivery in the hands of staff: list, make, change, remove. A change names the version it was made for; orders
// keep what they were placed with. Every change goes into the audit log in its own transaction.
import type { Knex } from 'knex'
import { recordAct } from '#app/domain/audit/audit.server.ts'
import type { ShippingInput, StaffShippingMethod } from '#app/domain/shipping/shipping-input.ts'
import { ShippingMethodModel } from '#app/domain/shipping/shipping-models.server.ts'
import type { By } from '#app/lib/clock.ts'
import { brokenConstraint, db, transaction } from '#app/lib/db.server.ts'
import { DomainError, notFound } from '#app/lib/errors.ts'
import { newId } from '#app/lib/ids.ts'
import { isUuid } from '#app/lib/uuid.ts'

/** All of them, also those that are off, in the order shoppers see. */
export async function listMethodsForStaff(): Promise<StaffShippingMethod[]> {
  const rows = await ShippingMethodModel.query(db()).orderBy(['position', 'code'])
  return rows.map((row) => ({ ...row }))
}

/** Throws not_found. */
export async function getMethod(id: string): Promise<StaffShippingMethod> {
  const row = isUuid(id) ? await ShippingMethodModel.query(db()).findById(id) : undefined
  if (!row) throw notFound('The way of delivery')
  return { ...row }
}

/** Throws conflict with the field `code` when it is taken. */
export const createMethod = (input: ShippingInput, by: By): Promise<StaffShippingMethod> =>
  named(() =>
    transaction(async (trx) => {
      const row = await ShippingMethodModel.query(trx)
        .insert({ ...input, id: newId(by.at.getTime()) })
        .returning('*')
      await note(trx, row.code, { after: { ...input } }, by)
      return { ...row }
    }),
  )

/** Throws not_found, version_conflict, conflict (code taken). */
export async function changeMethod(
  { id, version, ...input }: StaffShippingMethod,
  by: By,
): Promise<StaffShippingMethod> {
  await getMethod(id)
  return named(() =>
    transaction(async (trx) => {
      const row = await lock(trx, { id, version })
      const { id: _id, version: _version, ...before } = row
      const after = await row.$query(trx).patchAndFetch({ ...input, version: version + 1 })
      await note(trx, input.code, { before: { ...before }, after: { ...input } }, by)
      return { ...after }
    }),
  )
}

/** Takes it away; carts that chose it are asked anew. Throws not_found, version_conflict. */
export async function removeMethod({ id, version }: { id: string; version: number }, by: By): Promise<void> {
  await getMethod(id)
  await transaction(async (trx) => {
    const row = await lock(trx, { id, version })
    await row.$query(trx).delete()
    await note(trx, row.code, { before: { ...row } }, by)
  })
}

async function lock(trx: Knex.Transaction, { id, version }: { id: string; version: number }) {
  const row = await ShippingMethodModel.query(trx).findById(id).where({ version }).forUpdate()
  if (row) return row
  throw new DomainError('version_conflict', 'Somebody changed this meanwhile. Load the page again and look.')
}

type Facts = Record<string, unknown>
const note = (trx: Knex.Transaction, code: string, facts: { before?: Facts; after?: Facts }, by: By): Promise<void> =>
  recordAct(trx, by, { action: 'settings:write', subject: `shipping:${code}`, ...facts })

async function named<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (brokenConstraint(error) !== 'shipping_methods_one_per_code') throw error
    const message = 'There is a way of delivery with this code already.'
    throw new DomainError('conflict', message, { fields: { code: [message] } })
  }
}
