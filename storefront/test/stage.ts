// The stage for tests of checkout: a storefront database, a warehouse, and the payments stand-in that speaks Stripe's
// protocol. Import it before anything of the shop: settings are read once.
import './settings.ts'
import { afterAll, beforeEach } from 'vitest'
import { startPayments } from '../../local/payments/server.ts'
import { freshDatabase } from '../../local/postgres/test-database.ts'
import { startWarehouse } from './warehouse.ts'

const database = await freshDatabase('storefront')
process.env.STOREFRONT_DATABASE_URL = database.url
export const payments = await startPayments({ refundSettleSeconds: 0 })
process.env.STRIPE_API_URL = payments.url
// Set before the address is known; the warehouse's types come from the shop, its settings are read at first use.
export const warehouse = await startWarehouse()
process.env.CATALOG_API_URL = warehouse.url

beforeEach(async () => {
  warehouse.variants.clear()
  warehouse.calls.length = 0
  warehouse.trouble.clear()
  const { resetTransport } = await import('#app/domain/catalog/transport.server.ts')
  resetTransport()
})

afterAll(async () => {
  const { closeDatabases } = await import('#app/lib/db.server.ts')
  await closeDatabases()
  await payments.stop()
  await warehouse.stop()
  await database.drop()
})

/** What a shopper does on the payment page: types a card and sends the form. Answers where the page sends them. */
export async function payOn(url: string, number = '4242424242424242'): Promise<{ status: number; to: string | null }> {
  const card = { email: 'alice@example.com', number, expiry: '12 / 39', cvc: '123', name: 'Alice' }
  const response = await fetch(url, { method: 'POST', body: new URLSearchParams(card), redirect: 'manual' })
  await response.body?.cancel()
  return { status: response.status, to: response.headers.get('Location') }
}

/** Moves the provider's clock on: its open pages may end by that. */
export async function providerClock(addSeconds: number): Promise<void> {
  await fetch(`${payments.url}/_test/clock`, { method: 'POST', body: JSON.stringify({ addSeconds }) })
}

/** An object of the provider as it is there now. */
export async function atProvider<T>(path: string): Promise<T> {
  const answer = await fetch(`${payments.url}/v1/${path}`, {
    headers: { Authorization: `Bearer ${process.env.STRIPE_SECRET_KEY}` },
  })
  return (await answer.json()) as T
}
