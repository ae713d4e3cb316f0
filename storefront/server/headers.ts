// Security headers of every answer (OWASP ASVS 5.0 3.4): a fresh nonce a response, no other host, no framing.
import { randomBytes } from 'node:crypto'
import { createMiddleware } from 'hono/factory'
import { env, isProduction } from '#app/env.server.ts'
import type { ServerEnv } from './request-log.ts'

/** Where the pay button's form may lead: Stripe's page, or the stand-in's when one is set. */
const payOrigin = () =>
  env().STRIPE_API_URL ? new URL(env().STRIPE_API_URL ?? '').origin : 'https://checkout.stripe.com'

/** Pictures come from nowhere else but from the tile server that was set. */
const tileOrigin = () => {
  const { STORE_MAP_TILES } = env()
  return STORE_MAP_TILES ? ` ${new URL(STORE_MAP_TILES.replace(/[{}]/g, '')).origin}` : ''
}

function policy(nonce: string): string {
  const hot = env().STOREFRONT_HOT === '1'
  return [
    `default-src 'self'`,
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    // Vite's development server puts styles into the page by script.
    `style-src 'self'${hot ? " 'unsafe-inline'" : ''}`,
    `img-src 'self' data:${tileOrigin()}`,
    `connect-src 'self'${hot ? ' ws:' : ''}`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `frame-ancestors 'none'`,
    `form-action 'self' ${payOrigin()}`,
  ].join('; ')
}

export const securityHeaders = () =>
  createMiddleware<ServerEnv>(async (c, next) => {
    const nonce = randomBytes(16).toString('base64')
    c.set('nonce', nonce)
    await next()
    const headers = c.res.headers
    const set = (name: string, value: string) => headers.has(name) || headers.set(name, value)
    set('Content-Security-Policy', policy(nonce))
    set('Referrer-Policy', 'strict-origin-when-cross-origin')
    headers.set('X-Content-Type-Options', 'nosniff')
    headers.set('Cross-Origin-Opener-Policy', 'same-origin')
    // Mails show the shop's pictures in readers on other origins; everything else stays with us.
    const forMails = c.req.path.startsWith('/media/')
    headers.set('Cross-Origin-Resource-Policy', forMails ? 'cross-origin' : 'same-origin')
    headers.set('Permissions-Policy', 'geolocation=(self), camera=(), microphone=(), payment=(), usb=()')
    // Only the preview of a mail says otherwise: it stands in a frame of the admin.
    set('X-Frame-Options', 'DENY')
    if (isProduction()) headers.set('Strict-Transport-Security', 'max-age=31536000; includeSubDomains')
  })
