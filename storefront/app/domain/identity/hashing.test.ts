import { parseOptions } from '@node-rs/argon2'
import { hash as bcrypt } from '@node-rs/bcrypt'
import { describe, expect, it } from 'vitest'
import { isDomainError } from '#app/lib/errors.ts'
import { hashPassword, isOutdated, maxWaiting, nobodysHash, verifyPassword } from './hashing.server.ts'

describe('password hashes', () => {
  it('are argon2id with 19 MiB, two passes and one lane, named in the hash itself', async () => {
    const hash = await hashPassword('correct horse battery')
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(await verifyPassword('correct horse battery', hash)).toBe(true)
    expect(await verifyPassword('correct horse batterz', hash)).toBe(false)
    expect(isOutdated(hash, 'correct horse battery')).toBe(false)
  })

  it('of nobody cost exactly what everybody costs', async () => {
    expect(parseOptions(nobodysHash)).toEqual(parseOptions(await hashPassword('x')))
    expect(await verifyPassword('hello', 'no hash at all')).toBe(false)
  })

  it('keep spaces, NUL and emoji, and do not mind how a letter is composed', async () => {
    const hash = await hashPassword(' pass\u0000wörd 🐙 ')
    expect(await verifyPassword(' pass\u0000wo\u0308rd 🐙 ', hash)).toBe(true)
    expect(await verifyPassword('pass\u0000wörd 🐙', hash)).toBe(false)
    expect(await verifyPassword(' pass', hash)).toBe(false)
  })

  it('brought from elsewhere as bcrypt verify, and are to be replaced', async () => {
    const hash = await bcrypt('brought along', { cost: 4 })
    for (const prefix of ['$2a$', '$2b$', '$2y$']) {
      const brought = prefix + hash.slice(4)
      expect(await verifyPassword('brought along', brought)).toBe(true)
      expect(await verifyPassword('brought alonG', brought)).toBe(false)
      expect(isOutdated(brought, 'brought along')).toBe(true)
    }
  })

  it('are not replaced by a password of which bcrypt read 72 bytes only', async () => {
    const hash = await bcrypt('a'.repeat(72), { cost: 4 })
    expect(isOutdated(hash, 'a'.repeat(72))).toBe(true)
    expect(await verifyPassword(`${'a'.repeat(72)}b`, hash)).toBe(true)
    expect(isOutdated(hash, `${'a'.repeat(72)}b`)).toBe(false)
  })

  it('wait in a line of at most fifty; whoever comes later is told at once', async () => {
    const tries = await Promise.allSettled(Array.from({ length: maxWaiting + 30 }, () => hashPassword('a storm')))
    const refused = tries.filter((one) => one.status === 'rejected')
    expect(refused.length).toBeGreaterThanOrEqual(26)
    expect(refused.length).toBeLessThanOrEqual(28)
    for (const one of refused) expect(isDomainError(one.reason, 'overloaded')).toBe(true)
    expect(await verifyPassword('x', nobodysHash)).toBe(false)
  })
})
