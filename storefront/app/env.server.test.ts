import { describe, expect, test } from 'vitest'
import { parseEnv, SettingsError } from '#app/env.server.ts'

const key = (letter: string) => `${letter}Kq7Zt0pWm4Xv9Bs2Ny6Rc1Hd8Gf5Jl3T`
const good = {
  NODE_ENV: 'production',
  STOREFRONT_ORIGIN: 'https://shop.example',
  STOREFRONT_DATABASE_URL: 'postgres://shop@db/ecom_identity_commerce',
  SESSION_SECRET: key('a'),
  SERVICE_TOKEN_SECRET: key('b'),
  API_JWT_SECRET: key('d'),
  CATALOG_API_URL: 'http://catalog:8002',
  STRIPE_SECRET_KEY: 'sk_live_51Nabc',
  STRIPE_WEBHOOK_SECRET: 'whsec_live0123456789',
}

function refusal(change: Record<string, string | undefined>): string {
  try {
    parseEnv({ ...good, ...change })
  } catch (error) {
    if (error instanceof SettingsError) return error.message
    throw error
  }
  return 'taken'
}

describe('the settings of a production shop', () => {
  test('are taken when all is there, with two keys while one is being replaced', () => {
    expect(parseEnv(good).SESSION_SECRET).toEqual([key('a')])
    expect(parseEnv({ ...good, SESSION_SECRET: `${key('c')}, ${key('a')}` }).SESSION_SECRET).toEqual([
      key('c'),
      key('a'),
    ])
  })

  test.each([
    ['SESSION_SECRET', undefined],
    ['SESSION_SECRET', ''],
    ['SESSION_SECRET', '   '],
    ['SESSION_SECRET', 'short'],
    ['SESSION_SECRET', `${key('a')},short`],
    ['SESSION_SECRET', 'changeme-changeme-changeme-changeme-1'],
    ['SESSION_SECRET', 'a'.repeat(40)],
    ['SESSION_SECRET', key('b')],
    ['SERVICE_TOKEN_SECRET', 'development-development-development-x'],
    ['API_JWT_SECRET', undefined],
    ['API_JWT_SECRET', 'too-short-for-a-key'],
    ['API_JWT_SECRET', key('a')],
    ['API_JWT_SECRET', `${key('e')},${key('b')}`],
    ['API_JWT_SECRET', 'changeme-changeme-changeme-changeme-2'],
    ['API_TOKEN_TTL_SECONDS', 'an hour'],
    ['API_TOKEN_TTL_SECONDS', '99999999'],
    ['API_CORS_ORIGINS', 'https://app.example/'],
    ['API_CORS_ORIGINS', '*'],
    ['STRIPE_PUBLISHABLE_KEY', 'sk_live_not_this_one'],
    ['STRIPE_SECRET_KEY', undefined],
    ['STRIPE_SECRET_KEY', 'sk_test_standin'],
    ['STRIPE_WEBHOOK_SECRET', 'secret'],
    ['STRIPE_API_URL', 'http://localhost:8020'],
    ['STOREFRONT_ORIGIN', 'http://shop.example'],
    ['STOREFRONT_ORIGIN', 'shop'],
    ['STOREFRONT_DATABASE_URL', undefined],
    ['STOREFRONT_PORT', '70000'],
    ['TRUSTED_PROXY_HOPS', 'all'],
    ['LOG_LEVEL', 'loud'],
  ])('stop the start when %s is %j, naming it and not its value', (variable, value) => {
    const message = refusal({ [variable]: value })
    expect(message).toContain(`${variable}:`)
    if (value && value.length > 8) expect(message).not.toContain(value)
  })

  test.each([
    'https://{s}.tiles.example/{z}/{x}/{y}.png',
    'https://tiles.example/{z}/{x}.png',
    'https://{z}.example/{x}/{y}.png',
    'http://tiles.example/{z}/{x}/{y}.png',
    "https://tiles.example/{z}/{x}/{y}.png; script-src 'unsafe-inline'",
    'https://tiles.example/{z}/{x}/{y}.png https://evil.example',
    'https://me:secret@tiles.example/{z}/{x}/{y}.png',
    'javascript:alert({z}{x}{y})',
    'nonsense',
  ])('refuse %s as the tile server of the map', (STORE_MAP_TILES) => {
    expect(refusal({ STORE_MAP_TILES, STORE_MAP_ATTRIBUTION: '© somebody' })).toMatch(/^STORE_MAP_TILES: /)
  })

  test('take a tile server only together with whose map it is', () => {
    const STORE_MAP_TILES = 'https://tiles.example/{z}/{x}/{y}.png?key=abc'
    expect(refusal({ STORE_MAP_TILES })).toMatch(/^STORE_MAP_ATTRIBUTION: /)
    expect(refusal({ STORE_MAP_TILES, STORE_MAP_ATTRIBUTION: '© OpenStreetMap contributors' })).toBe('taken')
  })

  test('name every wrong variable at once', () => {
    const message = refusal({ SESSION_SECRET: '', STRIPE_SECRET_KEY: '' })
    expect(message.split('\n').map((line) => line.split(':')[0])).toEqual(['SESSION_SECRET', 'STRIPE_SECRET_KEY'])
  })
})
