// The shopkeeper's synonyms: written, listed, and tried before they are kept. A trial asks the very search that shoppers
// use, with the new rule as if it stood in the table, so that what it shows is what will be.
import { brokenConstraint, db, select } from '../lib/db.ts'
import { DomainError, invalid, notFound } from '../lib/errors.ts'
import { newId } from '../lib/ids.ts'
import { understand } from '../products/search-products.ts'
import { formsOf } from '../search/find-synonyms.ts'
import { formOf } from '../search/words.ts'
import { movedExpectations } from './expectations.ts'
import type { SearchSynonym, SynonymInput, SynonymPreview, SynonymTrial, SynonymUpdate } from './schemas.ts'

const columns = 'id, typed, means, two_way, version'
/** A list that one page shows and every search can ask. */
const most = 1_000

export const listSynonyms = (): Promise<SearchSynonym[]> =>
  select<SearchSynonym>(db(), `SELECT ${columns} FROM search_synonyms ORDER BY forms[1]`)

/** @throws not_found */
export async function getSynonym(id: string): Promise<SearchSynonym> {
  const [row] = await select<SearchSynonym>(db(), `SELECT ${columns} FROM search_synonyms WHERE id = :id`, { id })
  if (!row) throw notFound('The synonym')
  return row
}

/** @throws validation_failed, conflict when there is a rule for these words already or there are too many */
export async function createSynonym(input: SynonymInput): Promise<SearchSynonym> {
  const rule = checked(input)
  const [row] = await once(() =>
    select<SearchSynonym>(
      db(),
      `INSERT INTO search_synonyms (id, typed, means, two_way, forms)
       SELECT :id::uuid, :typed, :means::text[], :twoWay::boolean, :forms::text[]
       WHERE (SELECT count(*) FROM search_synonyms) < :most RETURNING ${columns}`,
      { id: newId(), ...rule, forms: formsOf(rule), most },
    ),
  )
  if (!row) throw new DomainError('conflict', `There are ${most} synonyms already; take some away first.`)
  return row
}

/** @throws not_found, version_conflict, validation_failed, conflict when another rule is for these words */
export async function updateSynonym(id: string, { version, ...input }: SynonymUpdate): Promise<SearchSynonym> {
  const rule = checked(input)
  const [row] = await once(() =>
    select<SearchSynonym>(
      db(),
      `UPDATE search_synonyms SET typed = :typed, means = :means::text[], two_way = :twoWay, forms = :forms::text[],
         version = version + 1, updated_at = now()
       WHERE id = :id AND version = :version RETURNING ${columns}`,
      { id, version, ...rule, forms: formsOf(rule) },
    ),
  )
  if (row) return row
  await getSynonym(id)
  throw new DomainError('version_conflict', 'Somebody changed this synonym in the meantime.')
}

/** @throws not_found */
export async function deleteSynonym(id: string): Promise<void> {
  const rows = await select(db(), 'DELETE FROM search_synonyms WHERE id = :id RETURNING id', { id })
  if (rows.length === 0) throw notFound('The synonym')
}

async function once<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (brokenConstraint(error) !== 'search_synonyms_one_per_typed') throw error
    throw new DomainError('conflict', 'There is a synonym for these words already; change that one.')
  }
}

/** Without what is said twice. @throws validation_failed when nothing is left that means something else */
function checked({ typed, means, twoWay }: SynonymInput): SynonymInput {
  const seen = new Set([formOf(typed)])
  const others = means.filter((phrase) => {
    const form = formOf(phrase)
    return !seen.has(form) && seen.add(form)
  })
  if (others.length === 0) throw invalid('means', 'Say another word than the one that is typed.')
  if (formOf(typed).split(' ').length > 4) throw invalid('typed', 'Four words at most.')
  if (twoWay && others.some((phrase) => formOf(phrase).split(' ').length > 4))
    throw invalid('means', 'Four words at most, where it works both ways.')
  return { typed, means: others, twoWay }
}

const shown = 8

/** What the searches for these words find now and would find, and which expectations would stand elsewhere. */
export async function previewSynonym({ id, ...input }: SynonymTrial): Promise<SynonymPreview> {
  const rule = checked(input)
  const instead = { id, rule }
  const ask = async (q: string, trial?: typeof instead) => {
    const { page } = await understand({ q, limit: shown }, trial)
    return { total: page.total, first: page.items.map(({ slug, title }) => ({ slug, title })) }
  }
  const searches: SynonymPreview['searches'] = []
  for (const query of rule.twoWay ? [rule.typed, ...rule.means] : [rule.typed])
    searches.push({ query, before: await ask(query), after: await ask(query, instead) })
  const expectations = (await movedExpectations(instead, await formsTouched(instead))).map(({ before, after }) => ({
    ...before,
    positionAfter: after.position,
    metAfter: after.met,
  }))
  return { searches, expectations }
}

/** What either rule is found by: the one that is tried and the one in whose place it would stand. */
async function formsTouched({ id, rule }: { id: string | null; rule: SynonymInput }): Promise<Set<string>> {
  const kept = await select<{ forms: string[] }>(db(), 'SELECT forms FROM search_synonyms WHERE id = :id::uuid', { id })
  return new Set([...formsOf(rule), ...kept.flatMap(({ forms }) => forms)])
}
