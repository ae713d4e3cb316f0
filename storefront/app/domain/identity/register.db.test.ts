import '../../../test/database.ts'

import { createHash } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { by } from '#app/lib/clock.ts'
import { db } from '#app/lib/db.server.ts'
import { DomainError } from '#app/lib/errors.ts'
import { forgetRows } from '../../../test/forget.ts'
import { forgetLimiters } from './rate-limit.server.ts'
import { register, registration } from './register.server.ts'

const input = { name: 'Carol', email: 'carol@example.com', password: 'seven green teapots' }
const ip = '203.0.113.1'
const guest = () => by('guest')
const codeOf = (error: unknown) => (error instanceof DomainError ? error.code : error)

beforeEach(async () => {
  forgetLimiters()
  await forgetRows('users', 'outbox', 'rate_limits')
})

describe('signing up', () => {
  it('opens a customer account and mails the link that confirms the address, with only its hash kept', async () => {
    await register(
      { ...registration.parse({ ...input, email: ' Carol@Example.com ' }), ip, next: '/checkout' },
      guest(),
    )
    const user = await db()('users').first()
    expect(user).toMatchObject({ email: 'carol@example.com', name: 'Carol', role: 'customer', emailVerifiedAt: null })
    expect(user.passwordHash).toMatch(/^\$argon2id\$/)
    const [event, ...more] = await db()('outbox')
    expect(more).toEqual([])
    expect(event).toMatchObject({
      topic: 'account.verify_email',
      payload: { email: 'carol@example.com', name: 'Carol' },
    })
    const link = new URL(event.payload.url)
    expect([link.origin, link.pathname, link.searchParams.get('next')]).toEqual([
      'http://localhost:5173',
      '/verify-email',
      '/checkout',
    ])
    const token = link.searchParams.get('token') ?? ''
    expect(token).toMatch(/^[\w-]{43}$/)
    const [kept] = await db()('account_tokens')
    expect(kept.tokenHash).toEqual(createHash('sha256').update(token).digest())
    expect(JSON.stringify(kept)).not.toContain(token)
  })

  it('twice at the same moment opens one account; all are answered alike', async () => {
    const answers = await Promise.all(
      ['carol@example.com', 'CAROL@example.com', 'carol@EXAMPLE.com', 'ｃarol@example.com'].map((email) =>
        register({ ...registration.parse({ ...input, email }), ip }, guest()),
      ),
    )
    expect(answers).toEqual([undefined, undefined, undefined, undefined])
    expect(await db()('users').count().first()).toEqual({ count: 1 })
    const topics = (await db()('outbox')).map(({ topic }) => topic)
    expect(topics.filter((topic) => topic === 'account.verify_email')).toHaveLength(1)
    expect(topics.filter((topic) => topic !== 'account.verify_email')).toEqual(['account.exists', 'account.exists'])
  })

  it('with an address that has an account changes nothing of it: only its owner is told, at most three times a day', async () => {
    await register({ ...input, ip }, guest())
    const before = await db()('users').first()
    for (let round = 0; round < 5; round++)
      await register({ name: 'Mallory', email: input.email, password: 'eight blue saucers', ip }, guest())
    expect(await db()('users')).toEqual([before])
    const told = await db()('outbox').where({ topic: 'account.exists' })
    expect(told).toHaveLength(2)
    expect(told[0].payload).toMatchObject({
      email: input.email,
      name: 'Carol',
      loginUrl: 'http://localhost:5173/login',
      resetUrl: 'http://localhost:5173/forgot-password',
    })
    expect(JSON.stringify(told)).not.toContain('Mallory')
  })

  it('takes as long for a taken address as for a free one', async () => {
    await register({ ...input, ip }, guest())
    const time = async (email: string) => {
      const start = performance.now()
      await register({ ...input, email, ip }, guest())
      return performance.now() - start
    }
    const [free, taken]: [number[], number[]] = [[], []]
    for (let round = 0; round < 3; round++) {
      free.push(await time(`dora${round}@example.com`))
      taken.push(await time(input.email))
    }
    const ratio = Math.min(...taken) / Math.min(...free)
    expect(ratio).toBeGreaterThan(0.95)
    expect(ratio).toBeLessThan(1.05)
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
    await register(sneaky, guest())
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
