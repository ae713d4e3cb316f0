// Prices said in words: `blue mug under 20` is `blue mug` up to 20. Pure; amounts are in the shop's currency, whatever
// sign stands beside them.
import { minorOf } from './amount.ts'

/** What was said: the other words, and the limits in minor units (both included). */
export type Said = { words: string; minPriceMinor?: number; maxPriceMinor?: number }

const amount = String.raw`[€$£]?\s?(\d{1,6}(?:[.,]\d{1,3})*)\s?(?:€|\$|£|euros?\b|eur\b)?`
// What is measured is no price: "pan over 28 cm", "pens, less than 12 pieces".
const noMeasure = String.raw`(?![\d.,]*\s?(?:cm|mm|m|km|ml|cl|dl|l|litres?|liters?|g|kg|grams?|oz|lb|lbs|inch|inches|in|ft|w|watts?|v|volts?|k|gb|mb|tb|h|hours?|min|minutes?|pieces?|pcs|packs?|people|persons?|players?|years?|months?|days?|%|")(?![a-z]))`
const before = String.raw`(?:^|\s)`
// A number must not hang on the word itself: MAX20 is a name, "max 20" and "max €20" are prices.
const limit = (words: string, sign: string) =>
  new RegExp(`${before}(?:(?:${words})(?:\\s+|(?=[€$£]))|${sign}=?\\s?)${amount}(?!\\d)${noMeasure}`, 'i')

const range = ['between', 'from'].map(
  (word) =>
    new RegExp(`${before}${word}\\s${amount}\\s?(?:and|to|till|until|&|-|–)\\s?${amount}(?!\\d)${noMeasure}`, 'i'),
)
const most = limit(
  'under|below|less than|cheaper than|no more than|not more than|not over|up to|at most|max|maximum',
  '<',
)
const least = limit('over|above|more than|dearer than|at least|no less than|starting at|from|min|minimum', '>')

/** What of `asked` is a price, or null when nothing is. A range may be said the wrong way round. */
export function readPriceWords(asked: string): Said | null {
  const typed = asked.replace(/\s+/g, ' ')
  const between = range.map((shape) => shape.exec(typed)).find((found) => found !== null)
  if (between) {
    const [low, high] = [minorOf(between[1]), minorOf(between[2])].sort((a, b) => a - b)
    return { words: without(typed, between), minPriceMinor: low, maxPriceMinor: high }
  }
  const high = most.exec(typed)
  const rest = high ? without(typed, high) : typed
  const low = least.exec(rest)
  if (!high && !low) return null
  return {
    words: low ? without(rest, low) : rest,
    ...(low && { minPriceMinor: minorOf(low[1]) }),
    ...(high && { maxPriceMinor: minorOf(high[1]) }),
  }
}

const without = (typed: string, found: RegExpExecArray): string =>
  `${typed.slice(0, found.index)} ${typed.slice(found.index + found[0].length)}`.replace(/\s+/g, ' ').trim()
