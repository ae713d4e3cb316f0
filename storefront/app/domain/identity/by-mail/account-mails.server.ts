// The mails about an account that hold a link, written in the transaction of what they are about. Their links begin with
// the shop's configured origin, never with what a request called itself (CVE-2025-31137).
import type { Knex } from 'knex'
import { append } from '#app/domain/outbox/outbox.server.ts'
import { env } from '#app/env.server.ts'
import type { By } from '#app/lib/clock.ts'
import { newId } from '#app/lib/ids.ts'
import { paths } from '#app/paths.ts'
import { issueToken, tokenMinutes } from './tokens.server.ts'

type Addressee = { id: string; email: string; name: string }

export const absolute = (path: string): string => new URL(path, env().STOREFRONT_ORIGIN).href

/** Please show that this address is yours. `browser`, `next`: see `register`. */
export async function mailVerification(
  trx: Knex.Transaction,
  { id: userId, email, name }: Addressee,
  asked: { browser?: string | null; next?: string | null },
  by: By,
): Promise<void> {
  const token = await issueToken(trx, { userId, purpose: 'verify_email', browser: asked.browser }, by)
  await append(trx, 'account.verify_email', `account.verify_email:${newId(by.at.getTime())}`, {
    email,
    name,
    url: absolute(paths.verifyEmail({ token, next: asked.next || undefined })),
    expiresMinutes: tokenMinutes.verify_email,
  })
}

/** Here you choose a new password. */
export async function mailReset(trx: Knex.Transaction, { id: userId, email, name }: Addressee, by: By): Promise<void> {
  const token = await issueToken(trx, { userId, purpose: 'reset_password' }, by)
  await append(trx, 'account.reset_password', `account.reset_password:${newId(by.at.getTime())}`, {
    email,
    name,
    url: absolute(paths.resetPassword({ token })),
    expiresMinutes: tokenMinutes.reset_password,
  })
}

/** To the new address: please show that it is yours, before it takes the old one's place. */
export async function mailNewAddress(
  trx: Knex.Transaction,
  { id: userId, name }: Addressee,
  newEmail: string,
  by: By,
): Promise<void> {
  const token = await issueToken(trx, { userId, purpose: 'change_email', newEmail }, by)
  await append(trx, 'account.confirm_new_email', `account.confirm_new_email:${newId(by.at.getTime())}`, {
    email: newEmail,
    name,
    url: absolute(paths.verifyEmail({ token })),
    expiresMinutes: tokenMinutes.change_email,
  })
}

/** Somebody wanted an account with an address that has one: only its owner is told. Holds no secret. */
export async function mailExists(trx: Knex.Transaction, { email, name }: Addressee, by: By): Promise<void> {
  const links = { loginUrl: absolute(paths.login()), resetUrl: absolute(paths.forgotPassword()) }
  await append(trx, 'account.exists', `account.exists:${newId(by.at.getTime())}`, { email, name, ...links })
}

/** After the fact, so that an owner who did not do it knows. */
export async function mailPasswordChanged(trx: Knex.Transaction, { email, name }: Addressee, by: By): Promise<void> {
  await append(trx, 'account.password_changed', `account.password_changed:${newId(by.at.getTime())}`, { email, name })
}
