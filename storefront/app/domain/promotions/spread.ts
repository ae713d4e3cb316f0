// Dividing an amount over parts so that nothing is lost: largest remainder. Pure; integers only.

/**
 * Divides `amount` over `weights` in proportion; the parts are integers and add up to `amount` exactly. What rounding
 * leaves over goes, one unit each, to the largest remainders, the earlier part first. No part exceeds its weight when
 * `amount` is at most their sum. All weights zero: all parts zero. Throws RangeError for numbers that are no amounts.
 */
export function spread(amount: number, weights: readonly number[]): number[] {
  for (const number of [amount, ...weights])
    if (!Number.isSafeInteger(number) || number < 0) throw new RangeError(`${number} cannot be divided`)
  const total = weights.reduce((sum, weight) => sum + BigInt(weight), 0n)
  if (total === 0n) return weights.map(() => 0)
  const shares = weights.map((weight, index) => {
    const scaled = BigInt(amount) * BigInt(weight)
    return { index, whole: Number(scaled / total), rest: scaled % total }
  })
  const parts = shares.map(({ whole }) => whole)
  const left = amount - parts.reduce((sum, part) => sum + part, 0)
  const byRest = [...shares].sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1))
  for (const { index } of byRest.slice(0, left)) parts[index] = (parts[index] ?? 0) + 1
  return parts
}
