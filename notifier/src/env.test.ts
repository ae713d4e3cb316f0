import { describe, expect, test } from 'vitest'
import { parseEnv, SettingsError } from './env.ts'

const secret = 'k7Qm2xZ9pL4vT8wR1nB6yC3dF5gH0jKsAbCd'
const local = {
  STOREFRONT_DATABASE_URL: 'postgres://shop@localhost/a',
  CATALOG_DATABASE_URL: 'postgres://shop@localhost/b',
  SERVICE_TOKEN_SECRET: secret,
}
const live = {
  ...local,
  NODE_ENV: 'production',
  STOREFRONT_ORIGIN: 'https://shop.highstreet.com',
  SMTP_HOST: 'smtp.highstreet.com',
  MAIL_FROM: 'Highstreet <hello@highstreet.com>',
  SHOPKEEPER_EMAIL: 'keeper@highstreet.com',
}

/** Variables named by the refusal of these settings. */
const refused = (source: Record<string, string | undefined>): string[] => {
  try {
    parseEnv(source)
    return []
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error
    for (const value of Object.values(source))
      if (value && value.length > 12) expect(error.message).not.toContain(value)
    return error.message.split('\n').map((line) => line.split(':')[0] ?? '')
  }
}

describe('settings', () => {
  test('with nothing but databases and the secret, mail goes to the inbox and SMS to the console', () => {
    expect(parseEnv(local)).toMatchObject({
      NOTIFIER_PORT: 8010,
      SMTP_HOST: '127.0.0.1',
      SMTP_PORT: 8026,
      SMS_PROVIDER: 'console',
      MAIL_FROM: 'hello@highstreet.example',
      SERVICE_TOKEN_SECRET: [secret],
    })
  })

  test('an empty string counts as unset', () => {
    expect(parseEnv({ ...local, SMTP_HOST: '', SMTP_PORT: ' ', SHOP_NAME: '' }).SMTP_PORT).toBe(8026)
  })

  test('a mail server of one’s own is reached on its usual port', () => {
    expect(parseEnv({ ...local, SMTP_HOST: 'smtp.example.com' }).SMTP_PORT).toBe(587)
    expect(parseEnv({ ...local, SMTP_HOST: 'smtp.example.com', SMTP_SECURE: 'true' }).SMTP_PORT).toBe(465)
  })

  test('two keys may be given while they are changed', () => {
    expect(parseEnv({ ...local, SERVICE_TOKEN_SECRET: `${secret}, ${secret}2` }).SERVICE_TOKEN_SECRET).toHaveLength(2)
  })

  test('each wrong setting is named, never shown', () => {
    expect(refused({})).toEqual(['STOREFRONT_DATABASE_URL', 'CATALOG_DATABASE_URL', 'SERVICE_TOKEN_SECRET'])
    expect(refused({ ...local, SERVICE_TOKEN_SECRET: 'short-secret-value' })).toEqual(['SERVICE_TOKEN_SECRET'])
    expect(refused({ ...local, NOTIFIER_PORT: '99999' })).toEqual(['NOTIFIER_PORT'])
    expect(refused({ ...local, MAIL_FROM: 'nobody at all anywhere' })).toEqual(['MAIL_FROM'])
    expect(refused({ ...local, SHOP_TIME_ZONE: 'Dublin' })).toEqual(['SHOP_TIME_ZONE'])
    expect(refused({ ...local, STOREFRONT_DATABASE_URL: 'mysql://localhost/shop' })).toEqual([
      'STOREFRONT_DATABASE_URL',
    ])
    expect(refused({ ...local, SMTP_HOST: 'mail.example', SMTP_USER: 'shop' })).toEqual(['SMTP_PASSWORD'])
  })
})

describe('production', () => {
  test('starts with real settings and sends no SMS by the console', () => {
    expect(parseEnv(live)).toMatchObject({ SMS_PROVIDER: 'none', SMTP_PORT: 587, MAIL_FROM: 'hello@highstreet.com' })
  })

  test('refuses stand-ins, defaults and addresses nobody reads', () => {
    expect(refused({ ...live, SMTP_HOST: undefined })).toEqual(['SMTP_HOST'])
    expect(refused({ ...live, SMS_PROVIDER: 'console' })).toEqual(['SMS_PROVIDER'])
    expect(refused({ ...live, STOREFRONT_ORIGIN: 'http://shop.highstreet.com' })).toEqual(['STOREFRONT_ORIGIN'])
    expect(refused({ ...live, MAIL_FROM: undefined, SHOPKEEPER_EMAIL: undefined })).toEqual([
      'MAIL_FROM',
      'SHOPKEEPER_EMAIL',
    ])
    expect(refused({ ...live, SERVICE_TOKEN_SECRET: 'changeme-changeme-changeme-changeme' })).toEqual([
      'SERVICE_TOKEN_SECRET',
    ])
  })
})
