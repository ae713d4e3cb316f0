// The order table played at random beside a model that is nothing but its edges, written down here a second time: what
// moves, what is “already so”, what is refused, and that history and messages tell exactly that. Pairs come at once.
import '../../../test/database.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type OrderMove, type OrderStatus, orderMoves } from '#app/domain/orders/order-status.ts'
import { transition } from '#app/domain/orders/transition.server.ts'
import { db, transaction } from '#app/lib/db.server.ts'
import { isDomainError } from '#app/lib/errors.ts'
import { type Model, playAgainstModel, type Real } from '../../../../local/testing/against-model.ts'
import { anOrderRow, eventOf } from '../../../test/an-order.ts'
import { startClock } from '../../../test/clock.ts'

const now = startClock()

/** Every edge: move, from, to, and whom it tells. */
const edges = `
  reserve          placing                                          reserved
  open_payment     reserved                                         awaiting_payment  order.placed
  receive_payment  placing,reserved,awaiting_payment,cancelled,expired  payment_received
  complete         payment_received                                 paid              order.paid
  ship             paid                                             fulfilling        order.shipped
  hand_over        paid                                             fulfilling
  deliver          fulfilling                                       fulfilled         order.delivered
  cancel           placing,reserved,awaiting_payment                cancelled         order.cancelled
  refuse           placing                                          cancelled
  expire           placing,reserved,awaiting_payment                expired
  owe_refund       payment_received,paid                            refund_due        order.cancelled
  refund           refund_due,paid,fulfilling,fulfilled             refunded          order.refunded
  refund_failed    refunded                                         refund_due`
const table = new Map(
  edges
    .trim()
    .split('\n')
    .map((line) => {
      const [move = '', from = '', to = '', topic = ''] = line.trim().split(/\s+/)
      return [move, { from: from.split(','), to, topic }] as const
    }),
)

type State = { status: string; history: string[]; told: string[] }

/** A message of the same fact is written once: an order that is cancelled twice says so once. */
const model: Model<State, OrderMove> = {
  apply: (state, move) => {
    const { from, to, topic } = table.get(move) ?? { from: [], to: '', topic: '' }
    if (state.status === to) return ['already so', state]
    if (!from.includes(state.status)) return ['refused', state]
    const told = topic && !state.told.includes(topic) ? [...state.told, topic].sort() : state.told
    return ['moved', { status: to, history: [...state.history, `${state.status} → ${to}`], told }]
  },
}

const realOf = (orderId: string): Real<State, OrderMove> => ({
  perform: async (move) => {
    try {
      const event = eventOf[move] as never
      const { moved } = await transaction((trx) => transition(trx, orderId, move, now(), { event }))
      return moved ? 'moved' : 'already so'
    } catch (error) {
      if (isDomainError(error, 'illegal_transition')) return 'refused'
      throw error
    }
  },
  look: async () => {
    const { status } = await db()('orders').where({ id: orderId }).first('status')
    const history: { fromStatus: OrderStatus | null; toStatus: OrderStatus }[] = await db()('order_history')
      .where({ orderId, kind: 'status' })
      .whereNotNull('from_status')
      .orderBy('seq')
    const told: { topic: string }[] = await db()('outbox').where('dedupe_key', 'like', `%:${orderId}`).orderBy('topic')
    return {
      status,
      history: history.map(({ fromStatus, toStatus }) => `${fromStatus} → ${toStatus}`),
      told: told.map(({ topic }) => topic),
    }
  },
})

const moves = fc.constantFrom(...(Object.keys(orderMoves) as OrderMove[]))

test('an order moves along the edges of the table and no others, whatever is asked of it and by how many at once', async () => {
  expect([...table.keys()].sort()).toEqual(Object.keys(orderMoves).sort())
  await playAgainstModel(model, moves, {
    open: async () => ({
      state: { status: 'placing', history: [], told: [] },
      real: realOf(await anOrderRow(now())),
    }),
    runs: 25,
    most: 30,
  })
}, 120_000)
