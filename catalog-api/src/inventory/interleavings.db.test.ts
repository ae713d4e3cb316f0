// Pairs of calls about the same unit, made to meet at its row or at its reservation, in an order that is told: what each is
// answered, and what is on the shelf afterwards. No clock and no luck.
import { afterAll, describe, expect, test } from 'vitest'
import { meetAt } from '../../../local/testing/meet.ts'
import { stockInvariants } from '../../../trials/audit/stock.ts'
import { hold, stocked } from '../../test/factories.ts'
import { type Answer, post, stage } from '../../test/stage.ts'
import { db } from '../lib/db.ts'
import { newId } from '../lib/ids.ts'
import { releaseExpired } from './release.ts'

stage({ pool: 16 })

/** Articles a and b, so many units of each on one shelf each; the references x and y. */
type Scene = { skus: string[]; storeId: string; refs: Record<'x' | 'y', string> }
type Act = (scene: Scene) => Promise<unknown>

const said = async (asked: Promise<Answer>): Promise<string> => {
  const { status, body } = await asked
  return status < 300 ? (body.late ? 'late' : String(status)) : body.code
}
const write = (path: string, body: object) => said(post(`/inventory/${path}`, body, 'inventory:write'))
type Name = 'x' | 'y'
const reserve =
  (name: Name, order = [0]): Act =>
  ({ skus, refs }) =>
    said(
      hold(
        order.map((at) => ({ sku: skus[at] ?? '', quantity: 1 })),
        { ref: refs[name] },
      ),
    )
const commit =
  (name: Name): Act =>
  ({ refs }) =>
    write('commit', { ref: refs[name] })
const release =
  (name: Name): Act =>
  ({ refs }) =>
    write('release', { ref: refs[name], reason: 'test' })
const restock =
  (name: Name, key: string): Act =>
  ({ refs }) =>
    write('restock', { ref: refs[name], adjustmentRef: key, reason: 'test', actor: 'test' })
const countDown: Act = ({ skus, storeId }) =>
  write('adjust', { ref: newId(), sku: skus[0], storeId, delta: -1, kind: 'adjust', reason: 'test', actor: 'test' })
const sweep: Act = () => releaseExpired()
const end: Act = ({ refs }) =>
  db().raw(`UPDATE reservations SET expires_at = now() - interval '1 s' WHERE ref = ?`, [refs.x])

const shelf = ({ skus }: Scene) => ({
  sql: 'SELECT 1 FROM inventory WHERE variant_id = (SELECT id FROM variants WHERE sku = ?) FOR UPDATE',
  bindings: [skus[0]],
})
const reservation = ({ refs }: Scene) => ({
  sql: 'SELECT 1 FROM reservations WHERE ref = ? FOR UPDATE',
  bindings: [refs.x],
})

type Pair = {
  before?: Act[]
  at: typeof shelf
  acts: [Act, Act]
  answers: [unknown, unknown]
  /** On the shelf and reserved of the one unit. */
  left: [number, number]
  /** What is asked afterwards, and its answer. */
  after?: [Act, unknown]
}

const held = [reserve('x')]
const overdue = [reserve('x'), end]
const sold = [reserve('x'), commit('x')]
const both = [0, 1]

const pairs: Record<string, Pair> = {
  'two buyers of the last unit, who both saw it free: one has it': {
    ...{ at: shelf, acts: [reserve('x'), reserve('y')], answers: ['201', 'out_of_stock'], left: [1, 1] },
  },
  'the same hold asked for twice: held once': {
    ...{ at: shelf, acts: [reserve('x'), reserve('x')], answers: ['201', '200'], left: [1, 1] },
  },
  'baskets that name the same two articles the other way round: one has both': {
    ...{ at: shelf, acts: [reserve('x', both), reserve('y', [1, 0])], answers: ['201', 'out_of_stock'], left: [1, 1] },
  },
  'a sale, then the release of what it sold': {
    ...{ before: held, at: reservation, acts: [commit('x'), release('x')], answers: ['200', 'already_committed'] },
    left: [0, 0],
  },
  'a release, then the sale of what it gave back: sold late': {
    ...{ before: held, at: reservation, acts: [release('x'), commit('x')], answers: ['200', 'late'], left: [0, 0] },
  },
  'two sales of one hold: sold once': {
    ...{ before: held, at: reservation, acts: [commit('x'), commit('x')], answers: ['200', '200'], left: [0, 0] },
  },
  'two releases of one hold: given back once': {
    ...{ before: held, at: reservation, acts: [release('x'), release('x')], answers: ['200', '200'], left: [1, 0] },
  },
  'the end of a hold, then its sale: sold late': {
    ...{ before: overdue, at: shelf, acts: [sweep, commit('x')], answers: [1, 'late'], left: [0, 0] },
  },
  'a sale, then the end of its hold: nothing ends': {
    ...{ before: overdue, at: shelf, acts: [commit('x'), sweep], answers: ['200', 0], left: [0, 0] },
  },
  'two sweepers and one hold that is over: it ends once': {
    ...{ before: overdue, at: shelf, acts: [sweep, sweep], answers: [1, 0], left: [1, 0] },
  },
  'the end of a hold, and a buyer in that moment: refused now, served a moment later': {
    ...{ before: overdue, at: shelf, acts: [sweep, reserve('y')], answers: [1, 'out_of_stock'], left: [1, 0] },
    after: [reserve('x'), 'reservation_released'],
  },
  'a reserve that is still under way, and its release: nothing stays held': {
    ...{ at: shelf, acts: [reserve('x'), release('x')], answers: ['201', '200'], left: [1, 0] },
    after: [reserve('x'), 'reservation_released'],
  },
  'a release that comes before its reserve: the reserve is refused': {
    ...{ at: shelf, acts: [release('x'), reserve('x')], answers: ['200', 'reservation_released'], left: [1, 0] },
  },
  'a late sale, then a buyer of that unit': {
    ...{ before: [...held, release('x')], at: shelf, acts: [commit('x'), reserve('y')], left: [0, 0] },
    answers: ['late', 'out_of_stock'],
  },
  'a buyer, then the late sale of that unit': {
    ...{ before: [...held, release('x')], at: shelf, acts: [reserve('y'), commit('x')], left: [1, 1] },
    answers: ['201', 'out_of_stock'],
  },
  'a count that finds none, then a buyer who saw one': {
    ...{ at: shelf, acts: [countDown, reserve('x')], answers: ['200', 'out_of_stock'], left: [0, 0] },
  },
  'a buyer, then a count that finds none: the count is refused': {
    ...{ at: shelf, acts: [reserve('x'), countDown], answers: ['201', 'conflict'], left: [1, 1] },
  },
  'two returns of one sold unit: it comes back once': {
    ...{ before: sold, at: reservation, acts: [restock('x', 'one'), restock('x', 'two')], left: [1, 0] },
    answers: ['200', 'conflict'],
  },
  'the same return told twice: it comes back once': {
    ...{ before: sold, at: reservation, acts: [restock('x', 'one'), restock('x', 'one')], left: [1, 0] },
    answers: ['200', '200'],
  },
}

afterAll(async () => {
  for (const { rule, on, sql } of stockInvariants)
    if (on === 'catalog') expect((await db().raw(sql)).rows, rule).toEqual([])
})

describe('made to meet', () => {
  test.each(Object.entries(pairs))('%s', async (_title, { before = [], at, acts, answers, left, after }) => {
    const [a, b] = [await stocked(1), await stocked(1)]
    const scene: Scene = { skus: [a.sku, b.sku], storeId: a.place.id, refs: { x: newId(), y: newId() } }
    for (const act of before) await act(scene)
    const [first, second] = acts
    expect(await meetAt(db(), at(scene), [() => first(scene), () => second(scene)])).toEqual(answers)
    const { rows } = await db().raw(
      'SELECT on_hand, reserved FROM inventory i JOIN variants v ON v.id = i.variant_id WHERE v.sku = ?',
      [a.sku],
    )
    expect([rows[0].on_hand, rows[0].reserved]).toEqual(left)
    if (after) expect(await after[0](scene)).toBe(after[1])
  })
})
