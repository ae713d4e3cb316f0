import '../../../test/database.ts'

import { beforeEach, describe, expect, it } from 'vitest'
import { by } from '#app/lib/clock.ts'
import { db } from '#app/lib/db.server.ts'
import { DomainError } from '#app/lib/errors.ts'
import { newId } from '#app/lib/ids.ts'
import { forgetRows } from '../../../test/forget.ts'
import { changePassword, passwordChange } from './change-password.server.ts'
import { hashPassword, verifyPassword } from './hashing.server.ts'
import { profile, updateProfile } from './profile.server.ts'
import { forgetLimiters } from './rate-limit.server.ts'
import { createSession, findSession } from './sessions.server.ts'

const current = 'seven green teapots'
const next = 'eight blue saucers'
const origin = { ip: '203.0.113.1', userAgent: 'Laptop' }
let alice: string
let bob: string
const me = () => by(`user:${alice}`)
const change = (input: Record<string, string> = {}) =>
  changePassword(
    {
      ...passwordChange.parse({ currentPassword: current, newPassword: next, ...input }),
      userId: alice,
      ip: origin.ip,
    },
    me(),
  )
const hashOf = async (id: string) => (await db()('users').where({ id }).first()).passwordHash

beforeEach(async () => {
  forgetLimiters()
  await forgetRows('users', 'rate_limits')
  alice = newId()
  bob = newId()
  const passwordHash = await hashPassword(current)
  await db()('users').insert([
    { id: alice, email: 'alice@example.com', name: 'Alice', passwordHash },
    { id: bob, email: 'bob@example.com', name: 'Bob', passwordHash },
  ])
})

describe('changing the password', () => {
  it('takes the new one and ends every session of that person and of nobody else', async () => {
    const at = new Date()
    const tokens = [await createSession(alice, origin, at), await createSession(alice, origin, at)]
    const elsewhere = await createSession(bob, origin, at)
    await change()
    expect(await verifyPassword(next, await hashOf(alice))).toBe(true)
    expect(await verifyPassword(current, await hashOf(bob))).toBe(true)
    for (const token of tokens) expect(await findSession(token, at)).toBeNull()
    expect(await findSession(elsewhere, at)).not.toBeNull()
  })

  it('needs the old one', async () => {
    await expect(change({ currentPassword: 'wrong' })).rejects.toMatchObject({
      code: 'wrong_password',
      extra: { fields: { currentPassword: [expect.any(String)] } },
    })
    expect(await verifyPassword(current, await hashOf(alice))).toBe(true)
  })

  it('refuses a common one, a short one and the present one, beside the field', async () => {
    for (const newPassword of ['password1', 'short', current])
      await expect(change({ newPassword })).rejects.toMatchObject({
        code: 'validation_failed',
        extra: { fields: { newPassword: [expect.any(String)] } },
      })
  })

  it('twice at once takes one of the two, and says so to the other', async () => {
    const tries = await Promise.allSettled([
      change({ newPassword: 'nine red spoons' }),
      change({ newPassword: 'ten old forks' }),
    ])
    const refused = tries.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
    expect(refused).toHaveLength(1)
    expect(refused[0]).toBeInstanceOf(DomainError)
    expect(['version_conflict', 'wrong_password']).toContain(refused[0].code)
  })

  it('cannot be guessed at from a stolen session', async () => {
    const answers: string[] = []
    for (let round = 0; round < 7; round++)
      answers.push(await change({ currentPassword: `guess ${round}` }).catch((error) => error.code))
    expect(answers.at(-1)).toBe('rate_limited')
  })
})

describe('the profile', () => {
  it('changes name and phone and nothing else, whatever is sent along', async () => {
    const before = await db()('users').where({ id: alice }).first()
    const sent = { name: ' Alice  Liddell', phone: '+353 (1) 234-5678' }
    const sneaky = {
      ...profile.parse(sent),
      userId: alice,
      role: 'owner',
      email: 'x@example.com',
      status: 'disabled',
      id: bob,
    }
    const person = await updateProfile(sneaky, me())
    expect(person).toMatchObject({ name: 'Alice Liddell', phone: '+35312345678', role: 'customer' })
    const after = await db()('users').where({ id: alice }).first()
    expect(after).toEqual({ ...before, name: 'Alice Liddell', phone: '+35312345678', updatedAt: after.updatedAt })
    expect((await db()('users').where({ id: bob }).first()).name).toBe('Bob')
  })

  it('takes only its own fields', () => {
    for (const name of ['role', 'email', 'id', 'userId', 'passwordHash', '#ref', 'constructor'])
      expect(profile.safeParse({ name: 'A', phone: '', [name]: 'x' }).success, name).toBe(false)
    expect(profile.safeParse({ name: 'A', phone: 'call me' }).success).toBe(false)
    expect(profile.parse({ name: 'A', phone: '' })).toEqual({ name: 'A', phone: null })
  })

  it('of somebody disabled is not there', async () => {
    await db()('users').where({ id: alice }).update({ status: 'disabled' })
    await expect(updateProfile({ name: 'A', phone: null, userId: alice }, me())).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})
