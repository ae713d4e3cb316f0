// A person as the rest of the shop sees them. Never more than these fields.
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

/** The person with `userId` unless disabled, or null; with `unchangedSince` also null when the account changed after it. */
export async function findPerson(
  userId: string,
  { unchangedSince }: { unchangedSince?: Date } = {},
): Promise<Person | null> {
  const user = await UserModel.query(db())
    .findOne({ id: userId, status: 'active' })
    .modify((query) => {
      if (unchangedSince) query.where('updatedAt', '<=', unchangedSince)
    })
  return user ? toPerson(user) : null
}
