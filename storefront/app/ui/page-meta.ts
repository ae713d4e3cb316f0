// What a public page says about itself to search engines and to those who share it: title, description, canonical
// address, picture. Never emits JSON-LD (ui/json-ld.tsx does) nor an address that was not built from the shop's origin.
import type { MetaDescriptor } from '@remix-run/react'

export type PageMeta = {
  /** Without the shop's name, which is added. */
  title: string
  description: string
  /** The page's one true address: a path of this shop. Left out: no canonical link. */
  path?: string
  /** `src` of a picture of the catalogue, without its width. */
  imageSrc?: string | null
  noindex?: boolean
  prev?: string | null
  next?: string | null
}

type Matches = readonly ({ id: string; data: unknown } | undefined)[]
type RootData = { origin?: string; shop?: { shopName?: string } }

/** Titles read `Mugs · Highstreet`; addresses are absolute, by the origin the root loader gives. */
export function pageMeta(matches: Matches, page: PageMeta): MetaDescriptor[] {
  const root = (matches.find((match) => match?.id === 'root')?.data ?? {}) as RootData
  const shopName = root.shop?.shopName ?? 'Highstreet'
  const title = `${page.title} · ${shopName}`
  const absolute = (path: string) => `${root.origin ?? ''}${path}`
  const tags: MetaDescriptor[] = [
    { title },
    { name: 'description', content: clip(page.description, 200) },
    { property: 'og:site_name', content: shopName },
    { property: 'og:title', content: page.title },
    { property: 'og:description', content: clip(page.description, 200) },
    { property: 'og:type', content: 'website' },
  ]
  if (page.noindex) tags.push({ name: 'robots', content: 'noindex, follow' })
  if (page.path) {
    tags.push({ tagName: 'link', rel: 'canonical', href: absolute(page.path) })
    tags.push({ property: 'og:url', content: absolute(page.path) })
  }
  if (page.imageSrc) tags.push({ property: 'og:image', content: absolute(`${page.imageSrc}-1200.webp`) })
  if (page.prev) tags.push({ tagName: 'link', rel: 'prev', href: absolute(page.prev) })
  if (page.next) tags.push({ tagName: 'link', rel: 'next', href: absolute(page.next) })
  return tags
}

/** The page's own title when its data is missing (an error page stands in its place). */
export const plainTitle = (title: string): MetaDescriptor[] => [{ title: `${title} · Highstreet` }]

/** `text` on one line, cut at a word when longer than `max` characters. */
export function clip(text: string, max: number): string {
  const line = text.replace(/\s+/g, ' ').trim()
  if (line.length <= max) return line
  return `${line.slice(0, max - 1).replace(/\s+\S*$/, '')}…`
}
