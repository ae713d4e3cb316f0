import '../../../test/database.ts'
import { expect, test } from 'vitest'
import { demoLogins, demoTeam, hasDemoAccounts } from '#app/domain/identity/demo-accounts.server.ts'
import { db } from '#app/lib/db.server.ts'
import { newId } from '#app/lib/ids.ts'
import { admin, alice, bob, team } from '../../../../seeds/people/people.ts'

test('a database that still knows a demo account is told from one that does not', async () => {
  expect(await hasDemoAccounts(db())).toBe(false)
  const id = newId()
  await db()('users').insert({
    id,
    email: 'admin@example.com',
    name: 'Ada',
    passwordHash: '$argon2id$v=19$m=1,t=1,p=1$x$y',
  })
  expect(await hasDemoAccounts(db())).toBe(true)
  await db()('users').where({ id }).update({ status: 'disabled' })
  expect(await hasDemoAccounts(db())).toBe(false)
})

test('every account that the seeds give a password to is among the published ones', () => {
  const seeded = [admin, ...team, alice, bob].map(({ email, password }) => ({ email, password }))
  const published = [...demoLogins, ...demoTeam].map(({ email, password }) => ({ email, password }))
  const byEmail = (one: { email: string }, other: { email: string }) => one.email.localeCompare(other.email)
  expect(seeded.sort(byEmail)).toEqual(published.sort(byEmail))
})
