// What a refund by line is: which pieces, for how much, and what becomes of the goods. Pure; integers in minor units only.

export type RefundLine = {
  sku: string
  quantity: number
  /** With its tax. */
  amountMinor: number
  /** The pieces go back on the shelf; otherwise they are written off. */
  restock: boolean
  /** So many of them were not sent when the refund was booked, and are not sent any more. */
  unsent: number
}

export type RefundableLine = {
  sku: string
  title: string
  /** Pieces bought. */
  quantity: number
  /** What the line cost with its tax. */
  grossMinor: number
  /** Pieces given back by line so far, and the money of them. */
  refunded: number
  refundedMinor: number
  leftToSend: number
}

/**
 * The price of `pieces` more after `refunded` were given back for `refundedMinor`: by the sum so far, so that all pieces
 * together bring exactly what the line cost, also when one of the refunds before failed.
 */
export function priceOfPieces(
  line: Pick<RefundableLine, 'quantity' | 'grossMinor' | 'refunded' | 'refundedMinor'>,
  pieces: number,
): number {
  const upTo = Math.round((line.grossMinor * (line.refunded + pieces)) / line.quantity)
  return Math.max(0, upTo - line.refundedMinor)
}
