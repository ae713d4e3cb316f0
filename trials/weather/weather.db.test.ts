// The short edition of npm run trial:weather: a few seeds in the suite.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Goods, playSeed } from './season.ts'
import { openStage, type Stage } from './stage.ts'

let stage: Stage
let goods: Goods
beforeAll(async () => {
  stage = await openStage()
  goods = await stage.shop.stockUp(10_000)
})
afterAll(() => stage.close())

test.each([1, 2, 3])(
  'whatever the payments’ weather (seed %i), money and goods agree everywhere when it is calm again',
  async (seed) => {
    const { broken } = await playSeed(stage, goods, seed)
    expect(broken).toEqual([])
  },
  60_000,
)
