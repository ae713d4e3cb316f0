import '../../../test/database.ts'

import { hash as bcrypt } from '@node-rs/bcrypt'
import { beforeEach, describe, expect, it } from 'vitest'
import { by } from '#app/lib/clock.ts'
import { db } from '#app/lib/db.server.ts'
import { DomainError } from '#app/lib/errors.ts'
import { newId } from '#app/lib/ids.ts'
import { forgetRows } from '../../../test/forget.ts'
import { hashPassword } from './hashing.server.ts'
import { forgetLimiters } from './rate-limit.server.ts'
import { credentials, signIn } from './sign-in.server.ts'

const password = 'seven green teapots'
const ip = '203.0.113.1'
const guest = () => by('guest')

async function person(email: string, row: Record<string, unknown> = {}): Promise<string> {
  const id = newId()
  const passwordHash = 'passwordHash' in row ? row.passwordHash : await hashPassword(password)
  await db()('users').insert({ id, email, name: 'Somebody', ...row, passwordHash })
  return id
}

const refusal = async (input: { email: string; password: string }): Promise<DomainError> => {
  const error = await signIn({ ...credentials.parse(input), ip }, guest()).catch((reason) => reason)
  if (!(error instanceof DomainError)) throw error
  return error
}

beforeEach(async () => {
  forgetLimiters()
  await forgetRows('users', 'rate_limits')
})

describe('logging in', () => {
  it('works with the e-mail address however it is typed', async () => {
    const id = await person('alice@example.com')
    for (const email of ['alice@example.com', ' Alice@EXAMPLE.com', 'ａlice@example.com']) {
      const found = await signIn({ ...credentials.parse({ email, password }), ip }, guest())
      expect(found).toEqual({
        id,
        email: 'alice@example.com',
        name: 'Somebody',
        phone: null,
        role: 'customer',
        emailVerified: false,
      })
    }
  })

  it('answers unknown, disabled, without password and wrong password alike', async () => {
    await person('alice@example.com')
    await person('disabled@example.com', { status: 'disabled' })
    await person('nopassword@example.com', { passwordHash: null })
    const answers = await Promise.all([
      refusal({ email: 'alice@example.com', password: 'wrong' }),
      refusal({ email: 'nobody@example.com', password }),
      refusal({ email: 'disabled@example.com', password }),
      refusal({ email: 'nopassword@example.com', password }),
    ])
    for (const answer of answers) {
      expect(answer.code).toBe('wrong_credentials')
      expect(answer.message).toBe(answers[0]?.message)
      expect(answer.extra).toEqual({})
    }
  })

  it('takes as long for an address nobody has as for a wrong password', async () => {
    await person('alice@example.com')
    const known: number[] = []
    const unknown: number[] = []
    const time = async (email: string, into: number[]) => {
      await forgetRows('rate_limits')
      const start = performance.now()
      await refusal({ email, password: 'wrong' })
      into.push(performance.now() - start)
    }
    for (let round = 0; round < 15; round++) {
      await time('alice@example.com', known)
      await time(`nobody${round}@example.com`, unknown)
    }
    // The quickest of each: what else this machine does cannot make a try quicker. Without the hash for nobody the
    // difference is tenfold.
    const ratio = Math.min(...unknown) / Math.min(...known)
    expect(ratio).toBeGreaterThan(0.6)
    expect(ratio).toBeLessThan(1.6)
  })

  it('replaces a bcrypt hash brought from elsewhere by argon2id, once', async () => {
    const id = await person('brought@example.com', { passwordHash: await bcrypt(password, { cost: 4 }) })
    expect((await refusal({ email: 'brought@example.com', password: 'wrong' })).code).toBe('wrong_credentials')
    await signIn({ email: 'brought@example.com', password, ip }, guest())
    const upgraded = await db()('users').where({ id }).first()
    expect(upgraded.passwordHash).toMatch(/^\$argon2id\$/)
    await signIn({ email: 'brought@example.com', password, ip }, guest())
    expect(await db()('users').where({ id }).first()).toEqual(upgraded)
  })

  it('refuses a megabyte of password before hashing it', () => {
    const start = performance.now()
    expect(credentials.safeParse({ email: 'a@example.com', password: 'x'.repeat(1_000_000) }).success).toBe(false)
    expect(performance.now() - start).toBeLessThan(20)
  })

  it.each([
    { email: { $ne: '' }, password },
    { email: ['alice@example.com'], password },
    { email: 'alice@example.com', password: ['x'] },
    { email: 'alice@example.com', password: { length: 3 } },
    { email: 'alice@example.com', password, role: 'owner' },
  ])('refuses %j, which no form sends', (input) => {
    expect(credentials.safeParse(input).success).toBe(false)
  })

  it('is not possible while tries cannot be counted: it fails closed', async () => {
    await person('alice@example.com')
    await db().raw('ALTER TABLE rate_limits RENAME TO rate_limits_away')
    try {
      expect((await refusal({ email: 'alice@example.com', password })).code).toBe('overloaded')
    } finally {
      await db().raw('ALTER TABLE rate_limits_away RENAME TO rate_limits')
    }
  })

  it('counts tries by address whether or not anybody has it', async () => {
    for (const email of ['nobody@example.com', 'alice@example.com']) {
      if (email.startsWith('alice')) await person(email)
      const answers: string[] = []
      for (let round = 0; round < 7; round++) answers.push((await refusal({ email, password: 'wrong' })).code)
      expect(answers).toEqual([...Array(6).fill('wrong_credentials'), 'rate_limited'])
    }
  })

  it('stores neither passwords nor addresses in the counts', async () => {
    await refusal({ email: 'nobody@example.com', password: 'wrong' })
    const stored = JSON.stringify(await db()('rate_limits'))
    expect(stored).not.toContain('nobody')
    expect(stored).not.toContain('wrong')
  })
})
