// A new account: the person and the mail that confirms their address are written together or not at all. Never sets a
// role, and never tells whether the address had an account already.
import { z } from 'zod'
import { env } from '#app/env.server.ts'
import type { By } from '#app/lib/clock.ts'
import { transaction } from '#app/lib/db.server.ts'
import { DomainError } from '#app/lib/errors.ts'
import { newId } from '#app/lib/ids.ts'
import { mailExists, mailVerification } from './by-mail/account-mails.server.ts'
import { emailAddress } from './email.ts'
import { hashPassword } from './hashing.server.ts'
import { UserModel } from './models.server.ts'
import { passwordProblem, typedPassword } from './password-rules.server.ts'
import { isWithinLimit, limitByNetwork } from './rate-limit.server.ts'
import { inSameTime } from './same-time.ts'
import { personName } from './text.ts'

export const registration = z.strictObject({ name: personName, email: emailAddress, password: typedPassword })
export type Registration = z.output<typeof registration>

type Registering = Registration & {
  ip: string
  /** The guest's session that asks (its cookie's value): in that browser the mailed link needs no password. */
  browser?: string | null
  /** A path of this shop where the mailed link goes on to. */
  next?: string | null
}

/**
 * Opens an account for someone at `ip` and mails a link that confirms the address. **Answers nothing**: an address that has
 * an account already is answered alike and after the same work (OWASP ASVS 6.3.8), nothing of it is changed, and its owner
 * gets the mail `account.exists`. So nobody is logged in by this: the face says "we have sent you a mail". Whoever has just
 * made the account may log in with the password at once; what needs a confirmed address (past guest orders) waits for the
 * link. Throws `validation_failed` for a password that must not be taken, `rate_limited`, `overloaded`.
 */
export async function register({ name, email, password, ...asked }: Registering, by: By): Promise<void> {
  const problem = passwordProblem(password, { shopName: env().SHOP_NAME, email, name })
  if (problem)
    throw new DomainError('validation_failed', 'Please choose another password.', { fields: { password: [problem] } })
  await limitByNetwork('register', asked.ip)
  const mayTell = await isWithinLimit('exists_mail', email)
  await inSameTime(async () => {
    const passwordHash = await hashPassword(password)
    const id = newId(by.at.getTime())
    await transaction(async (trx) => {
      const row = { id, name, email, passwordHash, createdAt: by.at, updatedAt: by.at }
      await UserModel.query(trx).insert(row).onConflict('email').ignore()
      const user = await UserModel.query(trx).findOne({ email })
      if (user?.id === id) await mailVerification(trx, user, asked, by)
      else if (user?.status === 'active' && mayTell) await mailExists(trx, user, by)
    })
  })
}
