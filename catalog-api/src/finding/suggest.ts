// Suggestions while somebody types: products, categories and what others searched for. Five statements at most, each bounded
// by an index or a small table, so that a million products cost no more than a thousand.
import { idsBelowSlugs } from '../categories/descendants.ts'
import { db, select } from '../lib/db.ts'
import { wordsOf } from '../lib/fold.ts'
import { imagesByProduct, toImage } from '../media/product-image.ts'
import { titleWords } from '../products/conditions.ts'
import { readPriceWords } from '../search/price-words.ts'
import { askedWords, searchQuery, singular } from '../search/words.ts'
import type { Suggestions } from './schemas.ts'

type Row = { id: string; slug: string; title: string; priceFromMinor: number; currency: string }

const mostCategories = 3
const mostQueries = 4
const shortest = 2

/** What `typed` may become, at most `limit` products; nothing for less than two letters. */
export async function suggest(typed: string, limit: number): Promise<Suggestions> {
  const words = askedWords(readPriceWords(typed)?.words ?? typed)
  if (words.join('').length < shortest) return { products: [], categories: [], queries: [] }
  return {
    products: await products(words.join(' '), limit),
    categories: await categories(words),
    queries: await queries(words.join(' ')),
  }
}

/**
 * The best known products with these words in their title; where there are few, also in brand, category and options. Best
 * known first instead of best fitting: an index gives them in this order, so that a common word reads a few rows only.
 */
async function products(words: string, limit: number): Promise<Suggestions['products']> {
  const titled = await named(words, 'A', limit, [])
  const more = titled.length < limit ? await named(words, 'B', limit - titled.length, titled) : []
  const rows = [...titled, ...more]
  const images = await imagesByProduct(
    db(),
    rows.map(({ id }) => id),
  )
  return rows.map(({ id, ...row }) => {
    const [image] = images.get(id) ?? []
    return { ...row, image: image ? toImage(image) : null }
  })
}

/** Of so many best known with the words anywhere, those are suggested that have them in brand, category or options. */
const mostLookedAt = 200

function named(words: string, weight: 'A' | 'B', limit: number, without: Row[]): Promise<Row[]> {
  const columns = 'p.id, p.slug, p.title, p.price_from_minor, p.currency'
  const bestKnown = 'ORDER BY p.rating_count DESC, p.id DESC'
  const isOther = `p.status = 'published' AND p.id <> ALL(:without::uuid[])`
  const sql =
    weight === 'A'
      ? `SELECT ${columns} FROM products p WHERE ${isOther} AND ${titleWords} @@ :words::tsquery ${bestKnown} LIMIT :limit`
      : `SELECT ${columns} FROM (
           SELECT ${columns}, p.rating_count, p.search FROM products p WHERE ${isOther} AND p.search @@ :words::tsquery
           ${bestKnown} LIMIT ${mostLookedAt}
         ) p WHERE p.search @@ :wellPlaced::tsquery ${bestKnown} LIMIT :limit`
  return select<Row>(db(), sql, {
    words: searchQuery(words),
    wellPlaced: searchQuery(words, [], 'AB'),
    without: without.map(({ id }) => id),
    limit,
  })
}

/** Categories that hold something and in whose name each typed word begins a word. */
async function categories(words: string[]): Promise<Suggestions['categories']> {
  const all = await select<{ slug: string; name: string }>(
    db(),
    'SELECT slug, name FROM categories ORDER BY position, name',
  )
  const fitting = all.filter(({ name }) => {
    const own = wordsOf(name)
    return words.every((word) => own.some((one) => one.startsWith(word) || one.startsWith(singular(word))))
  })
  const some = fitting.slice(0, mostCategories * 2)
  if (some.length === 0) return []
  const filled = await select<{ slug: string }>(
    db(),
    `SELECT told.slug FROM unnest(:slugs::text[]) AS told (slug) WHERE EXISTS (
       SELECT 1 FROM ${idsBelowSlugs('ARRAY[told.slug]')} shelf
       -- OFFSET 0: one look into the index for each shelf; without it all products are read
       WHERE EXISTS (SELECT 1 FROM products p WHERE p.status = 'published' AND p.category_id = shelf.id OFFSET 0)
     )`,
    { slugs: some.map(({ slug }) => slug) },
  )
  return some.filter(({ slug }) => filled.some((one) => one.slug === slug)).slice(0, mostCategories)
}

/** What others typed that goes on like this. Words hold no sign that LIKE minds. */
async function queries(words: string): Promise<string[]> {
  const rows = await select<{ query: string }>(
    db(),
    `SELECT query FROM search_past_queries WHERE query LIKE :begins AND query <> :words
     ORDER BY searches DESC, query LIMIT :mostQueries`,
    { begins: `${words}%`, words, mostQueries },
  )
  return rows.map(({ query }) => query)
}
