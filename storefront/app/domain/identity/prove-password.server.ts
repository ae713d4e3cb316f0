// Proof by password of somebody who is logged in, before what could lock them out or give them away.
import { db } from '#app/lib/db.server.ts'
import { DomainError, notFound } from '#app/lib/errors.ts'
import { nobodysHash, verifyPassword } from './hashing.server.ts'
import { UserModel } from './models.server.ts'
import { takePasswordAttempt } from './rate-limit.server.ts'

/** Throws `wrong_password` at field `password` unless it is the password of `userId`; `rate_limited`, `overloaded`. */
export async function provePassword({ userId, password, ip }: { userId: string; password: string; ip: string }) {
  const attempt = await takePasswordAttempt(userId, ip)
  const user = await UserModel.query(db()).findOne({ id: userId, status: 'active' })
  if (!user) throw notFound('This account')
  const right = await verifyPassword(password, user.passwordHash ?? nobodysHash)
  if (!right || !user.passwordHash) {
    const message = 'The password is wrong.'
    throw new DomainError('wrong_password', message, { fields: { password: [message] } })
  }
  await attempt.succeeded()
}
