import { expect, test } from 'vitest'
import { specialDaysOf, specialDaysText } from '#app/domain/catalog/staff/store-input.ts'

test('days that are different are read as they are typed, in the order of the calendar, and written back the same', () => {
  const typed =
    '2026-12-25 closed Christmas Day\n\n  2026-12-24 10:00-13:00, 14.00–16:00  Christmas Eve \n2027-01-02 9:00-24:00'
  const days = specialDaysOf(typed)
  expect(days).toEqual([
    {
      date: '2026-12-24',
      note: 'Christmas Eve',
      hours: [
        { opens: '10:00', closes: '13:00' },
        { opens: '14:00', closes: '16:00' },
      ],
    },
    { date: '2026-12-25', note: 'Christmas Day', hours: [] },
    { date: '2027-01-02', note: '', hours: [{ opens: '09:00', closes: '24:00' }] },
  ])
  if (typeof days === 'string') throw new Error(days)
  expect(specialDaysOf(specialDaysText(days))).toEqual(days)
  expect(specialDaysOf('')).toEqual([])
})

test.each([
  '2026-12-25',
  '2026-02-30 closed',
  '25.12.2026 closed',
  '2026-12-25 shut',
  '2026-12-25 10-12',
  '2026-12-25 12:00-10:00',
  '2026-12-25 10:00-13:00, 12:00-15:00',
  `2026-12-25 closed ${'x'.repeat(81)}`,
  '2026-12-25 closed a\u0000b',
  '2026-12-25 closed\n2026-12-25 10:00-11:00',
  Array.from({ length: 201 }, (_, n) => `${2027 + n}-01-01 closed`).join('\n'),
  `2026-12-25 ${'9:00-'.repeat(3000)}`,
])('a line like %j is refused with words', (typed) => {
  expect(typeof specialDaysOf(typed)).toBe('string')
})
