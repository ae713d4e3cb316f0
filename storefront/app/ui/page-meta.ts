// What a public page says about itself to search engines and to those who share it: title, description, canonical
// address, picture. Never emits JSON-LD (ui/json-ld.tsx does) nor an address that was not built from the shop's origin.
import type { MetaDescriptor } from '@remix-run/react'

export type PageMeta = {
  /** Without the shop's name, which is added. */
  title: string
  description: string
  /** The page's one true address: a path of this shop. Left out: no canonical link. */
  path?: string
  /** A picture of the catalogue; without one the shop's own is shared. */
  image?: { src: string; alt: string; width: number; height: number } | null
  /** What it is to those who share it; `website` unless told. */
  type?: 'website' | 'product'
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
  const description = clip(page.description, 200)
  const tags: MetaDescriptor[] = [
    { title },
    { name: 'description', content: description },
    { property: 'og:site_name', content: shopName },
    { property: 'og:locale', content: 'en_IE' },
    { property: 'og:title', content: page.title },
    { property: 'og:description', content: description },
    { property: 'og:type', content: page.type ?? 'website' },
    { name: 'twitter:card', content: 'summary_large_image' },
    ...sharedPicture(page.image ?? null, absolute),
  ]
  // Never both: "do not keep this" and "the true one is there" contradict each other.
  if (page.noindex) tags.push({ name: 'robots', content: 'noindex, follow' })
  else if (page.path) tags.push({ tagName: 'link', rel: 'canonical', href: absolute(page.path) })
  if (page.path) tags.push({ property: 'og:url', content: absolute(page.path) })
  if (page.prev) tags.push({ tagName: 'link', rel: 'prev', href: absolute(page.prev) })
  if (page.next) tags.push({ tagName: 'link', rel: 'next', href: absolute(page.next) })
  return tags
}

/** The picture that those who share the page show beside it, with its size and words. */
function sharedPicture(image: NonNullable<PageMeta['image']> | null, absolute: (path: string) => string) {
  const { url, alt, width, height } = image
    ? { url: `${image.src}-1200.webp`, alt: image.alt, width: image.width, height: image.height }
    : { url: '/share.jpg', alt: 'Highstreet: good things for every room', width: 1200, height: 630 }
  return [
    { property: 'og:image', content: absolute(url) },
    { property: 'og:image:alt', content: alt },
    { property: 'og:image:width', content: String(width) },
    { property: 'og:image:height', content: String(height) },
    { name: 'twitter:image', content: absolute(url) },
    { name: 'twitter:image:alt', content: alt },
  ]
}

/** The page's own title when its data is missing (an error page stands in its place). */
export const plainTitle = (title: string): MetaDescriptor[] => [{ title: `${title} · Highstreet` }]

/** `text` on one line, cut at a word when longer than `max` characters. */
export function clip(text: string, max: number): string {
  const line = text.replace(/\s+/g, ' ').trim()
  if (line.length <= max) return line
  return `${line.slice(0, max - 1).replace(/\s+\S*$/, '')}…`
}
