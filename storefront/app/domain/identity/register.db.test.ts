import '../../../test/database.ts'

import { beforeEach, describe, expect, it } from 'vitest'
import { by } from '#app/lib/clock.ts'
import { db } from '#app/lib/db.server.ts'
import { DomainError } from '#app/lib/errors.ts'
import { forgetLimiters } from './rate-limit.server.ts'
import { register, registration } from './register.server.ts'

const input = { name: 'Carol', email: 'carol@example.com', password: 'seven green teapots' }
const ip = '203.0.113.1'
const guest = () => by('guest')
const codeOf = (error: unknown) => (error instanceof DomainError ? error.code : error)

beforeEach(async () => {
  forgetLimiters()
  await db().raw('TRUNCATE users, outbox, rate_limits CASCADE')
})

describe('signing up', () => {
  it('opens a customer account and writes the welcome mail with it', async () => {
    const person = await register({ ...registration.parse({ ...input, email: ' Carol@Example.com ' }), ip }, guest())
    expect(person).toEqual({
      id: person.id,
      email: 'carol@example.com',
      name: 'Carol',
      phone: null,
      role: 'customer',
      emailVerified: false,
    })
    const [event] = await db()('outbox')
    expect(event).toMatchObject({ topic: 'account.welcome', payload: { email: 'carol@example.com', name: 'Carol' } })
    expect(event.payload.url).toMatch(/\/account$/)
    expect((await db()('users').first()).passwordHash).toMatch(/^\$argon2id\$/)
  })

  it('twice at the same moment opens one account and sends one mail', async () => {
    const tries = await Promise.allSettled(
      ['carol@example.com', 'CAROL@example.com', 'carol@EXAMPLE.com', 'ｃarol@example.com'].map((email) =>
        register({ ...registration.parse({ ...input, email }), ip }, guest()),
      ),
    )
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const one of tries) if (one.status === 'rejected') expect(codeOf(one.reason)).toBe('email_taken')
    expect(await db()('users').count().first()).toEqual({ count: 1 })
    expect(await db()('outbox').count().first()).toEqual({ count: 1 })
  })

  it('hashes the password for a taken address too, so that the answer takes as long', async () => {
    await register({ ...input, ip }, guest())
    const time = async (email: string) => {
      const start = performance.now()
      await register({ ...input, email, ip }, guest()).catch(() => undefined)
      return performance.now() - start
    }
    const free = await time('dora@example.com')
    expect(await time(input.email)).toBeGreaterThan(free / 4)
  })

  it('refuses a password that everybody uses, beside the field, and writes nothing', async () => {
    const refused = await register({ ...input, password: 'password1', ip }, guest()).catch((error) => error)
    expect(codeOf(refused)).toBe('validation_failed')
    expect(refused.extra.fields.password[0]).toMatch(/everybody/)
    expect(await db()('users')).toEqual([])
  })

  it('takes no field but its own: nobody signs up as staff', async () => {
    for (const name of [
      'role',
      'id',
      'status',
      'emailVerifiedAt',
      'email_verified_at',
      '#id',
      '#ref',
      '#dbRef',
      'constructor',
    ])
      expect(registration.safeParse({ ...input, [name]: 'owner' }).success, name).toBe(false)
    const sneaky = { ...input, ip, role: 'owner', status: 'disabled', emailVerifiedAt: new Date(), id: 'x' }
    const person = await register(sneaky, guest())
    expect(person).toMatchObject({ role: 'customer', emailVerified: false })
    expect(await db()('users').first()).toMatchObject({ role: 'customer', status: 'active', emailVerifiedAt: null })
  })

  it('refuses names with links, control characters or nothing', () => {
    for (const name of [
      '',
      '   ',
      'x'.repeat(121),
      'Win at https://evil.example',
      'www.evil.example',
      'A\r\nBcc: b',
      'A\u0000',
      ['A'],
    ])
      expect(registration.safeParse({ ...input, name }).success, String(name)).toBe(false)
    expect(registration.parse({ ...input, name: " Zoë O'Brien-Łukasz " }).name).toBe("Zoë O'Brien-Łukasz")
  })

  it('is limited per network', async () => {
    await db().raw("INSERT INTO rate_limits VALUES ('net_register:203.0.113.1', 60, ?)", [Date.now() + 60_000])
    const refused = await register({ ...input, ip: '::ffff:203.0.113.1' }, guest()).catch((error) => error)
    expect(codeOf(refused)).toBe('rate_limited')
    expect(refused.extra.retryAfterSeconds).toBeGreaterThan(50)
  })
})
