// What was probably meant: words that no product has are taken for the nearest ones that products do have. Pure.
import { wordsOf } from '../lib/fold.ts'
import { slipsAllowed, slipsBetween } from './slips.ts'

/** How many products have each of some words; what is not there no product has. */
export type Vocabulary = ReadonlyMap<string, number>

// Looking for the nearest word costs time: a page of nonsense must not buy a second of it.
const mostUnknown = 3
const shortestPart = 3
/** A shorter word that a product has is taken as it is: too many real words are one letter from another (wine, fine). */
const shortestDoubted = 5

/**
 * What was probably meant, or null when every word is known or none comes near. With `rare`, longer words that no more
 * products than this have are doubted too: there a near word must be ten times as frequent.
 */
export function correct(typed: string, words: Vocabulary, rare = 0): string | null {
  const all = wordsOf(typed)
  const isDoubtful = (word: string) => {
    const products = words.get(word) ?? 0
    return products === 0 || (products <= rare && word.length >= shortestDoubted)
  }
  if (new Set(all.filter(isDoubtful)).size > mostUnknown) return null
  const meant: string[] = []
  for (let at = 0; at < all.length; at++) {
    const word = all[at] ?? ''
    const next = all[at + 1]
    const joined = next === undefined ? '' : word + next
    if (next && (isDoubtful(word) || isDoubtful(next)) && !isDoubtful(joined)) {
      meant.push(joined)
      at++
    } else meant.push(isDoubtful(word) ? (nearest(word, words) ?? parted(word, words) ?? word) : word)
  }
  return meant.join(' ') === all.join(' ') ? null : meant.join(' ')
}

function nearest(word: string, words: Vocabulary): string | null {
  const slips = slipsAllowed(word)
  if (slips === 0) return null
  const enough = Math.max(1, (words.get(word) ?? 0) * 10)
  let best: { word: string; distance: number; products: number } | null = null
  for (const [candidate, products] of words) {
    if (candidate === word || products < enough) continue
    if (Math.abs(candidate.length - word.length) > slips || /\d/.test(candidate)) continue
    const distance = slipsBetween(word, candidate, slips)
    if (distance > slips) continue
    if (!best || distance < best.distance || (distance === best.distance && products > best.products))
      best = { word: candidate, distance, products }
  }
  return best?.word ?? null
}

/** Two known words that were typed as one: the pair whose rarer one most products have. */
function parted(word: string, words: Vocabulary): string | null {
  let best: { words: string; products: number } | null = null
  for (const [left, right] of partings(word)) {
    const products = Math.min(words.get(left) ?? 0, words.get(right) ?? 0)
    if (products > (best?.products ?? 0)) best = { words: `${left} ${right}`, products }
  }
  return best?.words ?? null
}

/** Every way to take a word for two. */
function partings(word: string): [string, string][] {
  if (word.length > 40) return []
  const cuts = Math.max(0, word.length - 2 * shortestPart + 1)
  return Array.from({ length: cuts }, (_, at) => [word.slice(0, at + shortestPart), word.slice(at + shortestPart)])
}

/** Everything that `correct` may want to know of: whole words, joined neighbours, parted words. */
export function wordsToKnow(typed: string): string[] {
  const all = wordsOf(typed)
  const joined = all.slice(1).map((word, at) => `${all[at]}${word}`)
  return [...new Set([...all, ...joined, ...all.flatMap((word) => partings(word).flat())])]
}
