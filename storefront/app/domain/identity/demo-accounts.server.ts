// The seeds' accounts have published passwords: a production shop refuses to start while its database still knows them.
import type { Knex } from 'knex'

export const demoLogins = [
  { who: 'A customer', email: 'alice@example.com', password: 'Alice@123' },
  { who: 'Another customer', email: 'bob@example.com', password: 'Bob@123' },
  { who: 'The shopkeeper', email: 'admin@example.com', password: 'Admin@123' },
]

/** Whether somebody could log in with a published password: a seeded account is active. */
export async function hasDemoAccounts(knex: Knex): Promise<boolean> {
  const found = await knex('users')
    .whereIn(
      'email',
      demoLogins.map(({ email }) => email),
    )
    .where({ status: 'active' })
    .whereNotNull('password_hash')
    .first('id')
  return found !== undefined
}
