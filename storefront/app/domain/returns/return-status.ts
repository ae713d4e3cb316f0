// THE TABLE of returns: every way one can move; the database holds the same edges (return_edges). Pure.

export const returnStatuses = ['requested', 'approved', 'received', 'refunded', 'rejected', 'cancelled'] as const
export type ReturnStatus = (typeof returnStatuses)[number]

type Move = { from: readonly ReturnStatus[]; to: ReturnStatus }

export const returnMoves = {
  approve: { from: ['requested'], to: 'approved' },
  /** Also after the goods came: what came is not what was bought. */
  reject: { from: ['requested', 'received'], to: 'rejected' },
  /** The goods are here; what becomes of them is written with it. */
  receive: { from: ['approved'], to: 'received' },
  /** The money went back. */
  refund: { from: ['received'], to: 'refunded' },
  /** The bank sent the money back: it is owed again. */
  refund_failed: { from: ['refunded'], to: 'received' },
  /** By the shopper, or by staff when nothing ever comes. */
  cancel: { from: ['requested', 'approved'], to: 'cancelled' },
} as const satisfies Record<string, Move>
export type ReturnMove = keyof typeof returnMoves

export const canMoveReturn = (move: ReturnMove, status: ReturnStatus): boolean =>
  (returnMoves[move].from as readonly ReturnStatus[]).includes(status)

/** Every edge of the table, once: what the database's return_edges must hold. */
export const returnEdges = (): [ReturnStatus, ReturnStatus][] => {
  const edges = new Map<string, [ReturnStatus, ReturnStatus]>()
  for (const { from, to } of Object.values(returnMoves))
    for (const status of from) edges.set(`${status} ${to}`, [status, to])
  return [...edges.values()]
}

/** A return whose pieces cannot be announced a second time. */
export const countsAsReturned = (status: ReturnStatus): boolean => status !== 'rejected' && status !== 'cancelled'

/** Staff have something to do: decide, or give the money back. */
export const waitsForStaff: readonly ReturnStatus[] = ['requested', 'received']

/** The words both sides read. */
export const returnStatusLabel: Record<ReturnStatus, string> = {
  requested: 'Asked for',
  approved: 'Approved, on its way to us',
  received: 'Arrived, refund to come',
  refunded: 'Refunded',
  rejected: 'Declined',
  cancelled: 'Withdrawn',
}

export const returnReasons = [
  'changed_mind',
  'does_not_fit',
  'damaged',
  'wrong_item',
  'not_as_described',
  'other',
] as const
export type ReturnReason = (typeof returnReasons)[number]

export const returnReasonLabel: Record<ReturnReason, string> = {
  changed_mind: 'I changed my mind',
  does_not_fit: 'It does not fit',
  damaged: 'It arrived damaged',
  wrong_item: 'It is not what I ordered',
  not_as_described: 'It is not as described',
  other: 'Something else',
}
