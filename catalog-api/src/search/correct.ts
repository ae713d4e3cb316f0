// Typing mistakes: when nothing was found, words that no product has are taken for the nearest ones that products do
// have. Only then, so that the normal search stays fast. Pure but for `vocabulary`.
import { db, select } from '../lib/db.ts'
import { wordsOf } from '../lib/fold.ts'

/** How many published products have each word of the index. */
export type Vocabulary = Map<string, number>

const keptMs = 60_000
const mostWords = 50_000
// Looking for the nearest word costs time: a page of nonsense must not buy a second of it.
const mostUnknown = 3
let kept: { at: number; words: Vocabulary } | undefined

/** The words of all published products; asked of the database once a minute at most. */
export async function vocabulary(now: number): Promise<Vocabulary> {
  if (kept && now - kept.at < keptMs) return kept.words
  const rows = await select<{ word: string; products: number }>(
    db(),
    `SELECT word, ndoc AS products FROM ts_stat('SELECT search FROM products WHERE status = ''published''')
     ORDER BY ndoc DESC, word LIMIT :mostWords`,
    { mostWords },
  )
  kept = { at: now, words: new Map(rows.map((row) => [row.word, row.products])) }
  return kept.words
}

/** Forgets the words, for tests that change products. */
export function forgetVocabulary(): void {
  kept = undefined
}

/** What was probably meant, or null when every word is known or none comes near. */
export function correct(typed: string, words: Vocabulary): string | null {
  const all = wordsOf(typed)
  const unknown = new Set(all.filter((word) => !words.has(word)))
  if (unknown.size > mostUnknown) return null
  const meant = all.map((word) => (unknown.has(word) ? (nearest(word, words) ?? word) : word))
  return meant.join(' ') === all.join(' ') ? null : meant.join(' ')
}

/** One slip in words of four letters and more, two in those of eight and more; numbers are never guessed. */
function nearest(word: string, words: Vocabulary): string | null {
  if (word.length < 4 || word.length > 40 || /\d/.test(word)) return null
  const slips = word.length >= 8 ? 2 : 1
  let best: { word: string; distance: number; products: number } | null = null
  for (const [candidate, products] of words) {
    if (Math.abs(candidate.length - word.length) > slips || /\d/.test(candidate)) continue
    const distance = slipsBetween(word, candidate, slips)
    if (distance > slips) continue
    if (!best || distance < best.distance || (distance === best.distance && products > best.products))
      best = { word: candidate, distance, products }
  }
  return best?.word ?? null
}

/**
 * Letters added, left out, changed or swapped with their neighbour (optimal string alignment); gives up beyond `most`
 * and answers `most + 1`.
 */
export function slipsBetween(a: string, b: string, most: number): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1)
      row.push(cost)
    }
    if (Math.min(...row) > most) return most + 1
    before = last
    last = row
  }
  return Math.min(last[b.length] ?? 0, most + 1)
}
