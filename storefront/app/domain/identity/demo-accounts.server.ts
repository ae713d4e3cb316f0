// The seeds' accounts have published passwords: a production shop refuses to start while its database still knows them.
import type { Knex } from 'knex'

export const demoLogins = [
  { who: 'A customer', email: 'alice@example.com', password: 'Alice@123' },
  { who: 'Another customer', email: 'bob@example.com', password: 'Bob@123' },
  { who: 'The shopkeeper', email: 'admin@example.com', password: 'Admin@123' },
]

/** One of each other role, so that what they may do can be seen. */
export const demoTeam = [
  { who: 'Manager', email: 'manager@example.com', password: 'Manager@123' },
  { who: 'Warehouse', email: 'warehouse@example.com', password: 'Warehouse@123' },
  { who: 'Support', email: 'support@example.com', password: 'Support@123' },
  { who: 'Content', email: 'content@example.com', password: 'Content@123' },
]

/** Whether somebody could log in with a published password: a seeded account is active. */
export async function hasDemoAccounts(knex: Knex): Promise<boolean> {
  const found = await knex('users')
    .whereIn(
      'email',
      [...demoLogins, ...demoTeam].map(({ email }) => email),
    )
    .where({ status: 'active' })
    .whereNotNull('password_hash')
    .first('id')
  return found !== undefined
}
