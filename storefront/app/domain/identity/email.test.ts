import { describe, expect, it } from 'vitest'
import { canonicalEmail, emailAddress } from './email.ts'

describe('an e-mail address', () => {
  it.each([
    ['Alice@Example.COM', 'alice@example.com'],
    ['  alice@example.com\n', 'alice@example.com'],
    ['ａlice@example.com', 'alice@example.com'],
    ['kunde@bücher.example', 'kunde@xn--bcher-kva.example'],
    ['kunde@BU\u0308CHER.example', 'kunde@xn--bcher-kva.example'],
    ['kunde@xn--bcher-kva.example', 'kunde@xn--bcher-kva.example'],
    ['\u212Aelvin@example.com', 'kelvin@example.com'],
  ])('%j is the mailbox %s', (typed, canonical) => {
    expect(emailAddress.parse(typed)).toBe(canonical)
  })

  it('is the same when it is made canonical twice', () => {
    for (const typed of ['İstanbul@example.com', 'straße@example.com', 'A@B.c', '@', 'a@[::1]', 'ﬁ@ﬃ.example'])
      expect(canonicalEmail(canonicalEmail(typed))).toBe(canonicalEmail(typed))
  })

  it.each([
    '',
    'alice',
    'alice@',
    '@example.com',
    'alice@example',
    'a b@example.com',
    'alice@exam ple.com',
    'alice@example.com\r\nBcc: all@example.com',
    'alice@example.com/path',
    'alice@user@example.com:80',
    `${'a'.repeat(250)}@example.com`,
    'alice\u0000@example.com',
    'алиса@example.com',
  ])('%j is refused with a plain message', (typed) => {
    const parsed = emailAddress.safeParse(typed)
    expect(parsed.success).toBe(false)
    expect(parsed.error?.issues[0]?.message).toContain('name@example.com')
  })

  it.each([undefined, null, 7, ['a@example.com'], { $ne: '' }])('%j is not text and is refused', (typed) => {
    expect(emailAddress.safeParse(typed).success).toBe(false)
  })

  it('takes no time with hostile text', () => {
    for (const hostile of [
      `a@${'a.'.repeat(50_000)}`,
      '.'.repeat(50_000),
      'a'.repeat(50_000),
      `${'a-'.repeat(500)}@`,
    ]) {
      const start = performance.now()
      expect(emailAddress.safeParse(hostile).success).toBe(false)
      expect(performance.now() - start).toBeLessThan(20)
    }
  })
})
