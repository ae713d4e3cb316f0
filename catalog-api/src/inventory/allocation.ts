// From which places an order's units come. Pure: levels in, shares out.
import type { Shortage } from '../lib/errors.ts'

/** Demand for one variant, summed over all lines of a basket. */
export type Demand = { sku: string; variantId: string; quantity: number }
export type Level = { variantId: string; storeId: string; onHand: number; reserved: number; priority: number }
export type Share = { variantId: string; storeId: string; quantity: number }

/** Sums lines of the same SKU: checked one by one they would be granted from the same units twice. */
export function sumLines(lines: { sku: string; quantity: number }[]): Map<string, number> {
  const sums = new Map<string, number>()
  for (const { sku, quantity } of lines) sums.set(sku, (sums.get(sku) ?? 0) + quantity)
  return sums
}

/** The order in which rows are locked, everywhere: whoever sorts otherwise deadlocks. */
export const byLockOrder = (a: { variantId: string; storeId: string }, b: { variantId: string; storeId: string }) =>
  compare(a.variantId, b.variantId) || compare(a.storeId, b.storeId)
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/**
 * Shares of every demand: from one place where one has enough (lowest priority number first), else over several.
 * What cannot be served is a shortage with the units that are free.
 */
export function allocate(demands: Demand[], levels: Level[]): { shares: Share[]; shortages: Shortage[] } {
  const shares: Share[] = []
  const shortages: Shortage[] = []
  for (const demand of demands) {
    const places = levels
      .filter((level) => level.variantId === demand.variantId && free(level) > 0)
      .sort((a, b) => a.priority - b.priority || compare(a.storeId, b.storeId))
    const available = places.reduce((sum, level) => sum + free(level), 0)
    if (available < demand.quantity) shortages.push({ sku: demand.sku, requested: demand.quantity, available })
    else shares.push(...share(demand, places))
  }
  return { shares: shares.sort(byLockOrder), shortages }
}

const free = (level: Level) => level.onHand - level.reserved

function share({ variantId, quantity }: Demand, places: Level[]): Share[] {
  const whole = places.find((level) => free(level) >= quantity)
  if (whole) return [{ variantId, storeId: whole.storeId, quantity }]
  const shares: Share[] = []
  let missing = quantity
  for (const level of places) {
    const taken = Math.min(missing, free(level))
    if (taken > 0) shares.push({ variantId, storeId: level.storeId, quantity: taken })
    missing -= taken
  }
  return shares
}
