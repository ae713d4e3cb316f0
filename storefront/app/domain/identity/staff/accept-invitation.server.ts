// Accepting an invitation to work here: with a new account, or with the one that has the invited address. The link proves
// the mailbox, the account's own log-in proves the person.
import { z } from 'zod'
import { recordAct } from '#app/domain/audit/audit.server.ts'
import { env } from '#app/env.server.ts'
import type { By } from '#app/lib/clock.ts'
import { brokenConstraint, transaction } from '#app/lib/db.server.ts'
import { DomainError } from '#app/lib/errors.ts'
import { newId } from '#app/lib/ids.ts'
import { hashPassword } from '../hashing.server.ts'
import { UserModel } from '../models.server.ts'
import { passwordProblem, typedPassword } from '../password-rules.server.ts'
import { type Person, toPerson } from '../people.server.ts'
import { limitByNetwork } from '../rate-limit.server.ts'
import { isStaff } from '../roles.ts'
import { endOtherSessions } from '../sessions.server.ts'
import { personName } from '../text.ts'
import { findInvitation, takeInvitation } from './invitations.server.ts'

export const newColleague = z.strictObject({ name: personName, password: typedPassword })

/**
 * Makes the invited address an account with the invited role, and answers the person. Throws `validation_failed` for a
 * password that must not be taken, `email_taken`, `not_found` for a link that is over, `rate_limited`.
 */
export async function joinAsNewAccount(
  { token, name, password, ip }: z.output<typeof newColleague> & { token: string; ip: string },
  by: By,
): Promise<Person> {
  await limitByNetwork('register', ip)
  const invitation = await findInvitation(token, by.at)
  if (!invitation) throw over()
  const problem = passwordProblem(password, { shopName: env().SHOP_NAME, email: invitation.email, name })
  if (problem)
    throw new DomainError('validation_failed', 'Please choose another password.', { fields: { password: [problem] } })
  const passwordHash = await hashPassword(password)
  const id = newId(by.at.getTime())
  try {
    return await transaction(async (trx) => {
      const { email, role } = await takeInvitation(trx, token, by.at)
      const times = { createdAt: by.at, updatedAt: by.at, emailVerifiedAt: by.at }
      const user = await UserModel.query(trx)
        .insert({ id, email, name, role, passwordHash, ...times })
        .returning('*')
      const act = { action: 'staff:join', subject: `user:${id}`, after: { email, role } }
      await recordAct(trx, { ...by, staff: { id, name, ipPrefix: null, requestId: null } }, act)
      return toPerson(user)
    })
  } catch (error) {
    if (brokenConstraint(error) === 'users_one_per_email')
      throw new DomainError(
        'email_taken',
        'This address has an account by now. Please log in with it and accept there.',
      )
    throw error
  }
}

/**
 * Gives the account of `userId` the invited role and ends its sessions. Throws `not_found` for a link that is over,
 * `forbidden` when the invitation was for another address.
 */
export async function joinWithAccount({ token, userId }: { token: string; userId: string }, by: By): Promise<Person> {
  return transaction(async (trx) => {
    const invitation = await takeInvitation(trx, token, by.at)
    const user = await UserModel.query(trx).findOne({ id: userId, status: 'active' }).forNoKeyUpdate()
    if (user?.email !== invitation.email)
      throw new DomainError('forbidden', `This invitation is for ${invitation.email}. Log in with that account.`)
    if (isStaff(user.role)) throw new DomainError('conflict', 'You work here already.')
    const { role } = invitation
    const joined = await UserModel.query(trx).patchAndFetchById(userId, {
      role,
      emailVerifiedAt: user.emailVerifiedAt ?? by.at,
      updatedAt: by.at,
    })
    await endOtherSessions(userId, undefined, trx)
    const act = { action: 'staff:join', subject: `user:${userId}`, before: { role: user.role }, after: { role } }
    await recordAct(trx, { ...by, staff: { id: userId, name: user.name, ipPrefix: null, requestId: null } }, act)
    return toPerson(joined)
  })
}

const over = () => new DomainError('not_found', 'This invitation is over. Please ask for a new one.')
