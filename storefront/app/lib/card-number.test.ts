import { describe, expect, test } from 'vitest'
import { holdsCardNumber } from './card-number.ts'

describe('a text holds a card number', () => {
  test.each([
    '4242424242424242',
    'Please charge 4242 4242 4242 4242, thanks',
    'order 12 4000-0566-5566-5556',
    '3782 822463 10005',
    '２２２３００３１２２００３２２２',
    'a\n5555.5555.5555.4444\nb',
    '6011111111111117exp12/29',
  ])('%s', (text) => expect(holdsCardNumber(text)).toBe(true))
})

describe('a text holds none', () => {
  test.each([
    '',
    '4242 4242 4242 4243',
    'Ring 0353 86 123 4567 after 18:00, gate 4, code 1234',
    'HS-7KQ4-M2XD of 2026-05-04',
    '4242424242424242424242',
    '1234567890123456',
    '42424242\n42424242',
  ])('%s', (text) => expect(holdsCardNumber(text)).toBe(false))

  test('however long it is, in no time', () => {
    const started = performance.now()
    expect(holdsCardNumber('1 '.repeat(25_000))).toBe(false)
    expect(holdsCardNumber('7'.repeat(50_000))).toBe(false)
    expect(performance.now() - started).toBeLessThan(500)
  })
})
