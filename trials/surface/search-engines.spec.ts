// What search engines read: every page of the map says whether it may be kept, open ones say what they are, and the
// sitemap leads to open pages only.
import { expect, test } from '@playwright/test'
import { mayBeIndexed } from '../../storefront/app/http/search-engines.ts'
import { origin, ports } from '../journeys/ports.ts'
import { walk } from '../map/walk.ts'
import { enter, Visitor } from './visitor.ts'

const tag = (html: string, pattern: RegExp) => pattern.exec(html)?.[1]?.replaceAll('&amp;', '&')
const meta = (html: string, name: string) =>
  tag(html, new RegExp(`<meta (?:name|property)="${name}" content="([^"]+)"`)) ?? ''
const canonical = (html: string) => tag(html, /<link rel="canonical" href="([^"]+)"/)
const isKept = (html: string, headers: Record<string, string | undefined>) =>
  !/noindex/.test(headers['x-robots-tag'] ?? '') && !/noindex/.test(meta(html, 'robots'))
type Data = Record<string, unknown> & { '@type': string }
const structured = (html: string): Data[] =>
  [...html.matchAll(/<script type="application\/ld\+json"[^>]*>(.*?)<\/script>/gs)].map(([, text = '{}']) =>
    JSON.parse(text),
  )

test('every open page says what it is and where its true address is; every other says noindex', async () => {
  test.setTimeout(180_000)
  const visitors = { guest: new Visitor(), alice: await enter('alice'), admin: await enter('admin') }
  const starts = { guest: ['/', '/cart', '/search'], alice: ['/account'], admin: ['/admin'] }
  let open = 0
  for (const who of ['guest', 'alice', 'admin'] as const) {
    const visitor = visitors[who]
    for (const path of (await walk(visitor, starts[who])).values()) {
      const { text, headers } = await visitor.get(path)
      const kept = isKept(text, headers)
      const pathname = new URL(path, origin).pathname
      expect.soft(kept && !mayBeIndexed(pathname), `${path} is private`).toBe(false)
      if (!kept) {
        expect.soft(canonical(text), `${path} is not kept`).toBeUndefined()
        continue
      }
      open += 1
      expect.soft(canonical(text), path).toBe(`${origin}${pathname}`)
      expect.soft(tag(text, /<title>([^<]+)<\/title>/), path).toMatch(/ · Highstreet$/)
      for (const name of ['description', 'og:title', 'og:description', 'og:image:alt', 'twitter:card'])
        expect.soft(meta(text, name).length, `${path} ${name}`).toBeGreaterThan(3)
      expect.soft(meta(text, 'og:url'), path).toBe(`${origin}${pathname}`)
      expect.soft(meta(text, 'og:image'), path).toMatch(new RegExp(`^${origin}/\\S+\\.(webp|jpg)$`))
    }
  }
  expect(open).toBeGreaterThanOrEqual(6)
})

test('lists with a filter, an order or a page mark are not kept; a variant’s address is its product’s', async () => {
  const guest = new Visitor()
  const { items } = await (await fetch(`http://localhost:${ports.catalog}/catalog/products?limit=1`)).json()
  const { slug, category, defaultSku } = items[0]
  const kept = async (path: string) => {
    const { text, headers } = await guest.get(path)
    return isKept(text, headers) ? canonical(text) : null
  }
  const list = `/c/${category.slug}`
  for (const query of ['min=10', 'stock=1', 'sort=price_asc', 'opt=Colour:Sage', 'brand=Nobody', 'rating=4'])
    expect(await kept(`${list}?${query}`)).toBeNull()
  expect(await kept(`${list}?utm_source=mail`)).toBe(origin + list)
  const { items: longest } = await (await fetch(`http://localhost:${ports.catalog}/catalog/categories`)).json()
  const [most] = longest.sort(
    (a: { productCount: number }, b: { productCount: number }) => b.productCount - a.productCount,
  )
  const next = tag((await guest.get(`/c/${most.slug}`)).text, /<link rel="next" href="([^"]+)"/) ?? ''
  expect(await kept(next.replace(origin, ''))).toBeNull()
  expect(await kept(`/p/${slug}?sku=${defaultSku}`)).toBe(`${origin}/p/${slug}`)
  expect(await kept('/search?q=mug')).toBeNull()
  expect(await kept('/stores?q=Lyon')).toBeNull()
})

test('structured data says what the page says: price, stock, rating, way, hours, search', async () => {
  const guest = new Visitor()
  const api = `http://localhost:${ports.catalog}`
  const { items } = await (await fetch(`${api}/catalog/products?sort=rating&limit=1`)).json()
  const product = await (await fetch(`${api}/catalog/products/${items[0].slug}`)).json()
  for (const variant of product.variants.slice(0, 3)) {
    const { text } = await guest.get(`/p/${product.slug}?sku=${variant.sku}`)
    const [thing] = structured(text).filter((data) => data['@type'] === 'Product')
    const words = { in_stock: 'InStock', low: 'LimitedAvailability', out: 'OutOfStock' }
    expect(thing).toMatchObject({
      sku: variant.sku,
      additionalProperty: product.attributes.map((attribute: object) => ({ '@type': 'PropertyValue', ...attribute })),
      offers: {
        price: (variant.priceMinor / 100).toFixed(2),
        priceCurrency: 'EUR',
        availability: `https://schema.org/${words[variant.stock as keyof typeof words]}`,
      },
      aggregateRating: { ratingValue: product.rating.average, reviewCount: product.rating.count },
    })
    expect(text).toContain(`<data value="${variant.priceMinor}"`)
    expect(structured(text).map((data) => data['@type'])).toContain('BreadcrumbList')
  }
  const unrated = (await (await fetch(`${api}/catalog/products?limit=60`)).json()).items.find(
    (card: { rating: { count: number } }) => card.rating.count === 0,
  )
  if (unrated) expect((await guest.get(`/p/${unrated.slug}`)).text).not.toContain('aggregateRating')
  const home = structured((await guest.get('/')).text)
  expect(home.map((data) => data['@type'])).toEqual(expect.arrayContaining(['Organization', 'WebSite']))
  expect(JSON.stringify(home)).toContain('/search?q={search_term_string}')
  const stores = await (await fetch(`${api}/stores?limit=1`)).json()
  const [store] = structured((await guest.get(`/stores/${stores.items[0].slug}`)).text)
  expect(store).toMatchObject({ '@type': 'Store', name: stores.items[0].name })
  const hours = store?.openingHoursSpecification as { validFrom?: string }[]
  expect(hours.filter(({ validFrom }) => !validFrom)).toHaveLength(stores.items[0].hours.length)
  const special = new Set(hours.flatMap(({ validFrom }) => validFrom ?? []))
  expect([...special]).toEqual(stores.items[0].specialDays.map(({ date }: { date: string }) => date))
})

test('robots.txt names the sitemap, and the sitemap names open pages only, each once', async () => {
  const guest = new Visitor()
  const robots = (await guest.get('/robots.txt')).text
  expect(robots).toContain(`Sitemap: ${origin}/sitemap.xml`)
  for (const room of ['/cart', '/checkout', '/account', '/admin', '/orders', '/api', '/search'])
    expect(robots).toContain(`Disallow: ${room}\n`)
  const locations = (xml: string) => [...xml.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, url = '']) => url)
  const index = await guest.get('/sitemap.xml')
  expect(index.headers['content-type']).toContain('xml')
  expect(index.setCookies).toEqual([])
  const addresses: string[] = []
  for (const page of locations(index.text)) addresses.push(...locations((await guest.get(new URL(page).pathname)).text))
  const { total } = await (await fetch(`http://localhost:${ports.catalog}/catalog/products?limit=1`)).json()
  expect(addresses.filter((url) => url.startsWith(`${origin}/p/`))).toHaveLength(total)
  expect(new Set(addresses).size).toBe(addresses.length)
  expect(addresses.filter((url) => !url.startsWith(origin) || !mayBeIndexed(new URL(url).pathname))).toEqual([])
  const first = new URL(addresses.find((url) => url.includes('/p/')) ?? '').pathname
  expect(canonical((await guest.get(first)).text)).toBe(origin + first)
  for (const page of [
    'nope.xml',
    'users-019a0000-0000-7000-8000-000000000000.xml',
    'products-.xml',
    'products-%00.xml',
  ])
    expect((await guest.get(`/sitemaps/${page}`)).status).toBe(404)
})
