// Until when a thing is kept in a store: for two hours in which the store is open. Pure: time is handed in.

export const keptOpenHours = 2
/** The catalogue holds for 48 hours at most, a margin for the counter among them: what would have to be kept longer is not held. */
const longestMs = 47 * 3_600_000

/**
 * When two opening hours from `at` on have passed: in two hours while the store stays open, the next morning when it closes
 * before. Null when the store is not open for two hours in the next 47. `coming`: its open stretches, in their order.
 */
export function holdUntil(coming: readonly { opens: string; closes: string }[], at: Date): Date | null {
  let left = keptOpenHours * 3_600_000
  for (const { opens, closes } of coming) {
    const from = Math.max(Date.parse(opens), at.getTime())
    const open = Date.parse(closes) - from
    if (open >= left) return from + left - at.getTime() <= longestMs ? new Date(from + left) : null
    if (open > 0) left -= open
  }
  return null
}
