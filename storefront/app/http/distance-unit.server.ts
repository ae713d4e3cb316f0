// Whether a visitor reads kilometres or miles: what they chose (a link, then a cookie of this browser), else what their
// browser's languages say.

import { cookie, cookieNames, readCookies } from '#app/http/cookies.server.ts'
import type { RequestContext } from '#app/http/session.server.ts'
import { type DistanceUnit, isDistanceUnit, unitOfLanguages } from '#app/lib/distance.ts'

const oneYearSeconds = 365 * 24 * 3600

/** `unit` of the address, which a link says. */
export function askedUnit(request: Request): DistanceUnit | undefined {
  const asked = new URL(request.url).searchParams.get('unit')
  return isDistanceUnit(asked) ? asked : undefined
}

export function readDistanceUnit(request: Request): DistanceUnit {
  const kept = readCookies(request).get(cookieNames.unit())
  return askedUnit(request) ?? (isDistanceUnit(kept) ? kept : unitOfLanguages(request.headers.get('Accept-Language')))
}

export const keepDistanceUnit = (context: Pick<RequestContext, 'setCookie'>, unit: DistanceUnit): void =>
  context.setCookie(cookie(cookieNames.unit(), unit, oneYearSeconds))
