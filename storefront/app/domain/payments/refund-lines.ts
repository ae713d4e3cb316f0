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
  /** Pieces given back by line so far. */
  refunded: number
  leftToSend: number
}

/**
 * The price of `pieces` more after `refunded` were given back: by the sum so far, so that all pieces together bring
 * exactly what the line cost.
 */
export function priceOfPieces(
  line: Pick<RefundableLine, 'quantity' | 'grossMinor' | 'refunded'>,
  pieces: number,
): number {
  const upTo = (count: number) => Math.round((line.grossMinor * count) / line.quantity)
  return upTo(line.refunded + pieces) - upTo(line.refunded)
}
