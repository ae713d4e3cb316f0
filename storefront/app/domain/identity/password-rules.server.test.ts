import { describe, expect, it } from 'vitest'
import { commonPasswords, passwordProblem, typedPassword } from './password-rules.server.ts'

const around = { shopName: 'Highstreet', email: 'robin.finch@example.com', name: 'Robin Finch' }
const problem = (password: string) => passwordProblem(password, around)

describe('a new password', () => {
  it.each([
    'correct horse battery staple',
    'ziehdurch',
    'łąka kwiatów',
    '🐙🦑🦐🦞🦀🐡🐠🐟',
    ' leading and trailing ',
    `${'x'.repeat(3)}ab€!9`,
  ])('%j is taken: no rule about kinds of characters', (password) => {
    expect(problem(password)).toBeNull()
  })

  it('needs eight characters, counted as a person counts', () => {
    expect(problem('v8#kQ2z')).toMatch(/at least 8/)
    expect(problem('🐙🦑🦐🦞🦀🐡🐠')).toMatch(/at least 8/)
    expect(problem('v8#kQ2z!')).toBeNull()
  })

  it.each([
    'password',
    'Password',
    'PASSWORD1',
    '12345678',
    'qwertyuiop',
    'iloveyou',
    'football',
    'sunshine',
    'ｐａｓｓｗｏｒｄ',
  ])('%j is one that everybody tries', (password) => {
    expect(problem(password)).toMatch(/everybody tries/)
  })

  it.each(['highstreet', 'HighStreet2026!', 'robinfinch', 'Robin Finch 1', 'robin.finch@example.com'])(
    '%j is made of the shop or the person',
    (password) => {
      expect(problem(password)).toMatch(/too close/)
    },
  )

  it('cannot be spaces or one character repeated', () => {
    expect(problem(' '.repeat(12))).not.toBeNull()
    expect(problem('zzzzzzzzzzzz')).not.toBeNull()
  })

  it('is compared with well over 3,000 common ones', () => {
    expect(commonPasswords().size).toBeGreaterThan(10_000)
  })

  it('may be 65 and more characters long, up to 512 bytes', () => {
    expect(typedPassword.safeParse('wV3 '.repeat(17)).success).toBe(true)
    expect(typedPassword.safeParse('a'.repeat(512)).success).toBe(true)
    expect(typedPassword.safeParse('a'.repeat(513)).success).toBe(false)
    expect(typedPassword.safeParse('€'.repeat(171)).success).toBe(false)
    expect(typedPassword.safeParse('a'.repeat(1024 * 1024)).error?.issues[0]?.message).toMatch(/512 bytes/)
  })

  it('is kept as it was typed', () => {
    expect(typedPassword.parse('  two spaces  ')).toBe('  two spaces  ')
  })
})
