// What a store has of a basket, in words. Pure.

type Line = { sku: string; quantity: number; available: number }

/** "Everything here now", or how much is here and what would have to be moved there. `titles` by SKU. */
export function missingWords(lines: readonly Line[], titles: ReadonlyMap<string, string>): string {
  const short = lines.filter(({ quantity, available }) => available < quantity)
  if (short.length === 0) return 'Everything here now'
  const here = lines.length - short.length
  const named = short.map((line) => {
    const title = titles.get(line.sku) ?? line.sku
    return line.available > 0 ? `${title} (${line.available} of ${line.quantity} here)` : title
  })
  return `${here} of ${lines.length} ${lines.length === 1 ? 'item' : 'items'} here. Would have to be moved: ${listed(named)}.`
}

const listed = (words: readonly string[]): string =>
  words.length <= 3 ? joined(words) : joined([...words.slice(0, 2), `${words.length - 2} more`])

const joined = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
