// What a price is made of beside the goods: where we deliver, for how much, and the tax of each country.
import type { Knex } from 'knex'
import { insertRows } from '../database.ts'
import { idOf } from '../ids.ts'
import { seedCoupons } from './coupons.ts'

const eu = ['AT', 'BE', 'DK', 'FI', 'FR', 'DE', 'IT', 'LU', 'NL', 'PL', 'PT', 'ES', 'SE']
const world = ['AU', 'CA', 'CH', 'JP', 'NO', 'NZ', 'US']

type Method = [
  code: string,
  name: string,
  description: string,
  countries: string[],
  priceMinor: number,
  freeFromMinor: number | null,
  minDays: number,
  maxDays: number,
  /** Grams the price covers, minor units a started kilogram above, grams it takes at most. */
  weight?: [includedGrams: number, pricePerKgMinor: number, maxGrams: number],
]

const methods: Method[] = [
  ['standard', 'Standard delivery', 'By An Post, to your door', ['IE'], 490, 5000, 2, 3],
  ['express', 'Express delivery', 'Tomorrow, when ordered before 14:00', ['IE'], 990, null, 1, 1, [5000, 150, 15_000]],
  ['standard-eu', 'Standard delivery', 'By parcel, to your door', eu, 690, 7500, 3, 5],
  ['express-eu', 'Express delivery', 'By courier, with a signature', eu, 1490, null, 1, 2, [3000, 250, 20_000]],
  ['standard-gb', 'Standard delivery', 'By Royal Mail, duties included', ['GB'], 790, 9000, 3, 6],
  [
    'standard-world',
    'International delivery',
    'Tracked; duties may be due on arrival',
    world,
    1900,
    null,
    6,
    12,
    [2000, 450, 30_000],
  ],
]

type Tax = [country: string, standardBasisPoints: number, reducedBasisPoints: number]
const vat: Tax[] = [
  ['IE', 2300, 900],
  ['AT', 2000, 1000],
  ['BE', 2100, 600],
  ['DK', 2500, 2500],
  ['FI', 2550, 1400],
  ['FR', 2000, 550],
  ['DE', 1900, 700],
  ['IT', 2200, 1000],
  ['LU', 1700, 300],
  ['NL', 2100, 900],
  ['PL', 2300, 800],
  ['PT', 2300, 600],
  ['ES', 2100, 1000],
  ['SE', 2500, 1200],
  ['GB', 2000, 0],
]

export async function seedSettings(storefront: Knex): Promise<void> {
  await insertRows(
    storefront,
    'shipping_methods',
    methods.map(
      ([code, name, description, countries, priceMinor, freeFromMinor, minDays, maxDays, weight], position) => ({
        id: idOf(`shipping:${code}`),
        code,
        name,
        description,
        countries,
        currency: 'EUR',
        priceMinor,
        freeFromMinor,
        minDays,
        maxDays,
        position,
        ...(weight && { includedGrams: weight[0], pricePerKgMinor: weight[1], maxGrams: weight[2] }),
      }),
    ),
  )
  await insertRows(storefront, 'tax_rates', taxRates())
  await seedCoupons(storefront)
}

/** Provinces and states where the shop is registered: their tax comes on top. */
const onTop: [country: string, region: string, rateBasisPoints: number, name: string][] = [
  ['CA', 'ON', 1300, 'HST'],
  ['US', 'CA', 725, 'Sales tax'],
]

/** VAT is in the price; where we export to, the tax is zero and due on arrival, but for a few regions. */
function taxRates() {
  const rate = (country: string, category: string, rateBasisPoints: number, name: string) => ({
    id: idOf(`tax:${country}:${category}`),
    country,
    region: null,
    category,
    name,
    rateBasisPoints,
    includedInPrice: true,
  })
  return [
    ...vat.flatMap(([country, standard, reduced]) => [
      rate(country, 'standard', standard, 'VAT'),
      rate(country, 'reduced', reduced, 'VAT reduced'),
      rate(country, 'zero', 0, 'VAT zero'),
    ]),
    ...world.map((country) => rate(country, 'standard', 0, 'Export')),
    ...onTop.map(([country, region, rateBasisPoints, name]) => ({
      ...rate(country, 'standard', rateBasisPoints, name),
      id: idOf(`tax:${country}:${region}:standard`),
      region,
      includedInPrice: false,
    })),
  ]
}
