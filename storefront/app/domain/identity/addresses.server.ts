// The address book. Every statement names the owner, so somebody else's address is an address that does not exist.
import type { Knex } from 'knex'
import { z } from 'zod'
import type { PostalAddress } from '#app/domain/outbox/events.ts'
import type { By } from '#app/lib/clock.ts'
import { db, transaction } from '#app/lib/db.server.ts'
import { DomainError, notFound } from '#app/lib/errors.ts'
import { newId } from '#app/lib/ids.ts'
import { isUuid } from '#app/lib/uuid.ts'
import { addressFields, settle } from './address-rules.ts'
import { AddressModel, UserModel } from './models.server.ts'

const maxAddresses = 50

const flag = z
  .union([z.boolean(), z.literal('on'), z.literal('')])
  .default(false)
  .transform((value) => value === true || value === 'on')

export const addressInput = z
  .strictObject({ ...addressFields, isDefaultShipping: flag, isDefaultBilling: flag })
  .transform((address, context) =>
    settle(address, (field, message) => context.addIssue({ code: 'custom', path: [field], message })),
  )
export type AddressInput = z.output<typeof addressInput>

export type Address = PostalAddress & { id: string; isDefaultShipping: boolean; isDefaultBilling: boolean }
export type DefaultKind = 'shipping' | 'billing'

/** The addresses of `userId`, defaults first, then the latest. */
export async function listAddresses(userId: string): Promise<Address[]> {
  const rows = await AddressModel.query(db())
    .where({ userId })
    .orderBy([
      { column: 'isDefaultShipping', order: 'desc' },
      { column: 'isDefaultBilling', order: 'desc' },
      { column: 'createdAt', order: 'desc' },
    ])
  return rows.map(toAddress)
}

/** One address of `userId`. Throws `not_found` for somebody else's as for one that never was. */
export async function getAddress(userId: string, addressId: string): Promise<Address> {
  const row = isUuid(addressId) ? await AddressModel.query(db()).findOne({ id: addressId, userId }) : undefined
  if (!row) throw notFound('This address')
  return toAddress(row)
}

/** Adds an address; the first one becomes the default for both. Throws `conflict` beyond 50 addresses. */
export const createAddress = (input: AddressInput & { userId: string }, by: By): Promise<Address> =>
  transaction(async (trx) => {
    await lockBook(trx, input.userId)
    const count = await AddressModel.query(trx).where({ userId: input.userId }).resultSize()
    if (count >= maxAddresses)
      throw new DomainError('conflict', `Your address book holds ${maxAddresses} addresses. Delete one first.`)
    const id = newId(by.at.getTime())
    const row = { ...columns(input), id, userId: input.userId, createdAt: by.at, updatedAt: by.at }
    await AddressModel.query(trx).insert(row)
    if (input.isDefaultShipping || count === 0) await makeDefault(trx, input.userId, id, 'shipping', by)
    if (input.isDefaultBilling || count === 0) await makeDefault(trx, input.userId, id, 'billing', by)
    return toAddress(await AddressModel.query(trx).findById(id).throwIfNotFound())
  })

/** Replaces an address. A default stays one until another takes its place. Throws `not_found`. */
export const updateAddress = (input: AddressInput & { userId: string; addressId: string }, by: By): Promise<Address> =>
  transaction(async (trx) => {
    const owned = await lockOwned(trx, input.userId, input.addressId)
    await AddressModel.query(trx)
      .patch({ ...columns(input), updatedAt: by.at })
      .where(owned)
    if (input.isDefaultShipping) await makeDefault(trx, input.userId, input.addressId, 'shipping', by)
    if (input.isDefaultBilling) await makeDefault(trx, input.userId, input.addressId, 'billing', by)
    return toAddress(await AddressModel.query(trx).findOne(owned).throwIfNotFound())
  })

/** Deletes an address; if it was a default, the latest remaining one takes its place. Throws `not_found`. */
export const deleteAddress = (input: { userId: string; addressId: string }, by: By): Promise<void> =>
  transaction(async (trx) => {
    const owned = await lockOwned(trx, input.userId, input.addressId)
    const gone = await AddressModel.query(trx).delete().where(owned).returning('*').first()
    const heir = await AddressModel.query(trx).where({ userId: input.userId }).orderBy('createdAt', 'desc').first()
    if (!gone || !heir) return
    if (gone.isDefaultShipping) await makeDefault(trx, input.userId, heir.id, 'shipping', by)
    if (gone.isDefaultBilling) await makeDefault(trx, input.userId, heir.id, 'billing', by)
  })

/** Makes an address the one that is offered first for delivery or billing. Throws `not_found`. */
export const setDefaultAddress = (
  input: { userId: string; addressId: string; kind: DefaultKind },
  by: By,
): Promise<void> =>
  transaction(async (trx) => {
    await lockOwned(trx, input.userId, input.addressId)
    await makeDefault(trx, input.userId, input.addressId, input.kind, by)
  })

/** Changes of one person's book stand in line, or two defaults would meet at the unique index. */
async function lockBook(trx: Knex.Transaction, userId: string): Promise<void> {
  const user = await UserModel.query(trx).findById(userId).select('id').forNoKeyUpdate()
  if (!user) throw notFound('This account')
}

async function lockOwned(trx: Knex.Transaction, userId: string, addressId: string) {
  if (!isUuid(addressId)) throw notFound('This address')
  const owned = { id: addressId, userId }
  await lockBook(trx, userId)
  if (!(await AddressModel.query(trx).findOne(owned).select('id'))) throw notFound('This address')
  return owned
}

const defaultColumns = { shipping: 'isDefaultShipping', billing: 'isDefaultBilling' } as const

async function makeDefault(trx: Knex.Transaction, userId: string, id: string, kind: DefaultKind, by: By) {
  const column = defaultColumns[kind]
  await AddressModel.query(trx)
    .patch({ [column]: false, updatedAt: by.at })
    .where({ userId, [column]: true })
    .whereNot({ id })
  await AddressModel.query(trx)
    .patch({ [column]: true })
    .where({ id, userId })
}

const columns = (input: AddressInput) => ({
  fullName: input.fullName,
  company: input.company,
  line1: input.line1,
  line2: input.line2,
  city: input.city,
  region: input.region,
  postcode: input.postcode,
  country: input.country,
  phone: input.phone,
})

const toAddress = (row: AddressModel): Address => ({
  id: row.id,
  fullName: row.fullName,
  company: row.company,
  line1: row.line1,
  line2: row.line2,
  city: row.city,
  region: row.region,
  postcode: row.postcode,
  country: row.country,
  phone: row.phone,
  isDefaultShipping: row.isDefaultShipping,
  isDefaultBilling: row.isDefaultBilling,
})
