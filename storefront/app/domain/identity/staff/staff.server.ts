// Who works here: the list, another role, a way out and back. The database keeps one owner, whoever removes whom at the
// same moment (users_keep_one_owner). The faces have asked for `staff:manage`.
import type { Knex } from 'knex'
import { z } from 'zod'
import { recordAct } from '#app/domain/audit/audit.server.ts'
import type { By } from '#app/lib/clock.ts'
import { brokenConstraint, db, transaction } from '#app/lib/db.server.ts'
import { DomainError, notFound } from '#app/lib/errors.ts'
import { isUuid } from '#app/lib/uuid.ts'
import { InvitationModel, SecondFactorModel, SessionModel, UserModel } from '../models.server.ts'
import { can, type Role, roles, roleWords } from '../roles.ts'
import { endOtherSessions } from '../sessions.server.ts'

export const memberChoice = z.strictObject({ userId: z.string('Choose somebody.').refine(isUuid, 'Choose somebody.') })
export const roleChoice = memberChoice.extend({ role: z.enum(roles, 'Choose a role.') })

export type Member = {
  id: string
  email: string
  name: string
  role: Role
  status: 'active' | 'disabled'
  hasSecondFactor: boolean
  lastSeenAt: Date | null
}

/** Everybody who works here, by name; the disabled last. At most 200. */
export async function listStaff(): Promise<Member[]> {
  const people = await UserModel.query(db())
    .whereNot({ role: 'customer' })
    .whereIn('status', ['active', 'disabled'])
    .orderBy(['status', 'name', 'id'])
    .limit(200)
  const ids = people.map(({ id }) => id)
  const [factors, sessions] = await Promise.all([
    SecondFactorModel.query(db()).whereIn('userId', ids).whereNotNull('confirmedAt').select('userId'),
    SessionModel.query(db()).whereIn('userId', ids).groupBy('userId').select('userId').max('lastSeenAt as lastSeenAt'),
  ])
  const withFactor = new Set(factors.map(({ userId }) => userId))
  const seen = new Map(sessions.map(({ userId, lastSeenAt }) => [userId, lastSeenAt]))
  return people.map(({ id, email, name, role, status }) => ({
    id,
    email,
    name,
    role,
    status: status === 'active' ? 'active' : 'disabled',
    hasSecondFactor: withFactor.has(id),
    lastSeenAt: seen.get(id) ?? null,
  }))
}

/**
 * Gives `userId` another role, `customer` for somebody who leaves, a staff role for an account that starts to work here. It
 * ends their sessions. Throws `not_found`, `conflict` for the last owner, for an address nobody has confirmed, for a
 * disabled account that would start here.
 */
export async function changeRole({ userId, role }: z.output<typeof roleChoice>, by: By): Promise<void> {
  await change(userId, async (trx, person) => {
    if (person.role === role) return
    if (person.role === 'customer') refuseStranger(person)
    await UserModel.query(trx).findById(userId).patch({ role, updatedAt: by.at })
    await endOtherSessions(userId, undefined, trx)
    const withdrawn = can(role, 'staff:manage') ? 0 : await withdrawInvitationsBy(trx, userId, by)
    await recordAct(trx, by, {
      action: 'staff:role',
      subject: `user:${userId}`,
      before: { email: person.email, role: person.role },
      after: { role, ...(withdrawn > 0 && { withdrawnInvitations: withdrawn }) },
    })
  })
}

function refuseStranger({ emailVerifiedAt, status, email }: UserModel): void {
  if (status !== 'active') throw new DomainError('conflict', 'This account is disabled. Let it in again first.')
  // Whoever made the account may not be whoever reads the mailbox.
  if (!emailVerifiedAt)
    throw new DomainError('conflict', `Nobody has confirmed ${email} yet. Send an invitation to that address instead.`)
}

/** Shuts somebody who works here out, or lets them in again. It ends their sessions. Throws like `changeRole`. */
export async function setMemberStatus(
  { userId, status }: { userId: string; status: 'active' | 'disabled' },
  by: By,
): Promise<void> {
  await change(userId, async (trx, person) => {
    if (person.role === 'customer') throw notFound('This member of staff')
    if (person.status === status) return
    await UserModel.query(trx).findById(userId).patch({ status, updatedAt: by.at })
    await endOtherSessions(userId, undefined, trx)
    const withdrawn = status === 'active' ? 0 : await withdrawInvitationsBy(trx, userId, by)
    await recordAct(trx, by, {
      action: status === 'active' ? 'staff:enable' : 'staff:disable',
      subject: `user:${userId}`,
      before: { email: person.email, status: person.status },
      after: { status, ...(withdrawn > 0 && { withdrawnInvitations: withdrawn }) },
    })
  })
}

/** Whoever may no longer invite leaves no link behind by which they, or a friend, come back. Answers how many. */
const withdrawInvitationsBy = (trx: Knex.Transaction, userId: string, by: By): Promise<number> =>
  Promise.resolve(
    InvitationModel.query(trx)
      .where({ invitedBy: userId, acceptedAt: null, withdrawnAt: null })
      .patch({ withdrawnAt: by.at }),
  )

async function change(userId: string, work: (trx: Knex.Transaction, person: UserModel) => Promise<void>) {
  try {
    await transaction(async (trx) => {
      const person = await UserModel.query(trx).findById(userId).whereNotNull('passwordHash').forNoKeyUpdate()
      if (!person) throw notFound('This account')
      await work(trx, person)
    })
  } catch (error) {
    if (brokenConstraint(error) !== 'users_keep_one_owner') throw error
    throw new DomainError(
      'conflict',
      `The last ${roleWords.owner.name.toLowerCase()} stays: make somebody else owner first.`,
    )
  }
}
