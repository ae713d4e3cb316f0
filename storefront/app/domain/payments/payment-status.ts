// The table of a payment attempt's states. What the provider says is a fact and is recorded from any state that is not
// final, even a dead one; what we wish (cancel) only while nothing was paid. Pure.

export const paymentStatuses = [
  'new',
  'open',
  'processing',
  'succeeded',
  'succeeded_duplicate',
  'failed',
  'expired',
  'cancelled',
] as const
export type PaymentStatus = (typeof paymentStatuses)[number]

/** How an attempt is paid: on the provider's page, or by an intent that the client's own payment form confirms. */
export type PaymentKind = 'page' | 'intent'

type Move = { from: readonly PaymentStatus[]; to: PaymentStatus }

const unpaid = ['new', 'open', 'processing', 'failed', 'expired', 'cancelled'] as const

export const paymentMoves = {
  /** The provider has a page for it. */
  open: { from: ['new'], to: 'open' },
  /** Confirmed, but the money comes later. */
  process: { from: ['new', 'open'], to: 'processing' },
  succeed: { from: unpaid, to: 'succeeded' },
  /** Money for an order that was already paid: recorded, then given back. */
  succeed_twice: { from: unpaid, to: 'succeeded_duplicate' },
  fail: { from: ['new', 'open', 'processing'], to: 'failed' },
  /** Money that is not what was asked for: it goes back whole, whatever became of the attempt. */
  refuse: { from: unpaid, to: 'failed' },
  /** The provider says that it ended without money: also after a try that was on its way (`processing`) came to nothing. */
  expire: { from: ['new', 'open', 'processing'], to: 'expired' },
  cancel: { from: ['new', 'open'], to: 'cancelled' },
} as const satisfies Record<string, Move>
export type PaymentMove = keyof typeof paymentMoves

/** Whether the table allows `move` from `status`. */
export const canMovePayment = (move: PaymentMove, status: PaymentStatus): boolean =>
  (paymentMoves[move].from as readonly PaymentStatus[]).includes(status)

/** An attempt that may still bring money. */
export const isLivePayment = (status: PaymentStatus): boolean => ['new', 'open', 'processing'].includes(status)

export const refundStatuses = ['pending', 'requires_action', 'succeeded', 'failed', 'canceled'] as const
export type RefundStatus = (typeof refundStatuses)[number]

/** A refund that holds or has taken money: it counts against what was captured. */
export const countsAsRefunded = (status: RefundStatus): boolean => !['failed', 'canceled'].includes(status)

/** The words staff read. */
export const paymentStatusLabel: Record<PaymentStatus, string> = {
  new: 'Being prepared',
  open: 'Waiting for the shopper',
  processing: 'Processing',
  succeeded: 'Paid',
  succeeded_duplicate: 'Paid twice, given back',
  failed: 'Failed',
  expired: 'Expired',
  cancelled: 'Cancelled',
}
