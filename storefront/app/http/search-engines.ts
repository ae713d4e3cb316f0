// What search engines may keep. An address is open to them only when it stands here; every other answer says noindex, so
// that a new page is private until somebody writes it down. Pure.
//
// The rule for lists: a category or the stores' list is indexed as itself, without any setting in its address. With a
// filter, an order or a page mark it is `noindex, follow` and names no canonical address; its products stand in the
// sitemap. A variant's address (`?sku=`) and unknown settings are the same page: its canonical address is without them.

const open = [
  /^\/$/,
  /^\/c\/[^/.]+$/,
  /^\/p\/[^/.]+$/,
  /^\/stores(\/[^/.]+)?$/,
  /^\/help$/,
  /^\/no-js$/,
  /^\/media\//,
  /^\/assets\//,
  /^\/favicon\.svg$/,
  /^\/share\.jpg$/,
]

/** Whether the page at `pathname` may be found by search engines. Its own `noindex` may still say no. */
export const mayBeIndexed = (pathname: string): boolean => open.some((pattern) => pattern.test(pathname))

/** What crawlers need not even ask for: nothing there is for them. */
const closed = [
  '/account',
  '/admin',
  '/api',
  '/cart',
  '/checkout',
  '/login',
  '/logout',
  '/orders',
  '/search',
  '/signup',
]

/** robots.txt for the shop at `origin`. */
export const robotsText = (origin: string): string =>
  ['User-agent: *', ...closed.map((path) => `Disallow: ${path}`), '', `Sitemap: ${origin}/sitemap.xml`, ''].join('\n')
