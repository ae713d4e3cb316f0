// Is this the person? Unknown, disabled, without a password and wrong password get one answer, after the same work.
// Opens no session: that is the face's, by sessions.server.ts.
import { z } from 'zod'
import type { By } from '#app/lib/clock.ts'
import { db } from '#app/lib/db.server.ts'
import { DomainError } from '#app/lib/errors.ts'
import { emailAddress } from './email.ts'
import { hashPassword, isOutdated, nobodysHash, verifyPassword } from './hashing.server.ts'
import { UserModel } from './models.server.ts'
import { typedPassword } from './password-rules.server.ts'
import { type Person, toPerson } from './people.server.ts'
import { takePasswordAttempt } from './rate-limit.server.ts'

export const credentials = z.strictObject({ email: emailAddress, password: typedPassword })
export type Credentials = z.output<typeof credentials>

/** The person these credentials belong to. Throws `wrong_credentials`, `rate_limited` or `overloaded`. */
export async function signIn(input: Credentials & { ip: string }, by: By): Promise<Person> {
  const attempt = await takePasswordAttempt(input.email, input.ip)
  const user = await UserModel.query(db()).findOne({ email: input.email })
  const hash = user?.status === 'active' ? user.passwordHash : null
  const right = await verifyPassword(input.password, hash ?? nobodysHash)
  if (!user || !hash || !right)
    throw new DomainError('wrong_credentials', 'The e-mail address or the password is wrong.')
  await attempt.succeeded()
  if (isOutdated(hash, input.password)) await upgrade(user.id, hash, input.password, by)
  return toPerson(user)
}

// Compared with the old hash in the same statement: a password changed meanwhile is not undone.
async function upgrade(userId: string, oldHash: string, password: string, by: By): Promise<void> {
  const passwordHash = await hashPassword(password)
  await UserModel.query(db()).patch({ passwordHash, updatedAt: by.at }).where({ id: userId, passwordHash: oldHash })
}
