// One message for the next page, in a signed cookie that lives a minute: "Added to your cart."
import { cookie, cookieNames, readCookies, sign, unsign } from '#app/http/cookies.server.ts'
import type { Args, RequestContext } from '#app/http/session.server.ts'

export type Flash = { kind: 'good' | 'warn' | 'bad'; text: string }

export function setFlash(context: RequestContext, flash: Flash): void {
  const value = Buffer.from(JSON.stringify({ ...flash, text: flash.text.slice(0, 500) })).toString('base64url')
  context.setCookie(cookie(cookieNames.flash(), sign('flash', value), 60))
}

/** Reads the message and forgets it. */
export function takeFlash({ request, context }: Args): Flash | null {
  const signed = readCookies(request).get(cookieNames.flash())
  if (!signed) return null
  context.setCookie(cookie(cookieNames.flash(), '', 0))
  const value = unsign('flash', signed)
  return value ? (JSON.parse(Buffer.from(value, 'base64url').toString()) as Flash) : null
}
