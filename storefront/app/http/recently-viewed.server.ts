// What this browser looked at last: ids of products in a cookie of its own, and nothing about who looks. The server keeps
// no copy. Not written for crawlers, for pages fetched ahead, nor for whoever asks not to be followed (Sec-GPC).
import { cookie, cookieNames, readCookies } from '#app/http/cookies.server.ts'
import type { Args, RequestContext } from '#app/http/session.server.ts'
import { isUuid } from '#app/lib/uuid.ts'

const most = 8
const thirtyDaysSeconds = 30 * 24 * 3600
const crawlers = /bot|crawl|spider|slurp|archiver|preview|facebookexternalhit|lighthouse/i

/** Ids of products, newest first, eight at most. A cookie that holds anything else counts as none. */
export function readViewed(request: Request): string[] {
  const value = readCookies(request).get(cookieNames.viewed()) ?? ''
  const ids = value.split('.')
  return ids.length <= most && ids.every(isUuid) ? [...new Set(ids)] : []
}

/** Puts `productId` first among what was looked at; the newest eight are kept for thirty days. */
export function rememberViewed({ request, context }: Args, productId: string): void {
  if (!wasLookedAt(request)) return
  const before = readViewed(request)
  if (before[0] === productId) return
  const ids = [productId, ...before.filter((id) => id !== productId)].slice(0, most)
  context.setCookie(cookie(cookieNames.viewed(), ids.join('.'), thirtyDaysSeconds))
}

export const forgetViewed = (context: Pick<RequestContext, 'setCookie'>): void =>
  context.setCookie(cookie(cookieNames.viewed(), '', 0))

/** Whether a person looks, as far as the request says. */
function wasLookedAt({ method, headers }: Request): boolean {
  const agent = headers.get('User-Agent') ?? ''
  const fetchedAhead = ['Sec-Purpose', 'Purpose', 'X-Moz'].some((name) => headers.get(name)?.includes('prefetch'))
  return method === 'GET' && agent !== '' && !crawlers.test(agent) && !fetchedAhead && headers.get('Sec-GPC') !== '1'
}
