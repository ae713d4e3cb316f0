// Stock played at random beside a pure model of it: holds, sales, late sales, releases, ended holds, returns, deliveries and
// corrections, alone and in pairs at the same moment. Counters, holds and ledger are what the model says, never below zero.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { playAgainstModel } from '../../../local/testing/against-model.ts'
import { stockInvariants } from '../../../trials/audit/stock.ts'
import { RealStock } from '../../test/real-stock.ts'
import { stage } from '../../test/stage.ts'
import { articles, type Lines, type Op, stockModel } from '../../test/stock-model.ts'
import { db } from '../lib/db.ts'

stage({ pool: 8 })

const quantities = fc.record({ a: fc.integer({ min: 0, max: 3 }), b: fc.integer({ min: 0, max: 2 }) })
const lines = quantities
  .filter(({ a, b }) => a + b > 0)
  .map(({ a, b }) => ({ ...(a && { a }), ...(b && { b }) }) as Lines)
const ref = fc.constantFrom('r1', 'r2', 'r3', 'r4')
const key = fc.constantFrom('k1', 'k2')
const ops: fc.Arbitrary<Op> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('reserve' as const), ref, lines }) },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constantFrom('commit' as const, 'release' as const, 'expire' as const), ref }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restock' as const), ref, key, lines }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('adjust' as const),
      key,
      article: fc.constantFrom(...articles),
      delta: fc.constantFrom(-2, -1, 1, 2),
    }),
  },
)

it('stock is what a model of it says after any sequence of calls, alone and at once, and its ledger tells the same', async () => {
  await playAgainstModel(stockModel, ops, { open: RealStock.open, runs: 8, most: 25 })
  for (const { rule, on, sql } of stockInvariants)
    if (on === 'catalog') expect((await db().raw(sql)).rows, rule).toEqual([])
}, 120_000)
