// The sitemap's raw material from catalog-api: its pages, and what stands on each. Kept for some minutes: search engines
// fetch all pages one after the other.
import { z } from 'zod'
import { ask, browse, catalogApi, keep, type Road } from '#app/domain/catalog/transport.server.ts'

const patient: Road = { ...browse, deadlineMs: 5_000 }
const freshMs = 10 * 60_000
/** Addresses on one page; the protocol allows 50,000. */
const pageSize = 2_000

const kind = z.enum(['products', 'categories', 'stores'])
export type SitemapKind = z.infer<typeof kind>

const index = z.object({ pages: z.array(z.object({ kind, from: z.uuid(), lastModifiedAt: z.string() })) })
export type SitemapPageInfo = z.infer<typeof index>['pages'][number]

const page = z.object({ items: z.array(z.object({ slug: z.string(), lastModifiedAt: z.string() })) })

/** Every page there is. Throws catalog_unavailable. */
export async function listSitemapPages(): Promise<SitemapPageInfo[]> {
  const query = { size: pageSize }
  const answer = await keep('sitemap', freshMs, () =>
    ask(index, patient, (init) => catalogApi().GET('/catalog/sitemap', { params: { query }, ...init })),
  )
  return answer.pages
}

/** What stands on the page that begins with `from`. Throws catalog_unavailable. */
export async function listSitemap(of: SitemapKind, from: string): Promise<z.infer<typeof page>['items']> {
  const params = { path: { kind: of }, query: { from, limit: pageSize } }
  const answer = await keep(`sitemap ${of} ${from}`, freshMs, () =>
    ask(page, patient, (init) => catalogApi().GET('/catalog/sitemap/{kind}', { params, ...init })),
  )
  return answer.items
}
