// What helps people find things, from outside: suggestions for shoppers; synonyms, counted searches and expectations for
// staff. Shapes only.
import { z } from '@hono/zod-openapi'
import { CategoryLink } from '../categories/schemas.ts'
import { Currency, Id, Minor, Slug, text } from '../http/fields.ts'
import { MaybeImage } from '../media/schemas.ts'
import { ProductStatus } from '../products/schemas.ts'

export const Suggestions = z
  .object({
    products: z.array(
      z.object({ slug: Slug, title: z.string(), image: MaybeImage, priceFromMinor: Minor, currency: Currency }),
    ),
    categories: z.array(CategoryLink),
    queries: z.array(z.string()).openapi({ example: ['stoneware mug'] }),
  })
  .openapi('Suggestions')
export type Suggestions = z.infer<typeof Suggestions>

/** A word or a few, with a letter or digit in it. */
const phrase = text(1, 60).refine((value) => /[\p{L}\p{N}]/u.test(value), 'A word')

export const SynonymInput = z
  .object({
    typed: phrase.openapi({ example: 'trainers' }),
    means: z
      .array(phrase)
      .min(1)
      .max(10)
      .openapi({ example: ['sneakers'] }),
    twoWay: z.boolean().openapi({ description: '`true`: each of them finds what the others find' }),
  })
  .openapi('SynonymInput')
export type SynonymInput = z.infer<typeof SynonymInput>

export const SynonymUpdate = SynonymInput.extend({ version: z.int().min(1) }).openapi('SynonymUpdate')
export type SynonymUpdate = z.infer<typeof SynonymUpdate>

export const SearchSynonym = SynonymInput.extend({ id: Id, version: z.int() }).openapi('SearchSynonym')
export type SearchSynonym = z.infer<typeof SearchSynonym>

export const SynonymTrial = SynonymInput.extend({
  id: Id.nullable().openapi({ description: 'The kept synonym that this would replace' }),
}).openapi('SynonymTrial')
export type SynonymTrial = z.infer<typeof SynonymTrial>

const Found = z.object({
  total: z.int(),
  first: z.array(z.object({ slug: Slug, title: z.string() })).openapi({ description: 'The best eight, in order' }),
})

export const SearchExpectation = z
  .object({
    id: Id,
    query: z.string().openapi({ example: 'hedphones' }),
    within: z.int().openapi({ example: 3 }),
    product: z.object({ id: Id, slug: Slug, title: z.string(), status: ProductStatus }),
    position: z
      .int()
      .nullable()
      .openapi({ description: 'Where the product stands, from 1; null: not among the first 60' }),
    met: z.boolean(),
  })
  .openapi('SearchExpectation')
export type SearchExpectation = z.infer<typeof SearchExpectation>

export const SynonymPreview = z
  .object({
    searches: z.array(z.object({ query: z.string(), before: Found, after: Found })),
    expectations: z
      .array(SearchExpectation.extend({ positionAfter: z.int().nullable(), metAfter: z.boolean() }))
      .openapi({ description: 'Those that would stand elsewhere' }),
  })
  .openapi('SynonymPreview')
export type SynonymPreview = z.infer<typeof SynonymPreview>

export const CountedSearch = z
  .object({
    query: z.string().openapi({ example: 'blue mug' }),
    searches: z.int(),
    missed: z.int().openapi({ description: 'So many times nothing was found' }),
    lastDay: z.iso.date(),
  })
  .openapi('CountedSearch')
export type CountedSearch = z.infer<typeof CountedSearch>

export const CountedSearches = z
  .object({
    missed: z.array(CountedSearch).openapi({ description: 'What found nothing and would find nothing now' }),
    frequent: z.array(CountedSearch),
  })
  .openapi('CountedSearches')
export type CountedSearches = z.infer<typeof CountedSearches>

export const ExpectationInput = z
  .object({
    query: phrase.openapi({ example: 'hedphones' }),
    product: text(1, 120).openapi({ description: 'Id, slug or SKU', example: 'studio-headphones' }),
    within: z.int().min(1).max(60).openapi({ example: 3 }),
  })
  .openapi('ExpectationInput')
export type ExpectationInput = z.infer<typeof ExpectationInput>
