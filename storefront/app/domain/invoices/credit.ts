// What a credit note says: a refund laid upon the lines of its invoice. Whatever the order of refunds, all of them
// together credit each line and its tax exactly, to the cent. Pure; integers in minor units only.
import { adjustment, type DocumentLine, grossOf } from '#app/domain/invoices/document.ts'

/** What a refund is for: amounts by SKU and for delivery; what they leave of `amountMinor` is spread over all lines. */
export type Credited = {
  amountMinor: number
  lines: readonly { sku: string; quantity: number; amountMinor: number }[] | null
  shippingMinor: number
}

/** Gross and tax credited so far, by the line's key. */
export type CreditedSoFar = ReadonlyMap<string, { grossMinor: number; taxMinor: number }>

/** The credit note's lines for `refund`, after `soFar` was credited of the `invoiced` lines. They add up to the refund. */
export function creditLines(invoiced: readonly DocumentLine[], soFar: CreditedSoFar, refund: Credited): DocumentLine[] {
  const left = invoiced.map((line) => grossOf(line) - (soFar.get(line.key)?.grossMinor ?? 0))
  const named = invoiced.map((line, index) => Math.max(0, Math.min(wantedOf(line.key, refund), left[index] ?? 0)))
  const rest = refund.amountMinor - sum(named)
  const room = left.map((minor, index) => Math.max(0, minor - (named[index] ?? 0)))
  const spread = shareOut(Math.min(rest, sum(room)), room)
  const lines = invoiced.flatMap((line, index) => {
    const grossMinor = (named[index] ?? 0) + (spread[index] ?? 0)
    return grossMinor > 0 ? [creditOf(line, soFar, grossMinor, quantityOf(line, refund, spread[index] ?? 0))] : []
  })
  const over = refund.amountMinor - sum(lines.map(grossOf))
  return over > 0 ? [...lines, adjustment(over)] : lines
}

const wantedOf = (key: string, refund: Credited): number =>
  key === 'shipping'
    ? refund.shippingMinor
    : sum((refund.lines ?? []).filter(({ sku }) => sku === key).map(({ amountMinor }) => amountMinor))

/** Pieces are named only where the whole credit of the line is theirs. */
function quantityOf(line: DocumentLine, refund: Credited, spread: number): number | null {
  const pieces = refund.lines?.find(({ sku }) => sku === line.key)?.quantity
  return pieces && spread === 0 ? pieces : null
}

function creditOf(line: DocumentLine, soFar: CreditedSoFar, grossMinor: number, quantity: number | null): DocumentLine {
  const before = soFar.get(line.key) ?? { grossMinor: 0, taxMinor: 0 }
  const after = before.grossMinor + grossMinor
  // By the sum so far, not by this credit alone: the last one brings exactly what is left of the tax.
  const taxMinor = Math.max(0, roundedShare(line.taxMinor, after, grossOf(line)) - before.taxMinor)
  return {
    ...line,
    quantity,
    unitPriceMinor: null,
    discountMinor: 0,
    amountMinor: line.taxIncluded ? grossMinor : grossMinor - taxMinor,
    taxMinor,
  }
}

/** `minor × part / whole`, rounded half up; nothing of nothing. */
export const roundedShare = (minor: number, part: number, whole: number): number =>
  whole === 0 ? 0 : Number((BigInt(minor) * BigInt(part) * 2n + BigInt(whole)) / (BigInt(whole) * 2n))

/** Shares `minor` out in proportion to `weights`, whole units, none more than its weight while `minor` is within their sum. */
export function shareOut(minor: number, weights: readonly number[]): number[] {
  const whole = sum(weights)
  if (whole === 0 || minor <= 0) return weights.map(() => 0)
  const exact = weights.map((weight) => BigInt(minor) * BigInt(weight))
  const shares = exact.map((product) => Number(product / BigInt(whole)))
  const byRemainder = exact
    .map((product, index) => ({ index, remainder: product % BigInt(whole) }))
    .sort((one, other) => (other.remainder > one.remainder ? 1 : other.remainder < one.remainder ? -1 : 0))
  let left = minor - sum(shares)
  for (const { index } of byRemainder) {
    if (left === 0) break
    shares[index] = (shares[index] ?? 0) + 1
    left--
  }
  return shares
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0)
