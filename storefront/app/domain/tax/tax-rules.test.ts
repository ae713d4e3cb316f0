import { expect, test } from 'vitest'
import { pickTaxRule, type TaxRate } from '#app/domain/tax/tax-rules.ts'

const rate = (country: string, category: string, rateBasisPoints: number, region: string | null = null): TaxRate => ({
  country,
  region,
  category,
  name: `${country} ${category}`,
  rateBasisPoints,
  includedInPrice: country !== 'US',
})
const rates = [
  rate('IE', 'standard', 2300),
  rate('IE', 'books', 0),
  rate('DE', 'standard', 1900),
  rate('DE', 'food', 700),
  rate('US', 'standard', 0),
  rate('US', 'standard', 725, 'California'),
]
const points = (country: string, category: string, region: string | null = null) =>
  pickTaxRule(rates, { country, region }, category).basisPoints

test('goods with a rate of their own in the country have that rate', () => {
  expect(points('DE', 'food')).toBe(700)
  expect(points('IE', 'books')).toBe(0)
})

test('goods without one have the standard rate of the country', () => {
  expect(points('DE', 'books')).toBe(1900)
})

test("a region's rate goes before its country's, however it is written", () => {
  expect(points('US', 'standard', 'california ')).toBe(725)
  expect(points('US', 'standard', 'Ohio')).toBe(0)
})

test('a country without rates is taxed as at home, never at zero by accident', () => {
  expect(points('FR', 'standard')).toBe(2300)
  expect(pickTaxRule([], { country: 'FR', region: null }, 'standard')).toEqual({
    name: 'VAT',
    basisPoints: 2300,
    included: true,
  })
})
