// What helps shoppers find things, as staff keep it: synonyms, what people searched for, what searches are expected to find.
// Faces check the permission first; after a change the shop forgets its copies.
import { z } from 'zod'
import type { ExpectationInput, SynonymInput } from '#app/domain/catalog/staff/finding-input.ts'
import { ask, catalogApi, changed, staffReading, staffWriting } from '#app/domain/catalog/transport.server.ts'
import { DomainError, isDomainError } from '#app/lib/errors.ts'

/** Many searches stand behind one look. */
const looking = { ...staffReading, deadlineMs: 10_000 }

const synonym = z.object({
  id: z.uuid(),
  typed: z.string(),
  means: z.array(z.string()),
  twoWay: z.boolean(),
  version: z.int(),
})
export type Synonym = z.infer<typeof synonym>

const expectation = z.object({
  id: z.uuid(),
  query: z.string(),
  within: z.int(),
  product: z.object({ id: z.uuid(), slug: z.string(), title: z.string(), status: z.string() }),
  position: z.int().nullable(),
  met: z.boolean(),
})
export type Expectation = z.infer<typeof expectation>

const found = z.object({ total: z.int(), first: z.array(z.object({ slug: z.string(), title: z.string() })) })
const preview = z.object({
  searches: z.array(z.object({ query: z.string(), before: found, after: found })),
  expectations: z.array(expectation.extend({ positionAfter: z.int().nullable(), metAfter: z.boolean() })),
})
export type SynonymPreview = z.infer<typeof preview>

const counted = z.object({ query: z.string(), searches: z.int(), missed: z.int(), lastDay: z.string() })
const searches = z.object({ missed: z.array(counted), frequent: z.array(counted) })
export type CountedSearches = z.infer<typeof searches>

/** What was searched for in the last `days` (1 to 90): what found nothing and still would, and what is searched most. */
export const adminListSearches = (days: number): Promise<CountedSearches> =>
  ask(searches, staffReading, (init) =>
    catalogApi().GET('/admin/search/queries', { params: { query: { days } }, ...init }),
  )

export async function adminListSynonyms(): Promise<Synonym[]> {
  const items = z.object({ items: z.array(synonym) })
  return (await ask(items, staffReading, (init) => catalogApi().GET('/admin/search/synonyms', init))).items
}

/** Throws not_found. */
export const adminGetSynonym = (id: string): Promise<Synonym> =>
  ask(synonym, staffReading, (init) =>
    catalogApi().GET('/admin/search/synonyms/{id}', { params: { path: { id } }, ...init }),
  )

/** Before and after, without keeping anything. `id`: the kept one that this would replace. Throws validation_failed. */
export const adminPreviewSynonym = (input: SynonymInput, id: string | null): Promise<SynonymPreview> =>
  onForm(
    ask(preview, looking, (init) =>
      catalogApi().POST('/admin/search/synonyms/preview', { body: { ...input, id }, ...init }),
    ),
  )

/** Throws validation_failed, conflict when there is one for these words. */
export const adminCreateSynonym = (body: SynonymInput): Promise<Synonym> =>
  onForm(changed(ask(synonym, staffWriting, (init) => catalogApi().POST('/admin/search/synonyms', { body, ...init }))))

/** Throws not_found, version_conflict, validation_failed, conflict. */
export const adminUpdateSynonym = (id: string, body: SynonymInput & { version: number }): Promise<Synonym> =>
  onForm(
    changed(
      ask(synonym, staffWriting, (init) =>
        catalogApi().PUT('/admin/search/synonyms/{id}', { params: { path: { id } }, body, ...init }),
      ),
    ),
  )

/** Throws not_found. */
export async function adminDeleteSynonym(id: string): Promise<void> {
  await changed(
    ask(z.unknown(), staffWriting, (init) =>
      catalogApi().DELETE('/admin/search/synonyms/{id}', { params: { path: { id } }, ...init }),
    ),
  )
}

/** All expectations with what is found now, those not met first. */
export async function adminListExpectations(): Promise<Expectation[]> {
  const items = z.object({ items: z.array(expectation) })
  return (await ask(items, looking, (init) => catalogApi().GET('/admin/search/expectations', init))).items
}

/** Throws validation_failed at `product` when there is none of this name. */
export const adminSaveExpectation = (body: ExpectationInput): Promise<Expectation> =>
  ask(expectation, { ...staffWriting, deadlineMs: looking.deadlineMs }, (init) =>
    catalogApi().POST('/admin/search/expectations', { body, ...init }),
  )

/** Throws not_found. */
export async function adminDeleteExpectation(id: string): Promise<void> {
  await ask(z.unknown(), staffWriting, (init) =>
    catalogApi().DELETE('/admin/search/expectations/{id}', { params: { path: { id } }, ...init }),
  )
}

/** A refusal of one of the lines is told at the box they stand in. */
async function onForm<T>(call: Promise<T>): Promise<T> {
  try {
    return await call
  } catch (error) {
    if (!isDomainError(error) || !error.extra.fields) throw error
    const fields: Record<string, string[]> = {}
    for (const [name, messages] of Object.entries(error.extra.fields)) {
      const box = name.split('.')[0] ?? name
      fields[box] = [...(fields[box] ?? []), ...messages]
    }
    throw new DomainError(error.code, error.message, { ...error.extra, fields })
  }
}
