// What the pages behind mailed links share: where their secret is, and that it goes nowhere else.
import type { HeadersFunction } from '@remix-run/node'

/** The token in the address; one sent twice is none. */
export function linkToken(request: Request): string {
  const [token = '', ...more] = new URL(request.url).searchParams.getAll('token')
  return more.length === 0 ? token : ''
}

/**
 * The token stands in the address, so no request may tell the address: `strict-origin` sends only the shop's name, to the
 * shop as to others. `no-referrer` would do so too, but then browsers post forms with `Origin: null`, which we refuse.
 */
export const secretLinkHeaders: HeadersFunction = () => ({
  'Cache-Control': 'private, no-store',
  'Referrer-Policy': 'strict-origin',
  'X-Robots-Tag': 'noindex',
})
