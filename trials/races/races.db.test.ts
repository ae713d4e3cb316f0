// The short edition of npm run trial:races and of npm run prove-stock: two catalog-apis, one database, no shop around them.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { raceForScratch } from '../../storefront/app/domain/catalog/proof/race.ts'
import { randomOf } from '../chaos/crowd.ts'
import { callerOf } from './catalogue.ts'
import { StockRaces } from './stock-races.ts'
import { openTwoCatalogues } from './two-catalogues.ts'

let catalogue: Awaited<ReturnType<typeof openTwoCatalogues>>
let races: StockRaces
beforeAll(async () => {
  catalogue = await openTwoCatalogues()
  races = await StockRaces.open(catalogue)
})
afterAll(async () => {
  await races.close()
  await catalogue.close()
})

describe('over two catalog-apis and one database', () => {
  test.each([
    [50, 1],
    [30, 10],
    [12, 12],
  ])('%i buyers for %i units: exactly as many are sold as there are, nothing stays held', async (buyers, units) => {
    const report = await races.race(buyers, units, randomOf(buyers * units))
    expect(report).toEqual({ sold: Math.min(buyers, units), refused: buyers - Math.min(buyers, units), broken: [] })
  })

  test('baskets that name the same two articles in opposite order never lock each other out', async () => {
    expect(await races.raceBaskets(24, 9, randomOf(4))).toEqual({ sold: 9, refused: 15, broken: [] })
    expect(await races.deadlocks()).toBe(0)
  })

  test('the proof that runs in a living shop: thirty buyers for the last unit of goods that nobody else sees', async () => {
    const report = await raceForScratch(callerOf(catalogue).call, { buyers: 30, units: 1 })
    expect(report).toMatchObject({ sold: 1, refused: 29, holdsLeft: 0, negativeRows: 0, broken: [] })
    const two = await Promise.allSettled(
      [1, 2].map(() => raceForScratch(callerOf(catalogue).call, { buyers: 20, units: 3, atOnce: 10 })),
    )
    expect(two.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })
})
