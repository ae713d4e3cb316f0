// Cookies: names, attributes and signatures. In production `__Host-` names, which a browser takes only over https.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { env, isProduction } from '#app/env.server.ts'

const name = (word: string) => (isProduction() ? `__Host-${word}` : `hs_${word}`)
export const cookieNames = {
  session: () => name('sid'),
  cart: () => name('cart'),
  flash: () => name('flash'),
  logIn: () => name('login'),
  store: () => name('store'),
  unit: () => name('unit'),
  viewed: () => name('viewed'),
}

/** A Set-Cookie value: HttpOnly, SameSite=Lax, whole site; `maxAgeSeconds` 0 removes it. */
export function cookie(cookieName: string, value: string, maxAgeSeconds: number): string {
  const secure = isProduction() ? '; Secure' : ''
  return `${cookieName}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAgeSeconds}${secure}`
}

/** The request's cookies; a name sent twice counts as not sent, for one of the two was planted. */
export function readCookies(request: Request): Map<string, string> {
  const found = new Map<string, string>()
  const doubled = new Set<string>()
  for (const part of (request.headers.get('Cookie') ?? '').slice(0, 8192).split(';')) {
    const at = part.indexOf('=')
    if (at < 1) continue
    const key = part.slice(0, at).trim()
    if (found.has(key)) doubled.add(key)
    found.set(key, part.slice(at + 1).trim())
  }
  for (const key of doubled) found.delete(key)
  return found
}

const mac = (key: string, purpose: string, value: string) =>
  createHmac('sha256', key).update(`${purpose}\0${value}`).digest('base64url')

export const equalText = (a: string, b: string): boolean => {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}

/** HMAC-SHA256 of `value` for one purpose, by the first session secret. */
export const seal = (purpose: string, value: string): string => mac(env().SESSION_SECRET[0] ?? '', purpose, value)

/** Whether `signature` is the seal of `value`, by any of the secrets (so that secrets can be rotated). */
export const isSealed = (purpose: string, value: string, signature: string): boolean =>
  env().SESSION_SECRET.some((key) => equalText(mac(key, purpose, value), signature))

export const sign = (purpose: string, value: string): string => `${value}.${seal(purpose, value)}`

/** The value of `sign`, or null when it was not ours. */
export function unsign(purpose: string, signed: string): string | null {
  const at = signed.lastIndexOf('.')
  const value = signed.slice(0, at)
  return at > 0 && isSealed(purpose, value, signed.slice(at + 1)) ? value : null
}
