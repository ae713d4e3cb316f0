import '../test/settings.ts'
import { Hono } from 'hono'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { ServerEnv } from './request-log.ts'

const origin = 'https://shop.example'
const production: Record<string, string> = {
  NODE_ENV: 'production',
  STOREFRONT_ORIGIN: origin,
  SESSION_SECRET: 'q8Zt2mWc5vLr9xKp4nHs7bJd3fGy6aTe1uRi0oPl',
  SERVICE_TOKEN_SECRET: 'w3Er5tYu7iOp9aSd1fGh2jKl4zXc6vBn8mQa0wSx',
  API_JWT_SECRET: 'n5Bv8Cx1Zl4Ky7Jw0Hu3Gt6Fs9Er2Dq5Pa8Oi1Mn',
  STRIPE_SECRET_KEY: 'sk_live_0123456789',
  STRIPE_API_URL: '',
}

afterEach(() => {
  vi.unstubAllEnvs()
  vi.resetModules()
})

/** A small shop with the headers of the storefront, as it is set up by these settings. */
async function aShop(settings: Record<string, string> = {}): Promise<Hono<ServerEnv>> {
  vi.resetModules()
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value)
  const { securityHeaders } = await import('./headers.ts')
  const shop = new Hono<ServerEnv>()
  shop.use(securityHeaders())
  shop.get('/', (c) => c.html(`<script nonce="${c.get('nonce')}"></script>`))
  shop.get('/old', (c) => c.redirect('/'))
  shop.get('/fault', () => {
    throw new Error('at /srv/shop/server.js')
  })
  shop.get('/secret', () => new Response('', { headers: { 'Referrer-Policy': 'same-origin' } }))
  shop.get('/media/mug-320.webp', () => new Response(''))
  shop.onError((_, c) => c.text('Something went wrong', 500))
  return shop
}

const policyOf = (answer: Response): Record<string, string> =>
  Object.fromEntries(
    (answer.headers.get('Content-Security-Policy') ?? '').split('; ').map((line) => {
      const at = line.indexOf(' ')
      return [line.slice(0, at), line.slice(at + 1)]
    }),
  )

describe('the headers that protect a page', () => {
  test.each([
    ['a page', '/', 200],
    ['a page that is not there', '/nope', 404],
    ['a fault', '/fault', 500],
    ['a redirect', '/old', 302],
  ])('are all on %s', async (_, path, status) => {
    const answer = await (await aShop()).request(path)
    expect(answer.status).toBe(status)
    const { 'content-security-policy': policy, ...others } = Object.fromEntries(answer.headers)
    expect(policy).toContain("default-src 'self'")
    expect(others).toMatchObject({
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': 'geolocation=(self), camera=(), microphone=(), payment=(), usb=()',
      'referrer-policy': 'strict-origin-when-cross-origin',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    })
    expect(others).not.toHaveProperty('x-powered-by')
    expect(others).not.toHaveProperty('strict-transport-security')
  })

  test('let only scripts run that carry the number of this answer, and nothing from another host', async () => {
    const shop = await aShop()
    const answer = await shop.request('/')
    const nonce = /nonce="([^"]+)"/.exec(await answer.text())?.[1]
    expect(policyOf(answer)).toEqual({
      'default-src': "'self'",
      'script-src': `'nonce-${nonce}' 'strict-dynamic'`,
      'style-src': "'self'",
      'img-src': "'self' data:",
      'connect-src': "'self'",
      'object-src': "'none'",
      'base-uri': "'none'",
      'frame-ancestors': "'none'",
      'form-action': "'self' http://payments.test",
    })
  })

  test('let pictures come from the one tile server that was set, and from nowhere else', async () => {
    const tiles = { STORE_MAP_TILES: 'https://tiles.example/{z}/{x}/{y}.png', STORE_MAP_ATTRIBUTION: '© somebody' }
    const answer = await (await aShop(tiles)).request('/')
    expect(policyOf(answer)['img-src']).toBe("'self' data: https://tiles.example")
    expect(policyOf(answer)['connect-src']).toBe("'self'")
  })

  test('carry a number that is new in each of a thousand answers', async () => {
    const shop = await aShop()
    const answers = await Promise.all(Array.from({ length: 1000 }, () => shop.request('/')))
    const nonces = answers.map((answer) => policyOf(answer)['script-src'])
    expect(new Set(nonces).size).toBe(1000)
    expect(nonces.every((nonce) => /^'nonce-[A-Za-z0-9+/]{22}==' 'strict-dynamic'$/.test(nonce ?? ''))).toBe(true)
  })

  test('a stricter rule of a page stands; pictures may be shown by mail readers', async () => {
    const shop = await aShop()
    expect((await shop.request('/secret')).headers.get('Referrer-Policy')).toBe('same-origin')
    const picture = await shop.request('/media/mug-320.webp')
    expect(picture.headers.get('Cross-Origin-Resource-Policy')).toBe('cross-origin')
    expect(picture.headers.get('X-Content-Type-Options')).toBe('nosniff')
  })

  test('in production: https for a year, and the pay button leads to Stripe and nowhere else', async () => {
    const answer = await (await aShop(production)).request('/')
    expect(answer.headers.get('Strict-Transport-Security')).toBe('max-age=31536000; includeSubDomains')
    expect(policyOf(answer)['form-action']).toBe("'self' https://checkout.stripe.com")
    expect(policyOf(answer)['style-src']).toBe("'self'")
    expect(answer.headers.get('Content-Security-Policy')).not.toMatch(/unsafe|ws:|http:/)
  })

  test('are loosened only while Vite reloads pages, which production refuses', async () => {
    const answer = await (await aShop({ STOREFRONT_HOT: '1' })).request('/')
    expect(policyOf(answer)).toMatchObject({ 'style-src': "'self' 'unsafe-inline'", 'connect-src': "'self' ws:" })
    const shop = await aShop({ ...production, STOREFRONT_HOT: '1' })
    expect((await shop.request('/')).headers.get('Content-Security-Policy')).toBeNull()
  })
})
