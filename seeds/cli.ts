// `npm run db:seed` (and the first `npm start`): fills the shop. `--small` takes a few of everything. Refused in production.
import { connect } from './database.ts'
import { readEnv } from './env.ts'
import { fillShop } from './fill-shop.ts'
import { findProvider } from './orders/payments.ts'
import { pictureCount } from './pictures/compose.ts'
import { startProgress } from './progress.ts'

async function main(): Promise<void> {
  const env = readEnv()
  const small = process.argv.includes('--small')
  const catalog = connect(env.CATALOG_DATABASE_URL)
  const storefront = connect(env.STOREFRONT_DATABASE_URL)
  const progress = startProgress(pictureCount({ small }))
  try {
    const provider = await findProvider(env.STRIPE_API_URL, env.STRIPE_SECRET_KEY)
    await fillShop({ catalog, storefront, mediaDir: env.MEDIA_DIR, provider, small, progress, now: new Date() })
  } finally {
    progress.done()
    await Promise.all([catalog.destroy(), storefront.destroy()])
  }
}

main().catch((error: Error) => {
  console.error(`The shop could not be filled: ${error.message}`)
  process.exitCode = 1
})
