// For the shop's sitemap.xml: which pages there are, and what stands on each.
import { createRoute, z } from '@hono/zod-openapi'
import { Id, json } from '../http/fields.ts'
import { errorAnswers } from '../http/problem.ts'
import { newRouter } from '../http/router.ts'
import { listSitemap, listSitemapPages } from './list-sitemap.ts'
import { PageSize, SitemapIndex, SitemapKind, SitemapPage } from './schemas.ts'

export const sitemapRoutes = newRouter()
const tags = ['Sitemap']

sitemapRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/catalog/sitemap',
    operationId: 'listSitemapPages',
    tags,
    summary: 'The pages of the sitemap, by kind',
    request: { query: z.object({ size: PageSize }) },
    responses: { 200: json(SitemapIndex, 'Pages and when they changed last'), ...errorAnswers('validation_failed') },
  }),
  async (c) => c.json(await listSitemapPages(c.req.valid('query').size), 200),
)

sitemapRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/catalog/sitemap/{kind}',
    operationId: 'listSitemap',
    tags,
    summary: 'What stands on one page of the sitemap: published things only',
    request: { params: z.object({ kind: SitemapKind }), query: z.object({ from: Id, limit: PageSize }) },
    responses: { 200: json(SitemapPage, 'Slugs and when they changed last'), ...errorAnswers('validation_failed') },
  }),
  async (c) => c.json(await listSitemap(c.req.valid('param').kind, c.req.valid('query')), 200),
)
