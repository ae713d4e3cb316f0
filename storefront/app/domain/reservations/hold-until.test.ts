import { expect, test } from 'vitest'
import { holdUntil } from '#app/domain/reservations/hold-until.ts'

const stretch = (opens: string, closes: string) => ({ opens, closes })
// A shop in Dublin, in winter: its clock is UTC's.
const monday = stretch('2026-11-23T10:00:00Z', '2026-11-23T19:00:00Z')
const tuesday = stretch('2026-11-24T10:00:00Z', '2026-11-24T19:00:00Z')
const until = (coming: ReturnType<typeof stretch>[], at: string) =>
  holdUntil(coming, new Date(at))?.toISOString() ?? null

test('a thing is kept for two hours while the store stays open', () => {
  expect(until([monday], '2026-11-23T11:30:00Z')).toBe('2026-11-23T13:30:00.000Z')
  expect(until([monday, tuesday], '2026-11-23T17:00:00Z')).toBe('2026-11-23T19:00:00.000Z')
})

test('when the store closes before, the rest of the two hours counts from when it opens again', () => {
  expect(until([monday, tuesday], '2026-11-23T18:00:00Z')).toBe('2026-11-24T11:00:00.000Z')
  expect(until([monday, tuesday], '2026-11-23T18:59:00Z')).toBe('2026-11-24T11:59:00.000Z')
  expect(until([tuesday], '2026-11-23T22:00:00Z')).toBe('2026-11-24T12:00:00.000Z')
  const lunch = [
    stretch('2026-11-23T10:00:00Z', '2026-11-23T13:00:00Z'),
    stretch('2026-11-23T14:30:00Z', '2026-11-23T19:00:00Z'),
  ]
  expect(until(lunch, '2026-11-23T12:30:00Z')).toBe('2026-11-23T16:00:00.000Z')
})

test('a store that does not open for two hours within two days keeps nothing', () => {
  expect(until([tuesday], '2026-11-22T09:00:00Z')).toBe(null)
  expect(until([tuesday], '2026-11-22T13:00:00Z')).toBe('2026-11-24T12:00:00.000Z')
  expect(until([stretch('2026-11-23T10:00:00Z', '2026-11-23T11:00:00Z')], '2026-11-23T09:00:00Z')).toBe(null)
  expect(until([], '2026-11-23T09:00:00Z')).toBe(null)
})

test('an hour that clocks take away or give is not kept nor lost: only hours that pass count', () => {
  // Berlin, 29 March 2026: open from midnight; 2:00 to 3:00 does not exist.
  const night = stretch('2026-03-28T23:00:00Z', '2026-03-29T04:00:00Z')
  expect(until([night], '2026-03-29T00:30:00Z')).toBe('2026-03-29T02:30:00.000Z')
})
