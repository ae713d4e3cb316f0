// Customers as staff see them: found by name or address, with their address book and staff's notes; shut out and let in
// again. Never a password, a token or a hash. Orders are asked elsewhere.

import { z } from 'zod'
import { recordAct } from '#app/domain/audit/audit.server.ts'
import { noCardNumber } from '#app/lib/card-number.ts'
import type { By } from '#app/lib/clock.ts'
import { db, transaction } from '#app/lib/db.server.ts'
import { notFound } from '#app/lib/errors.ts'
import { newId } from '#app/lib/ids.ts'
import { isUuid } from '#app/lib/uuid.ts'
import { AddressModel, CustomerNoteModel, UserModel } from '../models.server.ts'
import { type Person, toPerson } from '../people.server.ts'
import { endOtherSessions } from '../sessions.server.ts'

export type CustomerStatus = 'active' | 'disabled' | 'deleted'
export type CustomerRow = Person & { status: CustomerStatus; since: Date }
export type CustomerFilter = {
  /** Part of a name or an e-mail address. */
  q?: string
  /** Also these, whatever they are called: whoever placed the order that was asked for. */
  alsoIds?: string[]
  status?: CustomerStatus
  /** From 1. */
  page: number
}

const pageSize = 30
const escapeLike = (text: string) => text.replace(/[\\%_]/g, (character) => `\\${character}`)

/** A page of accounts that are not staff, newest first, thirty each. Deleted ones are shown when asked for. */
export async function listCustomers({ q, alsoIds = [], status, page }: CustomerFilter) {
  const like = `%${escapeLike(q ?? '')}%`
  const { results, total } = await UserModel.query(db())
    .where({ role: 'customer' })
    .modify((query) => {
      if (status) query.where({ status })
      else query.whereNot({ status: 'deleted' })
      if (q)
        query.where((either) =>
          either.where('email', 'ilike', like).orWhere('name', 'ilike', like).orWhereIn('id', alsoIds),
        )
    })
    .orderBy([
      { column: 'createdAt', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .page(page - 1, pageSize)
  return { items: results.map(toRow), total, page, pages: Math.max(1, Math.ceil(total / pageSize)) }
}

const toRow = (user: UserModel): CustomerRow => ({ ...toPerson(user), status: user.status, since: user.createdAt })

/** One account with its addresses and notes. Throws `not_found`, also for staff: they are on the staff page. */
export async function getCustomer(id: string) {
  const user = isUuid(id) ? await UserModel.query(db()).findOne({ id, role: 'customer' }) : undefined
  if (!user) throw notFound('This customer')
  const [addresses, notes] = await Promise.all([
    AddressModel.query(db()).where({ userId: id }).orderBy('createdAt').limit(50),
    CustomerNoteModel.query(db()).where({ userId: id }).orderBy('createdAt', 'desc').limit(100),
  ])
  return {
    ...toRow(user),
    addresses: addresses.map(({ userId: _, createdAt: __, updatedAt: ___, ...address }) => address),
    notes: notes.map((note) => ({ id: note.id, by: note.authorName, at: note.createdAt, body: note.body })),
  }
}

/** Shuts a customer out (their sessions end at once) or lets them in again. Throws `not_found`, also for staff. */
export async function setCustomerStatus(
  { userId, status }: { userId: string; status: 'active' | 'disabled' },
  by: By,
): Promise<void> {
  await transaction(async (trx) => {
    const user = isUuid(userId)
      ? await UserModel.query(trx)
          .findOne({ id: userId, role: 'customer' })
          .whereIn('status', ['active', 'disabled'])
          .forNoKeyUpdate()
      : undefined
    if (!user) throw notFound('This customer')
    if (user.status === status) return
    await UserModel.query(trx).findById(userId).patch({ status, updatedAt: by.at })
    await endOtherSessions(userId, undefined, trx)
    await recordAct(trx, by, {
      action: status === 'active' ? 'customers:enable' : 'customers:disable',
      subject: `user:${userId}`,
      before: { status: user.status },
      after: { status },
    })
  })
}

export const noteInput = z.strictObject({
  body: z
    .string('Write something.')
    .max(8000, 'At most 2000 characters.')
    .transform((text) => text.replaceAll('\r\n', '\n').trim())
    .pipe(
      z
        .string()
        .min(1, 'Write something.')
        .max(2000, 'At most 2000 characters.')
        .refine(...noCardNumber),
    ),
})

/** Notes something about a customer for everybody who works here. Throws `not_found`. */
export async function addCustomerNote({ userId, body }: { userId: string; body: string }, by: By): Promise<void> {
  await transaction(async (trx) => {
    const user = isUuid(userId) ? await UserModel.query(trx).findOne({ id: userId, role: 'customer' }) : undefined
    if (!user) throw notFound('This customer')
    const author = { authorId: by.staff?.id ?? null, authorName: by.staff?.name ?? 'the shop' }
    await CustomerNoteModel.query(trx).insert({ id: newId(by.at.getTime()), userId, body, ...author, createdAt: by.at })
    await recordAct(trx, by, { action: 'customers:note', subject: `user:${userId}`, after: { body } })
  })
}
