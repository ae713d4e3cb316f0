// What shoppers and staff ask of a catalogue, as requests to catalog-api: many different ones of each kind, drawn from what
// is there, so that no cache answers for all of them.
import { SignJWT } from 'jose'
import pg from 'pg'
import { keyId } from '../../catalog-api/src/http/auth.ts'
import { writeCursor } from '../../catalog-api/src/lib/cursor.ts'
import { type Chance, chanceOf } from '../../seeds/scale/chance.ts'
import { departments } from '../../seeds/scale/words.ts'

export type Question = { url: string; token?: string }
/** `aim`: at most so many milliseconds, or so many times what the smallest shop needs, at the 95th percentile. */
export type Kind = { name: string; aim?: { ms: number } | { times: number }; ask: (chance: Chance) => Question }

type Sample = {
  slugs: string[]
  categories: string[]
  leaves: string[]
  rare: string[]
  brands: string[]
  places: { lat: number; lng: number }[]
  marks: { newest: string; id: string; price: number }[]
  pages: string[]
}

/** Three hundred of each thing, at random, once for each shop. */
async function sampleOf(url: string): Promise<Sample> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const some = async (what: string, from: string) => {
    const { rows } = await client.query(`SELECT ${what} FROM ${from} ORDER BY random() LIMIT 300`)
    return rows
  }
  try {
    // A stretch of the table from a place at random: sorting a million rows is no part of the benchmark.
    const at =
      '(SELECT id FROM products ORDER BY id OFFSET (SELECT (count(*) * random() * 0.9)::int FROM products) LIMIT 1)'
    const products = `(SELECT * FROM products WHERE status = 'published' AND id >= ${at} ORDER BY id LIMIT 3000) p`
    // Those that hold something: in a small shop most shelves of the large one are empty.
    const shelves = `${products} JOIN categories c ON c.id = p.category_id JOIN categories k ON k.id = c.parent_id JOIN categories d ON d.id = k.parent_id`
    const rows = await some(
      `slug, split_part(lower(title), ' ', 1) AS series, brand, id, price_from_minor::int AS price, to_char(published_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS newest`,
      products,
    )
    const slugs = (them: { slug: string }[]) => them.map(({ slug }) => slug)
    return {
      slugs: slugs(rows),
      rare: rows.map(({ series }) => series),
      brands: rows.map(({ brand }) => brand),
      marks: rows.map(({ newest, id, price }) => ({ newest, id, price })),
      categories: slugs(
        await some('slug', `(SELECT DISTINCT unnest(ARRAY[c.slug, k.slug, d.slug]) AS slug FROM ${shelves}) c`),
      ),
      leaves: slugs(await some('slug', `(SELECT DISTINCT c.slug FROM ${shelves}) c`)),
      places: await some('latitude AS lat, longitude AS lng', `stores WHERE kind = 'shop'`),
      pages: (await some('id', products)).map(({ id }) => id),
    }
  } finally {
    await client.end()
  }
}

const things = departments.flatMap(([, names]) => names).filter((name) => !name.includes(' '))
const frequent = ['oak', 'lamp', 'stoneware', 'mug', 'steel', 'wool', 'chair', 'tea', 'classic', 'small']
const staffScope = 'catalog:read'

async function staffToken(key: string): Promise<string> {
  const now = Math.floor(Date.now() / 1000)
  return new SignJWT({
    iss: 'highstreet',
    aud: 'catalog-api',
    sub: 'bench',
    scope: staffScope,
    jti: crypto.randomUUID(),
  })
    .setProtectedHeader({ alg: 'HS256', kid: keyId(key) })
    .setIssuedAt(now)
    .setNotBefore(now)
    .setExpirationTime(now + 60)
    .sign(new TextEncoder().encode(key))
}

/** A word with one of its inner letters left out. */
function slip(word: string, chance: Chance): string {
  const at = chance.int(1, word.length - 2)
  return word.slice(0, at) + word.slice(at + 1)
}

const list = '/catalog/products?limit=24'
const find = (words: string, more = '') => `/catalog/search?q=${encodeURIComponent(words)}${more}`
const plain = (url: string): Question => ({ url })

/** The kinds of question that the figures are told of, for the shop behind `url`. `key` signs tokens of staff. */
export async function questionsOf(url: string): Promise<Kind[]> {
  const sample = await sampleOf(url)
  const { slugs, categories, leaves, rare, brands, places, marks, pages } = sample
  const deep = (sort: 'newest' | 'price_asc', chance: Chance) => {
    const mark = chance.pick(marks)
    const k = sort === 'newest' ? mark.newest : mark.price
    return plain(`${list}&sort=${sort}&cursor=${writeCursor({ o: sort, k, id: mark.id, d: 'next' })}`)
  }
  const like = { times: 3 }
  const quick = { ms: 60 }
  return [
    { name: 'list, first page', aim: like, ask: () => plain(list) },
    { name: 'list, deep page', aim: like, ask: (chance) => deep('newest', chance) },
    { name: 'list by price', aim: like, ask: (chance) => deep('price_asc', chance) },
    { name: 'list of a category', aim: like, ask: (chance) => plain(`${list}&category=${chance.pick(categories)}`) },
    {
      name: 'category by rating',
      aim: like,
      ask: (chance) => plain(`${list}&sort=rating&category=${chance.pick(categories)}`),
    },
    {
      name: 'category, narrowed',
      ask: (chance) =>
        plain(
          `${list}&category=${chance.pick(leaves)}&option=Colour:Sage&in_stock=true&brand=${encodeURIComponent(chance.pick(brands))}`,
        ),
    },
    { name: 'product', aim: like, ask: (chance) => plain(`/catalog/products/${chance.pick(slugs)}`) },
    { name: 'facets, whole shop', aim: quick, ask: () => plain(`${list}&facets=true`) },
    {
      name: 'facets, category',
      aim: quick,
      ask: (chance) => plain(`${list}&facets=true&category=${chance.pick(categories)}`),
    },
    {
      name: 'facets, narrowed',
      aim: quick,
      ask: (chance) =>
        plain(`${list}&facets=true&in_stock=true&option=Colour:Sage&category=${chance.pick(categories)}`),
    },
    { name: 'facets, search', aim: quick, ask: (chance) => plain(find(chance.pick(frequent), '&facets=true')) },
    { name: 'search, rare word', aim: quick, ask: (chance) => plain(find(chance.pick(rare))) },
    { name: 'search, frequent word', aim: quick, ask: (chance) => plain(find(chance.pick(frequent))) },
    {
      name: 'search, two words',
      aim: quick,
      ask: (chance) => plain(find(`${chance.pick(frequent)} ${chance.pick(things)}`)),
    },
    { name: 'search, a slip', aim: quick, ask: (chance) => plain(find(slip(chance.pick(things), chance))) },
    {
      name: 'suggestion',
      aim: like,
      ask: (chance) => plain(`/catalog/suggestions?q=${chance.pick(things).slice(0, chance.int(2, 4))}`),
    },
    {
      name: 'stores nearby',
      aim: like,
      ask: (chance) => {
        const { lat, lng } = chance.pick(places)
        return plain(`/stores/nearby?lat=${lat}&lng=${lng}&radius_km=50&limit=20`)
      },
    },
    { name: 'categories', aim: quick, ask: () => plain('/catalog/categories') },
    { name: 'category', aim: quick, ask: (chance) => plain(`/catalog/categories/${chance.pick(categories)}`) },
    { name: 'sitemap page', ask: (chance) => plain(`/catalog/sitemap/products?from=${chance.pick(pages)}&limit=1000`) },
    { name: 'list of pages of the sitemap', ask: () => plain('/catalog/sitemap?size=5000') },
    {
      name: "staff's list",
      ask: (chance) => ({ url: `/admin/products?page=${chance.int(1, 40)}`, token: staffScope }),
    },
    {
      name: "staff's search",
      ask: (chance) => ({ url: `/admin/products?q=${chance.pick(frequent)}`, token: staffScope }),
    },
  ]
}

/** Milliseconds until the whole answer was read, and its status. */
export async function timeOf(
  origin: string,
  { url, token }: Question,
  key: string,
): Promise<{ ms: number; status: number }> {
  const headers: Record<string, string> = token ? { authorization: `Bearer ${await staffToken(key)}` } : {}
  const from = performance.now()
  const answer = await fetch(origin + url, { headers })
  await answer.arrayBuffer()
  return { ms: performance.now() - from, status: answer.status }
}

/** Whether this version of the shop answers such a question at all. */
export const isKnown = async (origin: string, kind: Kind, key: string): Promise<boolean> =>
  (await timeOf(origin, kind.ask(chanceOf(0, 0)), key)).status !== 404
