import { expect, test } from 'vitest'
import { quietFor } from './quiet-hours.ts'

const minutes = (iso: string, timeZone = 'Europe/Dublin') => quietFor(new Date(iso), timeZone) / 60_000

test('text messages leave from eight in the morning until nine in the evening of the shop’s own clock', () => {
  expect(minutes('2026-11-22T08:00:00Z')).toBe(0)
  expect(minutes('2026-11-22T20:59:59Z')).toBe(0)
  expect(minutes('2026-11-22T21:00:00Z')).toBe(11 * 60)
  expect(minutes('2026-11-22T23:30:00Z')).toBe(8.5 * 60)
  expect(minutes('2026-11-23T00:00:00Z')).toBe(8 * 60)
  expect(minutes('2026-11-23T07:59:30Z')).toBe(0.5)
})

test('summer time and other places count as they are there', () => {
  expect(minutes('2026-07-01T20:30:00Z')).toBe(10.5 * 60)
  expect(minutes('2026-07-01T20:30:00Z', 'America/New_York')).toBe(0)
  expect(minutes('2026-07-01T20:30:00Z', 'Asia/Kathmandu')).toBe(5 * 60 + 45)
})
