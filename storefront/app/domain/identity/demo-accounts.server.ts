// The seeds' accounts have published passwords: a production shop refuses to start while its database still knows them.
import type { Knex } from 'knex'

export const demoEmails = ['admin@example.com', 'alice@example.com', 'bob@example.com']

/** Whether somebody could log in with a published password: a seeded account is active. */
export async function hasDemoAccounts(knex: Knex): Promise<boolean> {
  const found = await knex('users')
    .whereIn('email', demoEmails)
    .where({ status: 'active' })
    .whereNotNull('password_hash')
    .first('id')
  return found !== undefined
}
