import { expect, test } from 'vitest'
import { distanceWords, kmOf, unitOfLanguages } from '#app/lib/distance.ts'

test.each([
  [null, 'km'],
  ['', 'km'],
  ['en', 'km'],
  ['de-DE,de;q=0.9,en-US;q=0.8', 'km'],
  ['en-US,en;q=0.9', 'mi'],
  ['en-GB', 'mi'],
  ['en-IE,en-GB;q=0.9', 'km'],
  ['en;q=0.5, en-US', 'mi'],
  ['fr;q=0.9, en-US;q=0', 'km'],
  ['my-Mymr-MM', 'mi'],
  ['*', 'km'],
  [`${'x,'.repeat(5000)}en-US`, 'km'],
  ['en-US;q=abc, de-AT', 'km'],
] as const)('a reader of “%s” is told %s', (languages, unit) => {
  expect(unitOfLanguages(languages)).toBe(unit)
})

test('distances are told as people say them', () => {
  const told = [0.04, 0.84, 1, 9.94, 12.6, 1234].map((km) => [distanceWords(km, 'km'), distanceWords(km, 'mi')])
  expect(told).toEqual([
    ['40 m', 'under 0.1 mi'],
    ['840 m', '0.5 mi'],
    ['1.0 km', '0.6 mi'],
    ['9.9 km', '6.2 mi'],
    ['13 km', '7.8 mi'],
    ['1,234 km', '767 mi'],
  ])
  expect(kmOf(50, 'mi')).toBeCloseTo(80.467, 3)
})
