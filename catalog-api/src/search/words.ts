// Words in and out of the full-text index. Both sides are made here and handed to Postgres ready-made (no parser, no
// dictionary), so that hostile input has nothing to break and every machine finds the same. Pure.
import { wordsOf } from '../lib/fold.ts'

/** What a product can be found by, by weight. */
export type SearchTexts = {
  title: string
  /** SKUs and barcodes */
  codes: string[]
  subtitle: string
  brand: string
  /** Names from the root to the own category */
  categories: string[]
  description: string
}

type Weight = 'A' | 'B' | 'C'
const longestWord = 60
const mostWords = 10

/** A plain English plural's singular (`mugs` → `mug`, `boxes` → `box`), or the word itself. */
export function singular(word: string): string {
  if (word.length < 4 || !/^[a-z]+s$/.test(word) || /(ss|us|is)$/.test(word)) return word
  if (word.endsWith('ies')) return word.length > 4 ? `${word.slice(0, -3)}y` : word
  if (/(ch|sh|x|z|ss)es$/.test(word)) return word.slice(0, -2)
  return word.slice(0, -1)
}

/** The text form of a tsvector: every word once, with its best weight. Cast it with `::tsvector`. */
export function searchVector(texts: SearchTexts): string {
  const weights = new Map<string, Weight>()
  const add = (text: string, weight: Weight) => {
    for (const word of wordsOf(text)) {
      for (const form of new Set([word, singular(word)])) {
        const key = form.slice(0, longestWord)
        if (!weights.has(key)) weights.set(key, weight)
      }
    }
  }
  add(texts.title, 'A')
  for (const code of texts.codes) add(`${code} ${code.replace(/[^A-Za-z0-9]/g, '')}`, 'A')
  for (const text of [texts.subtitle, texts.brand, ...texts.categories]) add(text, 'B')
  add(texts.description, 'C')
  return [...weights].map(([word, weight], place) => `'${word}':${Math.min(place + 1, 16_000)}${weight}`).join(' ')
}

/**
 * The text form of a tsquery that wants all words, the last one as a beginning; null when there is no word at all.
 * Cast it with `::tsquery`.
 */
export function searchQuery(typed: string): string | null {
  const words = wordsOf(typed)
    .slice(0, mostWords)
    .map((word) => word.slice(0, longestWord))
  if (words.length === 0) return null
  return words.map((word, place) => term(word, place === words.length - 1)).join(' & ')
}

function term(word: string, isLast: boolean): string {
  const forms = new Set([isLast ? `'${word}':*` : `'${word}'`, `'${singular(word)}'`])
  return `( ${[...forms].join(' | ')} )`
}
