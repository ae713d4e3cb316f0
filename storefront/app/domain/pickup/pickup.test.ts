import { describe, expect, test } from 'vitest'
import { missingWords } from '#app/domain/pickup/missing-words.ts'
import { hoursText, opensWithin, storeTime } from '#app/domain/pickup/pickup-store.ts'

const titles = new Map([
  ['MUG', 'Mug'],
  ['KETTLE', 'Kettle'],
  ['LAMP', 'Lamp'],
  ['RUG', 'Rug'],
])
const line = (sku: string, quantity: number, available: number) => ({ sku, quantity, available })

describe('what a store has of a basket', () => {
  test.each([
    [[line('MUG', 2, 2)], 'Everything here now'],
    [[line('MUG', 1, 0)], '0 of 1 item here. Would have to be moved: Mug.'],
    [
      [line('MUG', 2, 5), line('LAMP', 1, 1), line('KETTLE', 1, 0)],
      '2 of 3 items here. Would have to be moved: Kettle.',
    ],
    [
      [line('MUG', 3, 1), line('KETTLE', 1, 0)],
      '0 of 2 items here. Would have to be moved: Mug (1 of 3 here) and Kettle.',
    ],
    [
      [line('MUG', 1, 0), line('KETTLE', 1, 0), line('LAMP', 1, 0), line('RUG', 1, 0)],
      '0 of 4 items here. Would have to be moved: Mug, Kettle and 2 more.',
    ],
  ])('%j is told as “%s”', (lines, words) => {
    expect(missingWords(lines, titles)).toBe(words)
  })
})

const week = (days: number[], opens: string, closes: string) => days.map((weekday) => ({ weekday, opens, closes }))
const hours = (count: number) => count * 3600
const coming = (...stretches: [string, string][]) => ({
  coming: stretches.map(([opens, closes]) => ({ opens, closes })),
})

describe('opening hours', () => {
  test('days of the same hours stand together, closed days are left out', () => {
    expect(hoursText([...week([1, 2, 3], '10:00', '19:00'), ...week([6], '09:00', '14:00')])).toBe(
      'Monday to Wednesday 10:00–19:00\nSaturday 09:00–14:00',
    )
    expect(hoursText([...week([1], '14:30', '19:00'), ...week([1], '10:00', '13:00')])).toBe(
      'Monday 10:00–13:00, 14:30–19:00',
    )
    expect(hoursText([])).toBe('')
  })

  test('on Friday evening a shop that opens on Tuesday is too late for two days, early enough for four', () => {
    const friday = new Date('2026-11-20T18:30:00Z')
    const tuesday = coming(['2026-11-24T10:00:00Z', '2026-11-24T18:00:00Z'])
    expect(opensWithin(tuesday, friday, hours(48))).toBe(false)
    expect(opensWithin(tuesday, friday, hours(96))).toBe(true)
  })

  test('open now counts while there is an hour left', () => {
    const today = coming(['2026-11-20T10:00:00Z', '2026-11-20T18:00:00Z'])
    expect(opensWithin(today, new Date('2026-11-20T16:30:00Z'), hours(48))).toBe(true)
    expect(opensWithin(today, new Date('2026-11-20T17:30:00Z'), hours(48))).toBe(false)
    expect(opensWithin(coming(), new Date(), hours(48))).toBe(false)
  })

  test('times are the store’s own', () => {
    expect(storeTime({ timezone: 'America/New_York' }, new Date('2026-11-24T17:55:00Z'))).toBe(
      'Tuesday 24 November, 12:55',
    )
  })
})
