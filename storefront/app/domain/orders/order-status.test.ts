import { describe, expect, test } from 'vitest'
import {
  canMove,
  isLive,
  type OrderMove,
  type OrderStatus,
  orderCan,
  orderEdges,
  orderMoves,
  orderStatuses,
  orderStatusLabel,
} from '#app/domain/orders/order-status.ts'

const moves = Object.keys(orderMoves) as OrderMove[]

describe('the table of an order’s moves', () => {
  test.each(moves.flatMap((move) => orderStatuses.map((status) => [move, status] as const)))(
    '%s is allowed from %s exactly when the table says so',
    (move, status) => {
      const from: readonly OrderStatus[] = orderMoves[move].from
      expect(canMove(move, status)).toBe(from.includes(status))
      if (canMove(move, status)) expect(orderMoves[move].to).not.toBe(status)
    },
  )

  test('every status can be reached from a new order, and each has words for the shopper', () => {
    const reached = new Set<OrderStatus>(['placing'])
    for (let before = 0; before !== reached.size; ) {
      before = reached.size
      for (const [from, to] of orderEdges()) if (reached.has(from)) reached.add(to)
    }
    expect([...reached].sort()).toEqual([...orderStatuses].sort())
    expect(Object.keys(orderStatusLabel).sort()).toEqual([...orderStatuses].sort())
  })

  test('a shipped order cannot be cancelled, a delivered one is never sent again', () => {
    expect(orderCan.cancel({ status: 'fulfilling' })).toBe(false)
    expect(orderCan.cancel({ status: 'fulfilled' })).toBe(false)
    expect(orderCan.ship({ status: 'fulfilled' })).toBe(false)
    expect(canMove('cancel', 'paid')).toBe(false)
  })

  test('what came before the payment can be paid or cancelled; nothing else can be paid', () => {
    for (const status of orderStatuses) {
      expect(orderCan.pay({ status })).toBe(isLive(status))
      if (isLive(status)) expect(orderCan.cancel({ status })).toBe(true)
    }
  })

  test('money that arrives is recorded from every state before it, also from a dead order', () => {
    for (const status of ['placing', 'reserved', 'awaiting_payment', 'cancelled', 'expired'] as const)
      expect(canMove('receive_payment', status)).toBe(true)
  })
})
