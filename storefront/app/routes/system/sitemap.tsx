// /sitemap.xml: the list of the sitemap's pages. No page to see: a file for search engines.
import { listSitemapPages } from '#app/domain/catalog/sitemap.server.ts'
import { env } from '#app/env.server.ts'
import { answerLoader } from '#app/http/answer.server.ts'
import { sitemapIndexXml, xmlAnswer } from '#app/http/sitemap-xml.ts'
import { paths } from '#app/paths.ts'

export async function loader() {
  const pages = await answerLoader(listSitemapPages)
  const origin = env().STOREFRONT_ORIGIN
  const entries = pages.map(({ kind, from, lastModifiedAt }) => ({
    url: origin + paths.sitemapPage(`${kind}-${from}.xml`),
    lastModifiedAt,
  }))
  return xmlAnswer(sitemapIndexXml([{ url: origin + paths.sitemapPage('pages.xml') }, ...entries]))
}
