// Settings: a wrong one is named with how to mend it, and never shown.
import { describe, expect, it } from 'vitest'
import { parseEnv } from './env.ts'

const good = {
  CATALOG_DATABASE_URL: 'postgres://u:p@localhost:5432/ecom_catalog_fulfillment',
  SERVICE_TOKEN_SECRET: 'kJ8sLq0vXz3nB5mR7tY9wE2uI4oP6aSd',
}

describe('settings', () => {
  it('have a default for everything but database and key', () => {
    expect(parseEnv(good)).toMatchObject({
      CATALOG_PORT: 8002,
      CATALOG_HOST: '127.0.0.1',
      CATALOG_CORS_ORIGINS: [],
      LOG_LEVEL: 'info',
    })
  })

  it('take an empty string for unset', () => {
    expect(parseEnv({ ...good, CATALOG_PORT: '', CATALOG_CORS_ORIGINS: ' ' })).toMatchObject({ CATALOG_PORT: 8002 })
    expect(() => parseEnv({ ...good, CATALOG_DATABASE_URL: '' })).toThrow(/CATALOG_DATABASE_URL/)
  })

  it('take two keys while they are changed, and lists of origins', () => {
    const two = `${good.SERVICE_TOKEN_SECRET}, ${good.SERVICE_TOKEN_SECRET}1`
    const env = parseEnv({
      ...good,
      SERVICE_TOKEN_SECRET: two,
      CATALOG_CORS_ORIGINS: 'https://a.example, https://b.example',
    })
    expect(env.SERVICE_TOKEN_SECRET).toHaveLength(2)
    expect(env.CATALOG_CORS_ORIGINS).toEqual(['https://a.example', 'https://b.example'])
  })

  it.each([
    ['SERVICE_TOKEN_SECRET', 'short'],
    ['SERVICE_TOKEN_SECRET', `${good.SERVICE_TOKEN_SECRET},short`],
    ['CATALOG_DATABASE_URL', 'mysql://hidden@x/y'],
    ['CATALOG_PORT', '99999'],
    ['CATALOG_PORT', 'eight'],
    ['CATALOG_CORS_ORIGINS', 'https://a.example/path'],
    ['CATALOG_CORS_ORIGINS', '*'],
    ['LOG_LEVEL', 'loud'],
  ])('name a wrong %s without showing it', (name, value) => {
    const read = () => parseEnv({ ...good, [name]: value })
    expect(read).toThrow(new RegExp(`^${name}: `))
    expect(read).not.toThrow(/hidden|short,/)
  })

  it('refuse a known default in production only', () => {
    const weak = { ...good, SERVICE_TOKEN_SECRET: 'changeme-changeme-changeme-changeme' }
    expect(() => parseEnv(weak)).not.toThrow()
    expect(() => parseEnv({ ...weak, NODE_ENV: 'production' })).toThrow(/looks like a default/)
  })
})
