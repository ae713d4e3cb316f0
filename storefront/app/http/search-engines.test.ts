import { expect, test } from 'vitest'
import { mapped } from '../../../trials/map/pages.ts'
import { mayBeIndexed, robotsText } from './search-engines.ts'
import { sitemapPageXml } from './sitemap-xml.ts'

test('search engines may keep these pages of the map, and no other', () => {
  const open = mapped
    .filter(({ isLayout, pattern }) => !isLayout && mayBeIndexed(pattern.replace(/:\w+/g, 'something')))
    .map(({ pattern }) => pattern)
  expect(open.sort()).toEqual(['/', '/c/:slug', '/help', '/no-js', '/p/:slug', '/stores', '/stores/:slug'])
})

test('an address that only looks open is not', () => {
  for (const path of ['/admin/p/x', '/p', '/p/', '/p/a/b', '/p/a.data', '//', '/stores/a/b', '/help/me'])
    expect(mayBeIndexed(path), path).toBe(false)
})

test('robots.txt ends with the sitemap’s whole address', () => {
  expect(robotsText('https://shop.example')).toMatch(/\n\nSitemap: https:\/\/shop\.example\/sitemap\.xml\n$/)
})

test('a sitemap stays well-formed whatever the origin holds', () => {
  const xml = sitemapPageXml([{ url: 'https://shop.example/?a=1&b=<2>', lastModifiedAt: '2026-01-01T00:00:00.000Z' }])
  expect(xml).toContain(
    '<loc>https://shop.example/?a=1&amp;b=&lt;2&gt;</loc><lastmod>2026-01-01T00:00:00.000Z</lastmod>',
  )
})
