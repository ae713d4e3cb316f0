// The end of an account. The row stays, for the audit log and what else refers to it, but the person is gone from it, and
// the address is free again. Orders and carts are no business of this folder: domain/checkout/forget-shopper comes first.
import { z } from 'zod'
import type { By } from '#app/lib/clock.ts'
import { db, transaction } from '#app/lib/db.server.ts'
import { DomainError, notFound } from '#app/lib/errors.ts'
import { AccountTokenModel, AddressModel, SecondFactorModel, SessionModel, UserModel } from './models.server.ts'
import { typedPassword } from './password-rules.server.ts'
import { provePassword } from './prove-password.server.ts'
import { isStaff } from './roles.ts'

export const leaving = z.strictObject({ password: typedPassword })

/**
 * Whether this person may delete their account now: throws `wrong_password`, `rate_limited`, and `forbidden` for staff, whose
 * name stands under what they did.
 */
export async function proveLeaving(input: { userId: string; password: string; ip: string }): Promise<void> {
  await provePassword(input)
  const user = await UserModel.query(db()).findOne({ id: input.userId, status: 'active' })
  if (!user) throw notFound('This account')
  if (isStaff(user.role))
    throw new DomainError('forbidden', 'You work here. Ask an owner to end your access first, then delete the account.')
}

/** Takes the person out of the account: profile, password, addresses, sessions, links. Told twice it changes nothing. */
export async function deleteAccount({ userId }: { userId: string }, by: By): Promise<void> {
  await transaction(async (trx) => {
    const user = await UserModel.query(trx).findById(userId).where({ status: 'active', role: 'customer' }).forUpdate()
    if (!user) return
    await SessionModel.query(trx).delete().where({ userId })
    await AddressModel.query(trx).delete().where({ userId })
    await AccountTokenModel.query(trx).delete().where({ userId })
    await SecondFactorModel.query(trx).delete().where({ userId })
    await user.$query(trx).patch({
      status: 'deleted',
      email: `deleted-${userId}@deleted.invalid`,
      name: 'Deleted account',
      phone: null,
      passwordHash: null,
      emailVerifiedAt: null,
      updatedAt: by.at,
    })
  })
}
