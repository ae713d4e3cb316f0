// What happened after the sale of seeded orders: a return in each state, a refund for a scratch. Pure: chosen from the
// orders of Alice and Bob, and of others where theirs do not suffice.
import { priceOfPieces } from '../../storefront/app/domain/payments/refund-lines.ts'
import type { ReturnReason, ReturnStatus } from '../../storefront/app/domain/returns/return-status.ts'
import { idOf } from '../ids.ts'
import { alice, bob } from '../people/people.ts'
import type { PlannedOrder } from './plan.ts'

export type PlannedReturn = {
  id: string
  number: string
  order: PlannedOrder
  line: PlannedOrder['lines'][number]
  status: ReturnStatus
  reason: ReturnReason
  note: string | null
  staffNote: string | null
  /** Days after the order's arrival. */
  asked: Date
  decided: Date | null
  received: Date | null
}

export type PlannedRefund = {
  id: string
  order: PlannedOrder
  amountMinor: number
  lines: { sku: string; quantity: number; amountMinor: number; restock: boolean; unsent: number }[] | null
  returnId: string | null
  reason: string
  at: Date
}

type Story = Pick<PlannedReturn, 'status' | 'reason' | 'note' | 'staffNote'>

const stories: Record<string, Story> = {
  requested: { status: 'requested', reason: 'does_not_fit', note: 'A bit too small for our shelf.', staffNote: null },
  withdrawn: { status: 'cancelled', reason: 'changed_mind', note: null, staffNote: null },
  refunded: {
    status: 'refunded',
    reason: 'damaged',
    note: 'It came with a crack.',
    staffNote: 'Sorry! Please send it to our warehouse.',
  },
  received: { status: 'received', reason: 'changed_mind', note: null, staffNote: 'Please send it to our warehouse.' },
  approved: {
    status: 'approved',
    reason: 'not_as_described',
    note: 'The colour is another one.',
    staffNote: 'Please send it to our warehouse.',
  },
  declined: {
    status: 'rejected',
    reason: 'other',
    note: 'I do not need the box.',
    staffNote: 'We can take back things, not boxes.',
  },
}

const day = 24 * 3600 * 1000

function returnOf(order: PlannedOrder, name: keyof typeof stories & string): PlannedReturn {
  const story = stories[name] as Story
  const line = order.lines[0]
  if (!line) throw new Error(`order ${order.number} has nothing to return`)
  const arrived = order.steps.at(-1)?.at.getTime() ?? 0
  const after = (days: number) => new Date(arrived + days * day)
  const was = (...later: ReturnStatus[]) => later.includes(story.status)
  return {
    id: idOf(`return:${order.id}:${name}`),
    number: order.number.replace(/^HS/, 'RT').replace(/.$/, String(Object.keys(stories).indexOf(name) + 2)),
    order,
    line,
    ...story,
    asked: after(1),
    decided: was('approved', 'received', 'refunded', 'rejected') ? after(1.5) : null,
    received: was('received', 'refunded') ? after(5) : null,
  }
}

/** Returns and refunds of the seeded orders; the same for the same orders. */
export function planAfterSale(orders: readonly PlannedOrder[]): { returns: PlannedReturn[]; refunds: PlannedRefund[] } {
  const arrived = (buyer: { id: string } | null) =>
    orders
      .filter((order) => order.status === 'fulfilled' && !order.pickup && (!buyer || order.buyer.id === buyer.id))
      .sort((one, other) => (other.steps[0]?.at.getTime() ?? 0) - (one.steps[0]?.at.getTime() ?? 0))
  const [newest, oldest] = [arrived(alice)[0], arrived(alice).at(-1)]
  const bobs = arrived(bob)[0]
  const others = arrived(null).filter(({ buyer }) => buyer.id !== alice.id && buyer.id !== bob.id)
  const returns = [
    ...(newest ? [returnOf(newest, 'withdrawn'), returnOf(newest, 'requested')] : []),
    ...(oldest && oldest !== newest ? [returnOf(oldest, 'refunded')] : []),
    ...(bobs ? [returnOf(bobs, 'declined'), returnOf(bobs, 'received')] : []),
    ...others.slice(0, 1).map((order) => returnOf(order, 'approved')),
  ]
  const scratched = orders.find(
    ({ status, buyer, pickup }) => status === 'fulfilling' && buyer.id === alice.id && !pickup,
  )
  const refunds = [
    ...returns.filter(({ status }) => status === 'refunded').map(refundOf),
    ...(scratched ? [scratchOf(scratched)] : []),
  ]
  return { returns, refunds }
}

function refundOf({ id, number, order, line, received }: PlannedReturn): PlannedRefund {
  const grossMinor = line.lineTotalMinor + (line.taxIncluded ? 0 : line.taxMinor)
  const amountMinor = priceOfPieces({ quantity: line.quantity, grossMinor, refunded: 0, refundedMinor: 0 }, 1)
  return {
    id: idOf(`refund:${id}`),
    order,
    amountMinor,
    lines: [{ sku: line.sku, quantity: 1, amountMinor, restock: false, unsent: 0 }],
    returnId: id,
    reason: `Return ${number}`,
    at: new Date((received?.getTime() ?? 0) + 3600_000),
  }
}

const scratchOf = (order: PlannedOrder): PlannedRefund => ({
  id: idOf(`refund:scratch:${order.id}`),
  order,
  amountMinor: 200,
  lines: null,
  returnId: null,
  reason: 'A scratch on the box',
  at: new Date((order.steps.at(-1)?.at.getTime() ?? 0) + 3600_000),
})
