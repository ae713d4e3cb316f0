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
  /** Values of options and attributes: `Sage`, `Cotton` */
  values?: string[]
  description: string
}

/** The shopkeeper's word for it: where `form` (folded, singular) is typed, these phrases are looked for too. */
export type Synonym = { form: string; means: string[] }

type Weight = 'A' | 'B' | 'C' | 'D'
const longestWord = 60
const mostWords = 10
/** Words of a phrase that a synonym may be kept for. */
export const longestForm = 4

/** A plain English plural's singular (`mugs` → `mug`, `boxes` → `box`), or the word itself. */
export function singular(word: string): string {
  if (word.length < 4 || !/^[a-z]+s$/.test(word) || /(ss|us|is)$/.test(word)) return word
  if (word.endsWith('ies')) return word.length > 4 ? `${word.slice(0, -3)}y` : word
  if (/(ch|sh|x|z|ss)es$/.test(word)) return word.slice(0, -2)
  return word.slice(0, -1)
}

/** How a phrase is compared with others: folded words in the singular, parted by one blank. */
export const formOf = (phrase: string): string => wordsOf(phrase).map(singular).join(' ')

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
  for (const code of texts.codes) add(code.replace(/[^A-Za-z0-9]/g, ''), 'A')
  for (const text of [texts.subtitle, texts.brand, ...texts.categories, ...(texts.values ?? [])]) add(text, 'B')
  add(texts.description, 'C')
  // The pieces of a SKU are abbreviations that look like the beginnings of words: below everything else.
  for (const code of texts.codes) add(code, 'D')
  return [...weights].map(([word, weight], place) => `'${word}':${Math.min(place + 1, 16_000)}${weight}`).join(' ')
}

/** The words of a question, as many and as long as are looked for. */
export const askedWords = (typed: string): string[] =>
  wordsOf(typed)
    .slice(0, mostWords)
    .map((word) => word.slice(0, longestWord))

/** The forms of all phrases in a question: what to look synonyms up by. */
export function formsIn(typed: string): string[] {
  const words = askedWords(typed).map(singular)
  const forms = words.flatMap((_, at) =>
    Array.from({ length: Math.min(longestForm, words.length - at) }, (_none, more) =>
      words.slice(at, at + more + 1).join(' '),
    ),
  )
  return [...new Set(forms)]
}

/**
 * The text form of a tsquery that wants all words, the last one as a beginning, or what the shopkeeper says they mean;
 * null when there is no word at all. Cast it with `::tsquery`. `weights`: only words that stand in such places, `AB`.
 */
export function searchQuery(typed: string, synonyms: readonly Synonym[] = [], weights = ''): string | null {
  const words = askedWords(typed)
  if (words.length === 0) return null
  const parts: string[] = []
  for (let at = 0; at < words.length; ) {
    const { length, means } = synonymAt(words, at, synonyms)
    const own = words.slice(at, at + length).map((word, more) => term(word, at + more === words.length - 1, weights))
    const others = means.flatMap((phrase) => {
      const wanted = askedWords(phrase).map((word) => term(word, false, weights))
      return wanted.length > 0 ? `( ${wanted.join(' & ')} )` : []
    })
    parts.push(others.length === 0 ? own.join(' & ') : `( ( ${own.join(' & ')} ) | ${others.join(' | ')} )`)
    at += length
  }
  return parts.join(' & ')
}

/** The text form of a tsquery that wants any of the words of three letters and more; null where fewer than two are left. */
export function anyWordQuery(typed: string): string | null {
  const words = askedWords(typed).filter((word) => word.length > 2)
  return words.length < 2 ? null : words.map((word) => term(word, false, '')).join(' | ')
}

/** The longest phrase from here on that has synonyms; one plain word when there is none. */
function synonymAt(words: string[], at: number, synonyms: readonly Synonym[]): { length: number; means: string[] } {
  for (let length = Math.min(longestForm, words.length - at); length > 0; length--) {
    const form = words
      .slice(at, at + length)
      .map(singular)
      .join(' ')
    const means = synonyms.filter((synonym) => synonym.form === form).flatMap((synonym) => synonym.means)
    if (means.length > 0) return { length, means: [...new Set(means)] }
  }
  return { length: 1, means: [] }
}

function term(word: string, isLast: boolean, weights: string): string {
  const place = weights && `:${weights}`
  const forms = new Set([isLast ? `'${word}':*${weights}` : `'${word}'${place}`, `'${singular(word)}'${place}`])
  return `( ${[...forms].join(' | ')} )`
}
