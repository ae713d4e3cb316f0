// What a sitemap is made of, as seen from outside. Shapes only.
import { z } from '@hono/zod-openapi'
import { Id, queryInt, Slug, Time } from '../http/fields.ts'

export const sitemapKinds = ['products', 'categories', 'stores'] as const
export const SitemapKind = z.enum(sitemapKinds).openapi({ example: 'products' })
export type SitemapKind = z.infer<typeof SitemapKind>

/** More addresses a page than 5,000 would make pages slow to write, fewer than 1 would make none. */
export const PageSize = queryInt(1, 5_000).default(2_000)

export const SitemapIndex = z
  .object({
    pages: z.array(
      z.object({
        kind: SitemapKind,
        from: Id.openapi({ description: 'The first thing of the page; ask for the page with it' }),
        count: z.int(),
        lastModifiedAt: Time.openapi({ description: 'Of what changed last on the page' }),
      }),
    ),
  })
  .openapi('SitemapIndex')
export type SitemapIndex = z.infer<typeof SitemapIndex>

export const SitemapPage = z
  .object({ items: z.array(z.object({ slug: Slug, lastModifiedAt: Time })) })
  .openapi('SitemapPage')
export type SitemapPage = z.infer<typeof SitemapPage>
