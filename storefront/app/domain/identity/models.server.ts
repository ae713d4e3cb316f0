// The tables of identity: users, sessions, addresses. Imported only inside this folder; everyone else calls verbs and
// queries and gets plain values. Password and token hashes never leave.
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
  declare status: 'active' | 'disabled'
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
