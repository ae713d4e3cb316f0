// Between password and one-time code: a signed cookie that lives ten minutes and says whose password was right. It is no
// session and opens nothing but the page that asks for the code.
import { cookie, cookieNames, readCookies, sign, unsign } from '#app/http/cookies.server.ts'
import type { Args, RequestContext } from '#app/http/session.server.ts'
import { isUuid } from '#app/lib/uuid.ts'

const lifeSeconds = 600

/** Notes that the password of `userId` was right. */
export function setPendingLogIn(context: RequestContext, userId: string): void {
  const ends = Date.now() + lifeSeconds * 1000
  context.setCookie(cookie(cookieNames.logIn(), sign('pending log-in', `${userId}.${ends}`), lifeSeconds))
}

/** Whose password was right within the last ten minutes, and when; or null. */
export function findPendingLogIn(request: Request): { userId: string; since: Date } | null {
  const value = unsign('pending log-in', readCookies(request).get(cookieNames.logIn()) ?? '')
  const [userId = '', ends] = value?.split('.') ?? []
  if (!isUuid(userId) || !(Number(ends) > Date.now())) return null
  return { userId, since: new Date(Number(ends) - lifeSeconds * 1000) }
}

/** Forgets it: the person is in, or starts again. */
export const clearPendingLogIn = ({ context }: Pick<Args, 'context'>): void =>
  context.setCookie(cookie(cookieNames.logIn(), '', 0))
