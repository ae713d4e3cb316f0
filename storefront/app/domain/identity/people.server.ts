// A person as the rest of the shop sees them. Never more than these fields.
import { createHash } from 'node:crypto'
import { db } from '#app/lib/db.server.ts'
import { UserModel } from './models.server.ts'
import type { Role } from './roles.ts'

/** Someone who has an account: all that may leave this folder about them. */
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

/** Those of `userIds` who have an account that is not disabled; one statement. */
export async function findPeople(userIds: readonly string[]): Promise<Person[]> {
  const users = await UserModel.query(db())
    .whereIn('id', [...userIds])
    .where({ status: 'active' })
  return users.map(toPerson)
}

/** The person with `userId` unless disabled, or null; with `passwordMark` also null when the password is another by now. */
export async function findPerson(
  userId: string,
  { passwordMark }: { passwordMark?: string } = {},
): Promise<Person | null> {
  const user = await UserModel.query(db()).findOne({ id: userId, status: 'active' })
  if (!user || (passwordMark !== undefined && markOf(user) !== passwordMark)) return null
  return toPerson(user)
}

/** Names the present password of `userId` without telling it: another password has another mark. */
export async function passwordMark(userId: string): Promise<string> {
  const user = await UserModel.query(db()).findById(userId)
  return user ? markOf(user) : ''
}

// Of the stored hash, whose salt nobody outside knows: the mark leads back to no password.
const markOf = (user: UserModel): string =>
  createHash('sha256')
    .update(user.passwordHash ?? '')
    .digest('base64url')
