import '../../../../test/settings.ts'

import { afterEach, describe, expect, it } from 'vitest'
import { env } from '#app/env.server.ts'
import { appCode, newRecoveryCode, recoveryCodeHash, typedCode } from './codes.ts'
import { isSealedWithOldKey, openSecret, sealSecret } from './sealing.server.ts'

const before = env().SESSION_SECRET
afterEach(() => {
  env().SESSION_SECRET = before
})

describe('the key of an authenticator app', () => {
  it('is opened for its owner alone, and not when a letter of it was changed', () => {
    const sealed = sealSecret('JBSWY3DPEHPK3PXP', 'sam')
    expect(sealed).not.toContain('JBSWY3DPEHPK3PXP')
    expect(sealSecret('JBSWY3DPEHPK3PXP', 'sam')).not.toBe(sealed)
    expect(openSecret(sealed, 'sam')).toBe('JBSWY3DPEHPK3PXP')
    expect(openSecret(sealed, 'eve')).toBeNull()
    for (const odd of ['', 'v1', sealed.slice(0, -4), `${sealed}AAAA`, sealed.replace('v1', 'v2'), 'a.b.c.d.e'])
      expect(openSecret(odd, 'sam')).toBeNull()
  })

  it('stays readable while the session secret is exchanged, and is gone with the old one', () => {
    const sealed = sealSecret('JBSWY3DPEHPK3PXP', 'sam')
    const fresh = 'aNewSecretOfMoreThanThirtyTwoLetters'
    env().SESSION_SECRET = [fresh, ...before]
    expect([openSecret(sealed, 'sam'), isSealedWithOldKey(sealed)]).toEqual(['JBSWY3DPEHPK3PXP', true])
    env().SESSION_SECRET = [fresh]
    expect(openSecret(sealed, 'sam')).toBeNull()
  })
})

describe('codes', () => {
  it('are read however they are typed', () => {
    const code = newRecoveryCode()
    expect(code).toMatch(/^[2-9A-HJKMNP-TV-Z]{4}(-[2-9A-HJKMNP-TV-Z]{4}){2}$/)
    const typed = typedCode.parse(` ${code.toLowerCase().replaceAll('-', ' ')} `)
    expect(recoveryCodeHash(typed)).toEqual(recoveryCodeHash(code))
    expect(typedCode.parse('123 456')).toBe('123456')
    expect(typedCode.parse('１２３４５６')).toBe('123456')
  })

  it.each([undefined, null, 123456, ['123456'], {}, '', '12345', '1e5', '0x1234', `${'1'.repeat(101)}`])(
    'cannot be %j',
    (typed) => {
      expect(typedCode.safeParse(typed).success).toBe(false)
      expect(appCode.safeParse(typed).success).toBe(false)
    },
  )
})
