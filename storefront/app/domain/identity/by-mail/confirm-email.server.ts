// The link in the mail was opened: an address is confirmed, or a new one takes the old one's place. The link alone does
// not do it, for it may have reached a stranger (somebody else's sign-up with this address, a new address mistyped): it
// needs the browser that asked, the person's own session, or the password.
import type { Knex } from 'knex'
import { append } from '#app/domain/outbox/outbox.server.ts'
import type { By } from '#app/lib/clock.ts'
import { brokenConstraint, transaction } from '#app/lib/db.server.ts'
import { DomainError } from '#app/lib/errors.ts'
import { paths } from '#app/paths.ts'
import { UserModel } from '../models.server.ts'
import { type Person, toPerson } from '../people.server.ts'
import { provePassword } from '../prove-password.server.ts'
import { endOtherSessions } from '../sessions.server.ts'
import { absolute } from './account-mails.server.ts'
import { burnTokens, findToken, type LiveToken, linkIsOver, useToken, wasAskedFrom } from './tokens.server.ts'

/** Who opens the link: the user of their session, or the guest's session itself. */
export type Opener = { userId: string | null; browser: string | null }

const find = (token: string, at: Date) => findToken(token, ['verify_email', 'change_email'], at)
const mustProve = (link: LiveToken, opener: Opener): boolean =>
  link.userId !== opener.userId && !wasAskedFrom(link, opener.browser)

/** What the page of the link shows: null when the link is over. Changes nothing. */
export async function findConfirmation(
  token: string,
  opener: Opener,
  at: Date,
): Promise<{ newEmail: string | null; asksPassword: boolean } | null> {
  const link = await find(token, at)
  return link && { newEmail: link.newEmail, asksPassword: mustProve(link, opener) }
}

type Confirming = Opener & {
  token: string
  password?: string
  ip: string
  /** The session that stays when the address changes; all others end. */
  sessionToken?: string
}

/**
 * Confirms the address of the link and answers whose it is. Throws `conflict` for a link that is over, `wrong_password`
 * when it needs the password, `email_taken` when the new address got an account meanwhile, `rate_limited`.
 */
export async function confirmEmail(
  input: Confirming,
  by: By,
): Promise<{ person: Person; what: 'verified' | 'changed' }> {
  const link = await find(input.token, by.at)
  if (!link) throw linkIsOver()
  if (mustProve(link, input)) {
    if (!input.password) throw passwordMissing()
    await provePassword({ userId: link.userId, password: input.password, ip: input.ip })
  }
  try {
    return await transaction(async (trx) => {
      await useToken(trx, input.token, link.purpose, by)
      const user = await UserModel.query(trx).findOne({ id: link.userId, status: 'active' }).forUpdate()
      if (!user) throw linkIsOver()
      return link.newEmail
        ? { what: 'changed' as const, person: await change(trx, user, link.newEmail, input.sessionToken, by) }
        : { what: 'verified' as const, person: await verify(trx, user, by) }
    })
  } catch (error) {
    if (brokenConstraint(error) !== 'users_one_per_email') throw error
    throw new DomainError('email_taken', 'This address has an account of its own by now.')
  }
}

async function verify(trx: Knex.Transaction, user: UserModel, by: By): Promise<Person> {
  await burnTokens(trx, user.id, by, 'verify_email')
  if (user.emailVerifiedAt) return toPerson(user)
  const { id, email, name } = user
  await append(trx, 'account.welcome', `account.welcome:${id}`, { email, name, url: absolute(paths.account()) })
  return toPerson(await user.$query(trx).patchAndFetch({ emailVerifiedAt: by.at, updatedAt: by.at }))
}

async function change(
  trx: Knex.Transaction,
  user: UserModel,
  newEmail: string,
  sessionToken: string | undefined,
  by: By,
): Promise<Person> {
  const { id, email, name } = user
  // Links to the old address, a forgotten password's too, are worth nothing from now on.
  await burnTokens(trx, id, by)
  await endOtherSessions(id, sessionToken, trx)
  await append(trx, 'account.email_changed', `account.email_changed:${id}:${by.at.getTime()}`, {
    email,
    name,
    newEmail,
  })
  return toPerson(await user.$query(trx).patchAndFetch({ email: newEmail, emailVerifiedAt: by.at, updatedAt: by.at }))
}

const passwordMissing = () => {
  const message = 'Enter the password of this account.'
  return new DomainError('validation_failed', message, { fields: { password: [message] } })
}
