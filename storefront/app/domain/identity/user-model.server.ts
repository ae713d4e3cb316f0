// The users table. Imported only inside this folder; everyone else calls verbs and gets a Person.
import { Model } from 'objection'
import { db } from '#app/lib/db.server.ts'
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

/** Someone who is signed in: all that may leave this folder about them. */
export type Person = {
  id: string
  email: string
  name: string
  phone: string | null
  role: Role
  emailVerified: boolean
}

export const toPerson = (user: UserModel): Person => ({
  id: user.id,
  email: user.email,
  name: user.name,
  phone: user.phone,
  role: user.role,
  emailVerified: user.emailVerifiedAt !== null,
})

/** The person with `userId` unless disabled, or null. */
export async function findPerson(userId: string): Promise<Person | null> {
  const user = await UserModel.query(db()).findOne({ id: userId, status: 'active' })
  return user ? toPerson(user) : null
}
