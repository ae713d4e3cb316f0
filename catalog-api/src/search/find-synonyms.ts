// The shopkeeper's synonyms that a question meets. One statement; nothing is kept in the process, so that a change counts
// with the next search.
import { db, select } from '../lib/db.ts'
import { formOf, formsIn, type Synonym } from './words.ts'

/** What somebody types also means these; with two ways each of them means all the others. */
export type SynonymRule = { typed: string; means: string[]; twoWay: boolean }

/** A rule as what to look for at each of its forms. */
export function synonymsOf({ typed, means, twoWay }: SynonymRule): Synonym[] {
  const all = [typed, ...means]
  const from = twoWay ? all : [typed]
  return from.map((phrase) => ({
    form: formOf(phrase),
    means: all.filter((other) => other !== phrase && (twoWay || other !== typed)),
  }))
}

/** The forms that a rule is found by; the first is that of what is typed. */
export const formsOf = (rule: SynonymRule): string[] => [...new Set(synonymsOf(rule).map(({ form }) => form))]

/** The synonyms for phrases of `words`. `instead`: with this rule as if it were kept, in place of the one with `id`. */
export async function findSynonyms(
  words: string,
  instead?: { id: string | null; rule: SynonymRule },
): Promise<Synonym[]> {
  const forms = formsIn(words)
  if (forms.length === 0) return []
  const rows = await select<SynonymRule & { id: string }>(
    db(),
    'SELECT id, typed, means, two_way FROM search_synonyms WHERE forms && :forms::text[] ORDER BY forms[1]',
    { forms },
  )
  const kept = instead ? rows.filter(({ id }) => id !== instead.id) : rows
  return [...kept, ...(instead ? [instead.rule] : [])].flatMap(synonymsOf)
}
