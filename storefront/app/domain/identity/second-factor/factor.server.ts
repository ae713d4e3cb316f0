// A person's second factor: whether there is one, and whether a code is right. A code of the app is taken once; so is a
// recovery code. Never answers the secret to anything but the set-up page.
import type { Knex } from 'knex'
import type { TOTP } from 'otpauth'
import { env } from '#app/env.server.ts'
import type { By } from '#app/lib/clock.ts'
import { db } from '#app/lib/db.server.ts'
import { DomainError } from '#app/lib/errors.ts'
import { RecoveryCodeModel, SecondFactorModel } from '../models.server.ts'
import { takePasswordAttempt } from '../rate-limit.server.ts'
import { recoveryCodeHash } from './codes.ts'
import { isSealedWithOldKey, openSecret, sealSecret } from './sealing.server.ts'

const stepSeconds = 30
/** A clock that is half a minute off is the rule, not the exception. */
const stepsOff = 1

/** The app's account, for making and checking codes. The library is loaded when the first person needs it. */
export async function totpOf(secret: string, email: string): Promise<TOTP> {
  const { TOTP, Secret } = await import('otpauth')
  const shared = { algorithm: 'SHA1', digits: 6, period: stepSeconds } as const
  return new TOTP({ ...shared, issuer: env().SHOP_NAME, label: email, secret: Secret.fromBase32(secret) })
}

/** Whether logging in as `userId` needs a code. */
export async function hasSecondFactor(userId: string, knex: Knex = db()): Promise<boolean> {
  return (await SecondFactorModel.query(knex).findById(userId).whereNotNull('confirmedAt').resultSize()) > 0
}

/** What the security page says about it. */
export async function describeSecondFactor(userId: string): Promise<{ since: Date | null; recoveryCodesLeft: number }> {
  const factor = await SecondFactorModel.query(db()).findById(userId).whereNotNull('confirmedAt')
  const recoveryCodesLeft = factor
    ? await RecoveryCodeModel.query(db()).where({ userId, usedAt: null }).resultSize()
    : 0
  return { since: factor?.confirmedAt ?? null, recoveryCodesLeft }
}

/**
 * Takes a code of `userId`, of the app or a recovery code, and says which it was. Counted by person and network like
 * passwords. Throws `wrong_credentials` (also for a code used before and for whoever has no second factor), `rate_limited`.
 */
export async function proveSecondFactor(
  { userId, code, ip }: { userId: string; code: string; ip: string },
  by: By,
): Promise<'app' | 'recovery'> {
  const attempt = await takePasswordAttempt(`second factor of ${userId}`, ip)
  const factor = await SecondFactorModel.query(db()).findById(userId).whereNotNull('confirmedAt')
  const isApp = /^\d{6}$/.test(code)
  const taken = factor && (isApp ? await takeAppCode(factor, code, by.at) : await takeRecoveryCode(userId, code, by.at))
  if (!taken) throw wrongCode()
  await attempt.succeeded()
  return isApp ? 'app' : 'recovery'
}

export const wrongCode = (): DomainError => {
  const message = 'This code is not right, or it was used already. Wait for the next one and try again.'
  return new DomainError('wrong_credentials', message, { fields: { code: [message] } })
}

/** Whether `code` is the app's at `at` and newer than the last one taken; taking it and asking is one statement. */
export async function takeAppCode(factor: SecondFactorModel, code: string, at: Date, knex: Knex = db()) {
  const secret = openSecret(factor.secretSealed, factor.userId)
  if (!secret) return false
  const totp = await totpOf(secret, '')
  const off = totp.validate({ token: code, timestamp: at.getTime(), window: stepsOff })
  if (off === null) return false
  const step = Math.floor(at.getTime() / 1000 / stepSeconds) + off
  const renewed = isSealedWithOldKey(factor.secretSealed) ? { secretSealed: sealSecret(secret, factor.userId) } : {}
  const taken = await SecondFactorModel.query(knex)
    .findById(factor.userId)
    .where('lastUsedStep', '<', step)
    .patch({ lastUsedStep: step, ...renewed })
  return taken > 0
}

async function takeRecoveryCode(userId: string, code: string, at: Date): Promise<boolean> {
  const codeHash = recoveryCodeHash(code)
  return (await RecoveryCodeModel.query(db()).where({ userId, codeHash, usedAt: null }).patch({ usedAt: at })) > 0
}
