// THE TABLE: every way an order can move. Nothing else moves one; the database holds the same edges (order_edges),
// buttons, API and timeline read this file. Pure.
import type { Fulfilment, PaymentMethod } from '#app/domain/pickup/pickup-rules.ts'

export const orderStatuses = [
  'placing',
  'reserved',
  'awaiting_payment',
  'payment_received',
  'paid',
  'fulfilling',
  'fulfilled',
  'cancelled',
  'expired',
  'refund_due',
  'refunded',
] as const
export type OrderStatus = (typeof orderStatuses)[number]

type Move = {
  from: readonly OrderStatus[]
  to: OrderStatus
  event?: 'order.placed' | 'order.paid' | 'order.shipped' | 'order.delivered' | 'order.cancelled' | 'order.refunded'
}

export const orderMoves = {
  /** Stock is held for the order in catalog-api. */
  reserve: { from: ['placing'], to: 'reserved' },
  /** A page to pay on exists at the provider. */
  open_payment: { from: ['reserved'], to: 'awaiting_payment', event: 'order.placed' },
  /** The provider says the money is here: THE PIVOT. A fact is recorded from any state before it, even a dead one. */
  receive_payment: {
    from: ['placing', 'reserved', 'awaiting_payment', 'cancelled', 'expired'],
    to: 'payment_received',
  },
  /** The held stock is committed: the sale is done. */
  complete: { from: ['payment_received'], to: 'paid', event: 'order.paid' },
  ship: { from: ['paid'], to: 'fulfilling', event: 'order.shipped' },
  /** Collected at the counter: as sending, but the shopper has it in hand and needs no mail. */
  hand_over: { from: ['paid'], to: 'fulfilling' },
  deliver: { from: ['fulfilling'], to: 'fulfilled', event: 'order.delivered' },
  /** Before payment; only after the provider confirmed that its page can no longer be paid. */
  cancel: { from: ['placing', 'reserved', 'awaiting_payment'], to: 'cancelled', event: 'order.cancelled' },
  /** The goods were gone before anybody was asked to pay: the shopper is told on the page, not by mail. */
  refuse: { from: ['placing'], to: 'cancelled' },
  expire: { from: ['placing', 'reserved', 'awaiting_payment'], to: 'expired' },
  /** Money must go back: a cancelled paid order, or a payment whose goods are gone. */
  owe_refund: { from: ['payment_received', 'paid'], to: 'refund_due', event: 'order.cancelled' },
  /** All of the money went back. */
  refund: { from: ['refund_due', 'paid', 'fulfilling', 'fulfilled'], to: 'refunded', event: 'order.refunded' },
  /** The provider took a refund back (the card was closed): money is owed again and a person must look. */
  refund_failed: { from: ['refunded'], to: 'refund_due' },
} as const satisfies Record<string, Move>
export type OrderMove = keyof typeof orderMoves

/** Whether the table allows `move` from `status`. */
export const canMove = (move: OrderMove, status: OrderStatus): boolean =>
  (orderMoves[move].from as readonly OrderStatus[]).includes(status)

/** Order states before the pivot: nothing is owed to anybody, all can be undone. */
export const isLive = (status: OrderStatus): boolean => ['placing', 'reserved', 'awaiting_payment'].includes(status)

type Whither = { status: OrderStatus; fulfilment?: Fulfilment }
type AtStore = Whither & {
  paymentMethod: PaymentMethod
  readyAt: Date | null
  collectedAt: Date | null
  cancelRequestedAt: Date | null
}

const isPickup = ({ fulfilment }: Whither): boolean => fulfilment === 'pickup'

/** Waits in its store: for its buyer, or for the buyer's money at the counter. */
const isAtStore = (order: AtStore): boolean =>
  isPickup(order) &&
  (order.status === 'paid' ||
    (order.status === 'awaiting_payment' && order.paymentMethod === 'in_store' && order.cancelRequestedAt === null))

/** What people may do with an order: the same words decide buttons and rules. */
export const orderCan = {
  pay: (order: { status: OrderStatus }) => isLive(order.status),
  /** Without money moved it is cancelled at once; a paid one is refunded. Never after a parcel left. */
  cancel: (order: { status: OrderStatus }) => isLive(order.status) || order.status === 'paid',
  ship: (order: Whither) => !isPickup(order) && (order.status === 'paid' || order.status === 'fulfilling'),
  deliver: (order: { status: OrderStatus }) => order.status === 'fulfilling',
  /** Laid ready at the counter: paid, or to be paid there. */
  makeReady: (order: AtStore) => isAtStore(order) && order.readyAt === null,
  handOver: (order: AtStore) => isAtStore(order) && order.readyAt !== null && order.collectedAt === null,
  refund: (order: { status: OrderStatus }) => ['paid', 'fulfilling', 'fulfilled', 'refund_due'].includes(order.status),
}

/** Every edge of the table, once: what the database's order_edges must hold. */
export const orderEdges = (): [OrderStatus, OrderStatus][] => {
  const edges = new Map<string, [OrderStatus, OrderStatus]>()
  for (const { from, to } of Object.values(orderMoves))
    for (const status of from) edges.set(`${status} ${to}`, [status, to])
  return [...edges.values()]
}

/** The words a shopper reads; of an order that is picked up: labelOf. */
export const orderStatusLabel: Record<OrderStatus, string> = {
  placing: 'Being placed',
  reserved: 'Being placed',
  awaiting_payment: 'Waiting for payment',
  payment_received: 'Payment received',
  paid: 'Paid',
  fulfilling: 'Shipped',
  fulfilled: 'Delivered',
  cancelled: 'Cancelled',
  expired: 'Expired',
  refund_due: 'Refund on its way',
  refunded: 'Refunded',
}

type Labelled = Whither & { paymentMethod: PaymentMethod; readyAt: Date | null }

/** The words for where an order stands, in a parcel's road or at a counter. */
export function labelOf(order: Labelled): string {
  if (!isPickup(order)) return orderStatusLabel[order.status]
  const { status, paymentMethod, readyAt } = order
  if (status === 'fulfilling' || status === 'fulfilled') return 'Collected'
  if (readyAt && (status === 'paid' || status === 'awaiting_payment')) return 'Ready for pickup'
  if (status === 'awaiting_payment' && paymentMethod === 'in_store') return 'To be paid in the store'
  return orderStatusLabel[status]
}
