// What people may change about themselves without proving who they are again: name and phone, nothing else.
import { z } from 'zod'
import type { By } from '#app/lib/clock.ts'
import { db } from '#app/lib/db.server.ts'
import { notFound } from '#app/lib/errors.ts'
import { UserModel } from './models.server.ts'
import { type Person, toPerson } from './people.server.ts'
import { optionalPhone, personName } from './text.ts'

export const profile = z.strictObject({ name: personName, phone: optionalPhone })
export type Profile = z.output<typeof profile>

/** Saves name and phone of `userId`. Throws `not_found` when the account is gone or disabled. */
export async function updateProfile(input: Profile & { userId: string }, by: By): Promise<Person> {
  const user = await UserModel.query(db())
    .patch({ name: input.name, phone: input.phone, updatedAt: by.at })
    .where({ id: input.userId, status: 'active' })
    .returning('*')
    .first()
  if (!user) throw notFound('This account')
  return toPerson(user)
}
