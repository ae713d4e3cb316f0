// How people call what this shop calls otherwise, and searches that must find what they are for: the shopkeeper's pages
// open with something to look at, and `npm run search:check` has something to ask.
import type { Knex } from 'knex'
import { formsOf } from '../../catalog-api/src/search/find-synonyms.ts'
import { insertRows, type Row } from '../database.ts'
import { idOf } from '../ids.ts'

const colours = (typed: string, means: string[]) => ({ typed, means, twoWay: false })

const synonyms = [
  colours('blue', ['navy', 'sky', 'teal']),
  colours('green', ['sage', 'moss', 'forest', 'mint']),
  colours('red', ['cherry', 'rust', 'terracotta']),
  colours('yellow', ['mustard', 'butter']),
  colours('white', ['chalk', 'cream']),
  { typed: 'couch', means: ['sofa', 'settee'], twoWay: true },
  { typed: 'earphones', means: ['headphones'], twoWay: false },
  { typed: 'rucksack', means: ['backpack'], twoWay: true },
]

const expectations: [query: string, slug: string, within: number][] = [
  ['hedphones', 'studio-headphones', 1],
  ['blue mug under 20', 'everyday-mug', 3],
  ['couch', 'reading-sofa', 3],
  ['teapot', 'stoneware-teapot', 3],
]

/** Written once: what the shopkeeper changed or took away stays so. */
export async function seedFinding(catalog: Knex): Promise<void> {
  const wasThere = await catalog('search_synonyms').first('id')
  if (!wasThere) await insertRows(catalog, 'search_synonyms', synonyms.map(synonymRow))
  const slugs = expectations.map(([, slug]) => slug)
  const products: { id: string; slug: string }[] = await catalog('products').whereIn('slug', slugs).select('id', 'slug')
  const ids = new Map(products.map(({ id, slug }) => [slug, id]))
  if (await catalog('search_expectations').first('id')) return
  await insertRows(
    catalog,
    'search_expectations',
    expectations.flatMap(([query, slug, within]) =>
      ids.has(slug) ? [{ id: idOf(`expectation:${query}`), query, productId: ids.get(slug), within }] : [],
    ),
  )
}

const synonymRow = (rule: (typeof synonyms)[number]): Row => ({
  id: idOf(`synonym:${rule.typed}`),
  ...rule,
  forms: formsOf(rule),
})
