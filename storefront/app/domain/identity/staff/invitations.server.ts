// Invitations to work here: a link that is good for three days and once, known to the mailbox alone; the database keeps
// its SHA-256. Whoever accepts has shown that the mailbox is theirs.
import { createHash } from 'node:crypto'
import type { Knex } from 'knex'
import { z } from 'zod'
import { recordAct, recordAudit } from '#app/domain/audit/audit.server.ts'
import { append } from '#app/domain/outbox/outbox.server.ts'
import { env } from '#app/env.server.ts'
import { addSeconds, type By } from '#app/lib/clock.ts'
import { brokenConstraint, db, transaction } from '#app/lib/db.server.ts'
import { DomainError, notFound } from '#app/lib/errors.ts'
import { newId, newToken } from '#app/lib/ids.ts'
import { isUuid } from '#app/lib/uuid.ts'
import { emailAddress } from '../email.ts'
import { InvitationModel, UserModel } from '../models.server.ts'
import { isStaff, roleWords, staffRoles } from '../roles.ts'
import { personName } from '../text.ts'

const goodForMinutes = 3 * 24 * 60

export const invitationInput = z.strictObject({
  name: personName,
  email: emailAddress,
  role: z.enum(staffRoles, 'Choose a role.'),
})

export const invitationChoice = z.strictObject({
  id: z.string('Choose an invitation.').refine(isUuid, 'Choose an invitation.'),
})

/**
 * Invites `email`; an open invitation of that address ends. Mails the link unless `mail` is false, and answers it. Throws
 * `conflict` for whoever works here already.
 */
export async function inviteStaff(
  input: z.output<typeof invitationInput> & { mail?: boolean },
  by: By,
): Promise<{ url: string }> {
  const { name, email, role, mail = true } = input
  const token = newToken()
  const url = new URL(`/staff/join?token=${token}`, env().STOREFRONT_ORIGIN).href
  const id = newId(by.at.getTime())
  try {
    await transaction(async (trx) => {
      const person = await UserModel.query(trx).findOne({ email })
      if (person && isStaff(person.role)) throw new DomainError('conflict', `${email} works here already.`)
      await open(trx, email).patch({ withdrawnAt: by.at })
      const invitedBy = by.staff?.id ?? null
      const expiresAt = addSeconds(by.at, goodForMinutes * 60)
      const row = { id, email, name, role, tokenHash: hashOf(token), invitedBy, createdAt: by.at, expiresAt }
      await InvitationModel.query(trx).insert(row)
      if (mail)
        await append(trx, 'account.staff_invited', `account.staff_invited:${id}`, {
          email,
          name,
          role: roleWords[role].name,
          invitedBy: by.staff?.name ?? env().SHOP_NAME,
          url,
          expiresMinutes: goodForMinutes,
        })
      const act = { action: 'staff:invite', subject: `invitation:${id}`, after: { email, name, role } }
      if (by.staff) await recordAct(trx, by, act)
      else await recordAudit(trx, { ...act, actor: { id: null, name: 'the command line' } }, by.at)
    })
  } catch (error) {
    if (brokenConstraint(error) !== 'staff_invitations_one_open_per_email') throw error
    throw new DomainError('conflict', 'Somebody else invited this address a moment ago.')
  }
  return { url }
}

const open = (knex: Knex, email: string) =>
  InvitationModel.query(knex).where({ email, acceptedAt: null, withdrawnAt: null })

/** Invitations that nobody has answered, latest first. */
export async function listInvitations(at: Date) {
  const rows = await InvitationModel.query(db())
    .where({ acceptedAt: null, withdrawnAt: null })
    .orderBy('createdAt', 'desc')
    .limit(100)
  return rows.map(({ id, email, name, role, createdAt, expiresAt }) => ({
    id,
    email,
    name,
    role,
    createdAt,
    isOver: expiresAt <= at,
  }))
}

/** Takes an open invitation back. Throws `not_found`. */
export async function withdrawInvitation(id: string, by: By): Promise<void> {
  await transaction(async (trx) => {
    const gone = await InvitationModel.query(trx)
      .where({ id, acceptedAt: null, withdrawnAt: null })
      .patch({ withdrawnAt: by.at })
      .returning('email')
      .first()
    if (!gone) throw notFound('This invitation')
    const before = { email: gone.email }
    await recordAct(trx, by, { action: 'staff:withdraw', subject: `invitation:${id}`, before })
  })
}

/** The invitation of a link, and whether its address has an account already; null when it is over, used or unknown. */
export async function findInvitation(token: string, at: Date) {
  const found = await InvitationModel.query(db())
    .where({ tokenHash: hashOf(token), acceptedAt: null, withdrawnAt: null })
    .where('expiresAt', '>', at)
    .first()
  if (!found) return null
  const account = await UserModel.query(db()).findOne({ email: found.email }).select('id', 'status')
  return { email: found.email, name: found.name, role: found.role, hasAccount: Boolean(account) }
}

/** Uses the invitation up within `trx`, once whoever asks at the same moment. Throws `not_found`. */
export async function takeInvitation(trx: Knex.Transaction, token: string, at: Date): Promise<InvitationModel> {
  const taken = await InvitationModel.query(trx)
    .where({ tokenHash: hashOf(token), acceptedAt: null, withdrawnAt: null })
    .where('expiresAt', '>', at)
    .patch({ acceptedAt: at })
    .returning('*')
    .first()
  if (!taken) throw notFound('This invitation')
  return taken
}

const hashOf = (token: string): Buffer => createHash('sha256').update(`invitation ${token}`).digest()
