// The tables of identity: users, sessions, addresses, tokens, second factors, invitations. Imported only inside this folder;
// everyone else calls verbs and queries and gets plain values. Password and token hashes and keys never leave.
import { Model } from 'objection'
import type { Role } from './roles.ts'

export class UserModel extends Model {
  static override tableName = 'users'
  declare id: string
  declare email: string
  declare emailVerifiedAt: Date | null
  declare name: string
  declare phone: string | null
  declare passwordHash: string | null
  declare role: Role
  declare status: 'active' | 'disabled' | 'deleted'
  declare createdAt: Date
  declare updatedAt: Date
}

export class SessionModel extends Model {
  static override tableName = 'sessions'
  static override idColumn = 'idHash'
  declare idHash: Buffer
  declare userId: string
  declare createdAt: Date
  declare lastSeenAt: Date
  declare idleExpiresAt: Date
  declare absoluteExpiresAt: Date
  declare userAgent: string | null
  declare ipPrefix: string | null
  /** When the one-time code of this log-in was given; null without one. */
  declare secondFactorAt: Date | null
}

export class SecondFactorModel extends Model {
  static override tableName = 'second_factors'
  static override idColumn = 'userId'
  declare userId: string
  /** See second-factor/sealing.server.ts. */
  declare secretSealed: string
  declare createdAt: Date
  /** Null while it is being set up: it asks for nothing yet. */
  declare confirmedAt: Date | null
  /** The 30-second step of the last code taken; older ones and itself are refused. */
  declare lastUsedStep: number
}

export class RecoveryCodeModel extends Model {
  static override tableName = 'recovery_codes'
  static override idColumn = ['userId', 'codeHash']
  declare userId: string
  declare codeHash: Buffer
  declare createdAt: Date
  declare usedAt: Date | null
}

export class InvitationModel extends Model {
  static override tableName = 'staff_invitations'
  declare id: string
  declare email: string
  declare name: string
  declare role: Role
  declare tokenHash: Buffer
  declare invitedBy: string | null
  declare createdAt: Date
  declare expiresAt: Date
  declare acceptedAt: Date | null
  declare withdrawnAt: Date | null
}

export class AddressModel extends Model {
  static override tableName = 'addresses'
  declare id: string
  declare userId: string
  declare fullName: string
  declare company: string | null
  declare line1: string
  declare line2: string | null
  declare city: string
  declare region: string | null
  declare postcode: string | null
  declare country: string
  declare phone: string | null
  declare isDefaultShipping: boolean
  declare isDefaultBilling: boolean
  declare createdAt: Date
  declare updatedAt: Date
}

export class AccountTokenModel extends Model {
  static override tableName = 'account_tokens'
  declare id: string
  declare userId: string
  declare purpose: 'verify_email' | 'reset_password' | 'change_email'
  declare tokenHash: Buffer
  declare newEmail: string | null
  declare askedFrom: Buffer | null
  declare createdAt: Date
  declare expiresAt: Date
  declare usedAt: Date | null
}

/** What staff noted about a customer; never shown to them. */
export class CustomerNoteModel extends Model {
  static override tableName = 'customer_notes'
  declare id: string
  declare userId: string
  declare authorId: string | null
  declare authorName: string
  declare body: string
  declare createdAt: Date
}
