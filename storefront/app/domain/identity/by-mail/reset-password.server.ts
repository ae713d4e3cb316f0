// A forgotten password: a link to the account's address, and the new password that comes back with it. Whether an address
// has an account is never told, by words nor by time. Opens no session: log-in (and its second step) comes after.
import { z } from 'zod'
import { env } from '#app/env.server.ts'
import type { By } from '#app/lib/clock.ts'
import { db, transaction } from '#app/lib/db.server.ts'
import { DomainError } from '#app/lib/errors.ts'
import { emailAddress } from '../email.ts'
import { hashPassword } from '../hashing.server.ts'
import { AddressModel, SecondFactorModel, UserModel } from '../models.server.ts'
import { passwordProblem, typedPassword } from '../password-rules.server.ts'
import { isWithinLimit, limitByNetwork } from '../rate-limit.server.ts'
import { inSameTime } from '../same-time.ts'
import { endOtherSessions } from '../sessions.server.ts'
import { mailPasswordChanged, mailReset } from './account-mails.server.ts'
import { burnTokens, findToken, linkIsOver, useToken } from './tokens.server.ts'

export const resetRequest = z.strictObject({ email: emailAddress })
export const passwordReset = z.strictObject({ newPassword: typedPassword })

/**
 * Mails a link to `email` when it has an account: at most three an hour, and whoever asks is not told. Throws
 * `rate_limited` when their network asks too often, `overloaded`.
 */
export async function requestReset({ email, ip }: { email: string; ip: string }, by: By): Promise<void> {
  await limitByNetwork('reset', ip)
  const mayMail = await isWithinLimit('reset_mail', email)
  await inSameTime(() =>
    transaction(async (trx) => {
      const user = await UserModel.query(trx).findOne({ email, status: 'active' })
      if (user && mayMail) await mailReset(trx, user, by)
    }),
  )
}

/** Whether a link still opens the page for a new password. */
export const isResetLink = async (token: string, at: Date): Promise<boolean> =>
  (await findToken(token, ['reset_password'], at)) !== null

/**
 * Sets the password of the link's account, once; ends all its sessions and all its links. Throws `conflict` when the link
 * is over, `validation_failed` for a password that must not be taken (the link stays good), `rate_limited`.
 */
export async function resetPassword(
  { token, newPassword, ip }: { token: string; newPassword: string; ip: string },
  by: By,
): Promise<void> {
  await limitByNetwork('reset', ip)
  const link = await findToken(token, ['reset_password'], by.at)
  const user = link && (await UserModel.query(db()).findOne({ id: link.userId, status: 'active' }))
  if (!user) throw linkIsOver()
  const problem = passwordProblem(newPassword, { shopName: env().SHOP_NAME, email: user.email, name: user.name })
  if (problem)
    throw new DomainError('validation_failed', 'Please choose another password.', {
      fields: { newPassword: [problem] },
    })
  const passwordHash = await hashPassword(newPassword)
  await transaction(async (trx) => {
    await useToken(trx, token, 'reset_password', by)
    await burnTokens(trx, user.id, by)
    const first = await UserModel.query(trx)
      .patch({ emailVerifiedAt: by.at })
      .where({ id: user.id })
      .whereNull('emailVerifiedAt')
    // Nobody had shown before that the address is theirs: what a stranger may have left in the account goes.
    if (first > 0) {
      await AddressModel.query(trx).delete().where({ userId: user.id })
      await SecondFactorModel.query(trx).delete().where({ userId: user.id })
    }
    await UserModel.query(trx).patch({ passwordHash, updatedAt: by.at }).where({ id: user.id, status: 'active' })
    await endOtherSessions(user.id, undefined, trx)
    await mailPasswordChanged(trx, user, by)
  })
}
