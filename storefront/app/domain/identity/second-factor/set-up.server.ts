// Setting up a second factor: a new secret, then proof by its first code and the password, then recovery codes that are
// shown once. All sessions end with it; the face opens a new one where it was asked.
import type { Knex } from 'knex'
import { z } from 'zod'
import type { By } from '#app/lib/clock.ts'
import { db, transaction } from '#app/lib/db.server.ts'
import { DomainError } from '#app/lib/errors.ts'
import { RecoveryCodeModel, SecondFactorModel } from '../models.server.ts'
import { typedPassword } from '../password-rules.server.ts'
import { provePassword } from '../prove-password.server.ts'
import { takePasswordAttempt } from '../rate-limit.server.ts'
import { endOtherSessions } from '../sessions.server.ts'
import { appCode, newRecoveryCode, recoveryCodeCount, recoveryCodeHash } from './codes.ts'
import { takeAppCode, totpOf, wrongCode } from './factor.server.ts'
import { openSecret, sealSecret } from './sealing.server.ts'

export const confirmation = z.strictObject({ code: appCode, password: typedPassword })

/** Makes a new secret for `userId`; it asks for nothing until it is confirmed. Throws `conflict` when one is in use. */
export async function beginSecondFactor(userId: string, by: By): Promise<void> {
  const { Secret } = await import('otpauth')
  const secretSealed = sealSecret(new Secret({ size: 20 }).base32, userId)
  const begun = await db()(SecondFactorModel.tableName)
    .insert({ userId, secretSealed, createdAt: by.at })
    .onConflict('userId')
    .merge({ secretSealed, createdAt: by.at })
    .where('secondFactors.confirmedAt', null)
    .returning('userId')
  if (begun.length === 0) throw inUse()
}

/** What the app needs: the secret to type and the address of the picture; null when nothing is being set up. */
export async function findPendingFactor(user: { id: string; email: string }) {
  const factor = await SecondFactorModel.query(db()).findById(user.id).where({ confirmedAt: null })
  const secret = factor && openSecret(factor.secretSealed, user.id)
  if (!secret) return null
  return { secret, uri: (await totpOf(secret, user.email)).toString() }
}

/**
 * Turns the second factor on and answers the recovery codes, which are kept as hashes only. Throws `wrong_password`,
 * `wrong_credentials` for the code, `conflict`, `rate_limited`.
 */
export async function confirmSecondFactor(
  input: z.output<typeof confirmation> & { userId: string; ip: string },
  by: By,
): Promise<string[]> {
  const { userId, ip, code } = input
  await provePassword({ userId, ip, password: input.password })
  const attempt = await takePasswordAttempt(`second factor of ${userId}`, ip)
  const codes = await transaction(async (trx) => {
    const factor = await SecondFactorModel.query(trx).findById(userId).forUpdate()
    if (!factor || factor.confirmedAt) throw inUse()
    if (!(await takeAppCode(factor, code, by.at, trx))) throw wrongCode()
    await SecondFactorModel.query(trx).findById(userId).patch({ confirmedAt: by.at })
    await endOtherSessions(userId, undefined, trx)
    return replaceRecoveryCodes(trx, userId, by.at)
  })
  await attempt.succeeded()
  return codes
}

/** New recovery codes in place of all old ones. */
export async function replaceRecoveryCodes(trx: Knex.Transaction, userId: string, at: Date): Promise<string[]> {
  const codes = Array.from({ length: recoveryCodeCount }, newRecoveryCode)
  await RecoveryCodeModel.query(trx).delete().where({ userId })
  await RecoveryCodeModel.query(trx).insert(
    codes.map((code) => ({ userId, codeHash: recoveryCodeHash(code), createdAt: at })),
  )
  return codes
}

const inUse = () =>
  new DomainError('conflict', 'Two-step log-in is on already, or its set-up was begun anew elsewhere.')
