// Taking a second factor away, or its recovery codes anew: by the person with password and code, or by the owner for
// somebody who lost their phone.
import { z } from 'zod'
import { recordAct } from '#app/domain/audit/audit.server.ts'
import type { By } from '#app/lib/clock.ts'
import { transaction } from '#app/lib/db.server.ts'
import { DomainError, notFound } from '#app/lib/errors.ts'
import { SecondFactorModel, UserModel } from '../models.server.ts'
import { typedPassword } from '../password-rules.server.ts'
import { provePassword } from '../prove-password.server.ts'
import { endOtherSessions } from '../sessions.server.ts'
import { typedCode } from './codes.ts'
import { proveSecondFactor } from './factor.server.ts'
import { isRequiredOf } from './required.server.ts'
import { replaceRecoveryCodes } from './set-up.server.ts'

export const proof = z.strictObject({ password: typedPassword, code: typedCode })
type Proof = z.output<typeof proof> & { userId: string; ip: string }

/** Turns it off. Throws `forbidden` where the shop requires it, `wrong_password`, `wrong_credentials`, `rate_limited`. */
export async function turnOffSecondFactor(input: Proof & { role: string }, by: By): Promise<void> {
  if (isRequiredOf(input.role)) throw new DomainError('forbidden', 'This shop requires it of everybody who works here.')
  await prove(input, by)
  await transaction(async (trx) => {
    const gone = await SecondFactorModel.query(trx).deleteById(input.userId)
    if (gone > 0) await recordAct(trx, by, { action: 'second-factor:off', subject: `user:${input.userId}` })
  })
}

/** New recovery codes; the old ones end. Throws what turning off throws. */
export async function renewRecoveryCodes(input: Proof, by: By): Promise<string[]> {
  await prove(input, by)
  return transaction((trx) => replaceRecoveryCodes(trx, input.userId, by.at))
}

async function prove({ userId, ip, password, code }: Proof, by: By): Promise<void> {
  await provePassword({ userId, ip, password })
  await proveSecondFactor({ userId, ip, code }, by)
}

/**
 * Takes the second factor of somebody else who works here away, and ends their sessions: for a lost phone. The caller has
 * asked for `staff:manage`. Throws `not_found`, `conflict` for oneself.
 */
export async function resetSecondFactorOf(userId: string, by: By): Promise<void> {
  if (by.staff?.id === userId)
    throw new DomainError('conflict', 'Turn off your own two-step log-in on your account’s page.')
  await transaction(async (trx) => {
    const person = await UserModel.query(trx).findById(userId).whereNot({ role: 'customer' }).select('email')
    const gone = person && (await SecondFactorModel.query(trx).deleteById(userId))
    if (!person || !gone) throw notFound('The two-step log-in of this person')
    await endOtherSessions(userId, undefined, trx)
    await recordAct(trx, by, {
      action: 'second-factor:reset',
      subject: `user:${userId}`,
      after: { email: person.email },
    })
  })
}
