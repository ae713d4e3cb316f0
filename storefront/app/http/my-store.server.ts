// "My store": the slug of the store a visitor chose, in a cookie of this browser. It names a store and nobody: whoever
// reads it must still look the store up, for it may have closed since.
import { cookie, cookieNames, readCookies } from '#app/http/cookies.server.ts'
import type { RequestContext } from '#app/http/session.server.ts'

const oneYearSeconds = 365 * 24 * 3600
const slugShape = /^[a-z0-9]+(?:-[a-z0-9]+)*$/

/** The chosen store's slug, or null: none chosen, or the cookie holds what can be no slug. */
export function readMyStore(request: Request): string | null {
  const slug = readCookies(request).get(cookieNames.store()) ?? ''
  return slug.length <= 100 && slugShape.test(slug) ? slug : null
}

/** Remembers `slug` for a year in this browser. */
export const setMyStore = (context: Pick<RequestContext, 'setCookie'>, slug: string): void =>
  context.setCookie(cookie(cookieNames.store(), slug, oneYearSeconds))

export const forgetMyStore = (context: Pick<RequestContext, 'setCookie'>): void =>
  context.setCookie(cookie(cookieNames.store(), '', 0))
