// The mail that asks to confirm an address, once more.
import type { By } from '#app/lib/clock.ts'
import { transaction } from '#app/lib/db.server.ts'
import { notFound } from '#app/lib/errors.ts'
import { UserModel } from '../models.server.ts'
import { limitByAccount } from '../rate-limit.server.ts'
import { mailVerification } from './account-mails.server.ts'

/** Sends it again; nothing happens when the address is confirmed already. Throws `rate_limited`, `not_found`. */
export async function sendVerification({ userId }: { userId: string }, by: By): Promise<void> {
  await limitByAccount('verify_mail', userId)
  await transaction(async (trx) => {
    const user = await UserModel.query(trx).findOne({ id: userId, status: 'active' })
    if (!user) throw notFound('This account')
    if (!user.emailVerifiedAt) await mailVerification(trx, user, {}, by)
  })
}
