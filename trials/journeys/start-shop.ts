// Starts a whole, freshly seeded shop for the journeys and stops it afterwards. Its data lives in a folder of its own.
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { startShop } from '../../local/shop.ts'
import { origin, ports } from './ports.ts'

const dataDir = fileURLToPath(new URL('../../.data/journeys', import.meta.url))

export default async function setup(): Promise<() => Promise<void>> {
  rmSync(dataDir, { recursive: true, force: true })
  const shop = await startShop({
    say: console.log,
    env: {
      NODE_ENV: 'development',
      LOG_LEVEL: 'warn',
      DATA_DIR: dataDir,
      MEDIA_DIR: '',
      STOREFRONT_ORIGIN: origin,
      CATALOG_API_URL: `http://localhost:${ports.catalog}`,
      STOREFRONT_PORT: String(ports.storefront),
      CATALOG_PORT: String(ports.catalog),
      NOTIFIER_PORT: String(ports.notifier),
      PAYMENTS_PORT: String(ports.payments),
      INBOX_PORT: String(ports.inbox),
      INBOX_SMTP_PORT: String(ports.smtp),
      STOREFRONT_DATABASE_URL: '',
      CATALOG_DATABASE_URL: '',
      STRIPE_SECRET_KEY: '',
      STRIPE_WEBHOOK_SECRET: '',
      SMTP_HOST: '',
      // Whoever got something is asked at once how they like it.
      REVIEW_REQUEST_DAYS: '0',
    },
  })
  return () => shop.stop()
}
