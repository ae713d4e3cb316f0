// Tax rates in the hands of staff: list, make, change, remove. A change names the version it was made for; orders keep
// the tax they were placed with. Every change goes into the audit log in its own transaction.
import type { Knex } from 'knex'
import { recordAct } from '#app/domain/audit/audit.server.ts'
import type { StaffTaxRate, TaxInput } from '#app/domain/tax/tax-input.ts'
import { TaxRateModel } from '#app/domain/tax/tax-models.server.ts'
import type { By } from '#app/lib/clock.ts'
import { brokenConstraint, db, transaction } from '#app/lib/db.server.ts'
import { DomainError, notFound } from '#app/lib/errors.ts'
import { newId } from '#app/lib/ids.ts'
import { isUuid } from '#app/lib/uuid.ts'

/** All of them, by country. */
export async function listRatesForStaff(): Promise<StaffTaxRate[]> {
  const rows = await TaxRateModel.query(db()).orderBy(['country', 'region', 'category'])
  return rows.map((row) => ({ ...row }))
}

/** Throws not_found. */
export async function getRate(id: string): Promise<StaffTaxRate> {
  const row = isUuid(id) ? await TaxRateModel.query(db()).findById(id) : undefined
  if (!row) throw notFound('The tax rate')
  return { ...row }
}

/** Throws conflict when the place has a rate for the category already. */
export const createRate = (input: TaxInput, by: By): Promise<StaffTaxRate> =>
  named(() =>
    transaction(async (trx) => {
      const row = await TaxRateModel.query(trx)
        .insert({ ...input, id: newId(by.at.getTime()) })
        .returning('*')
      await note(trx, nameOf(row), { after: { ...input } }, by)
      return { ...row }
    }),
  )

/** Throws not_found, version_conflict, conflict (there is one already). */
export async function changeRate({ id, version, ...input }: StaffTaxRate, by: By): Promise<StaffTaxRate> {
  await getRate(id)
  return named(() =>
    transaction(async (trx) => {
      const row = await lock(trx, { id, version })
      const { id: _id, version: _version, ...before } = row
      const after = await row.$query(trx).patchAndFetch({ ...input, version: version + 1 })
      await note(trx, nameOf(input), { before: { ...before }, after: { ...input } }, by)
      return { ...after }
    }),
  )
}

/** Takes it away: the next nearest rate applies from now on. Throws not_found, version_conflict. */
export async function removeRate({ id, version }: { id: string; version: number }, by: By): Promise<void> {
  await getRate(id)
  await transaction(async (trx) => {
    const row = await lock(trx, { id, version })
    await row.$query(trx).delete()
    await note(trx, nameOf(row), { before: { ...row } }, by)
  })
}

async function lock(trx: Knex.Transaction, { id, version }: { id: string; version: number }) {
  const row = await TaxRateModel.query(trx).findById(id).where({ version }).forUpdate()
  if (row) return row
  throw new DomainError('version_conflict', 'Somebody changed this meanwhile. Load the page again and look.')
}

const nameOf = ({ country, region, category }: TaxInput): string =>
  [country, region, category].filter(Boolean).join('-')

type Facts = Record<string, unknown>
const note = (trx: Knex.Transaction, name: string, facts: { before?: Facts; after?: Facts }, by: By): Promise<void> =>
  recordAct(trx, by, { action: 'settings:write', subject: `tax:${name}`, ...facts })

async function named<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (brokenConstraint(error) !== 'tax_rates_one_per_zone_and_category') throw error
    const message = 'There is a rate for this place and category already.'
    throw new DomainError('conflict', message, { fields: { category: [message] } })
  }
}
