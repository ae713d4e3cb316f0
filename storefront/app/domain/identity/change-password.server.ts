// A new password for someone who knows the old one. All sessions end with it; the face opens a new one where it was asked.
import { z } from 'zod'
import { env } from '#app/env.server.ts'
import type { By } from '#app/lib/clock.ts'
import { db, transaction } from '#app/lib/db.server.ts'
import { DomainError, notFound } from '#app/lib/errors.ts'
import { mailPasswordChanged } from './by-mail/account-mails.server.ts'
import { burnTokens } from './by-mail/tokens.server.ts'
import { hashPassword, nobodysHash, verifyPassword } from './hashing.server.ts'
import { UserModel } from './models.server.ts'
import { passwordProblem, typedPassword } from './password-rules.server.ts'
import { takePasswordAttempt } from './rate-limit.server.ts'
import { endOtherSessions } from './sessions.server.ts'

export const passwordChange = z.strictObject({ currentPassword: typedPassword, newPassword: typedPassword })
export type PasswordChange = z.output<typeof passwordChange>

/**
 * Sets `newPassword` and ends every session of `userId`, the present one too. Throws `wrong_password`,
 * `validation_failed` for a password that must not be taken, `version_conflict` when two changes met, `rate_limited`.
 */
export async function changePassword(input: PasswordChange & { userId: string; ip: string }, by: By): Promise<void> {
  const attempt = await takePasswordAttempt(input.userId, input.ip)
  const user = await UserModel.query(db()).findOne({ id: input.userId, status: 'active' })
  if (!user) throw notFound('This account')
  const right = await verifyPassword(input.currentPassword, user.passwordHash ?? nobodysHash)
  if (!right || !user.passwordHash) throw refused('wrong_password', 'currentPassword', 'The current password is wrong.')
  await attempt.succeeded()
  const around = { shopName: env().SHOP_NAME, email: user.email, name: user.name }
  const problem =
    input.newPassword === input.currentPassword
      ? 'This is your current password.'
      : passwordProblem(input.newPassword, around)
  if (problem) throw refused('validation_failed', 'newPassword', problem)
  const passwordHash = await hashPassword(input.newPassword)
  const oldHash = user.passwordHash
  await transaction(async (trx) => {
    const changed = await UserModel.query(trx)
      .patch({ passwordHash, updatedAt: by.at })
      .where({ id: user.id, passwordHash: oldHash })
    if (changed === 0) throw new DomainError('version_conflict', 'Your password was changed elsewhere a moment ago.')
    await endOtherSessions(user.id, undefined, trx)
    // Also links that somebody who knew the old password may have asked for.
    await burnTokens(trx, user.id, by, 'reset_password')
    await burnTokens(trx, user.id, by, 'change_email')
    await mailPasswordChanged(trx, user, by)
  })
}

const refused = (code: 'wrong_password' | 'validation_failed', field: string, message: string) =>
  new DomainError(code, message, { fields: { [field]: [message] } })
