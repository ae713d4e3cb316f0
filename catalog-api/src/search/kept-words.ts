// The words that products have, kept in a table: a search with a slip of the pen looks there, never at the products. New
// words come with the products that bring them; how many products have a word is counted by the sweeper, some at a time.
import { db, select, type Trx } from '../lib/db.ts'
import { type Vocabulary, wordsToKnow } from './correct.ts'
import { slipForms, slipsAllowed } from './slips.ts'
import { askedWords } from './words.ts'

const isKept = (word: string) => /^\p{L}{3,40}$/u.test(word)

/** The words of a tsvector's text that are kept: letters only, so that no SKU is among them. */
export function keptWordsIn(vector: string): string[] {
  const words = [...vector.matchAll(/'([^']+)':/g)].map(([, word = '']) => word)
  return words.filter(isKept)
}

/** A word off by two slips has six letters at least: shorter ones need fewer forms. */
export const keptForms = (word: string) => slipForms(word, word.length >= 6 ? 2 : 1)

/** Puts new words into the table, in one order so that two writers never wait for each other in a circle. Two statements. */
export async function learnWords(trx: Trx, words: Iterable<string>): Promise<void> {
  const all = [...new Set(words)].sort()
  if (all.length === 0) return
  const fresh = await select<{ word: string }>(
    trx,
    `SELECT word FROM unnest(:all::text[]) AS told (word)
     WHERE NOT EXISTS (SELECT 1 FROM search_words w WHERE w.word = told.word)`,
    { all },
  )
  if (fresh.length === 0) return
  const learnt = fresh.map(({ word }) => word).sort()
  await trx.raw(
    `INSERT INTO search_words (word, slips)
     SELECT word, string_to_array(forms, ' ') FROM unnest(:learnt::text[], :forms::text[]) AS told (word, forms)
     ON CONFLICT (word) DO NOTHING`,
    { learnt, forms: learnt.map((word) => keptForms(word).join(' ')) } as never,
  )
}

/** What `correct` needs to know for this question: its words and those that come near them. One statement, by indexes. */
export async function findVocabulary(typed: string): Promise<Vocabulary> {
  const words = askedWords(typed)
  const forms = new Set(words.flatMap((word) => (slipsAllowed(word) > 0 ? slipForms(word, slipsAllowed(word)) : [])))
  const rows = await select<{ word: string; products: number }>(
    db(),
    `SELECT word, products FROM search_words WHERE word = ANY(:known) OR slips && :forms::text[]`,
    { known: wordsToKnow(words.join(' ')), forms: [...forms] },
  )
  return new Map(rows.map((row) => [row.word, row.products]))
}

const countedUpTo = 1_000

/**
 * Counts the products of up to `most` words that were not counted since `before`, and forgets words that no product has
 * any more. @returns how many it looked at
 */
export async function countWords(before: Date, most: number): Promise<number> {
  const due = await select<{ word: string }>(
    db(),
    `SELECT word FROM search_words WHERE counted_at IS NULL OR counted_at < :before
     ORDER BY counted_at NULLS FIRST, word LIMIT :most`,
    { before, most },
  )
  if (due.length === 0) return 0
  const words = due.map(({ word }) => word)
  // Drafts count too: published one by one or many at once, their words are known by then.
  await db().raw(
    `WITH counted AS (
       SELECT told.word, (SELECT count(*)::int FROM (
         SELECT 1 FROM products p WHERE p.search @@ quote_literal(told.word)::tsquery LIMIT :countedUpTo
       ) found) AS products
       FROM unnest(:words::text[]) AS told (word)
     ), gone AS (
       DELETE FROM search_words w USING counted WHERE w.word = counted.word AND counted.products = 0
     )
     UPDATE search_words w SET products = counted.products, counted_at = now()
     FROM counted WHERE w.word = counted.word AND counted.products > 0`,
    { words, countedUpTo } as never,
  )
  return words.length
}
