// sitemap.xml and its pages as text (sitemaps.org 0.9). Pure; addresses come absolute, times as ISO strings.

export type SitemapEntry = { url: string; lastModifiedAt?: string }

const namespace = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
const escaped: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }
const text = (value: string) => value.replace(/[&<>"']/g, (character) => escaped[character] ?? '')

const document = (root: string, element: string, entries: SitemapEntry[]): string => {
  const lines = entries.map(({ url, lastModifiedAt }) => {
    const changed = lastModifiedAt ? `<lastmod>${text(lastModifiedAt)}</lastmod>` : ''
    return `<${element}><loc>${text(url)}</loc>${changed}</${element}>`
  })
  return ['<?xml version="1.0" encoding="UTF-8"?>', `<${root} ${namespace}>`, ...lines, `</${root}>`, ''].join('\n')
}

/** The list of pages. */
export const sitemapIndexXml = (pages: SitemapEntry[]): string => document('sitemapindex', 'sitemap', pages)

/** One page of addresses. */
export const sitemapPageXml = (entries: SitemapEntry[]): string => document('urlset', 'url', entries)

/** An hour in shared caches: it holds nothing of whoever asks. */
export const xmlAnswer = (xml: string): Response =>
  new Response(xml, {
    headers: { 'Content-Type': 'application/xml; charset=utf-8', 'Cache-Control': 'public, max-age=3600' },
  })
