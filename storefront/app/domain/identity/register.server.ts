// A new account: the person and their welcome mail are written together or not at all. Never sets a role.
import { z } from 'zod'
import { append } from '#app/domain/outbox/outbox.server.ts'
import { env } from '#app/env.server.ts'
import type { By } from '#app/lib/clock.ts'
import { brokenConstraint, transaction } from '#app/lib/db.server.ts'
import { DomainError } from '#app/lib/errors.ts'
import { newId } from '#app/lib/ids.ts'
import { emailAddress } from './email.ts'
import { hashPassword } from './hashing.server.ts'
import { UserModel } from './models.server.ts'
import { passwordProblem, typedPassword } from './password-rules.server.ts'
import { type Person, toPerson } from './people.server.ts'
import { limitByNetwork } from './rate-limit.server.ts'
import { personName } from './text.ts'

export const registration = z.strictObject({ name: personName, email: emailAddress, password: typedPassword })
export type Registration = z.output<typeof registration>

/**
 * Opens an account for someone at `ip`. Throws `validation_failed` for a password that must not be taken, `email_taken`,
 * `rate_limited`, `overloaded`. The password is hashed before the e-mail is known to be free: both answers take as long.
 */
export async function register(input: Registration & { ip: string }, by: By): Promise<Person> {
  const { name, email, password, ip } = input
  const problem = passwordProblem(password, { shopName: env().SHOP_NAME, email, name })
  if (problem)
    throw new DomainError('validation_failed', 'Please choose another password.', { fields: { password: [problem] } })
  await limitByNetwork('register', ip)
  const passwordHash = await hashPassword(password)
  const id = newId(by.at.getTime())
  try {
    return await transaction(async (trx) => {
      const row = { id, name, email, passwordHash, createdAt: by.at, updatedAt: by.at }
      const user = await UserModel.query(trx).insert(row).returning('*')
      const url = new URL('/account', env().STOREFRONT_ORIGIN).href
      await append(trx, 'account.welcome', `account.welcome:${id}`, { email, name, url })
      return toPerson(user)
    })
  } catch (error) {
    if (brokenConstraint(error) === 'users_one_per_email') throw emailTaken()
    throw error
  }
}

const emailTaken = () => {
  const message = 'There is an account with this e-mail address already. Log in instead.'
  return new DomainError('email_taken', message, { fields: { email: [message] } })
}
