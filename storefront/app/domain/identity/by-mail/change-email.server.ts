// A new e-mail address: asked for with the password, taken when its own mailbox has answered (confirm-email.server.ts).
import { z } from 'zod'
import type { By } from '#app/lib/clock.ts'
import { transaction } from '#app/lib/db.server.ts'
import { DomainError, notFound } from '#app/lib/errors.ts'
import { emailAddress } from '../email.ts'
import { UserModel } from '../models.server.ts'
import { typedPassword } from '../password-rules.server.ts'
import { provePassword } from '../prove-password.server.ts'
import { isWithinLimit, limitByAccount } from '../rate-limit.server.ts'
import { inSameTime } from '../same-time.ts'
import { mailExists, mailNewAddress } from './account-mails.server.ts'

export const emailChange = z.strictObject({ newEmail: emailAddress, password: typedPassword })
export type EmailChange = z.output<typeof emailChange>

/**
 * Mails a link to `newEmail`; nothing changes before it is opened. An address that has another account is answered alike,
 * and its owner gets a mail instead. Throws `wrong_password`, `validation_failed` for the present address, `rate_limited`.
 */
export async function requestEmailChange(input: EmailChange & { userId: string; ip: string }, by: By): Promise<void> {
  const { userId, newEmail, password, ip } = input
  await provePassword({ userId, password, ip })
  await limitByAccount('change_mail', userId)
  const mayTell = await isWithinLimit('exists_mail', newEmail)
  await inSameTime(() =>
    transaction(async (trx) => {
      const user = await UserModel.query(trx).findOne({ id: userId, status: 'active' })
      if (!user) throw notFound('This account')
      if (user.email === newEmail) throw unchanged()
      const other = await UserModel.query(trx).findOne({ email: newEmail })
      if (!other) await mailNewAddress(trx, user, newEmail, by)
      else if (other.status === 'active' && mayTell) await mailExists(trx, other, by)
    }),
  )
}

const unchanged = () => {
  const message = 'This is your e-mail address already.'
  return new DomainError('validation_failed', message, { fields: { newEmail: [message] } })
}
