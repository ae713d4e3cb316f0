// What search engines may find: published products, categories, shops that are open. Walks an index in the order of ids,
// so that a million products cost pages of constant size and one pass for the list of pages.
import { db, select } from '../lib/db.ts'
import { type SitemapIndex, type SitemapKind, type SitemapPage, sitemapKinds } from './schemas.ts'

/** Constants of the program: which rows of which table are public. */
const sources: Record<SitemapKind, string> = {
  products: `products WHERE status = 'published'`,
  categories: 'categories WHERE true',
  stores: `stores WHERE kind = 'shop' AND status = 'open'`,
}

type PageRow = { kind: SitemapKind; from: string; count: number; lastModifiedAt: Date }

const pagesOf = (kind: SitemapKind) => `
  SELECT '${kind}' AS kind, (array_agg(id ORDER BY id))[1] AS "from", count(*)::int AS count,
    max(updated_at) AS last_modified_at
  FROM (SELECT id, updated_at, (row_number() OVER (ORDER BY id) - 1) / :size AS page FROM ${sources[kind]}) numbered
  GROUP BY page`

/** Every page of every kind, with `size` addresses each; one statement. */
export async function listSitemapPages(size: number): Promise<SitemapIndex> {
  const sql = `${sitemapKinds.map(pagesOf).join(' UNION ALL ')} ORDER BY kind, "from"`
  const rows = await select<PageRow>(db(), sql, { size })
  return { pages: rows.map((row) => ({ ...row, lastModifiedAt: row.lastModifiedAt.toISOString() })) }
}

/** The addresses of one page, from the thing with id `from` on; one statement. */
export async function listSitemap(kind: SitemapKind, query: { from: string; limit: number }): Promise<SitemapPage> {
  const rows = await select<{ slug: string; updatedAt: Date }>(
    db(),
    `SELECT slug, updated_at FROM ${sources[kind]} AND id >= :from::uuid ORDER BY id LIMIT :limit`,
    query,
  )
  return { items: rows.map(({ slug, updatedAt }) => ({ slug, lastModifiedAt: updatedAt.toISOString() })) }
}
