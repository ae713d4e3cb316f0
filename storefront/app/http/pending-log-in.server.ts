// Between password and one-time code: a signed cookie that lives ten minutes and says whose password was right. It is no
// session and opens nothing but the page that asks for the code.
import { cookie, cookieNames, readCookies, sign, unsign } from '#app/http/cookies.server.ts'
import type { Args, RequestContext } from '#app/http/session.server.ts'
import { isUuid } from '#app/lib/uuid.ts'

const lifeSeconds = 600

/** Notes that the password of `userId` was right; `passwordMark` says which one that was. */
export function setPendingLogIn(context: RequestContext, userId: string, passwordMark: string): void {
  const ends = Date.now() + lifeSeconds * 1000
  const value = sign('pending log-in', `${userId}.${ends}.${passwordMark}`)
  context.setCookie(cookie(cookieNames.logIn(), value, lifeSeconds))
}

/** Whose password was right within the last ten minutes, and which one; or null. */
export function findPendingLogIn(request: Request): { userId: string; passwordMark: string } | null {
  const value = unsign('pending log-in', readCookies(request).get(cookieNames.logIn()) ?? '')
  const [userId = '', ends, passwordMark] = value?.split('.') ?? []
  if (!isUuid(userId) || !(Number(ends) > Date.now()) || passwordMark === undefined) return null
  return { userId, passwordMark }
}

/** Forgets it: the person is in, or starts again. */
export const clearPendingLogIn = ({ context }: Pick<Args, 'context'>): void =>
  context.setCookie(cookie(cookieNames.logIn(), '', 0))
