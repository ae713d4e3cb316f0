// One page of the sitemap: `pages.xml` for the shop's own pages, `products-<id of its first product>.xml` … for the rest.
import type { LoaderFunctionArgs } from '@remix-run/node'
import { listSitemap, type SitemapKind } from '#app/domain/catalog/sitemap.server.ts'
import { env } from '#app/env.server.ts'
import { answerPublic } from '#app/http/list-query.server.ts'
import { sitemapPageXml, xmlAnswer } from '#app/http/sitemap-xml.ts'
import { notFound } from '#app/lib/errors.ts'
import { isUuid } from '#app/lib/uuid.ts'
import { paths } from '#app/paths.ts'

const addresses: Record<SitemapKind, (slug: string) => string> = {
  products: (slug) => paths.product(slug),
  categories: (slug) => paths.category(slug),
  stores: (slug) => paths.store(slug),
}

export async function loader({ request, params: { page = '' } }: LoaderFunctionArgs) {
  const origin = env().STOREFRONT_ORIGIN
  if (page === 'pages.xml') {
    const own = [paths.home(), paths.stores(), paths.help(), paths.noJs()]
    return xmlAnswer(sitemapPageXml(own.map((path) => ({ url: origin + path }))))
  }
  return answerPublic(request, async () => {
    const [, kind = '', from = ''] = /^([a-z]+)-([0-9a-f-]{36})\.xml$/.exec(page) ?? []
    if (!Object.hasOwn(addresses, kind) || !isUuid(from)) throw notFound('The page')
    const items = await listSitemap(kind as SitemapKind, from)
    if (items.length === 0) throw notFound('The page')
    const address = addresses[kind as SitemapKind]
    return xmlAnswer(
      sitemapPageXml(items.map(({ slug, lastModifiedAt }) => ({ url: origin + address(slug), lastModifiedAt }))),
    )
  })
}
